"""The catalogue: all rules beside the forms' balance rules, and those an analyst adds."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from nianbao.comparisons import demand_cells
from nianbao.errors import UsageError
from nianbao.forms import RuleSpec, form_ids, form_keys, load_form
from nianbao.forms.schema import demand, line_of, load_yaml
from nianbao.forms.sheets import load_rules, rule_spec
from nianbao.once import once
from nianbao.register import LEVELS, agencies

if TYPE_CHECKING:
    from nianbao.workspace import Workspace


@cache
def catalogue() -> tuple[RuleSpec, ...]:
    """Return the package's own rules of ``forms/rules.yaml``, in their order."""
    return tuple(rule_spec(item) for item in load_rules())


@once(lambda workspace: workspace.root)
def local_rules(workspace: Workspace) -> tuple[RuleSpec, ...]:
    """Read the rules that an analyst added in ``params/rules.yaml``; none without that file.

    Raises
    ------
    UsageError
        With file and line, for what is no YAML, does not fit the schema, names no cell of any
        form, takes an id that exists, or could never be asked of any report.
    """
    path = workspace.local_rules
    if not path.is_file():
        return ()
    try:
        return _local(path.read_text("utf-8-sig"), "params/rules.yaml", set(agencies(workspace)))
    except UnicodeDecodeError:
        raise UsageError("params/rules.yaml：不是 UTF-8 编码。请另存为 UTF-8 文本。") from None
    except OSError as error:
        raise UsageError(f"params/rules.yaml：文件打不开（{error.strerror}）。") from None


def _local(text: str, where: str, registered: set[str]) -> tuple[RuleSpec, ...]:
    data, node = load_yaml(text, where)
    if data is None:
        return ()
    if not isinstance(data, dict) or set(data) != {"rules"}:
        raise UsageError(f"{where}：应有且只有 rules 一项，下列各条规则。")
    if data["rules"] is None:
        return ()
    rules = node.value[0][1] if node is not None else None
    demand(data["rules"], rules, "rules", where)
    taken = {spec.id for spec in (*catalogue(), *_form_rules())}
    found = []
    for index, item in enumerate(data["rules"]):
        line = f"{where} 第{line_of(rules, [index])}行"
        if item["id"] in taken:
            raise UsageError(f"{line}：规则编号“{item['id']}”已经有了，请换一个，例如 LOCAL-1。")
        taken.add(item["id"])
        if "check" in item:
            raise UsageError(f"{line}：本地规则只能写 left、relation、right，不能写 check。")
        spec = rule_spec(item, origin=where)
        _demand_sense(spec, registered, line)
        demand_cells(spec, [load_form(key) for key in form_keys()], line)
        found.append(spec)
    return tuple(found)


def _form_rules() -> list[RuleSpec]:
    return [rule for form_id in form_ids() for rule in load_form(form_id).rules]


def _demand_sense(spec: RuleSpec, registered: set[str], line: str) -> None:
    """Refuse a rule that could never be asked of any report."""
    for kind, named, known in (
        ("层级", spec.levels, set(LEVELS)),
        ("机关", spec.agencies, registered),
    ):
        unknown = [name for name in named if name not in known]
        if unknown:
            near = get_close_matches(unknown[0], sorted(known), n=1, cutoff=0.5)
            offer = f"最接近的是“{near[0]}”" if near else f"可用：{'、'.join(sorted(known)[:10])}"
            raise UsageError(f"{line}：没有{kind}“{unknown[0]}”；{offer}。")
    if spec.since > spec.until:
        raise UsageError(f"{line}：since（{spec.since}）晚于 until（{spec.until}）。")
    if spec.each and not spec.table:
        raise UsageError(f"{line}：有 each 的规则要写明 table。")
    if spec.rows and spec.each != "row":
        raise UsageError(f"{line}：rows 只用于 each: row 的规则。")


def check_own_rules() -> None:
    """Check the package's own YAML against the schema, as an analyst's is.

    Raises
    ------
    UsageError
        With file and line.
    """
    for name in ("rules", *form_ids()):
        where = f"forms/{name}.yaml"
        text = resources.files("nianbao.forms").joinpath(f"{name}.yaml").read_text("utf-8")
        data, node = load_yaml(text, where, aliases=True)
        rules = data["rules"]
        if isinstance(rules, list):
            place = next(v for k, v in node.value if k.value == "rules") if node else None
            demand([_stated(rule) for rule in rules], place, "rules", where)
    for spec in catalogue():
        if spec.kind == "comparison":
            demand_cells(spec, [load_form(form_id) for form_id in form_ids()], "forms/rules.yaml")


def _stated(rule: dict[str, object]) -> dict[str, object]:
    """Say the relation of a balance rule, which a form leaves unsaid."""
    return rule if "check" in rule or "relation" in rule else rule | {"relation": "="}


def rule_of(rule_id: str) -> RuleSpec:
    """Return the package's rule of that id."""
    return next(spec for spec in catalogue() if spec.id == rule_id)
