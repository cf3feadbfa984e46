"""Reads PDFs that hold text: prose, and tables by their ruled lines."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from nianbao.documents.pdf.breaks import Ledger, begin, extend, fits, overflows
from nianbao.documents.pdf.frames import Frame, find_frames
from nianbao.documents.pdf.margins import Furniture, find_furniture
from nianbao.documents.pdf.panels import Panel, TableRow, fill
from nianbao.documents.pdf.paragraphs import Measure, Prose, measure, text_lines
from nianbao.documents.pdf.sheets import UNDECODED, Mark, Sheet
from nianbao.documents.pdf.writing import Written
from nianbao.documents.structure import Document, Line, Merge, Remark, Row
from nianbao.errors import UnreadableError

_SPARSE = 20
"""A page with a picture and no more characters than this is a picture of a page."""

_COVERED = 0.4
"""The share of a page from which on a picture may be a scan."""


def read_pdf(content: bytes, name: str) -> Document:
    """Read a report from a PDF with a layer of text.

    Parameters
    ----------
    content : bytes
        The file's bytes.
    name : str
        The file's name, for messages.

    Returns
    -------
    Document
        Tables with ruled lines as rows of a grid; tables without them as rows whose places
        prove nothing. Cells that a page break does not show whole are marked as unclear.

    Raises
    ------
    UnreadableError
        Where the file is no PDF, is broken, encrypted, scanned, without decodable characters,
        or far larger than a report.
    """
    from nianbao.documents.pdf.pages import read_sheets  # pdfplumber takes half a second to load

    # pdfminer comments on every flaw of a file; what matters of them is said in our messages.
    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    sheets = read_sheets(content, name)
    remarks = _demand_text(sheets, name)
    try:
        frames = [find_frames(sheet.strokes) for sheet in sheets]
    except UnreadableError as error:
        raise UnreadableError(
            f"{name}：{error}，不像报告的表格。请改用网页或 Word 原文。"
        ) from None
    furniture = find_furniture(sheets, frames)
    book = _Book()
    for sheet, found, extras in zip(sheets, frames, furniture, strict=True):
        book.take(sheet, found, extras)
    return Document(name, tuple(book.blocks()), tuple(remarks))


def _demand_text(sheets: Sequence[Sheet], name: str) -> list[Remark]:
    """Refuse a file without readable text; name the pages that are mere pictures."""
    marks = sum(len(sheet.marks) for sheet in sheets)
    lost = sum(mark.text == UNDECODED for sheet in sheets for mark in sheet.marks)
    pictures = [s for s in sheets if len(s.marks) <= _SPARSE and s.pictured >= _COVERED]
    if len(pictures) == len(sheets) or (pictures and marks <= _SPARSE * len(sheets)):
        raise UnreadableError(
            f"{name}：这是扫描件，{len(sheets)} 页都是图片，没有可靠的文字层。"
            "请取得 Word 或网页原文，或自行用文字识别（OCR）转成文本并核对后再试。"
        )
    if not marks:
        raise UnreadableError(f"{name}：文件中没有文字。请取得 Word 或网页原文后再试。")
    if lost * 2 > marks:
        raise UnreadableError(
            f"{name}：文件的字体没有给出文字编码，{marks:,} 个字符中有 {lost:,} 个无法解码。"
            "请取得 Word 或网页原文后再试。"
        )
    return [
        Remark(
            "page_picture",
            f"第{s.number}页是图片，没有文字层，其中的内容没有读取。请取得 Word 或网页原文。",
            f"第{s.number}页",
        )
        for s in pictures
    ]


class _Book:
    """The whole file in reading order: prose and tables, over the page breaks."""

    def __init__(self) -> None:
        self._parts: list[Ledger | tuple[Written, Measure, int]] = []

    def take(self, sheet: Sheet, frames: Sequence[Frame], extras: Furniture) -> None:
        """Add a page."""
        inside: dict[int, list[Mark]] = {}
        outside: list[Mark] = []
        by_size = sorted(range(len(frames)), key=lambda i: _area(frames[i]))
        for mark in sheet.marks:
            if id(mark) in extras.dropped:
                continue
            home = next((i for i in by_size if frames[i].holds(*mark.middle)), None)
            (outside if home is None else inside.setdefault(home, [])).append(mark)
        doubtful = [mark for mark in sheet.marks if id(mark) in extras.suspects]
        lines = text_lines(outside)
        measured = measure(sheet, lines)
        items: list[tuple[float, Panel | Written]] = [
            (frame.rows[0], fill(frame, inside.get(i, []), sheet.number, doubtful))
            for i, frame in enumerate(frames)
        ]
        items += [(line.base, line) for line in lines]
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, Panel):
                self._add(item)
            else:
                self._parts.append((item, measured, sheet.number))

    def _add(self, panel: Panel) -> None:
        """Add a part of a table: to the table that ended the page before, if it fits that."""
        after = next((i for i, p in enumerate(reversed(self._parts)) if isinstance(p, Ledger)), -1)
        last = self._parts[-1 - after] if after >= 0 else None
        if isinstance(last, Ledger) and panel.page == last.panels[-1].page + 1:
            between = self._parts[len(self._parts) - after :]
            lines = [part[0] for part in between if not isinstance(part, Ledger)]
            if fits(last, panel) and overflows(last, lines):
                del self._parts[len(self._parts) - after :]
                extend(last, panel)
                return
        self._parts.append(begin(panel))

    def blocks(self) -> Iterator[Line | Row]:
        """Give the blocks of the document."""
        prose = Prose()
        table = 0
        for part in self._parts:
            if not isinstance(part, Ledger):
                yield from prose.add(*part)
            elif part.single:
                for panel in part.panels:
                    lines = text_lines(panel.marks)
                    for line in lines:
                        yield from prose.add(line, _within(panel, lines), panel.page)
            else:
                yield from prose.close()
                table += 1
                for number, row in enumerate(part.rows, start=1):
                    origin = f"第{row.page}页表格{table}第{number}行"
                    yield _row(row, part.columns, table, origin)
        yield from prose.close()


def _within(panel: Panel, lines: Sequence[Written]) -> Measure:
    """Take the measure of text in a box."""
    left, right = panel.columns[0], panel.columns[-1]
    size = max((line.size for line in lines), default=12.0)
    start = min((line.x0 for line in lines), default=left)
    return Measure(start, right, (left + right) / 2, size, 1.5 * size)


def _area(frame: Frame) -> float:
    return (frame.columns[-1] - frame.columns[0]) * (frame.rows[-1] - frame.rows[0])


def _row(row: TableRow, columns: Sequence[float], grid: int, origin: str) -> Row:
    """Put a row's cells on the columns of the whole table."""
    cells = [""] * (len(columns) - 1)
    merges, unclear = [], set()
    for slot in row.slots:
        first, end = _nearest(columns, slot.cell.left), _nearest(columns, slot.cell.right)
        if not slot.above and first < end:
            cells[first] = slot.cell.text
        if end - first > 1 or slot.above or slot.below:
            merges.append(Merge(first, end, slot.cell.text, slot.above, slot.below))
        if slot.cell.unclear:
            unclear |= set(range(first, end))
    merges.sort(key=lambda merge: merge.first)
    return Row(tuple(cells), origin, grid, tuple(merges), frozenset(unclear))


def _nearest(columns: Sequence[float], place: float) -> int:
    right = bisect_left(columns, place)
    return min(
        (i for i in (right - 1, right) if 0 <= i < len(columns)),
        key=lambda i: abs(columns[i] - place),
    )
