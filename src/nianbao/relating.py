"""Says in the official words how an arithmetic rule came out, with both sides and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from nianbao.comparing import Number, Years, total
from nianbao.comparisons import Instance, Sides, Term
from nianbao.forms import Form
from nianbao.forms.wording import inner, place_words, term_names

_LONG = 6
"""Of a side with more terms than this, zeros are only counted."""
_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_AGAINST = {"=": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}


def place(form: Form, instance: Instance, own: tuple[str, ...]) -> str:
    """Name the column that a rule over columns is asked of, else what its cells share."""
    if instance.spec.each == "column" and own:
        column = form.cells[own[0]].column[-1].official
        return f"{form.table(instance.spec.table).name}“{column}”列"
    return place_words(form, own) if own else form.title


def found(years: Years, instance: Instance, status: str) -> str:
    """Tell both sides with their numbers; where last year's report is missing, what it must say."""
    if status == "not_applicable":
        return "前提不成立，不必核对"
    sides, spec = instance.sides, instance.spec
    sign = (_AGAINST if status == "failed" else _SIGNS)[sides.relation]
    question = "？" if status == "undecided" else ""
    names = term_names(years.report.form, [term.code for term in sides.terms if term.code])
    told = [_side(years, names, side) for side in (sides.left, sides.right)]
    text = f"{told[0]} {question}{sign} {told[1]}"
    if status == "undecided":
        return f"{text}；{_expected(years, sides, names)}"
    if status != "failed":
        return text
    left, right = total(years, sides.left), total(years, sides.right)
    if sides.relation == "=" and left is not None and right is not None:
        text += f"，相差{_plain(abs(Decimal(left) - Decimal(right)))}"
        if not spec.origin:
            return text
    return f"{text}，不符合“{inner(spec.label)}”"


def _side(years: Years, names: Mapping[str, str], terms: tuple[Term, ...]) -> str:
    """Write a side with names and numbers; of a long one zeros are only counted."""
    figures = [years.figure(term) if term.code else 1 for term in terms]
    kept = [term for term, figure in zip(terms, figures, strict=True) if figure != 0]
    shown = terms if len(terms) <= _LONG else kept
    parts: list[str] = []
    for term in shown:
        negative = term.factor < 0
        join = (" − " if negative else " + ") if parts else ("−" if negative else "")
        parts.append(join + _term(years, term, names))
    zeros = len(terms) - len(shown)
    rest = (f" + 其余{zeros}项为0" if parts else f"{zeros}项均为0") if zeros else ""
    added = total(years, terms)
    reckoned = len(terms) > 1 or any(term.code and abs(term.factor) != 1 for term in terms)
    result = f"（{_plain(added)}）" if reckoned and added is not None else ""
    return "".join(parts) + rest + result


def _term(years: Years, term: Term, names: Mapping[str, str]) -> str:
    if not term.code:
        return str(abs(term.factor))
    times = f"{abs(term.factor)}×" if abs(term.factor) != 1 else ""
    year = f"{years.report.year - 1}年报告的" if term.last else ""
    figure = years.figure(term)
    shown = "（未知）" if figure is None else _plain(figure)
    return f"{times}{year}{names[term.code]} {shown}"


def _expected(years: Years, sides: Sides, names: Mapping[str, str]) -> str:
    """Say what is missing, and the only figure that it can have, where there is but one."""
    missing = [(t, 1) for t in sides.left if t.code and years.figure(t) is None]
    missing += [(t, -1) for t in sides.right if t.code and years.figure(t) is None]
    last = [term for term, _ in missing if term.last]
    year = years.report.year - 1
    head = "数字不全"
    if last and years.previous is None:
        head = f"{year}年报告未能读取" if years.unread else f"没有{year}年报告"
    if len(missing) != 1 or sides.relation != "=" or abs(missing[0][0].factor) != 1:
        return f"{head}，无法判定"
    term, side = missing[0]
    rest = _known_part(years, sides.left) - _known_part(years, sides.right)
    value: Number = -rest * side * term.factor
    of = f"{year}年报告的" if term.last else ""
    name = names[term.code]
    if value < 0 and not years.report.form.cells[term.code].signed:
        never = f"{of}{name}只能是负数（{_plain(value)}）"
        return f"{head}，无法判定；按其余各数，{never}，请核对本年各数"
    return f"{head}，无法判定；按其余各数，{of}{name}应为 {_plain(value)}"


def _known_part(years: Years, terms: Iterable[Term]) -> Number:
    added: Number = 0
    for term in terms:
        figure = years.figure(term) if term.code else 1
        added = added + term.factor * (figure or 0)
    return added


def _plain(number: Number) -> str:
    return format(Decimal(number), "f")
