"""Walks through the body of a Word document in reading order and collects lines and rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from nianbao.documents.docx.cells import Place, grid_rows, members, table_rows
from nianbao.documents.docx.numbering import Numbering
from nianbao.documents.docx.runs import REMOVED, Paragraph, chosen, read_paragraph
from nianbao.documents.docx.styles import Styles
from nianbao.documents.ooxml import attribute, child, children, local
from nianbao.documents.spans import MAX_COLUMNS, MAX_ROWS
from nianbao.documents.structure import Line, Remark, Row

_TINY = 4
"""Cells; a nested table of no more is a way of arranging the words of one cell."""
_STATUTORY = 3
"""Tables of a report; with fewer, a picture may stand where one should be."""

_EMBEDDED = {"altChunk", "subDoc"}
_PASSED = REMOVED | {"sectPr", "tblPr", "tblGrid", "tcPr", "pPr", "sdtPr", "sdtEndPr"}


@dataclass(slots=True)
class _Cell:
    """What one cell holds: its text, and what is too big to be text."""

    texts: list[str] = field(default_factory=list)
    nested: list[ET.Element] = field(default_factory=list)
    boxes: list[ET.Element] = field(default_factory=list)
    pictures: int = 0

    def written(self, *, revised: bool) -> str:
        """Join the paragraphs; whatever is not text leaves a mark, so that nothing is blank."""
        text = "\n".join(filter(None, self.texts))
        marks = ["〔嵌套表格〕"] if self.nested else []
        marks += ["〔文本框〕"] if self.boxes else []
        marks += ["〔图片〕"] if self.pictures and not text else []
        marks += ["〔单元格修订〕"] if revised else []
        return text + "".join(marks)


class Story:
    """One pass through a document.

    Attributes
    ----------
    blocks : list of Line or Row
        In reading order.
    """

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Line | Row] = []
        self._styles = styles
        self._numbering = numbering
        self._found: list[Remark] = []
        self._paragraphs = 0
        self._tables = 0
        self._pictures = 0
        self._revised = False

    def read(self, container: ET.Element | None, *, boxed: bool = False) -> None:
        """Read the paragraphs and tables of a body, a text box or a wrapper."""
        for node in children(container):
            name = local(node)
            if name == "p":
                self._paragraph(node)
            elif name == "tbl":
                self._table(node, boxed=boxed)
            elif name == "AlternateContent":
                self.read(chosen(node), boxed=boxed)
            elif name in _EMBEDDED:
                self._remark("embedded", "文中嵌有另一份文件，嵌入的内容没有读取。", "")
            elif name not in _PASSED:
                self.read(node, boxed=boxed)

    def remarks(self) -> list[Remark]:
        """List what a reader of the file must know, each thing once."""
        remarks = list(self._found)
        if self._pictures and self._tables < _STATUTORY:
            remarks.append(
                Remark(
                    "pictures",
                    f"文档有 {self._tables} 个表格、{self._pictures} 个图片或嵌入对象；"
                    "如果法定表格是以图片放入的，图片里的数字无法读取。请换用带表格的原件。",
                )
            )
        if self._revised:
            remarks.append(
                Remark(
                    "revisions",
                    "文档含有未处理的修订，按全部接受后的样子读取。请确认修订后再发布。",
                )
            )
        return remarks

    def _remark(self, code: str, message: str, origin: str) -> None:
        if all((known.code, known.origin) != (code, origin) for known in self._found):
            self._found.append(Remark(code, message, origin))

    def _take(self, node: ET.Element) -> Paragraph:
        """Read a paragraph with its automatic number, which counts on."""
        found = read_paragraph(node, self._styles)
        properties = child(node, "pPr")
        inherited = self._styles.list_properties(
            attribute(child(properties, "pStyle"), "val") or ""
        )
        gone = not found.text and child(child(properties, "rPr"), "del") is not None
        if not gone:
            label = self._numbering.next_label(child(properties, "numPr"), inherited)
            # Neither "1." and "2023" nor "1" and "500" may become one number.
            apart = "  " if label and found.text[:1].isnumeric() else ""
            found.text = label + apart + found.text
        self._pictures += found.pictures
        self._revised |= found.revised or gone
        return found

    def _paragraph(self, node: ET.Element) -> None:
        found = self._take(node)
        lines = [line for text in found.text.split("\n") if (line := text.strip())]
        self._paragraphs += bool(lines)
        origin = f"第{self._paragraphs}段"
        self.blocks += [Line(line, origin) for line in lines]
        for box in found.boxes:
            self.read(box, boxed=True)

    def _table(self, table: ET.Element, *, boxed: bool) -> None:
        rows = table_rows(table)
        if not any(rows):
            return
        if _is_frame(rows):
            for row in rows:
                self.read(row[0].nodes[0], boxed=boxed)
            return
        self._tables += 1
        number = self._tables
        origin = f"表格{number}"
        if boxed:
            message = f"{origin}放在文本框里，已按所在位置读取。请核对它与正文的先后次序。"
            self._remark("table_in_textbox", message, origin)
        cells = [[self._cell(place) for place in row] for row in rows[:MAX_ROWS]]
        self._warn_of_limits(rows, origin)
        texts = [
            [cell.written(revised=place.revised) for place, cell in zip(row, line, strict=True)]
            for row, line in zip(rows, cells, strict=False)
        ]
        self.blocks += grid_rows(rows[:MAX_ROWS], texts, number)
        for cell in (cell for line in cells for cell in line):
            self._inner(cell, origin, boxed=boxed)

    def _inner(self, cell: _Cell, origin: str, *, boxed: bool) -> None:
        """Read the tables and text boxes of a cell after the table that they stand in."""
        if cell.nested:
            message = f"{origin}的单元格里还有表格，里面的表格另作一个表格读取。请核对位置。"
            self._remark("table_nested", message, origin)
        for table in cell.nested:
            self._table(table, boxed=boxed)
        for box in cell.boxes:
            self.read(box, boxed=True)

    def _warn_of_limits(self, rows: list[list[Place]], origin: str) -> None:
        width = max(place.first + place.columns for row in rows for place in row)
        if len(rows) > MAX_ROWS or width > MAX_COLUMNS:
            limit = f"{MAX_ROWS} 行或 {MAX_COLUMNS} 列"
            message = f"{origin}超过 {limit}，超出的部分没有读取。请检查表格。"
            self._remark("table_cut", message, origin)

    def _cell(self, place: Place) -> _Cell:
        cell = _Cell()
        if place.rows and place.first < MAX_COLUMNS:
            self._fill(cell, place.nodes[0])
        return cell

    def _fill(self, cell: _Cell, container: ET.Element | None) -> None:
        for node in children(container):
            name = local(node)
            if name == "p":
                found = self._take(node)
                cell.texts.append(found.text)
                cell.boxes += found.boxes
                cell.pictures += found.pictures
            elif name == "tbl" and sum(map(len, table_rows(node))) > _TINY:
                cell.nested.append(node)
            elif name == "AlternateContent":
                self._fill(cell, chosen(node))
            elif name not in _PASSED:
                self._fill(cell, node)


def _is_frame(rows: list[list[Place]]) -> bool:
    """Whether a table of one column only frames a page that holds a table of its own."""
    return all(len(row) == 1 for row in rows) and any(
        sum(map(len, table_rows(table))) > _TINY
        for row in rows
        for table in members(row[0].nodes[0], "tbl")
    )
