"""Opens the zip packages of Word and Excel files, and takes nothing from them but named XML."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from nianbao.errors import UnreadableError

MAX_PART = 20_000_000
"""Bytes of one unzipped part; the body of a real report has less than two million."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DAMAGE = (KeyError, ValueError, LookupError, OSError, EOFError, RuntimeError, SyntaxError)
_ZIP_DAMAGE = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part refers to; what lies outside the package is never listed."""

    id: str
    kind: str
    target: str


def local(node: ET.Element) -> str:
    """Return an element's name without its namespace, which differs between dialects."""
    return node.tag.rpartition("}")[2]


def attribute(node: ET.Element | None, name: str) -> str | None:
    """Return an attribute's value by its name without namespace."""
    if node is None:
        return None
    values = (value for key, value in node.items() if key.rpartition("}")[2] == name)
    return next(values, None)


def child(node: ET.Element | None, name: str) -> ET.Element | None:
    """Return the first child of a name, or None."""
    return next((n for n in children(node) if local(n) == name), None)


def children(node: ET.Element | None) -> list[ET.Element]:
    """Return the children of an element that may be missing."""
    return [] if node is None else list(node)


def whole_number(text: str | None, default: int, limit: int) -> int:
    """Read a count of the markup; what is none becomes the default, what is too large the limit."""
    if not text or not text.isascii() or not text.isdigit():
        return default
    return min(int(text[:9]), limit)


class Package:
    """A Word or Excel file whose parts are read one by one, on demand.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.
    suffix : str
        ``.docx`` or ``.xlsx``: what the name says it is.

    Raises
    ------
    UnreadableError
        Where it is encrypted, of an older format, no zip, damaged, or carries macros.
    """

    def __init__(self, content: bytes, name: str, suffix: str) -> None:
        self.name = name
        self.suffix = suffix
        if content.startswith(_OLE):
            raise UnreadableError(f"{name}：{_ole_fault(content, suffix)}")
        with self.guarded("文件"):
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        if any(posixpath.basename(part).lower() == "vbaproject.bin" for part in self._entries):
            raise UnreadableError(f"{name}：文件带有宏。请另存为不含宏的 {suffix} 后再试。")

    @contextmanager
    def guarded(self, part: str) -> Iterator[None]:
        """Turn every kind of damage into one sentence that names the place."""
        try:
            yield
        except UnreadableError:
            raise
        except (*_DAMAGE, *_ZIP_DAMAGE):
            raise UnreadableError(
                f"{self.name}：{part}损坏或加密，读不出 {self.suffix} 的内容。"
                "请用办公软件打开原件，另存后再试。"
            ) from None

    def main_part(self, root: str) -> str:
        """Name the main part, whose root element must be ``root``."""
        found = [r.target for r in self._relations("", "") if r.kind == "officeDocument"]
        usual = {"document": "word/document.xml", "workbook": "xl/workbook.xml"}[root]
        part = found[0] if found else usual
        if part not in self._entries or not part.lower().endswith(".xml"):
            raise self._not_of_its_kind()
        if local(self.xml(part)) != root:
            raise self._not_of_its_kind()
        return part

    def has(self, part: str) -> bool:
        """Whether the package holds a part of this name."""
        return part in self._entries

    def relations(self, part: str) -> list[Relation]:
        """List the parts that a part refers to."""
        folder, base = posixpath.split(part)
        return self._relations(folder, base)

    def content(self, part: str) -> bytes:
        """Unzip one part within the limit.

        Raises
        ------
        UnreadableError
            Where it is missing, damaged or too large.
        """
        with self.guarded(f"压缩包内的 {part[:80]} "):
            entry = self._entries[part]
            if entry.file_size > MAX_PART:
                raise UnreadableError(
                    f"{self.name}：压缩包内的 {part} 展开后有 {entry.file_size:,} 字节，"
                    f"超过上限 {MAX_PART:,} 字节，不像一份年度报告。请检查文件。"
                )
            found = self._zip.read(entry)
        return found

    def xml(self, part: str) -> ET.Element:
        """Parse one part."""
        found = self.content(part)
        with self.guarded(f"压缩包内的 {part[:80]} "):
            return ET.fromstring(found)

    def _relations(self, folder: str, base: str) -> list[Relation]:
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part not in self._entries:
            return []
        return [
            Relation(
                attribute(node, "Id") or "",
                (attribute(node, "Type") or "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, attribute(node, "Target") or ""))[
                    1:
                ],
            )
            for node in self.xml(part)
            if attribute(node, "TargetMode") != "External"
        ]

    def _not_of_its_kind(self) -> UnreadableError:
        return UnreadableError(
            f"{self.name}：压缩包里没有 {self.suffix} 的正文，不是这种格式的文件。"
            f"请用办公软件打开后另存为 {self.suffix} 再试。"
        )


def _ole_fault(content: bytes, suffix: str) -> str:
    """Say what an OLE container is: a file with a password, or one of the old format."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "文件设有打开密码，无法读取。请去掉密码另存后再试。"
    return f"实际是旧版 {suffix[:-1]} 格式，只是扩展名写成了 {suffix}。请另存为 {suffix} 后再试。"
