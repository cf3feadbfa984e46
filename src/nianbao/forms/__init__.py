"""Loads a statutory form from its YAML: cells, official labels, units, layout and rules."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nianbao.errors import UsageError
from nianbao.forms.structure import (
    Block,
    CellSpec,
    Form,
    Node,
    RuleSpec,
    SectionSpec,
    Table,
    paths,
)

__all__ = ["Block", "CellSpec", "Form", "Node", "RuleSpec", "Table", "form_ids", "load_form"]

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)")


def form_ids() -> list[str]:
    """List the forms that are known, oldest first."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def load_form(form_id: str) -> Form:
    """Load one form.

    Parameters
    ----------
    form_id : str
        ``"2021"``: the form of 国办公开办函〔2021〕30号, for the reports of 2021 and later.

    Raises
    ------
    UsageError
        Where there is no such form.
    """
    if form_id not in form_ids():
        raise UsageError(f"没有名为“{form_id}”的报告格式；现有：{'、'.join(form_ids())}。")
    source = resources.files(__package__).joinpath(f"{form_id}.yaml").read_bytes()
    data = yaml.safe_load(source)
    tables = tuple(_table(item) for item in data["tables"])
    return Form(
        id=data["form"],
        title=data["title"],
        basis=data["basis"],
        law=data["law"],
        since=data["since"],
        sections=tuple(
            SectionSpec(s["number"], s["title"], tuple(s.get("aliases", ())))
            for s in data["sections"]
        ),
        tables=tables,
        rules=tuple(_rule(item) for item in data["rules"]),
        cells={spec.code: spec for table in tables for spec in _cells(table)},
        sha256=hashlib.sha256(source).hexdigest(),
    )


def _node(item: dict[str, Any]) -> Node:
    label = item.get("label", "")
    return Node(
        id=item.get("id", ""),
        label=label,
        short=item.get("short") or _NUMBERING.sub("", label),
        aliases=tuple(item.get("aliases", ())),
        children=tuple(_node(child) for child in item.get("children", ())),
    )


def _table(item: dict[str, Any]) -> Table:
    return Table(
        id=item["id"],
        name=item["name"],
        section=item["section"],
        caption=item["caption"],
        width=item["width"],
        blocks=tuple(_block(block) for block in item["blocks"]),
    )


def _block(item: dict[str, Any]) -> Block:
    stub = tuple(item.get("stub", ()))
    return Block(
        caption=item.get("caption", ""),
        stub=stub,
        stub_aliases=tuple(item.get("stub_aliases", ())),
        stub_width=item.get("stub_width", len(stub)),
        unit=item.get("unit", "件"),
        columns=tuple(_node(node) for node in item["columns"]),
        rows=tuple(_node(node) for node in item["rows"]),
    )


def _rule(item: dict[str, Any]) -> RuleSpec:
    return RuleSpec(
        id=item["id"],
        title=item["title"],
        table=item["table"],
        each=item.get("each", ""),
        left=tuple(item["left"]),
        right=tuple(item["right"]),
        severity=item["severity"],
        basis=item["basis"],
    )


def _cells(table: Table) -> list[CellSpec]:
    return [
        CellSpec(
            code=table.code(row, column),
            table=table.id,
            row=row,
            column=column,
            unit=block.unit,
            label=_label(table, row, column),
        )
        for block in table.blocks
        for row in paths(block.rows)
        for column in paths(block.columns)
    ]


def _label(table: Table, row: tuple[Node, ...], column: tuple[Node, ...]) -> str:
    """Join the official words that lead to a cell, outermost first."""
    heads = [node.label for node in (*row, *column) if node.label and node.label != "申请人情况"]
    return " · ".join([table.name, *heads])
