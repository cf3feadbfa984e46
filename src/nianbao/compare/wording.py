"""The Chinese words for what differs: values with their states, findings, files, keys."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from nianbao.compare.cells import CellChange, Reading
from nianbao.compare.differences import (
    CELLS,
    FINDINGS,
    NOTEBOOK,
    Alike,
    Differences,
    ReportDifferences,
)
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
_UNPAIRED: Final = "没有两边都有的报告（按年度和机关配对），单元格和文字都没有比较"
_HOLDING: Final = {CELLS: "单元格", FINDINGS: "核验结果", NOTEBOOK: "文字和图"}
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


def counts(report: ReportDifferences) -> list[tuple[str, str]]:
    """Return how much differs in each part of a report, as its id and words."""
    found = []
    figures = len(report.cells.figures)
    others = len(report.cells.changed) - figures
    if report.cells.changed:
        told = [f"{figures}格不同{_inferences(report)}"] if figures else []
        told += [f"{others}格只是写法、名称或位置不同"] if others else []
        found.append(("cells", f"单元格：{'，'.join(told)}"))
    if report.findings:
        found.append(("findings", finding_counts(report)))
    if report.sentences:
        found.append(("sentences", f"文字：{len(report.sentences)}处不同"))
    if report.figures:
        found.append(("figures", f"图：{len(report.figures)}幅不同"))
    if report.origins:
        found.append(("origins", f"出处：{len(report.origins)}项不同"))
    if report.others:
        lacking = "、".join(_HOLDING[name] for name in report.uncompared)
        words = f"；{lacking}没有比较" if lacking else ""
        found.append(("files", f"其他文件：{len(report.others)}个不同{words}"))
    return found


def _inferences(report: ReportDifferences) -> str:
    """Say how many cells differ only in whether their figure can be inferred."""
    count = sum(change.inference for change in report.cells.figures)
    return f"（其中{count}格只是能否推定不同）" if count else ""


def finding_counts(report: ReportDifferences) -> str:
    """Count the findings of a report by what became of them."""
    found = report.findings
    turned = sum(change.turned for change in found.changed)
    told = [
        (len(found.new), "新出现"),
        (len(found.gone), "不再有"),
        (turned, "结论改变"),
        (len(found.changed) - turned, "结论未变而内容不同"),
        (found.unchanged, "相同"),
    ]
    return "核验结果：" + "，".join(f"{count}条{word}" for count, word in told if count)


def headline(found: Differences) -> tuple[str, str]:
    """Return a sign and a sentence for what came out."""
    if not found:
        return "✓", f"{found.same}份报告逐字节相同" if found.same else "没有报告"
    told = [f"{len(found.reports)}份报告不同{_in_bytes_alone(found)}"] if found.reports else []
    told += [f"{len(found.new)}份只有“{AFTER}”有"] if found.new else []
    told += [f"{len(found.gone)}份只有“{BEFORE}”有"] if found.gone else []
    told += [f"{found.same}份逐字节相同"] if found.same else []
    told += [] if found.reports or found.same else [_UNPAIRED]
    return "✗", "，".join(told)


def _in_bytes_alone(found: Differences) -> str:
    """Say how many of the reports that differ say the same."""
    count = sum(not each.in_content for each in found.reports)
    if count == len(found.reports):
        return "（单元格、核验结果、文字和图都相同，只是文件不同）"
    return f"（其中{count}份只是文件不同）" if count else ""


def followers(report: ReportDifferences) -> str:
    """Name the files that differ with what is told; nothing where there are none.

    They may differ in more than that (tables of one's own, words that only a page has): who reads
    must know that nothing here vouches for the rest.
    """
    names = "、".join(plain(each.name) for each in report.followers)
    count = len(report.followers)
    return f"随以上内容不同的文件{count}个，没有再逐字比较：{names}" if count else ""


def alike_words(group: Alike) -> str:
    """Say how many more reports differ as this one does; nothing where there are none."""
    if not group.others:
        return ""
    return f"另有{len(group.others)}份报告同样只是这些出处和文件不同，内容相同"


def report_words(report: ReportDifferences) -> str:
    """Name a report: the agency and the year."""
    return f"{plain(report.named.name)} {plain(report.named.year)}年"
