"""Writes tables into a Word document: ruled, heads repeated, rows kept whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from nianbao.notice.typeface import BLACK, add_run, set_line

_SIZE = 10
_LINE = 13

Lines = tuple[str, ...]


class Table:
    """A table with fixed column widths, built row by row.

    Parameters
    ----------
    document : docx document
        Where it is added.
    caption : str
        What it is, for readers who cannot see it.
    heads : sequence of str
        Its column heads.
    widths : sequence of int
        Widths of its columns in millimetres.
    """

    def __init__(
        self, document: Any, caption: str, heads: Sequence[str], widths: Sequence[int]
    ) -> None:
        self._table = document.add_table(rows=0, cols=len(heads))
        self._widths = tuple(widths)
        _set_properties(self._table, caption, sum(widths))
        for column, width in zip(self._table.columns, widths, strict=True):
            column.width = Mm(width)
        row = self._row()
        _mark(row, "w:tblHeader")
        for cell, head in zip(row.cells, heads, strict=True):
            _write(cell, (head,), font=BLACK, middle=True)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
            _shade(cell)

    def group(self, title: str) -> None:
        """Add a row with the heading of the rows below; it stays with the next row."""
        row = self._row()
        cell = row.cells[0].merge(row.cells[-1])
        _write(cell, (title,), font=BLACK)
        cell.paragraphs[0].paragraph_format.keep_with_next = True

    def add(
        self, cells: Sequence[Lines], centred: Sequence[int] = (), *, whole: bool = True
    ) -> None:
        """Add a row; each cell is given in lines. ``whole`` keeps it on one page."""
        row = self._row(whole=whole)
        for index, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
            _write(cell, lines, middle=index in centred)

    def _row(self, *, whole: bool = True) -> Any:
        row = self._table.add_row()
        if whole:
            _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, self._widths, strict=True):
            cell.width = Mm(width)
        return row


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _write(cell: Any, lines: Lines, font: str = "", *, middle: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    for index, line in enumerate(lines or ("",)):
        paragraph = cell.add_paragraph() if index else paragraph
        add_run(paragraph, line, font, _SIZE)
        set_line(paragraph, _LINE)
        if middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _shade(cell: Any) -> None:
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EFEFEF"/>')
    cell._tc.get_or_add_tcPr().append(shade)


def _set_properties(table: Any, caption: str, width: int) -> None:
    """Rule the table, fix its widths and say what it is."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{size}" w:type="dxa"/>'
        for side, size in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
    )
    properties = parse_xml(
        f'<w:tblPr {nsdecls("w")}><w:tblW w:w="{Mm(width).twips}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>"
    )
    old = table._tbl.tblPr
    table._tbl.replace(old, properties)
