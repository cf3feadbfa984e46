"""Arithmetic rules of the catalogue: cells of a report compared with others, or last year's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from nianbao.errors import UsageError
from nianbao.forms import Form, RuleSpec, load_form
from nianbao.forms.structure import Comparison, Terms, paths

_TERM = re.compile(
    r"(?P<minus>-)?(?:(?P<times>[0-9]{1,6})\*)?(?P<last>last:)?(?P<cell>[a-z0-9_.*<>]*[a-z_*>])"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A cell with its factor; without a code, the number ``factor``.

    ``last`` takes the cell of last year's report.
    """

    factor: int
    code: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """One comparison between cells."""

    left: tuple[Term, ...]
    relation: str
    right: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, left ones first."""
        return (*self.left, *self.right)


@dataclass(frozen=True, slots=True)
class Instance:
    """One rule at one place: ``scope`` is the id of its column, row or block, or empty."""

    spec: RuleSpec
    scope: str
    sides: Sides
    when: tuple[Sides, ...]

    def own(self, form: Form) -> tuple[str, ...]:
        """Return the report's own cells that it speaks of, in form order."""
        named = {term.code for term in self.sides.terms if not term.last}
        return tuple(code for code in form.cells if code in named)


def instances(form: Form, spec: RuleSpec) -> tuple[Instance, ...]:
    """Expand a rule over a form; empty where the form lacks its cells."""
    return _instances(form.key, spec)


@cache
def _instances(form_key: str, spec: RuleSpec) -> tuple[Instance, ...]:
    form = load_form(form_key)
    found = (_instance(form, spec, name) for name in _scopes(form, spec))
    return tuple(instance for instance in found if instance)


def _instance(form: Form, spec: RuleSpec, name: str) -> Instance | None:
    sides = _sides(form, spec, Comparison(spec.left, spec.relation, spec.right), name)
    asked = [_sides(form, spec, each, name) for each in spec.when]
    when = tuple(each for each in asked if each)
    whole = sides is not None and len(when) == len(asked)
    return Instance(spec, name, sides, when) if sides and whole else None


def _scopes(form: Form, spec: RuleSpec) -> list[str]:
    """Name the columns, rows or blocks that a rule is repeated over."""
    if not spec.each:
        return [""]
    blocks = form.table(spec.table).blocks
    if spec.each == "row":
        ids = [path[-1].id for block in blocks for path in paths(block.rows)]
        return [name for name in ids if name and (not spec.rows or name in spec.rows)]
    columns = [path for block in blocks for path in paths(block.columns)]
    if spec.each == "column":
        return list(dict.fromkeys(path[-1].id for path in columns))
    named = (node.id for path in columns for node in path[:-1] if node.id)
    return list(dict.fromkeys(named))


def _sides(form: Form, spec: RuleSpec, comparison: Comparison, name: str) -> Sides | None:
    left = _terms(form, spec, comparison.left, name)
    right = _terms(form, spec, comparison.right, name)
    return Sides(left, comparison.relation, right) if left and right else None


def _terms(form: Form, spec: RuleSpec, given: Terms, name: str) -> tuple[Term, ...]:
    """Turn terms into cells with factors; nothing where one of them matches no cell."""
    found: list[Term] = []
    for each in given:
        if isinstance(each, int):
            found.append(Term(each))
            continue
        match = _TERM.fullmatch(each)
        if match is None:
            return ()
        factor = int(match["times"] or 1) * (-1 if match["minus"] else 1)
        codes = _codes(form, spec, match["cell"], name)
        if not codes:
            return ()
        found += [Term(factor, code, bool(match["last"])) for code in codes]
    return tuple(found)


def _codes(form: Form, spec: RuleSpec, pattern: str, name: str) -> list[str]:
    for scope in ("column", "row", "block"):
        pattern = pattern.replace(f"<{scope}>", name if spec.each == scope else "?")
    if not pattern.startswith(("t2.", "t3.", "t4.")):
        pattern = f"{spec.table}.{pattern}"
    return [code for code in form.cells if fnmatchcase(code, pattern)]


def demand_cells(spec: RuleSpec, forms: Iterable[Form], where: str) -> None:
    """Refuse a rule of which a term names no cell of any form.

    Raises
    ------
    UsageError
        With the term, and the nearest code.
    """
    known = list(forms)
    comparisons = [Comparison(spec.left, spec.relation, spec.right), *spec.when]
    for term in [term for each in comparisons for term in (*each.left, *each.right)]:
        if isinstance(term, int):
            continue
        names = [(form, name) for form in known for name in _scopes(form, spec)]
        if not any(_terms(form, spec, (term,), name) for form, name in names):
            raise UsageError(
                f"{where}：规则 {spec.id} 的“{term}”不是任何格式中的单元格{_near(term, known)}。"
            )

    if not any(instances(form, spec) for form in known):
        raise UsageError(
            f"{where}：规则 {spec.id} 的各个单元格不在同一种格式中，没有报告可以核对。"
        )


def _near(term: str, forms: list[Form]) -> str:
    from difflib import get_close_matches

    codes = list(dict.fromkeys(code for form in forms for code in form.cells))
    near = get_close_matches(term.rpartition(":")[2], codes, n=1, cutoff=0.5)
    return f"；最接近的是 {near[0]}" if near else "；写法如 t3.new.total、last:t3.carried_out.total"
