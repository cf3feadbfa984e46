"""Reads YAML from people: safe, checked against a schema, errors with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from nianbao.errors import UsageError

_LIMIT = 1_000_000
"""Characters of a file that people write by hand."""
_WORDS = {
    "additionalProperties": "有不认识的名称",
    "required": "缺少应有的名称",
    "dependentRequired": "缺少应有的名称",
    "type": "类型不对",
    "enum": "不在允许的值之中",
    "pattern": "写法不对",
    "minLength": "不能为空",
    "maxLength": "过长",
    "minItems": "不能为空",
    "maxItems": "过多",
    "minimum": "过小",
    "maximum": "过大",
    "not": "有 check 的规则不能再有 left、when",
}


def load_yaml(text: str, where: str, *, aliases: bool = False) -> tuple[Any, yaml.Node | None]:
    """Load YAML safely, with the tree of its nodes, which know their lines.

    Raises
    ------
    UsageError
        For what is no YAML, uses aliases (a way to swell), or is too long.
    """
    if len(text) > _LIMIT:
        raise UsageError(f"{where}：文件过大（超过{_LIMIT}个字符）。")
    try:
        if not aliases and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise UsageError(f"{where}：请不要使用 YAML 的别名（*）。")
        return yaml.safe_load(text), yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else str(error)
        raise UsageError(f"{where}：不是有效的 YAML（{place}）。") from None
    except (RecursionError, ValueError):
        raise UsageError(f"{where}：不是有效的 YAML。") from None


def demand(data: Any, node: yaml.Node | None, schema: str, where: str) -> None:
    """Check data against ``forms/<schema>.schema.yaml``.

    Raises
    ------
    UsageError
        With the line of the first thing that is wrong, and what is expected there.
    """
    error = best_match(_validator(schema).iter_errors(data))
    if error is not None:
        line = line_of(node, error.absolute_path)
        raise UsageError(f"{where} 第{line}行：{_told(error)}。")


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = resources.files(__package__).joinpath(f"{schema}.schema.yaml").read_text("utf-8")
    return Draft202012Validator(yaml.safe_load(text))


def line_of(node: yaml.Node | None, path: Iterable[str | int]) -> int:
    """Return the line (from 1) where a path into the data leads."""
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == str(step)), node)
    return node.start_mark.line + 1 if node is not None else 1


def _told(error: ValidationError) -> str:
    name = ".".join(str(step) for step in error.absolute_path if isinstance(step, str))
    head = f"“{name}”" if name else ""
    kind = str(error.validator)
    words = f"{head}{_WORDS.get(kind, '不符合规则的格式')}"
    if kind == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        extra = [key for key in error.instance if key not in known]
        return f"{words}：{'、'.join(map(str, extra))}；可用：{'、'.join(known)}"
    if kind == "required":
        missing = [key for key in error.validator_value if key not in error.instance]
        return f"{words}：{'、'.join(missing)}"
    if kind in ("enum", "type"):
        allowed = error.validator_value
        listed = "、".join(map(str, allowed)) if isinstance(allowed, list) else str(allowed)
        return f"{words}：{error.instance!r}；应为 {listed}"
    if kind in ("pattern", "minimum", "maximum"):
        return f"{words}：{error.instance!r}；应符合 {error.validator_value}"
    return words
