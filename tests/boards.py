"""Documents with true grids, made by hand: both forms and their mixtures, cell by cell.

The form of 2019 and the row of 2021 that mixtures share are stated here from the official
words; nothing is taken from the package but its `Document`.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from builders import (
    BLOCK_LABELS,
    BLOCKS,
    COLUMN_LABELS,
    COLUMNS,
    CORNER,
    LINES,
    OTHERWISE,
    OUTCOMES,
    RESULT_LABELS,
    RESULTS,
    T4_CODES,
    TITLES,
)
from nianbao.documents.spans import Span, lay_out
from nianbao.documents.structure import Block, Document, Line, Row
from nianbao.findings import Finding, check_report
from nianbao.notes import identity_notes, reading_notes
from nianbao.recognize import Recognition, recognize
from nianbao.report import Report

Cells = list[Span]
Board = list[Cells]

HEADS_2021 = [
    (
        "一",
        ["本年制发件数", "本年废止件数", "现行有效件数"],
        [
            (
                "规章",
                ["t2.regulations.issued", "t2.regulations.repealed", "t2.regulations.in_force"],
            ),
            (
                "行政规范性文件",
                [
                    "t2.normative_docs.issued",
                    "t2.normative_docs.repealed",
                    "t2.normative_docs.in_force",
                ],
            ),
        ],
    ),
    ("五", ["本年处理决定数量"], [("行政许可", ["t2.licences.decisions"])]),
    (
        "六",
        ["本年处理决定数量"],
        [("行政处罚", ["t2.penalties.decisions"]), ("行政强制", ["t2.coercion.decisions"])],
    ),
    ("八", ["本年收费金额（单位：万元）"], [("行政事业性收费", ["t2.fees.amount_10k"])]),
]


def _fields(item: str, *names: str) -> list[str]:
    return [f"t2.{item}.{name}" for name in names]


ITEMS = ("prev_items", "change", "decisions")
ITEM_HEADS = ["上一年项目数量", "本年增/减", "处理决定数量"]
MADE = ("made_new", "disclosed_new", "public_total")
HEADS_2019 = [
    (
        "一",
        ["本年新制作数量", "本年新公开数量", "对外公开总数量"],
        [
            ("规章", _fields("regulations", *MADE)),
            ("规范性文件", _fields("normative_docs", *MADE)),
        ],
    ),
    (
        "五",
        ITEM_HEADS,
        [
            ("行政许可", _fields("licences", *ITEMS)),
            ("其他对外管理服务事项", _fields("other_services", *ITEMS)),
        ],
    ),
    (
        "六",
        ITEM_HEADS,
        [
            ("行政处罚", _fields("penalties", *ITEMS)),
            ("行政强制", _fields("coercion", *ITEMS)),
        ],
    ),
    ("八", ITEM_HEADS[:2], [("行政事业性收费", _fields("fees", *ITEMS[:2]))]),
    (
        "九",
        ["采购项目数量", "采购总金额"],
        [("政府集中采购", _fields("procurement", "projects", "amount"))],
    ),
]
HEADS = {"2021": HEADS_2021, "2019": HEADS_2019}
SINGLE = ("other", [OUTCOMES], OTHERWISE)
_AT = next(i for i, line in enumerate(LINES) if line[0] == "other_1")
LINES_2019 = [*LINES[:_AT], SINGLE, *LINES[_AT + 3 :]]
VARIANTS = {
    # what a report is filed on: 表二, lines of 表三, the report's form
    "2021": ("2021", LINES, "2021"),
    "2019": ("2019", LINES_2019, "2019"),
    "2021+t2:2019": ("2019", LINES, "2021"),
    "2021+t3:2019": ("2021", LINES_2019, "2021"),
}


def codes_two(form: str) -> list[str]:
    return [code for _, _, rows in HEADS[form] for _, codes in rows for code in codes]


def codes(variant: str) -> list[str]:
    two, lines, _ = VARIANTS[variant]
    three = [f"t3.{row}.{column}" for row, _, _ in lines for column in COLUMNS]
    return [*codes_two(two), *three, *T4_CODES]


CODES_2019 = codes("2019")


def amounts(variant: str = "2021", seed: int = 1) -> dict[str, str]:
    """Return what a report prints that satisfies every rule; no two figures of a row are alike."""
    rng = random.Random(f"{variant}{seed}")
    two, lines, _ = VARIANTS[variant]
    found = {code: rng.randint(10, 99) for code in codes_two(two)}
    rows = [row for row, _, _ in lines]
    for column in COLUMNS[:-1]:
        for row in rows[2:-2]:
            found[f"t3.{row}.{column}"] = rng.randint(1, 60)
        total = sum(found[f"t3.{row}.{column}"] for row in rows[2:-2])
        out, carried = rng.randint(1, 30), rng.randint(1, 30)
        found |= {f"t3.total.{column}": total, f"t3.carried_out.{column}": out}
        found |= {f"t3.carried_in.{column}": carried, f"t3.new.{column}": total + out - carried}
    for row in rows:
        found[f"t3.{row}.total"] = sum(found[f"t3.{row}.{column}"] for column in COLUMNS[:-1])
    for block in BLOCKS:
        found |= {f"t4.{block}.{result}": rng.randint(1, 60) for result in RESULTS[:-1]}
        found[f"t4.{block}.total"] = sum(found[f"t4.{block}.{r}"] for r in RESULTS[:-1])
    printed = {code: str(found[code]) for code in codes(variant)}
    for code in ("t2.fees.amount_10k", "t2.procurement.amount"):
        if code in printed:
            printed[code] += f".{rng.randint(1, 99):02d}"
    return printed


def cells(*texts: str) -> Cells:
    return [Span(text) for text in texts]


def two(written: dict[str, str], form: str = "2021") -> Board:
    """表二 as the form prints it, heads of short blocks reaching to the edge."""
    board: Board = []
    for item, heads, rows in HEADS[form]:
        board.append([Span(f"第二十条第（{item}）项", 4)])
        lines = [["信息内容", *heads], *([label, *(written[c] for c in cs)] for label, cs in rows)]
        for line in lines:
            *front, last = line
            board.append([*cells(*front), Span(last, 5 - len(line))])
    return board


def three(written: dict[str, str], lines: Sequence[tuple[str, list[str], str]] = LINES) -> Board:
    """表三 as the form prints it: 28 rows (26 with the single row), 10 columns."""
    depth = {head: sum(head in above for _, above, _ in lines) for _, aa, _ in lines for head in aa}
    board: Board = [
        [Span(CORNER, 3, 3), Span("申请人情况", 7)],
        [Span("自然人", 1, 2), Span("法人或其他组织", 5), Span("总计", 1, 2)],
        cells(*COLUMN_LABELS[1:6]),
    ]
    seen: set[str] = set()
    for row, above, label in lines:
        stub = [Span(head, 1, depth[head]) for head in above if head not in seen]
        seen.update(above)
        figures = cells(*(written[f"t3.{row}.{column}"] for column in COLUMNS))
        board.append([*stub, Span(label, 3 - len(above)), *figures])
    return board


def four(written: dict[str, str]) -> Board:
    """表四 as the form prints it: 4 rows, 15 columns."""
    return [
        [Span("行政复议", 5), Span("行政诉讼", 10)],
        [*(Span(t, 1, 2) for t in RESULT_LABELS), *(Span(t, 5) for t in BLOCK_LABELS[1:])],
        cells(*RESULT_LABELS, *RESULT_LABELS),
        cells(*(written[code] for code in T4_CODES)),
    ]


def boards(written: dict[str, str], variant: str = "2021") -> dict[int, Board]:
    """Return the three tables by section."""
    form, lines, _ = VARIANTS[variant]
    return {2: two(written, form), 3: three(written, lines), 4: four(written)}


def flat(board: Board) -> Board:
    """Take every merged cell apart; its text stands in its first place."""
    return [cells(*row.cells) for row in lay_out(board, 1, "表格1")]


def document(
    tables: dict[int, Board],
    year: int = 2022,
    after: Iterable[Block] = (),
    before: dict[int, Sequence[Block]] | None = None,
) -> Document:
    """Put tables below the titles of their sections; ``before`` stands above a table."""
    blocks: list[Block] = [Line(f"测试局{year}年政府信息公开工作年度报告", "第1段")]
    for number, title in TITLES.items():
        blocks.append(Line(title, f"标题{number}"))
        if number in tables:
            blocks += (before or {}).get(number, ())
            blocks += lay_out(tables[number], number, f"表格{number}")
        else:
            blocks.append(Line("本机关认真做好政府信息公开工作。", f"正文{number}"))
    return Document("测试局.html", (*blocks, *after))


def flattened(made: Document) -> Document:
    """Return the document as pasted text: no merged cells, and no place is certain."""
    blocks = (replace(b, grid=None, merges=()) if isinstance(b, Row) else b for b in made.blocks)
    return replace(made, blocks=tuple(blocks))


def report_of(recognition: Recognition, year: int = 2022) -> Report:
    """Return the report of a recognition, with all its notes."""
    identity = identity_notes(recognition.form, year, year)
    return Report(
        agency="test",
        name="测试局",
        year=year,
        form=recognition.form,
        source="测试局.html",
        sha256="0" * 64,
        title="",
        cells=recognition.cells,
        sections=recognition.sections,
        implied=recognition.implied,
        notes=(*identity, *reading_notes(recognition)),
        subtotals=recognition.subtotals,
    )


def report(source: Document | dict[int, Board], year: int = 2022) -> Report:
    made = document(source, year) if isinstance(source, dict) else source
    return report_of(recognize(made), year)


def by_rule(found: Report) -> dict[str, Finding]:
    """Return the findings of the balance rules, and of the form (F-1), by rule."""
    wanted = (each for each in check_report(found) if each.balances or each.rule.id == "F-1")
    return {each.rule.id: each for each in wanted}


def note_codes(found: Report) -> set[str]:
    return {note.code for note in found.notes}


def wrong(found: Report, written: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the cells that carry a figure other than what the report prints there."""
    return {
        code: (str(cell.value), written.get(code, ""))
        for code, cell in found.cells.items()
        if cell.value is not None and str(cell.value) != written.get(code, "")
    }


def numbers(found: Report) -> int:
    return found.state_count("number")


def states(found: Report, prefix: str) -> set[str]:
    return {cell.state for code, cell in found.cells.items() if code.startswith(prefix)}
