"""Reads a form from its YAML; what a form shares with another is taken over by ``like``."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from typing import Any

from nianbao.forms.structure import (
    Block,
    CellSpec,
    Comparison,
    Form,
    Node,
    RuleSpec,
    SectionSpec,
    Table,
    paths,
)
from nianbao.packaged import packaged

_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)")
NO_END = 9999


@cache
def read_form(form_id: str) -> Form:
    """Read one form of ``forms/<id>.yaml``; its hash covers the forms that it builds on."""
    data, sources = _sheet(form_id)
    base = {form_id: data} | {other: _sheet(other)[0] for other in sources if other != form_id}
    tables = tuple(_table(form_id, item, base) for item in data["tables"])
    content = b"".join(_source(name) for name in sources)
    return Form(
        id=data["form"],
        key=data["form"],
        title=data["title"],
        basis=data["basis"],
        law=data["law"],
        since=data["since"],
        until=data.get("until", NO_END),
        sections=tuple(
            SectionSpec(s["number"], s["title"], tuple(s.get("aliases", ())))
            for s in _like(data, "sections", base)
        ),
        tables=tables,
        rules=tuple(rule_spec(item, data["basis"]) for item in _like(data, "rules", base)),
        cells={spec.code: spec for table in tables for spec in cells_of(table)},
        sha256=hashlib.sha256(content).hexdigest(),
        files=tuple(f"forms/{name}.yaml" for name in sources),
    )


def _source(form_id: str) -> bytes:
    return resources.files(__package__).joinpath(f"{form_id}.yaml").read_bytes()


def _sheet(form_id: str) -> tuple[dict[str, Any], list[str]]:
    """Load a form's YAML and name the forms that it builds on, itself first."""
    data = packaged(__package__, f"{form_id}.yaml")
    parts = [data["sections"], data["rules"], *data["tables"]]
    likes = [part["like"] for part in parts if isinstance(part, dict) and "like" in part]
    named = {like["form"] if isinstance(like, dict) else like for like in likes}
    return data, [form_id, *sorted(named - {form_id})]


def _like(data: dict[str, Any], part: str, base: dict[str, dict[str, Any]]) -> Any:
    """Return a part of a form, or the same part of the form that it is like."""
    found = data[part]
    return base[found["like"]][part] if isinstance(found, dict) else found


def _table(form_id: str, item: dict[str, Any], base: dict[str, dict[str, Any]]) -> Table:
    if "like" in item:
        tables = base[item["like"]["form"]]["tables"]
        own = next(table for table in tables if table["id"] == item["like"]["table"])
        return _table(form_id, own | {"closed": item.get("closed")}, base)
    closed = item.get("closed")
    return Table(
        form=form_id,
        id=item["id"],
        name=item["name"],
        section=item["section"],
        caption=item["caption"],
        width=item["width"],
        blocks=tuple(_block(block, closed) for block in item["blocks"]),
    )


def _block(item: dict[str, Any], closed: dict[str, Any] | None) -> Block:
    stub = tuple(item.get("stub", ()))
    return Block(
        caption=item.get("caption", ""),
        stub=stub,
        stub_aliases=tuple(item.get("stub_aliases", ())),
        stub_width=item.get("stub_width", len(stub)),
        unit=item.get("unit", "件"),
        columns=tuple(_node(node) for node in item["columns"]),
        rows=tuple(_node(_closed(node, closed)) for node in item["rows"]),
    )


def _closed(item: dict[str, Any], closed: dict[str, Any] | None) -> dict[str, Any]:
    """Put a single row in place of a group of rows with the same label."""
    if not closed:
        return item
    if item.get("label") == closed["label"]:
        return closed
    children = [_closed(child, closed) for child in item.get("children", ())]
    return item | {"children": children} if children else item


def _node(item: dict[str, Any]) -> Node:
    label = item.get("label", "")
    return Node(
        id=item.get("id", ""),
        label=label,
        short=item.get("short") or _NUMBERING.sub("", label),
        aliases=tuple(item.get("aliases", ())),
        children=tuple(_node(child) for child in item.get("children", ())),
        unit=item.get("unit", ""),
        signed=item.get("signed", False),
    )


def rule_spec(item: dict[str, Any], basis: str = "{basis}", origin: str = "") -> RuleSpec:
    """Make a rule of its YAML, which must fit ``rules.schema.yaml``."""
    kind = item.get("check") or ("comparison" if "relation" in item else "balance")
    return RuleSpec(
        id=item["id"],
        label=item["label"],
        table=item.get("table", ""),
        each=item.get("each", ""),
        left=tuple(item.get("left", ())),
        right=tuple(item.get("right", ())),
        severity=item["severity"],
        basis=item["basis"].replace("{basis}", basis),
        relation=item.get("relation", "="),
        kind=kind,
        advice=item.get("advice", ""),
        rows=tuple(item.get("rows", ())),
        when=tuple(
            Comparison(tuple(each["left"]), each["relation"], tuple(each["right"]))
            for each in item.get("when", ())
        ),
        since=item.get("since", 0),
        until=item.get("until", NO_END),
        levels=tuple(item.get("levels", ())),
        agencies=tuple(item.get("agencies", ())),
        origin=origin,
    )


@cache
def load_rules() -> tuple[dict[str, Any], ...]:
    """Load ``rules.yaml``: what is checked of a report beside the balance rules of its form."""
    return tuple(packaged(__package__, "rules.yaml")["rules"])


def cells_of(table: Table) -> list[CellSpec]:
    """List the cells of a table in the form's order."""
    return [
        CellSpec(
            code=table.code(row, column),
            table=table.id,
            row=row,
            column=column,
            unit=column[-1].unit or block.unit,
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
