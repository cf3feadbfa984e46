"""Whether a bag is whole and as this project writes bags: every fault, each with its place.

A bag has one form only: what it carries gives its manifests, and all its files give its zip. So
nothing in it can change without a file, a line of a manifest or the zip being named here.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from nianbao.archive import bag as form
from nianbao.archive.encasing import container_faults
from nianbao.archive.fault import Fault
from nianbao.archive.manifests import Listed, parsed
from nianbao.archive.names import shown
from nianbao.archive.opening import Bag
from nianbao.archive.references import crate_faults

_TAGS: Final = (form.DECLARATION, form.DESCRIPTION, form.MANIFEST)
"""The files beside the payload that the tag manifest lists."""
_LONGEST: Final = 100_000
"""Bytes of a description; ours have some hundred."""
_UNSEEN: Final = str.maketrans({"\r": "␍", "\t": "␉", "\ufeff": "〔BOM〕"})


def faults(bag: Bag) -> list[Fault]:
    """Return all that is wrong with a bag, in order of its parts.

    Parameters
    ----------
    bag : Bag
        As opened.

    Returns
    -------
    list of Fault
        Empty where each file is there, unchanged and listed, the manifests are written as this
        project writes them, the crate names what is there, and the zip is the canonical one.
    """
    payload = {name: found for name, found in bag.files.items() if name.startswith(form.PAYLOAD)}
    tags = {name: found for name, found in bag.files.items() if name not in payload}
    tags.pop(form.TAG_MANIFEST, None)
    return [
        *_composed(bag.files),
        *_beside(tags),
        *_declared(bag.files.get(form.DECLARATION)),
        *_described(bag.files.get(form.DESCRIPTION), payload),
        *_listed(bag.files, form.MANIFEST, payload),
        *_listed(bag.files, form.TAG_MANIFEST, tags),
        *crate_faults(payload),
        *container_faults(bag),
    ]


def _composed(files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Find names that another system may write in other bytes."""
    for name in files:
        if unicodedata.normalize("NFC", name) != name:
            yield Fault(shown(name), "文件名不是 Unicode NFC 形式，归档包中的名称都用 NFC 形式。")


def _beside(tags: Mapping[str, bytes]) -> Iterator[Fault]:
    """Find what lies beside the payload and is none of ours: other readers of bags act on some.

    A ``fetch.txt`` has them fetch files from elsewhere, other manifests may say something else.
    """
    for name in tags:
        if name not in _TAGS:
            yield Fault(shown(name), f"多出的文件，{form.PAYLOAD} 以外只有{len(_TAGS) + 1}个文件。")


def _declared(found: bytes | None) -> Iterator[Fault]:
    if found is None:
        yield Fault(form.DECLARATION, "缺少这一文件，归档包必须声明版本和编码。")
    elif found != form.DECLARED:
        lines = (*found[:_LONGEST].splitlines(keepends=True), b"")
        expected = (*form.DECLARED.splitlines(keepends=True), b"")
        pairs = enumerate(zip(lines, expected, strict=False), start=1)
        number, (line, right) = next(pair for pair in pairs if pair[1][0] != pair[1][1])
        yield Fault(
            f"{form.DECLARATION} 第{number}行", f"应为“{_seen(right)}”，现为“{_seen(line)}”。"
        )


def _seen(line: bytes) -> str:
    """Show a line so that what is wrong with it can be seen."""
    text = line.decode("utf-8", "replace")
    return shown(text.removesuffix("\n").translate(_UNSEEN)) or ("空行" if line else "无此行")


def _described(found: bytes | None, payload: Mapping[str, bytes]) -> Iterator[Fault]:
    """Check the lines of ``bag-info.txt``, and that it says how much the bag carries."""
    if found is None or len(found) > _LONGEST:
        what = "缺少这一文件" if found is None else "过长"
        yield Fault(form.DESCRIPTION, f"{what}，归档包必须有一段简短的说明。")
        return
    stated = 0
    for number, line in enumerate(found.splitlines(keepends=True), start=1):
        place = f"{form.DESCRIPTION} 第{number}行"
        label, colon, value = line.decode("utf-8", "replace").partition(": ")
        if not (colon and label.isprintable() and value[:-1].isprintable() and value[-1:] == "\n"):
            yield Fault(place, f"不是“名称: 值”的一行（“{_seen(line)}”）。")
        if label == form.OXUM:
            stated += 1
            if value.rstrip() != form.oxum(payload):
                said = f"{form.OXUM} 为 {shown(value.rstrip())}，实际为 {form.oxum(payload)}"
                yield Fault(place, f"{said}（字节数.文件数）。")
    if stated != 1:
        yield Fault(form.DESCRIPTION, f"应有一行 {form.OXUM}，现有{stated}行。")


def _listed(
    files: Mapping[str, bytes], manifest: str, covered: Mapping[str, bytes]
) -> Iterator[Fault]:
    """Hold a manifest against the files that it is to list, and against its only form."""
    content = files.get(manifest)
    if content is None:
        yield Fault(manifest, "缺少这一清单。")
        return
    lines, malformed = parsed(content, manifest)
    yield from malformed
    for line in lines:
        yield from _held(line, manifest, covered)
    known = {line.name for line in lines}
    for name in covered:
        if name not in known:
            yield Fault(shown(name), f"多出的文件，{manifest} 没有列出。")


def _held(line: Listed, manifest: str, covered: Mapping[str, bytes]) -> Iterator[Fault]:
    where = f"{manifest} 第{line.number}行"
    if line.name not in covered:
        yield Fault(shown(line.name), f"缺少这一文件，{where}列有它。")
        return
    digest = hashlib.sha256(covered[line.name]).hexdigest()
    if digest != line.digest.lower():
        yield Fault(
            shown(line.name),
            f"内容的 SHA-256（{digest[:12]}…）与 {where}所记（{line.digest[:12].lower()}…）不符。",
        )
