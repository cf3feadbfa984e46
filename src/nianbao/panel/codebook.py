"""The codebook of the panel, in Chinese: columns, states, cells and rules, from the forms' YAML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from nianbao.catalogue import catalogue
from nianbao.finding import SEVERITY_WORDS
from nianbao.forms import Form, RuleSpec, form_ids, form_keys, load_form
from nianbao.panel.schemas import CELLS, SHEETS, Column, Sheet
from nianbao.rules import Rule, expand

STATES: Final = {
    "number": "从原件读到的数字",
    "inferred": "原件有数而看不出在哪一列，依勾稽关系只有这一种读法（推定）",
    "blank": "空白",
    "dash": "填的是横线",
    "slash": "填的是斜线",
    "word": "填的是“无”等字样",
    "unreadable": "有内容，但不是数字",
    "unknown": "没有找到，或有几种读法，无法确定",
}
STATUSES: Final = {
    "passed": "成立",
    "failed": "不成立",
    "undecided": "缺数，无法判定",
    "not_applicable": "前提不成立，不必核对",
}


@dataclass(frozen=True)
class Coverage:
    """What a panel covers.

    Attributes
    ----------
    local : tuple of RuleSpec
        The rules that the analyst added.
    cells : bool
        Whether it holds the cells too; else they were given.
    beyond : bool
        Whether other rules than the forms' balance rules were asked.
    """

    local: tuple[RuleSpec, ...] = ()
    cells: bool = True
    beyond: bool = True

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The tables that it consists of."""
        return tuple(sheet for sheet in SHEETS if self.cells or sheet is not CELLS)

    @property
    def words(self) -> str:
        """Which rules were asked, in Chinese."""
        if self.beyond:
            return (
                "核验了全部规则：各格式的勾稽关系由矩阵对全部报告一并判定，"
                "跨年度、上下级、文字、合理性等其他规则逐份判定，结果与各报告的 findings.csv 相同。"
            )
        return (
            "单元格由使用者给出，只核验了同一份报告内的勾稽关系（见下文“勾稽关系”）；"
            "机关自行增加的小计，以及跨年度、上下级、文字、合理性等规则需要原件或其他报告，没有核验。"
        )


def codebook(coverage: Coverage) -> str:
    """Return ``codebook.md``."""
    parts = [
        "# 年报面板数据：编码手册",
        "由 `python -m nianbao check --all` 生成，内容取自报告格式和规则的定义；请勿手工修改。",
        f"核验范围：{coverage.words}",
        "## 文件",
        *(_sheet(sheet) for sheet in coverage.sheets),
        "## 状态",
        _table(["state", "含义"], STATES.items()),
        "没有数字的格不是0。没有改动任何公布的数字。",
        "## 核验结果",
        _table(["status", "含义"], STATUSES.items()),
        _table(["severity", "含义"], SEVERITY_WORDS.items()),
        "## 格式",
        _table(["form", "名称", "依据", "混用"], map(_form_row, form_keys())),
        *(_cells(load_form(form_id)) for form_id in form_ids()),
        *(_balance(load_form(form_id)) for form_id in form_ids()),
        "## 其他规则",
        _table(["rule", "程度", "应当成立的关系", "依据"], map(_rule_row, _others(coverage))),
    ]
    return "\n\n".join(parts) + "\n"


def _others(coverage: Coverage) -> Sequence[RuleSpec]:
    return (*catalogue(), *coverage.local)


def _sheet(sheet: Sheet) -> str:
    rows = [(c.name, _type(c), "可空" if c.nullable else "", c.meaning) for c in sheet.columns]
    return f"### {sheet.file}\n\n{sheet.row}。\n\n" + _table(["列", "类型", "", "含义"], rows)


def _type(column: Column) -> str:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return "string（字典）"
    return "list<string>" if pa.types.is_list(kind) else str(kind)


def _form_row(key: str) -> tuple[str, ...]:
    form = load_form(key)
    table, _, other = key.partition("+")[2].partition(":")
    mixed = f"{form.table(table).name}用{other}年格式" if table else ""
    return key, form.title, form.basis, mixed


def _cells(form: Form) -> str:
    rows = [(code, spec.label, spec.unit) for code, spec in form.cells.items()]
    head = f"## 单元格：{form.id}年格式（{len(rows)}格）"
    return f"{head}\n\n{_table(['cell', '官方标签', '单位'], rows)}"


def _balance(form: Form) -> str:
    rules = expand(form.key)
    rows = [(rule.id, rule.scope, formula(rule), rule.spec.basis) for rule in rules]
    head = f"## 勾稽关系：{form.id}年格式（{len(rules)}条）"
    named = {rule.spec.id: rule.spec for rule in rules}.values()
    meanings = _table(["rule", "应当成立的关系"], [(spec.id, spec.label) for spec in named])
    return f"{head}\n\n{meanings}\n\n{_table(['rule', '所在处', '等式', '依据'], rows)}"


def formula(rule: Rule) -> str:
    """Write a balance rule as an equation of cell codes."""
    return f"{' + '.join(rule.left)} = {' + '.join(rule.right)}"


def _rule_row(spec: RuleSpec) -> tuple[str, ...]:
    local = "（本地）" if spec.origin else ""
    basis = spec.basis.replace("{basis}", "所用格式的通知")
    return spec.id, SEVERITY_WORDS[spec.severity], spec.label + local, basis


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_plain, line))} |" for line in lines)


def _plain(text: str) -> str:
    """Keep text that an analyst wrote within its cell, as text."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")
    return " ".join(safe.split())


def machine_codebook(coverage: Coverage, files: Mapping[str, Mapping[str, object]]) -> bytes:
    """Return ``codebook.json``: the same for programs, with rows and hash of each file."""
    data: dict[str, Any] = {
        "coverage": {"beyond_balance": coverage.beyond, "words": coverage.words},
        "files": {
            sheet.file: {
                **files[sheet.file],
                "row": sheet.row,
                "columns": [
                    {
                        "name": column.name,
                        "type": str(column.type),
                        "nullable": column.nullable,
                        "meaning": column.meaning,
                    }
                    for column in sheet.columns
                ],
            }
            for sheet in coverage.sheets
        },
        "states": STATES,
        "statuses": STATUSES,
        "severities": SEVERITY_WORDS,
        "forms": {key: _form(load_form(key)) for key in form_keys()},
        "rules": [
            {
                "rule": spec.id,
                "label": spec.label,
                "severity": spec.severity,
                "basis": spec.basis,
                "local": bool(spec.origin),
            }
            for spec in _others(coverage)
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _form(form: Form) -> dict[str, object]:
    return {
        "title": form.title,
        "basis": form.basis,
        "cells": [
            {"cell": code, "label": spec.label, "unit": spec.unit, "signed": spec.signed}
            for code, spec in form.cells.items()
        ],
        "balance": [
            {
                "rule": rule.id,
                "label": rule.spec.label,
                "scope": rule.scope,
                "left": list(rule.left),
                "right": list(rule.right),
                "severity": rule.spec.severity,
                "basis": rule.spec.basis,
            }
            for rule in expand(form.key)
        ],
    }
