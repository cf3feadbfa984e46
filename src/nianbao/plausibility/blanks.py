"""Cells that hold no figure: empty, a mark, or words (T2-6, T3-5, T4-4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from nianbao.forms.wording import cell_words
from nianbao.judgement import Judgement
from nianbao.report import Cell, Report

_RULES: Final = {"t2": "T2-6", "t3": "T3-5", "t4": "T4-4"}
_KINDS: Final = {
    "blank": "空白",
    "dash": "写作短横线",
    "slash": "写作斜线",
    "word": "写作文字",
    "unreadable": "不能读作数字",
}
_NAMED: Final = 3
"""How many cells are named."""


def blanks(report: Report) -> Iterator[Judgement]:
    """Tell for each table which cells were left without a figure.

    A 总计 that the form of 2019 is commonly left without is not counted (the reading notes it).
    Where cells of a table could not be told apart, nothing is said of it.
    """
    legal = {code for note in report.notes if note.code == "totals_blank" for code in note.cells}
    for table in report.form.tables:
        cells = [
            cell
            for code, cell in report.cells.items()
            if report.form.cells[code].table == table.id and code not in legal
        ]
        empty = [cell for cell in cells if cell.state in _KINDS]
        rule = _RULES[table.id]
        if empty:
            yield _failed(report, rule, table.name, empty)
        elif all(cell.state == "number" for cell in cells):
            found = f"{len(cells)}格均填写了数字"
            yield Judgement(rule, "", "passed", (), None, None, table.name, found)


def _failed(report: Report, rule: str, name: str, empty: list[Cell]) -> Judgement:
    count = Counter(cell.state for cell in empty)
    kinds = "、".join(f"{words}{count[kind]}格" for kind, words in _KINDS.items() if count[kind])
    named = "、".join(
        cell_words(report.form, cell.code).removeprefix(name) for cell in empty[:_NAMED]
    )
    rest = f"等{len(empty)}格" if len(empty) > _NAMED else ""
    zeros = sum(report.implied.get(cell.code) == 0 for cell in empty)
    forced = f"；按勾稽关系，其中{zeros}格只能是0" if zeros else ""
    return Judgement(
        rule=rule,
        scope="",
        status="failed",
        cells=tuple(cell.code for cell in empty),
        left=None,
        right=None,
        place=name,
        found=f"{named}{rest}没有填写数字（{kinds}），空格和符号不等于0{forced}",
        advice="没有发生的，请填写0；有数字的，请补填",
    )
