import re

import pytest

from boards import VARIANTS, amounts, boards, report
from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.report import Cell
from nianbao.suspects import suspect
from nianbao.tables import official_table, shown


def test_every_cell_can_be_pointed_to_and_shows_its_figure(real_report):
    html = "".join(official_table(real_report, t).html for t in ("t2", "t3", "t4"))
    for code, cell in real_report.cells.items():
        found = re.search(rf'<td id="{re.escape(code)}"[^>]*>([^<]*)<', html)
        assert found, code
        assert found[1] == f"{cell.value:,}"


def test_inferred_cells_are_marked_for_eyes_and_for_screen_readers(real_report):
    html = official_table(real_report, "t3").html
    assert len(re.findall(r'<td [^>]*class="[^"]*inferred', html)) == 147
    assert html.count('<span class="vh">（推定）</span>') == 147
    assert "147格为推定" in html


def test_a_table_that_was_read_whole_carries_no_note(real_report):
    assert "table-note" not in official_table(real_report, "t4").html


def test_headers_of_a_cell_lead_through_all_three_levels(real_report):
    html = official_table(real_report, "t3").html
    texts_by_id = dict(re.findall(r'<th id="([^"]+)"[^>]*>([^<]*)<', html))
    headers = re.search(r'id="t3\.unable_1\.legal" headers="([^"]+)"', html)[1].split()
    assert [texts_by_id[h] for h in headers] == [
        "三、本年度办理结果",
        "（四）无法提供",
        "1.本机关不掌握相关政府信息",
        "申请人情况",
        "法人或其他组织",
        "法律服务机构",
    ]


def test_ids_are_unique_over_all_tables(real_report):
    html = "".join(official_table(real_report, t).html for t in ("t2", "t3", "t4"))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_tags_are_balanced(real_report):
    for table_id in ("t2", "t3", "t4"):
        html = official_table(real_report, table_id).html
        for tag in ("table", "thead", "tbody", "tr", "td", "th", "caption", "div"):
            assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>"), tag


def test_a_blank_is_shown_as_a_blank_and_a_word_as_written():
    written = texts(figures(3)) | {"t4.review.other": "", "t4.direct.other": "／"}
    html = official_table(read(render(written)), "t4").html
    assert re.search(r'id="t4\.review\.other"[^>]*><span class="vh">（空白）', html)
    assert re.search(r'id="t4\.direct\.other"[^>]*>／<span class="vh">（斜线）', html)
    assert "1格在源文件中为空白；空白不等于0" in html


def test_what_was_not_read_is_never_shown_as_a_figure():
    assert shown(Cell("x", None, "unknown")) == "？"
    assert shown(Cell("x", None, "unreadable", "3O")) == "“3O”"
    assert shown(Cell("x", None, "dash", "—")) == "—"


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_cell_of_every_form_is_shown_once_with_its_figure(variant):
    written = amounts(variant)
    made = report(boards(written, variant))
    html = "".join(official_table(made, t).html for t in ("t2", "t3", "t4"))
    found = dict(re.findall(r'<td id="([^"]+)"[^>]*>([^<]*)<', html))
    assert {code: text.replace(",", "") for code, text in found.items()} == written
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_figure_points_to_heads_that_exist(variant):
    made = report(boards(amounts(variant), variant))
    html = "".join(official_table(made, t).html for t in ("t2", "t3", "t4"))
    heads = set(re.findall(r'<th id="([^"]+)"', html))
    for listed in re.findall(r'<td id="[^"]+" headers="([^"]+)"', html):
        assert set(listed.split()) <= heads


def unit(variant, table):
    html = official_table(report(boards(amounts(variant), variant)), table).html
    return re.search(r"单位：([^<]*)", html)[1].strip()


@pytest.mark.parametrize(
    ("variant", "table", "expected"),
    [
        ("2021", "t2", "件（行政事业性收费为万元）"),
        ("2019", "t2", "件（上一年项目数量、本年增/减、采购项目数量为项；采购总金额为万元）"),
        (
            "2021+t2:2019",
            "t2",
            "件（上一年项目数量、本年增/减、采购项目数量为项；采购总金额为万元）",
        ),
        ("2019", "t3", "件"),
        ("2019", "t4", "件"),
    ],
)
def test_the_units_of_a_table_are_named(variant, table, expected):
    assert unit(variant, table) == expected


def test_the_single_row_of_2019_stands_in_place_of_three():
    html = official_table(report(boards(amounts("2019"), "2019")), "t3").html
    assert html.count("（六）其他处理") == 1
    assert "逾期不补正" not in html and "3.其他" not in html
    assert html.count("<tr") == 26


def test_a_negative_change_keeps_its_sign():
    written = amounts("2019") | {"t2.licences.change": "-12"}
    html = official_table(report(boards(written, "2019")), "t2").html
    shown = re.search(r'<td id="t2\.licences\.change"[^>]*>([^<]*)<', html)[1]
    assert shown.replace("−", "-") == "-12"


DAMAGED = figures(5, density=0.35, high=60)


def damaged(**changes):
    return read(render(texts(DAMAGED | changes)))


def shown_with_checks(made, table_id):
    return official_table(made, table_id, check_report(made), suspect(made)).html


def test_a_clean_table_looks_as_if_nothing_had_been_checked():
    made = damaged()
    for table_id in ("t2", "t3", "t4"):
        assert shown_with_checks(made, table_id) == official_table(made, table_id).html


def test_a_suspect_cell_keeps_its_figure_and_says_what_it_would_have_to_be():
    code = "t3.unable_1.research"
    html = shown_with_checks(damaged(**{code: DAMAGED[code] + 9}), "t3")
    cell = re.search(rf'<td id="{re.escape(code)}"[^>]*>.*?</td>', html)[0]
    assert 'class="suspect"' in cell
    assert re.search(rf">{DAMAGED[code] + 9}<a ", cell)
    assert '<a class="mark-suspect" href="#suspect-1-1"' in cell
    told = f"<span>✗ 疑似</span><span>若为{DAMAGED[code]}</span>"
    assert f'{told}<span class="vh">，说明见核验</span></a>' in cell
    assert html.count("mark-suspect") == 1
    assert "标“✗ 疑似”的1格" in html


def test_only_the_table_of_the_suspects_is_marked():
    made = damaged(**{"t4.review.total": DAMAGED["t4.review.total"] + 2})
    assert shown_with_checks(made, "t3") == official_table(made, "t3").html
    assert shown_with_checks(made, "t4").count('<td id="t4.review.') == 5
    assert shown_with_checks(made, "t4").count("mark-suspect") == 5


def test_figures_are_as_published_whatever_is_suspect():
    made = damaged(**{"t3.new.natural": 7, "t3.total.legal": 3, "t4.after.total": 99})
    html = "".join(shown_with_checks(made, t) for t in ("t2", "t3", "t4"))
    found = dict(re.findall(r'<td id="([^"]+)"[^>]*>([^<]*)<', html))
    assert {code: text.replace(",", "") for code, text in found.items()} == {
        code: str(cell.value) for code, cell in made.cells.items()
    }
