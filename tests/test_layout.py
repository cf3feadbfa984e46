from nianbao.forms import load_form
from nianbao.layout import Figure, Head, official_grid

FORM = load_form("2021")


def occupied(table_id):
    """Lay the grid out as a browser does; return its rows of (cell or None)."""
    rows = official_grid(FORM.table(table_id))
    width = FORM.table(table_id).width
    grid = [[None] * width for _ in rows]
    for y, row in enumerate(rows):
        for cell in row.cells:
            x = grid[y].index(None)
            for dy in range(getattr(cell, "rowspan", 1)):
                for dx in range(cell.colspan):
                    assert grid[y + dy][x + dx] is None
                    grid[y + dy][x + dx] = cell
    return grid


def heads(table_id):
    return [
        (cell.text, cell.colspan, cell.rowspan)
        for row in official_grid(FORM.table(table_id))
        for cell in row.cells
        if isinstance(cell, Head)
    ]


def test_every_place_of_the_official_grid_is_taken_once():
    sizes = {t: (len(occupied(t)), len(occupied(t)[0])) for t in ("t2", "t3", "t4")}
    assert sizes == {"t2": (14, 4), "t3": (28, 10), "t4": (4, 15)}
    assert all(None not in row for t in sizes for row in occupied(t))


def test_heads_of_table_two_have_their_official_spans():
    assert heads("t2")[:8] == [
        ("第二十条第（一）项", 4, 1),
        ("信息内容", 1, 1),
        ("本年制发件数", 1, 1),
        ("本年废止件数", 1, 1),
        ("现行有效件数", 1, 1),
        ("规章", 1, 1),
        ("行政规范性文件", 1, 1),
        ("第二十条第（五）项", 4, 1),
    ]
    assert ("本年收费金额（单位：万元）", 3, 1) in heads("t2")


def test_heads_of_table_three_have_their_official_spans():
    found = heads("t3")
    for head in (
        ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
        ("申请人情况", 7, 1),
        ("自然人", 1, 2),
        ("法人或其他组织", 5, 1),
        ("总计", 1, 2),
        ("一、本年新收政府信息公开申请数量", 3, 1),
        ("三、本年度办理结果", 1, 22),
        ("（一）予以公开", 2, 1),
        ("（三）不予公开", 1, 8),
        ("（四）无法提供", 1, 3),
        ("（五）不予处理", 1, 5),
        ("（六）其他处理", 1, 3),
        ("3.其他", 1, 1),
        ("（七）总计", 2, 1),
        ("四、结转下年度继续办理", 3, 1),
    ):
        assert head in found, head


def test_heads_of_table_four_have_their_official_spans():
    assert heads("t4")[:2] == [("行政复议", 5, 1), ("行政诉讼", 10, 1)]
    assert heads("t4")[2] == ("结果维持", 1, 2)
    assert ("未经复议直接起诉", 5, 1) in heads("t4")
    assert heads("t4").count(("结果维持", 1, 1)) == 2


def test_every_figure_names_heads_that_exist_and_stand_over_or_before_it():
    for table_id in ("t2", "t3", "t4"):
        grid = occupied(table_id)
        for y, row in enumerate(grid):
            for x, cell in enumerate(row):
                if not isinstance(cell, Figure):
                    continue
                before = {c.id for c in row[:x] if isinstance(c, Head)}
                above = {r[x].id for r in grid[:y] if isinstance(r[x], Head)}
                assert set(cell.headers) <= before | above
                assert before <= set(cell.headers)


def test_the_figures_are_the_cells_of_the_form_once_each():
    codes = [
        cell.code
        for table in FORM.tables
        for row in official_grid(table)
        for cell in row.cells
        if isinstance(cell, Figure)
    ]
    assert codes == list(FORM.cells)
