"""The Chinese words for what differs: values with their states, findings, files, keys."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from nianbao.compare.cells import CellChange, Reading
from nianbao.compare.figures import FigureChange
from nianbao.compare.files import FileChange, KeyChange
from nianbao.compare.findings import FindingChange, Found
from nianbao.compare.prose import common
from nianbao.forms.wording import inner
from nianbao.fragments import grouped
from nianbao.notice.problem import plain
from nianbao.tables import STATE_WORDS
from nianbao.verification.items import SEVERITIES, SIGNS

BEFORE: Final = "原"
AFTER: Final = "现"
NONE: Final = "（无）"
PARTS: Final = {
    "cells": "单元格",
    "findings": "核验结果",
    "sentences": "文字",
    "figures": "图",
    "origins": "出处",
    "files": "其他文件",
}
"""The parts in which differences of a report are told."""
KINDS: Final = {"new": "新增", "gone": "缺少", "written": "写法", "name": "名称", "origin": "位置"}
"""What of a cell differs where that is not its figure."""
_FIELDS: Final = {
    "rule": "规则",
    "left": "左边",
    "right": "右边",
    "imbalance": "差额",
    "cells": "单元格",
    "message": "所见",
    "basis": "依据",
}
_FIGURE: Final = {
    "title": "标题",
    "subtitle": "副标题",
    "alt": "替代文字",
    "source": "来源",
    "data": "图中数据",
    "picture": "图形",
}
_KEYS: Final = {
    ("form", "basis"): "报告格式的依据",
    ("form", "id"): "报告格式",
    ("form", "key"): "报告格式（含混用）",
    ("form", "law"): "法律依据",
    ("form", "sha256"): "格式定义（SHA-256）",
    ("form", "title"): "报告格式的名称",
    ("lock_sha256",): "依赖锁定（SHA-256）",
    ("notebook_sha256",): "笔记本（SHA-256）",
    ("parameters", "agency"): "机关",
    ("parameters", "year"): "年度",
    ("report_parameters", "deadline"): "参数：期限",
    ("report_parameters", "published"): "参数：公布日期",
    ("report_parameters", "source"): "参数：来源",
    ("report_parameters", "waivers"): "参数：豁免",
    ("software", "code_sha256"): "软件代码（SHA-256）",
    ("software", "name"): "软件",
    ("software", "version"): "软件版本",
    ("source", "name"): "源文件名称",
    ("source", "sha256"): "源文件内容（SHA-256）",
}
_HASH: Final = re.compile("[0-9a-f]{64}")
_SHORT: Final = 12
_LONG: Final = 120
_LEAD: Final = 30
"""So much of a long text stands before the place where it parts from the other."""


def value_words(reading: Reading | None) -> str:
    """Say what a cell holds: a figure, or which kind of none; they are never the same words."""
    if reading is None:
        return "没有这一格"
    written = f"“{plain(reading.written)}”"
    if reading.number is not None:
        figure = grouped(reading.number)
        return f"{figure}（推定）" if reading.state == "inferred" else figure
    if reading.state == "blank":
        return "空白"
    if reading.state == "unknown":
        return f"未知（写作{written}）" if reading.written else "未知"
    state = STATE_WORDS.get(reading.state, plain(reading.state))
    value = f"，值为{plain(reading.value)}" if reading.value else ""
    return f"{written}（{state}{value}）"


def written_words(reading: Reading | None) -> str:
    """Say how a cell is written in the source, quoted."""
    return "没有这一格" if reading is None else f"“{plain(reading.written)}”"


def sides(change: CellChange) -> tuple[str, str]:
    """Say what differs of a cell, before and after: its figure, or what else it is."""
    one, other = change.before, change.after
    if change.kind == "written" and one and other:
        if one.written != other.written:
            return written_words(one), written_words(other)
        return plain(one.value), plain(other.value)
    if change.kind == "name" and one and other:
        named = one.label != other.label
        return _name(one, named), _name(other, named)
    if change.kind == "origin" and one and other:
        return plain(one.origin) or "未找到", plain(other.origin) or "未找到"
    return value_words(one), value_words(other)


def _name(reading: Reading, named: bool) -> str:
    return plain(reading.label) if named else f"{plain(reading.form)}年格式"


def growth_words(growth: Decimal | None) -> str:
    """Write by how much a figure grew or shrank, with its sign; nothing where that is unknown."""
    if growth is None or not growth:
        return ""
    return f"+{grouped(growth)}" if growth > 0 else f"−{grouped(-growth)}"


def place_words(change: CellChange) -> str:
    """Name a cell in one text: table, row and column."""
    found = change.place
    row, column = (inner(plain(text)) for text in (found.row, found.column))
    if not row and not column:
        return plain(found.table)
    between = "的" if change.code.startswith("t4.") else "行"
    ending = "" if change.code.startswith("t4.") else "列"
    return f"{plain(found.table)}“{row}”{between}“{column}”{ending}"


def status_words(found: Found) -> tuple[str, str]:
    """Return a sign and a word for how a finding came out."""
    sign, word = SIGNS.get(found.status, ("？", plain(found.status)))
    if found.status != "failed":
        return sign, word
    weight = SEVERITIES.get(found.severity, ("", plain(found.severity)))[1]
    waived = "，已说明" if found.waived == "true" else ""
    return sign, f"{word}（{weight}{waived}）"


def other_fields(change: FindingChange) -> list[tuple[str, str, str]]:
    """Return what else differs of a finding: its name, before, after; without what the words say.

    Both sides of an equation stand in the words of the finding.
    """
    silent = {"status", "severity", "waived", "message"}
    if "message" in change.fields:
        silent |= {"left", "right", "imbalance"}
    found = [
        (_FIELDS[name], *(plain(getattr(side, name)) or NONE for side in _both(change)))
        for name in change.fields
        if name in _FIELDS and name not in silent
    ]
    return [(name, one, other) for name, one, other in found]


def _both(change: FindingChange) -> tuple[Found, Found]:
    return change.before, change.after


def figure_words(change: FigureChange) -> str:
    """Say what differs of a chart."""
    if change.before is None or change.after is None:
        return "新增" if change.before is None else "不再有"
    if change.redrawn:
        return "图形的画法不同，文字和数据相同"
    if bool(change.before.picture) != bool(change.after.picture):
        return "由一句话改为图" if change.after.picture else "由图改为一句话"
    return "、".join(_FIGURE[name] for name in change.fields) + "不同"


def key_words(change: KeyChange) -> str:
    """Name a value of the provenance."""
    if change.key[:1] == ("packages",) and len(change.key) == 2:
        return f"依赖包 {plain(change.key[1])}"
    return _KEYS.get(change.key) or plain(".".join(change.key)) or "全部内容"


def key_values(change: KeyChange) -> tuple[str, str]:
    """Write both values of the provenance: a hash by its beginning, long texts where they part."""
    sides = (change.before, change.after)
    start = 0
    if change.before and change.after and max(map(len, filter(None, sides))) > _LONG:
        start = max(0, common(plain(change.before), plain(change.after)) - _LEAD)
    one, other = (_key_value(side, start) for side in sides)
    return one, other


def _key_value(value: str | None, start: int) -> str:
    if value is None:
        return NONE
    if _HASH.fullmatch(value):
        return f"{value[:_SHORT]}…"
    text = plain(value)[start:] or "（空）"
    told = text if len(text) <= _LONG else f"{text[:_LONG]}……"
    return f"……{told}" if start else told


def file_words(change: FileChange) -> str:
    """Say how a file differs as bytes."""
    if change.before is None or change.after is None:
        only = AFTER if change.before is None else BEFORE
        return f"只有“{only}”有这个文件"
    size = f"{change.before:,}字节"
    if change.before != change.after:
        size = f"{BEFORE}{change.before:,}字节，{AFTER}{change.after:,}字节"
    told = f"从第{change.offset:,}字节（第{change.line:,}行）起不同（{size}）"
    if change.unparsed:
        told = f"{told}；内容{change.unparsed}，只按字节比较"
    if change.editions[0] != change.editions[1]:
        which = AFTER if change.editions[1] else BEFORE
        told = f"{told}；“{which}”是内嵌字体的归档版网页"
    return told
