"""The data dictionary of a bag: what each column of its tables means, and each of its words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from nianbao.catalogue import catalogue
from nianbao.finding import FINDING_FIELDS, SEVERITY_WORDS
from nianbao.forms import RuleSpec, form_ids, load_form
from nianbao.panel.codebook import STATES, STATUSES
from nianbao.report import CELL_FIELDS
from nianbao.rules import expand

FIELDS: Final = ("file", "column", "value", "form", "type", "unit", "meaning")
"""A row describes a column of a file, or, where ``value`` is given, one of its words."""
CELLS, FINDINGS = "cells.csv", "findings.csv"
_COLUMNS: Final = {
    CELLS: {
        "agency": ("文本", "机关代号，与 params/agencies.csv 一致"),
        "year": ("整数", "报告年度"),
        "form": ("文本", "这一格所在表的格式：2019 或 2021"),
        "cell": ("文本", "单元格代码，逐个列在下文"),
        "label": ("文本", "官方标签"),
        "value": (
            "十进制数",
            "读到的数，单位随单元格：件数、项数是整数，金额以万元计；没有数字的为空，空不是0",
        ),
        "state": ("文本", "读数状态；只有 number 和 inferred 有数字"),
        "written": ("文本", "原件上的写法，未作改动；没有的为空"),
        "origin": ("文本", "在原件中的位置；没有找到的为空"),
    },
    FINDINGS: {
        "id": ("文本", "核验结果编号，参数文件的 waivers 用它；各次运行相同"),
        "rule": ("文本", "规则及其所在处，例如 T3-1:natural"),
        "severity": ("文本", "程度"),
        "status": ("文本", "核验结果"),
        "left": ("十进制数", "左边之和，单位随规则；无法判定的为空"),
        "right": ("十进制数", "右边之和；为空的情形同 left"),
        "imbalance": ("十进制数", "左边减右边；为空的情形同 left"),
        "cells": ("文本", "所涉单元格的代码，按格式中的次序，以空格分隔"),
        "message": ("文本", "给人看的文字：位置、两边的数字、请核对什么"),
        "basis": ("文本", "规则的依据"),
        "waived": ("文本", "是否已在参数文件中说明"),
    },
}
_WAIVED: Final = {"true": "已说明，不再计为问题", "false": "没有说明"}
_ORDER: Final = {CELLS: CELL_FIELDS, FINDINGS: FINDING_FIELDS}

Row = tuple[str, str, str, str, str, str, str]


def dictionary(local: Sequence[RuleSpec] = ()) -> bytes:
    """Return ``dictionary.csv``, with all that may stand in the tables of any report.

    Parameters
    ----------
    local : sequence of RuleSpec
        The rules that the analyst added.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for file, columns in _ORDER.items():
        writer.writerows(_described(file, columns, local))
    return text.getvalue().encode()


def _described(file: str, columns: Sequence[str], local: Sequence[RuleSpec]) -> Iterator[Row]:
    words = {
        (CELLS, "state"): STATES,
        (FINDINGS, "severity"): SEVERITY_WORDS,
        (FINDINGS, "status"): STATUSES,
        (FINDINGS, "waived"): _WAIVED,
    }
    for column in columns:
        kind, meaning = _COLUMNS[file][column]
        yield file, column, "", "", kind, "", meaning
        for word, what in words.get((file, column), {}).items():
            yield file, column, word, "", "", "", what
        if (file, column) == (CELLS, "cell"):
            yield from _cells()
        if (file, column) == (FINDINGS, "rule"):
            yield from _rules(local)


def _cells() -> Iterator[Row]:
    for form_id in form_ids():
        for code, spec in load_form(form_id).cells.items():
            yield CELLS, "cell", code, form_id, "", spec.unit, spec.label


def _rules(local: Sequence[RuleSpec]) -> Iterator[Row]:
    """Give the rules by their ids without scope: those of each form, then all others."""
    for form_id in form_ids():
        own = {rule.spec.id: rule.spec for rule in expand(load_form(form_id).key)}
        yield from (_rule(spec, form_id) for spec in own.values())
    yield from (_rule(spec, "") for spec in (*catalogue(), *local))


def _rule(spec: RuleSpec, form_id: str) -> Row:
    return FINDINGS, "rule", spec.id, form_id, "", "", spec.label
