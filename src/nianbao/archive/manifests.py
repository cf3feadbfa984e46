"""Reads a manifest line by line: what it lists, and each line that is not in the only form.

That form is lower-case SHA-256, two spaces, the path with ``%``, CR and LF escaped, one newline;
paths in order, each once. Readers of BagIt let much else pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nianbao.archive.bag import PAYLOAD, TAG_MANIFEST, escaped
from nianbao.archive.fault import Fault
from nianbao.archive.names import shown

_LINE: Final = re.compile(r"\ufeff?\s*([0-9A-Fa-f]{64})[ \t]+\*?([^\r\n]+)\r?\n?")
_ESCAPED: Final = re.compile("%(25|0[AaDd])")
_MOST: Final = 50_000
"""Lines; more than a bag may have files."""
_LONGEST: Final = 4_000
"""Bytes of a line: a path that a bag may hold, each sign of it escaped."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as a manifest lists it, in a line counted from 1."""

    number: int
    digest: str
    name: str


def parsed(content: bytes, manifest: str) -> tuple[list[Listed], list[Fault]]:
    """Read a manifest.

    Parameters
    ----------
    content : bytes
        The manifest.
    manifest : str
        Its name; the tag manifest lists what lies beside ``data/``, the other what lies below.

    Returns
    -------
    tuple of list of Listed and list of Fault
        What it lists, as far as that can be read, and the lines that are not as they must be.
    """
    if content.count(b"\n") > _MOST:
        return [], [Fault(manifest, f"超过{_MOST:,}行，不像一份清单。")]
    lines: list[Listed] = []
    found: list[Fault] = []
    before = ""
    for number, line in enumerate(_lines(content), start=1):
        place = f"{manifest} 第{number}行"
        text = _text(line)
        match = _LINE.fullmatch(text)
        if match is None:
            found.append(Fault(place, "不是“SHA-256、两个空格、路径”的一行。"))
            continue
        name = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), match[2])
        slips = [*_slips(text, match[1], name), *_misplaced(name, manifest, before)]
        found += [Fault(place, slip) for slip in slips]
        lines.append(Listed(number, match[1], name))
        before = name
    return lines, found


def _lines(content: bytes) -> Iterator[bytes]:
    """Yield lines with their ends; only a newline ends one."""
    *whole, rest = content.split(b"\n")
    yield from (line + b"\n" for line in whole)
    if rest:
        yield rest


def _text(line: bytes) -> str:
    try:
        return line.decode() if len(line) <= _LONGEST else ""
    except UnicodeDecodeError:
        return ""


def _slips(text: str, digest: str, name: str) -> Iterator[str]:
    """Say how a line that can be read is written otherwise than it must be."""
    if text == f"{digest.lower()}  {escaped(name)}\n":
        return
    if digest != digest.lower():
        yield "SHA-256 用了大写字母，应为小写。"
    if text.endswith("\r\n"):
        yield "行尾是 CRLF，应为 LF。"
    elif not text.endswith("\n"):
        yield "行尾没有换行，应为 LF。"
    between = text.partition(digest)
    if between[0] or between[2].rstrip("\r\n") != f"  {escaped(name)}":
        yield f"写法与规定不同，应为 SHA-256、两个空格、“{shown(escaped(name))}”。"


def _misplaced(name: str, manifest: str, before: str) -> Iterator[str]:
    if name.startswith(PAYLOAD) == (manifest == TAG_MANIFEST) or name == TAG_MANIFEST:
        yield f"“{shown(name)}”不应列在这一清单中。"
    if name == before:
        yield f"“{shown(name)}”列了两次。"
    elif name < before:
        yield f"“{shown(name)}”的次序不对，应按路径排列。"
