"""The first sheet: whose report this is, from which file, on which form, and how to read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nianbao.export.book import Book, Sheet
from nianbao.export.styles import STATUS_COLOURS, style
from nianbao.finding import SEVERITY_WORDS, Finding
from nianbao.report import Report
from nianbao.tables import STATE_WORDS
from nianbao.verdict import judge

NAME = "说明"

_STATES = (
    (("number",), "按原文照录；金额保留公布的小数位数。"),
    (
        ("inferred",),
        "源文件该行数字不全，数值由勾稽关系唯一确定；表中为斜体加下划线。"
        "推定用到勾稽关系本身，不等于独立核对。",
    ),
    (("blank",), "源文件中此格为空，表中也留空；空白不等于0。"),
    (("dash", "slash", "word"), "源文件写的是横线、斜线或“无”等文字，照录；不等于0。"),
    (("unreadable",), "写有内容但不是数字，加引号照录。"),
    (("unknown",), "源文件中没有，或写有数字而无法确定属于哪一格；表中写作“？”。"),
)
_SUSPECT = (
    "勾稽关系不成立时，改动最少即可使其成立的单元格；红框、红底、数字前加“✗”，批注和表下注明"
    "“若为多少”。有几组同样说得通时全部标出，不认定哪一组。仅供核对，未改动原文。"
)


def about_sheet(book: Book, report: Report, findings: Sequence[Finding]) -> None:
    """Write the sheet that explains the others."""
    sheet = Sheet(book, NAME, (20.0, 70.0))
    verdict = judge(report, findings)
    title = book.title
    sheet.text(0, 0, title, style("title", text_wrap=True), (1, 2))
    sheet.height(0, [(title, 0, 2, 14)], least=36)
    colour = STATUS_COLOURS[verdict.status]
    row = _pairs(sheet, 1, [("核验结论", f"{verdict.sign} {verdict.text}")], font_color=colour)
    row = _pairs(sheet, row, _identity(report))
    first = _heading(sheet, row, "各工作表")
    row = _pairs(sheet, first, _sheets(report))
    for place, (name, _) in enumerate(_sheets(report), start=first):
        sheet.link(place, 0, f"'{name}'!A1", name, style("name"))
    row = _pairs(sheet, _heading(sheet, row, "怎样读"), _legend(report))
    told = [(SEVERITY_WORDS[note.severity], note.message) for note in report.notes]
    _pairs(sheet, _heading(sheet, row, "读取说明"), told or [("无", "读取时没有需要说明的事项。")])


def _heading(sheet: Sheet, row: int, text: str) -> int:
    sheet.text(row + 1, 0, text, style("heading"))
    sheet.page.set_row(row + 1, 22)
    return row + 2


def _pairs(sheet: Sheet, row: int, pairs: Iterable[tuple[str, str]], **more: object) -> int:
    """Write names and what they stand for, and return the next row."""
    for name, words in pairs:
        sheet.text(row, 0, name, style("name"))
        sheet.text(row, 1, words, style("body", **more))
        sheet.height(row, [(name, 0, 1, 10), (words, 1, 1, 10)])
        row += 1
    return row


def _identity(report: Report) -> list[tuple[str, str]]:
    form = report.form
    given = report.parameters.get("source")
    return [
        ("机关", f"{report.name}（代号 {report.agency}）"),
        ("统计期间", f"{report.year}年1月1日—{report.year}年12月31日"),
        ("报告格式", f"《{form.title}》（{form.basis}）{_mixture(report)}"),
        ("法律依据", form.law),
        ("源文件", report.source),
        ("SHA-256", report.sha256),
        *([("来源", str(given))] if given else []),
        ("照录原则", "公布的数字一律照录，未作任何更正；推定和疑似只作提示，不写入原数。"),
    ]


def _mixture(report: Report) -> str:
    """Tell which tables come from another form."""
    other = [table for table in report.form.tables if table.form != report.form.id]
    if other:
        return "；" + "、".join(f"{table.name}用的是{table.form}年格式" for table in other)
    return "；表三的“（六）其他处理”为2019年格式的一行" if report.form.hybrid else ""


def _sheets(report: Report) -> Iterator[tuple[str, str]]:
    for table in report.form.tables:
        yield table.name, table.caption
    yield "单元格", f"全部{len(report.cells)}格：代码、名称、数值、状态、原文和出处，可筛选"
    yield "核验结果", "逐条核验结果：不成立的在前，其次无法判定、成立；按“序号”排序即为规则顺序"


def _legend(report: Report) -> Iterator[tuple[str, str]]:
    for states, words in _STATES:
        named = "、".join(STATE_WORDS[state] for state in states)
        count = sum(report.state_count(state) for state in states)
        yield f"{named}（{count}格）", words
    yield "疑似单元格", _SUSPECT
