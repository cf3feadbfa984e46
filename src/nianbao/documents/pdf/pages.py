"""Opens a PDF and lays out its pages, within limits, whatever the file holds."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.converter import PDFPageAggregator
from pdfminer.encodingdb import name2unicode
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdffont import PDFSimpleFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.psparser import literal_name
from pdfminer.utils import translate_matrix
from pdfplumber.page import Page

from nianbao.documents.pdf.sheets import Sheet, read_sheet
from nianbao.errors import UnreadableError

MAX_PAGES = 60
"""A report has five to thirty pages."""
MAX_OBJECTS = 60_000
"""Numbered parts of a file; a report of thirty pages has some thousands."""
MAX_CHARACTERS = 100_000
MAX_SHAPES = 20_000
"""Of one page: characters, and lines or rectangles."""
MAX_STEPS = 5_000
"""Nested drawings that one page may call."""

_UNSEEN = (3, 7)
"""Text modes of PDF that paint nothing: the layer of recognised text behind a scan."""


class _ExcessError(Exception):
    """A page that holds far more than a page of a report."""


class _Device(PDFPageAggregator):
    """Collects what is painted on a page, and stops where it is too much."""

    def __init__(self, resources: Any, number: int) -> None:
        super().__init__(resources, pageno=number, laparams=None)
        self._counts = {"字符": 0, "线条": 0, "嵌套图形": 0}
        self._unseen = False

    def _count(self, kind: str, most: int) -> None:
        self._counts[kind] += 1
        if self._counts[kind] > most:
            raise _ExcessError(f"{kind}超过 {most:,} 个")

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self._unseen = textstate.render in _UNSEEN
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        self._count("字符", MAX_CHARACTERS)
        # A rise is put into the place, so that a raised digit is seen to stand off its line.
        raised = translate_matrix(matrix, (0, rise))
        given = (raised, font, fontsize, scaling, 0, cid, ncs, graphicstate)
        advance: float = super().render_char(*given)
        if self._unseen:
            self.cur_item._objs.pop()
        return advance

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        self._count("线条", MAX_SHAPES)
        super().paint_path(gstate, stroke, fill, evenodd, path)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self._count("嵌套图形", MAX_STEPS)
        super().begin_figure(name, bbox, matrix)


class _Fonts(PDFResourceManager):
    """Keeps fonts, and takes from them the characters that pdfminer only supposes."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> Any:
        known = objid in self._cached_fonts
        font = super().get_font(objid, spec)
        if not known and isinstance(font, PDFSimpleFont):
            _forget_guesses(font, spec)
        return font


def _forget_guesses(font: PDFSimpleFont, spec: Mapping[str, object]) -> None:
    """Leave codes without a character where nothing in the file says what they stand for.

    A glyph with a name of the producer's own (``/g17``) may be any sign, whatever its code is
    in the standard encoding; so may all codes of an embedded font that states no encoding.
    """
    encoding = resolve1(spec.get("Encoding"))
    if isinstance(encoding, dict):
        code = 0
        for item in list_value(encoding.get("Differences", [])):
            item = resolve1(item)
            if isinstance(item, int):
                code = item
                continue
            try:
                name2unicode(literal_name(item))
            except (KeyError, ValueError):
                font.cid2unicode.pop(code, None)
            code += 1
    elif encoding is None and font.unicode_map is None:
        embedded = {"FontFile2", "FontFile3"} & set(dict_value(spec.get("FontDescriptor", {})))
        font.cid2unicode = {} if embedded else font.cid2unicode


class _Page(Page):
    """A page that is laid out by a device that counts."""

    @property
    def layout(self) -> Any:
        device = _Device(self.pdf.rsrcmgr, self.page_number)
        PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
        return device.get_result()


def read_sheets(content: bytes, name: str) -> list[Sheet]:
    """Read all pages of a PDF.

    Raises
    ------
    UnreadableError
        Where the bytes are no PDF, or one that is broken, encrypted or too large.
    """
    if b"%PDF-" not in content[:1024]:
        raise UnreadableError(
            f"{name}：内容不是 PDF（开头没有 %PDF 标记）。请检查文件是否下载完整或扩展名有误。"
        )
    if content.count(b" obj") > MAX_OBJECTS:
        raise _too_large(name, f"对象超过 {MAX_OBJECTS:,} 个")
    number = 0
    sheets = []
    try:
        for number, page in enumerate(_pages(content), start=1):
            sheets.append(read_sheet(page, number))
    except _ExcessError as error:
        raise _too_large(name, f"第{number}页{error}" if number else str(error)) from None
    except Exception as error:
        # The one place where a broken file ends: pdfminer raises errors of some twenty kinds.
        if _tells(error, MemoryError):
            raise MemoryError from error
        if _tells(error, PDFPasswordIncorrect):
            raise UnreadableError(
                f"{name}：文件加了打开密码，无法读取。请用密码打开后另存为不加密的文件再试。"
            ) from None
        where = f"第{number}页出错" if number else "打不开"
        raise UnreadableError(
            f"{name}：PDF 已损坏，{where}（{type(error).__name__}）。请重新获取完整的文件。"
        ) from None
    if not sheets:
        raise UnreadableError(f"{name}：PDF 中没有页面。请重新获取完整的文件。")
    return sheets


def _pages(content: bytes) -> Iterator[_Page]:
    """Open the pages one by one, so that what is laid out is forgotten before the next."""
    pdf = pdfplumber.open(io.BytesIO(content))  # closing it would open all its pages once more
    pdf.rsrcmgr = _Fonts()
    if sum(len(list(xref.get_objids())) for xref in pdf.doc.xrefs) > MAX_OBJECTS:
        raise _ExcessError(f"对象超过 {MAX_OBJECTS:,} 个")
    pages = list(islice(PDFPage.create_pages(pdf.doc), MAX_PAGES + 1))
    if len(pages) > MAX_PAGES:
        raise _ExcessError(f"页数超过 {MAX_PAGES} 页")
    for number, page in enumerate(pages, start=1):
        yield _Page(pdf, page, number)


def _too_large(name: str, what: str) -> UnreadableError:
    return UnreadableError(f"{name}：{what}，不像一份年度报告。请检查是否选错文件。")


def _tells(error: Exception, kind: type[Exception]) -> bool:
    """Whether an error is of a kind, or wraps one (pdfplumber wraps all that it meets)."""
    return isinstance(error, kind) or any(isinstance(given, kind) for given in error.args)
