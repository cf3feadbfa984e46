"""Reads YAML from people: safe, checked against a schema, errors with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from nianbao.errors import UsageError
from nianbao.packaged import LOADER, packaged

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_LIMIT = 100_000
"""Characters of a file that people write by hand."""
_DEEP = 20
_UNQUOTED = re.compile(r"relation:[ \t]*[=!<>]")
_WORDS = {
    "additionalProperties": "有不认识的名称",
    "required": "缺少应有的名称",
    "dependentRequired": "缺少应有的名称",
    "type": "类型不对",
    "enum": "不在允许的值之中",
    "pattern": "写法不对",
    "anyOf": "应是单元格编号或整数",
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
        For what is no YAML, gives a name twice, uses aliases (a way to swell), is too long or
        too deep.
    """
    if len(text) > _LIMIT:
        raise UsageError(f"{where}：文件过大（超过{_LIMIT}个字符）。")
    try:
        _demand_plain(text, where, aliases=aliases)
        loader = LOADER(text)
        node = loader.get_single_node()
        _demand_unique(node, where)
        return (None if node is None else loader.construct_document(node)), node
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第{mark.line + 1}行第{mark.column + 1}列" if mark else str(error)
        hint = '；relation 的值要加引号，例如 relation: "!="' if _UNQUOTED.search(text) else ""
        raise UsageError(f"{where}：不是有效的 YAML（{place}）{hint}。") from None
    except (RecursionError, ValueError, TypeError):  # TypeError: a list for a name
        raise UsageError(f"{where}：不是有效的 YAML。") from None


def _demand_plain(text: str, where: str, *, aliases: bool) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent) and not aliases:
            raise UsageError(f"{where}：请不要使用 YAML 的别名（*）。")
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEP:
            raise UsageError(f"{where}：不是有效的 YAML（嵌套超过{_DEEP}层）。")


def _demand_unique(node: yaml.Node | None, where: str) -> None:
    """Refuse a name that is given twice: the last one would silently count."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, yaml.SequenceNode):
            waiting += reversed(each.value)
        elif isinstance(each, yaml.MappingNode):
            seen: set[str] = set()
            for key, _ in each.value:
                if key.value in seen and isinstance(key, yaml.ScalarNode):
                    line = key.start_mark.line + 1
                    raise UsageError(f"{where} 第{line}行：“{_short(key.value)}”写了两次。")
                seen.add(key.value if isinstance(key, yaml.ScalarNode) else "")
            waiting += [value for _, value in reversed(each.value)]


def demand(data: Any, node: yaml.Node | None, schema: str, where: str) -> None:
    """Check data against ``forms/<schema>.schema.yaml``.

    Raises
    ------
    UsageError
        With the line of the first thing that is wrong, and what is expected there.
    """
    found = list(_validator(schema).iter_errors(data))
    places = [
        (line_of(node, error.absolute_path), error.validator != "additionalProperties", index)
        for index, error in enumerate(found)
    ]
    if places:
        line, _, index = min(places)
        raise UsageError(f"{where} 第{line}行：{_told(found[index])}。")


@cache
def _validator(schema: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # slow to load, and seldom needed

    return Draft202012Validator(packaged(__package__, f"{schema}.schema.yaml"))


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
    instance, rule = error.instance, error.validator_value
    if kind == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        extra = [_short(str(key)) for key in instance if key not in known]
        return f"{words}：{'、'.join(extra)}；可用：{'、'.join(known)}"
    if kind == "required":
        return f"{words}：{'、'.join(key for key in rule if key not in instance)}"
    if kind == "dependentRequired":
        missing = [key for given, keys in rule.items() if given in instance for key in keys]
        return f"{words}：{'、'.join(key for key in missing if key not in instance)}"
    if kind == "pattern" and name == "id":
        return f"{words}：{_short(instance)}；应为大写字母、连字符和数字，例如 LOCAL-1"
    if kind in ("enum", "type"):
        allowed = "、".join(map(str, rule)) if isinstance(rule, list) else str(rule)
        return f"{words}：{_short(repr(instance))}；应为 {allowed}"
    if kind in ("minimum", "maximum"):
        return f"{words}：{instance!r}；界限是 {rule}"
    return words


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}……"
