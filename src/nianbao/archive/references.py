"""What the RO-Crate of a bag refers to: all of it is there, and all that is there is named."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import unquote

from nianbao.archive.bag import PAYLOAD
from nianbao.archive.fault import Fault
from nianbao.archive.names import shown

CRATE: Final = "ro-crate-metadata.json"
_PLACE: Final = f"{PAYLOAD}{CRATE}"
LARGEST: Final = 192 << 20
"""Bytes; that of one report has some 50,000, that of a year 165 for each pair of reports."""
_MOST: Final = 4_000_000
"""Objects and lists; each takes memory, however few bytes it has."""
_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#|_:")
"""How an identifier begins that is no path in the bag."""


def crate_faults(payload: Mapping[str, bytes]) -> Iterator[Fault]:
    """Hold a crate's entities against the files of the payload.

    Parameters
    ----------
    payload : mapping of str to bytes
        By their path in the bag, ``data/`` and all.
    """
    content = payload.get(_PLACE)
    if content is None:
        yield Fault(_PLACE, "缺少对归档内容的描述（RO-Crate）。")
        return
    try:
        entities = _entities(content)
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, _CrateError) else "不是规范的 JSON"
        yield Fault(_PLACE, f"无法读取：{why}。")
        return
    files = {name.removeprefix(PAYLOAD): content for name, content in payload.items()}
    yield from _rooted(entities)
    named = {unquote(name): entity for name, entity in entities.items() if _local(name)}
    yield from _there(named, files)
    described = {name for name, entity in named.items() if "File" in _types(entity)}
    for name in files:
        if name != CRATE and name not in described:
            yield Fault(f"{PAYLOAD}{shown(name)}", f"{CRATE} 没有描述这一文件。")
    for name in sorted(_references(entities) - set(entities)):
        if _local(name):
            yield Fault(_PLACE, f"提到“{shown(name)}”，却没有描述它。")


class _CrateError(ValueError):
    """Why a crate cannot be read, in Chinese."""


def _entities(content: bytes) -> dict[str, dict[str, Any]]:
    """Return the entities of a crate by their identifier."""
    if len(content) > LARGEST:
        raise _CrateError(f"超过{LARGEST:,}字节")
    if content.count(b"{") + content.count(b"[") > _MOST:
        raise _CrateError(f"超过{_MOST:,}项")
    found = json.loads(
        content.decode(), object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_number
    )
    graph = found.get("@graph") if isinstance(found, dict) else None
    if not isinstance(graph, list):
        raise _CrateError("没有 @graph")
    entities: dict[str, dict[str, Any]] = {}
    for entity in graph:
        name = entity.get("@id") if isinstance(entity, dict) else None
        if not isinstance(name, str):
            raise _CrateError("有一项没有 @id")
        if name in entities:
            raise _CrateError(f"“{shown(name)}”描述了两次")
        entities[name] = entity
    return entities


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a name given twice, of which one reader takes the first and another the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _CrateError("一项中有重复的名称")
    return found


def _no_constant(word: str) -> Any:
    raise _CrateError(f"{word} 不是 JSON 的值")


def _number(digits: str) -> int:
    if len(digits) > 30:
        raise _CrateError("数字过长")
    return int(digits)


def _local(name: str) -> bool:
    return not _ELSEWHERE.match(name)


def _types(entity: Mapping[str, Any]) -> list[Any]:
    found = entity.get("@type")
    return found if isinstance(found, list) else [found]


def _rooted(entities: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Check that the crate describes the folder that it lies in."""
    about = entities.get(CRATE, {}).get("about")
    if about != {"@id": "./"} or "Dataset" not in _types(entities.get("./", {})):
        yield Fault(_PLACE, "没有描述它所在的文件夹（“./”）。")


def _there(named: Mapping[str, Mapping[str, Any]], files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Check that what is described is there, and what is said of its size and SHA-256."""
    folders = {"", *(file[: end.end()] for file in files for end in re.finditer("/", file))}
    for name, entity in named.items():
        types = _types(entity)
        place = f"{PAYLOAD}{shown(name)}"
        if "Dataset" in types and "File" not in types:
            folder = "" if name == "./" else f"{name.removesuffix('/')}/"
            if folder not in folders:
                yield Fault(place, f"缺少这一文件夹，{CRATE} 描述了它。")
        elif name not in files:
            if "File" in types or "/" in name:
                yield Fault(place, f"缺少这一文件，{CRATE} 描述了它。")
        else:
            yield from _as_said(place, entity, files[name])


def _as_said(place: str, entity: Mapping[str, Any], content: bytes) -> Iterator[Fault]:
    size, digest = entity.get("contentSize"), entity.get("sha256")
    if size is not None and str(size) not in (str(len(content)), f"{len(content)} B"):
        yield Fault(place, f"{CRATE} 说它有{shown(str(size))}字节，实际为{len(content):,}字节。")
    if digest is not None and digest != hashlib.sha256(content).hexdigest():
        yield Fault(place, f"SHA-256 与 {CRATE} 所说的不同。")


def _references(entities: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return every identifier that a property of an entity points to."""
    found: set[str] = set()
    left: list[Any] = [value for entity in entities.values() for value in entity.values()]
    while left:
        value = left.pop()
        if isinstance(value, list):
            left += value
        elif isinstance(value, dict):
            name = value.get("@id")
            found |= {name} if isinstance(name, str) else set()
            left += value.values()
    return found
