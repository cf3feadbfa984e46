"""Writes notices as a Word document: the list of agencies, and a letter to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from nianbao.notice import wording
from nianbao.notice.contents import Notice, Unread
from nianbao.notice.grid import Table
from nianbao.notice.packing import packed
from nianbao.notice.problem import plain, sentence
from nianbao.notice.typeface import add_run, new_document, set_line

_INDENT = 24
"""Two signs of the body's size (pt)."""
_SMALL, _SMALL_LINE = 9, 13
_WIDTHS = (11, 24, 50, 50, 21)
_EXPLAINED_WIDTHS = (62, 47, 23, 24)
_SUMMARY_WIDTHS = (64, 22, 22, 22, 26)


def document(
    notices: Sequence[Notice], unread: Sequence[Unread] = (), *, listed: bool | None = None
) -> bytes:
    """Return a ``.docx`` on A4; the same notices give the same bytes.

    Parameters
    ----------
    notices : sequence of Notice
        In the order in which they are to stand; each begins on a page of its own, numbered
        from 1, so that it can be sent by itself.
    unread : sequence of Unread
        Reports that could not be read at all.
    listed : bool, optional
        Whether a list of all agencies stands before; by default where there is more than one
        report. An agency that there is nothing to say to has no letter of its own then.
    """
    if not wording.is_listed(notices, unread, listed):
        title = wording.title(notices[0])
        paper = new_document()
        _letter(paper, notices[0])
        return packed(paper, title)
    title = "".join(wording.summary_lines(notices, unread))
    paper = new_document()
    _summary(paper, notices, unread)
    for notice in notices:
        if not notice.silent:
            paper.add_section(WD_SECTION.NEW_PAGE)
            _letter(paper, notice)
    return packed(paper, title)


def _letter(paper: Any, notice: Notice) -> None:
    _heading(paper, wording.title_lines(notice))
    _paragraph(paper, f"{notice.name}：", indent=0)
    _paragraph(paper, wording.opening(notice))
    for paragraph in wording.request(notice):
        _paragraph(paper, paragraph)
    if notice.items:
        _blank(paper, 8)
        _problems(paper, notice)
    if notice.hints:
        paper.add_heading("供参考，不需要回复", 2)
        for number, hint in enumerate(notice.hints, start=1):
            set_line(_small(paper, f"{number}. {hint}", 10.5), 15)
    if notice.explained:
        paper.add_heading("已说明，不再要求整改", 2)
        _explained(paper, notice)
    _blank(paper, 8)
    told = wording.bases(notice)
    for line in [*(["各项依据："] if told else []), *told]:
        _small(paper, line).paragraph_format.keep_with_next = line not in told
    _small(paper, wording.scope(notice)).paragraph_format.keep_with_next = True
    _signing(paper)


def _problems(paper: Any, notice: Notice) -> None:
    table = Table(paper, "问题清单", wording.HEADS, _WIDTHS)
    for group in notice.groups:
        table.group(group.title)
        for item in group.items:
            cells = ((str(item.number),), item.place, item.found, item.advice, ("",))
            table.add(cells, centred=(0,), whole=not item.long)


def _explained(paper: Any, notice: Notice) -> None:
    table = Table(paper, "已说明的问题", wording.EXPLAINED_HEADS, _EXPLAINED_WIDTHS)
    for each in notice.explained:
        table.add(((each.problem,), (each.why,), (each.who,), (each.when,)))


def _signing(paper: Any) -> None:
    """Leave room for who sends it back and who answers, side by side."""
    for pair in zip(*wording.BLANKS, strict=True):
        line = paper.add_paragraph()
        line.paragraph_format.tab_stops.add_tab_stop(Mm(80), WD_TAB_ALIGNMENT.LEFT)
        line.paragraph_format.space_before = Pt(10 if pair[0] == wording.BLANKS[0][0] else 0)
        line.paragraph_format.keep_with_next = pair != tuple(b[-1] for b in wording.BLANKS)
        add_run(line, "\t".join(pair))


def _summary(paper: Any, notices: Sequence[Notice], unread: Sequence[Unread]) -> None:
    _heading(paper, wording.summary_lines(notices, unread))
    _paragraph(paper, wording.summary(notices, unread))
    rows = wording.summary_rows(notices)
    if rows:
        table = Table(paper, "各机关情况", wording.SUMMARY_HEADS, _SUMMARY_WIDTHS)
        for row in rows:
            table.add([(word,) for word in row], centred=(1, 2, 3, 4))
        _blank(paper, 8)
    if silent := wording.silent_sentence(notices):
        _paragraph(paper, silent)
    if unread:
        paper.add_heading("未能读取的报告", 2)
        for each in unread:
            _paragraph(paper, f"{plain(each.name)}：{sentence(each.reason)}")


def _heading(paper: Any, lines: tuple[str, str]) -> None:
    heading = paper.add_heading(lines[0], 1)
    heading.add_run().add_break()
    heading.add_run(lines[1])


def _paragraph(paper: Any, text: str, indent: float = _INDENT) -> None:
    paragraph = paper.add_paragraph()
    add_run(paragraph, text)
    paragraph.paragraph_format.first_line_indent = indent * 12700


def _small(paper: Any, text: str, size: float = _SMALL) -> Any:
    paragraph = paper.add_paragraph()
    add_run(paragraph, text, size=size)
    set_line(paragraph, _SMALL_LINE)
    return paragraph


def _blank(paper: Any, line: float = 28) -> None:
    set_line(paper.add_paragraph(), line)
