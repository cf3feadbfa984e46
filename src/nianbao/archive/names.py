"""Which names a bag may hold: those that lead nowhere else and mean the same on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

MAX_LENGTH: Final = 1_000
"""Bytes of a path in UTF-8; what systems take in one piece is 1,024 or more."""
MAX_PART: Final = 255
"""Bytes of a folder's or file's own name, as file systems allow."""
MAX_DEPTH: Final = 20
"""Levels of a path; a bag has seven. `clash` remembers each level of each path."""

_SHOWN: Final = 300
_DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)")
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def objection(name: str) -> str:
    """Say why a path may not stand in a bag; nothing where it may.

    Parameters
    ----------
    name : str
        A path as a zip or a folder gives it.

    Returns
    -------
    str
        What is wrong, in Chinese, to follow “名称”; else an empty string.
    """
    if not name or any(ord(sign) < 32 or ord(sign) == 127 for sign in name):
        return "为空或含有控制字符"
    if "\\" in name:
        return "含有反斜杠"
    if name.startswith("/"):
        return "是绝对路径"
    if ":" in name:
        return "带有盘符" if _DRIVE.match(name) else "含有冒号"
    return _of_parts(name)


def _of_parts(name: str) -> str:
    parts = name.split("/")
    if ".." in parts:
        return "用“..”指向包外"
    if "" in parts or "." in parts:
        return "含有空的一级或“.”"
    if len(parts) > MAX_DEPTH:
        return f"超过{MAX_DEPTH}级"
    if any(_DEVICE.match(part.casefold()) for part in parts):
        return "是系统设备名"
    if any(part.endswith((".", " ")) for part in parts):
        return "以句点或空格结尾"
    try:
        sizes = [len(part.encode()) for part in parts]
    except UnicodeEncodeError:
        return "不是 UTF-8"
    if max(sizes) > MAX_PART or sum(sizes) + len(sizes) > MAX_LENGTH:
        return "过长"
    return ""


def clash(names: Iterable[str]) -> tuple[str, str] | None:
    """Find two paths that some system takes for one, or a file that is also a folder.

    Returns
    -------
    tuple of str or None
        The two, the one that was given later second.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        same = key(name)
        above = ["/".join(same.split("/")[:depth]) for depth in range(1, same.count("/") + 1)]
        found = files.get(same) or folders.get(same)
        found = found or next((files[folder] for folder in above if folder in files), None)
        if found is not None:
            return found, name
        files[same] = name
        for folder in above:
            folders.setdefault(folder, name)
    return None


def key(name: str) -> str:
    """Return what systems that know neither case nor composition compare a path by."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def shown(text: str) -> str:
    """Return what a bag says as messages may repeat it: in one line, without controls."""
    clean = "".join(sign if sign.isprintable() or sign == "\u3000" else "\ufffd" for sign in text)
    return clean if len(clean) <= _SHOWN else f"{clean[: _SHOWN - 40]}…{clean[-39:]}"
