"""The three statutory tables as spans, and what they must look like laid out on a grid.

A span is a place, a size and a text; the texts of figures are their own row and column, so
that no two cells of a table are alike and each slip shows.
"""

from builders import LINES

FORM_TWO = [
    (0, 0, 1, 4, "第二十条第（一）项"),
    *[
        (1, i, 1, 1, t)
        for i, t in enumerate(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
    ],
    (2, 0, 1, 1, "规章"),
    (3, 0, 1, 1, "行政规范性文件"),
    (4, 0, 1, 4, "第二十条第（五）项"),
    (5, 0, 1, 1, "信息内容"),
    (5, 1, 1, 3, "本年处理决定数量"),
    (6, 0, 1, 1, "行政许可"),
    (7, 0, 1, 4, "第二十条第（六）项"),
    (8, 0, 1, 1, "信息内容"),
    (8, 1, 1, 3, "本年处理决定数量"),
    (9, 0, 1, 1, "行政处罚"),
    (10, 0, 1, 1, "行政强制"),
    (11, 0, 1, 4, "第二十条第（八）项"),
    (12, 0, 1, 1, "信息内容"),
    (12, 1, 1, 3, "本年收费金额（单位：万元）"),
    (13, 0, 1, 1, "行政事业性收费"),
    *[(r, c, 1, 1, f"{r}{c:02}") for r in (2, 3) for c in (1, 2, 3)],
    *[(r, 1, 1, 3, f"{r}01") for r in (6, 9, 10, 13)],
]


def _form_three():
    spans = [
        (0, 0, 3, 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
        (0, 3, 1, 7, "申请人情况"),
        (1, 3, 2, 1, "自然人"),
        (1, 4, 1, 5, "法人或其他组织"),
        (1, 9, 2, 1, "总计"),
        *[
            (2, 4 + i, 1, 1, t)
            for i, t in enumerate(["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"])
        ],
    ]
    groups = [groups for _, groups, _ in LINES]
    for index, (_, path, label) in enumerate(LINES):
        row = 3 + index
        for level, group in enumerate(path):
            if not index or group not in groups[index - 1]:
                spans.append((row, level, sum(group in other for other in groups), 1, group))
        spans.append((row, len(path), 1, 3 - len(path), label))
        spans += [(row, c, 1, 1, f"{row}{c:02}") for c in range(3, 10)]
    return spans


FORM_THREE = _form_three()
_RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
FORM_FOUR = [
    (0, 0, 1, 5, "行政复议"),
    (0, 5, 1, 10, "行政诉讼"),
    *[(1, i, 2, 1, t) for i, t in enumerate(_RESULTS)],
    (1, 5, 1, 5, "未经复议直接起诉"),
    (1, 10, 1, 5, "复议后起诉"),
    *[(2, 5 + i, 1, 1, t) for i, t in enumerate(_RESULTS * 2)],
    *[(3, c, 1, 1, f"3{c:02}") for c in range(15)],
]
FORMS = {"表二": (FORM_TWO, 14, 4), "表三": (FORM_THREE, 28, 10), "表四": (FORM_FOUR, 4, 15)}


def expected(spans, rows, columns):
    """Lay the spans out: the texts of all cells, and each merge as it reaches into its rows."""
    texts = [[""] * columns for _ in range(rows)]
    merges = [[] for _ in range(rows)]
    for row, column, down, right, text in spans:
        texts[row][column] = text
        for r in range(row, row + down) if down * right > 1 else ():
            merges[r].append((column, column + right, text, r > row, r < row + down - 1))
    return [tuple(line) for line in texts], [sorted(line) for line in merges]


def merges_of(row):
    return [(m.first, m.end, m.text, m.above, m.below) for m in row.merges]
