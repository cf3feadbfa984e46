"""Tells what a file is from its name and its first bytes; refuses it where the two disagree."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

from nianbao.errors import UnreadableError

FORMATS = {
    ".csv": ".csv",
    ".docx": ".docx",
    ".htm": ".html",
    ".html": ".html",
    ".md": ".md",
    ".pdf": ".pdf",
    ".txt": ".txt",
    ".xlsx": ".xlsx",
}
"""Every file name ending that can be read, and the format it stands for."""

MAX_NAME = 80
"""Characters of a file name that a message repeats."""

_JUNK = 1024
"""Bytes that may stand before a PDF's mark, as readers of PDF allow."""


class _Kind(NamedTuple):
    """What a file turned out to be, and how to get something readable from it."""

    called: str
    advice: str


def _renamed(suffix: str) -> str:
    return f"请把扩展名改为 {suffix} 后再试"


def _saved(program: str, suffix: str) -> str:
    return f"请用 {program}打开后另存为 {suffix} 再试"


_PACKED = "请先解压，再给出其中的报告文件"
_PICTURE = "图片里没有文字，请取得 Word、网页或带文字层的 PDF 原件"
_ASK = "请取得 Word、Excel、网页或带文字层的 PDF 原件"

_KINDS = {
    "docx": _Kind("Word 文档（docx）", _renamed(".docx")),
    "xlsx": _Kind("Excel 工作簿（xlsx）", _renamed(".xlsx")),
    "pdf": _Kind("PDF", _renamed(".pdf")),
    "html": _Kind("网页（HTML）", _renamed(".html")),
    "text": _Kind("没有网页标记的纯文本", _renamed(".txt")),
    "doc": _Kind("旧版 Word 或 WPS 文字文档", _saved("Word 或 WPS ", ".docx")),
    "xls": _Kind("旧版 Excel 或 WPS 表格", _saved("Excel 或 WPS ", ".xlsx")),
    "xlsb": _Kind("二进制 Excel 工作簿", _saved("Excel 或 WPS ", ".xlsx")),
    "docm": _Kind("带宏或模板性质的 Word 文档", _saved("Word 或 WPS ", ".docx")),
    "xlsm": _Kind("带宏或模板性质的 Excel 工作簿", _saved("Excel 或 WPS ", ".xlsx")),
    "ole": _Kind("旧版 Office 或 WPS 文档", _saved("Office 或 WPS ", ".docx 或 .xlsx")),
    "locked": _Kind("加密的 Office 文档", "请用密码打开，取消密码后另存再试"),
    "slides": _Kind("演示文稿", _ASK),
    "rtf": _Kind("RTF 文档", _saved("Word 或 WPS ", ".docx")),
    "word-xml": _Kind("Word 或 Excel 的 XML 文档", _saved("Office 或 WPS ", ".docx 或 .xlsx")),
    "odf": _Kind("OpenDocument 文档", _saved("LibreOffice 或 WPS ", ".docx 或 .xlsx")),
    "ofd": _Kind("OFD 版式文件", "请用 OFD 阅读器导出为带文字层的 PDF，或取得 Word 原件"),
    "mhtml": _Kind("单个文件网页（MHTML）", _saved("浏览器或 Word ", ".html 或 .docx")),
    "image": _Kind("图片", _PICTURE),
    "archive": _Kind("压缩包", _PACKED),
}

_SUFFIXES = {
    ".doc .dot .wps .wpt": "doc",
    ".xls .xlt .et .ett": "xls",
    ".xlsb": "xlsb",
    ".docm .dotx .dotm": "docm",
    ".xlsm .xltx .xltm": "xlsm",
    ".ppt .pptx .dps .pps .ppsx": "slides",
    ".rtf": "rtf",
    ".odt .ods": "odf",
    ".ofd": "ofd",
    ".mht .mhtml": "mhtml",
    ".png .jpg .jpeg .gif .bmp .tif .tiff .webp .heic": "image",
    ".zip .rar .7z .gz .tgz .tar .xz .bz2": "archive",
}
_UNREAD = {suffix: kind for group, kind in _SUFFIXES.items() for suffix in group.split()}

_ZIP = b"PK\x03\x04"
_MARKS = (
    (rb"%PDF-", "pdf"),
    (rb"\{\\rtf", "rtf"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP", "image"),
    (rb".{4}ftyp(?:hei|hev|mif1|msf1|avi)", "image"),
    (rb"\x1f\x8b\x08|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|MSCF\0|\xfd7zXZ\0|BZh[1-9]1AY", "archive"),
    (rb".{257}ustar", "archive"),
    (rb"PK\x05\x06", "archive"),
    (rb"(?:<\?xml[^>]*>\s*)?<\?mso-application", "word-xml"),
    (rb"(?i:(?:mime-version|from|content-type):[^\0]{0,2000}multipart/related)", "mhtml"),
    (
        rb"(?i:(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html[\s>]))",
        "html",
    ),
)
"""What stands at the very start, in the order asked."""
_PATTERNS = tuple((re.compile(mark, re.DOTALL), kind) for mark, kind in _MARKS)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "slides"),
)
_MEMBERS = (
    (b"word/document", "docx"),
    (b"xl/workbook.xml", "xlsx"),
    (b"xl/workbook.bin", "xlsb"),
    (b"ppt/presentation", "slides"),
    (b"OFD.xml", "ofd"),
    (b"application/vnd.oasis", "odf"),
)


def printable(name: str) -> str:
    """Return a file's name as messages and reports may show it: in one line, without controls."""
    shown = "".join(c if c.isprintable() or c == "\u3000" else "\ufffd" for c in name)
    return shown if len(shown) <= MAX_NAME else f"{shown[: MAX_NAME - 20]}…{shown[-19:]}"


def kind_of(name: str, content: bytes) -> str:
    """Tell a file's format, where its name and its first bytes agree on one.

    Nothing is read for what its name denies; the message says what it really is.

    Returns
    -------
    str
        One of the values of `FORMATS`.

    Raises
    ------
    UnreadableError
        What the file is and how to get something readable from it.
    """
    suffix = PurePath(name).suffix.lower()
    shown, found = printable(name), _kind_within(content)
    named = FORMATS.get(suffix)
    if named and _agrees(named, content, found):
        return named
    if named == ".html" and not found:
        found = "text"
    if found and found != _UNREAD.get(suffix):
        kind = _KINDS[found]
        ending = f"扩展名是“{printable(suffix)}”" if suffix else "没有扩展名"
        raise UnreadableError(f"{shown}：{ending}，内容却是{kind.called}。{kind.advice}。")
    if named:
        raise UnreadableError(
            f"{shown}：内容不是扩展名所说的 {named} 格式，可能已损坏。请重新获取报告原文。"
        )
    if suffix in _UNREAD:
        kind = _KINDS[_UNREAD[suffix]]
        raise UnreadableError(f"{shown}：这是{kind.called}，不能直接读取。{kind.advice}。")
    raise UnreadableError(
        f"{shown}：暂不支持“{printable(suffix) or '无扩展名'}”格式；"
        f"可读格式：{'、'.join(FORMATS)}。请另存为其中一种后再试。"
    )


def _agrees(named: str, content: bytes, found: str | None) -> bool:
    """Tell whether the content can be what the name says."""
    if named in {".docx", ".xlsx"}:
        # Another member may be an embedded workbook or document: its own names count here.
        mark = next(mark for mark, kind in _MEMBERS if f".{kind}" == named)
        return content.startswith(_ZIP) and mark in content
    if named == ".pdf":
        return b"%PDF-" in content[:_JUNK] and found in {"pdf", None}
    if named == ".html":
        return found in {"html", None} and b"<" in content
    return found is None


def _kind_within(content: bytes) -> str | None:
    """Name what the first bytes give away; None for text and for what is not known."""
    if content.startswith(_OLE):
        streams = (kind for word, kind in _STREAMS if word.encode("utf-16-le") in content)
        return next(streams, "ole")
    if content.startswith(_ZIP):
        return next((kind for mark, kind in _MEMBERS if mark in content), "archive")
    start = _without_mark(content[:8192])
    for pattern, kind in _PATTERNS:
        if pattern.match(start):
            return kind
    return None


def _without_mark(start: bytes) -> bytes:
    """Drop a byte order mark and blanks; of UTF-16 keep the half that holds ASCII."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\0", b"")
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()
