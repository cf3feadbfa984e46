"""Asks the arithmetic rules of the catalogue of a report, with last year's report where needed."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from nianbao.comparisons import Instance, Sides, Term, instances
from nianbao.forms import Form, RuleSpec, form_of_year, joined
from nianbao.forms.wording import inner, place_words, term_names
from nianbao.judgement import Judgement
from nianbao.report import Report

Number = int | Decimal
_DIGITS = 100
"""Digits of an amount that are reckoned with: more than any cell may hold."""
_LONG = 6
"""Of a side with more terms than this, zeros are only counted."""
_RELATIONS: dict[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_AGAINST = {"=": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<"}


@dataclass(frozen=True)
class Years:
    """A report and what is known of the year before it.

    ``unread`` says that last year's report is there and could not be read. ``before`` is the
    form of last year's tables: that of the report in hand, else that which was in force; None
    before 2019.
    """

    report: Report
    previous: Report | None
    unread: bool = False

    @property
    def before(self) -> Form | None:
        """The form of last year's report, known or presumed."""
        return self.previous.form if self.previous else form_of_year(self.report.year - 1)

    def figure(self, term: Term) -> Number | None:
        """Return a term's figure without its factor, None where there is none."""
        of = self.previous if term.last else self.report
        return of.known(term.code) if of is not None and term.code in of.cells else None

    def comparable(self, term: Term) -> bool:
        """Whether a term of last year may be set beside this year's, across a change of forms."""
        return not term.last or (
            self.before is not None and joined(self.report.form, self.before, term.code)
        )


def relations(
    report: Report,
    previous: Report | None,
    specs: Iterable[RuleSpec],
    *,
    unread: bool = False,
) -> list[Judgement]:
    """Ask all arithmetic rules that are for the year and form of a report.

    Parameters
    ----------
    report : Report
        The report; figures that the rules force a blank to have count (推定).
    previous : Report or None
        Last year's report of the same agency. Without it a rule over two years is undecided,
        and says what last year's figure must have been.
    specs : iterable of RuleSpec
        The rules; others than comparisons are passed over.
    unread : bool
        Whether last year's report is there, but could not be read.
    """
    years = Years(report, previous, unread)
    with localcontext(prec=_DIGITS):
        return _judged(years, specs)


def _judged(years: Years, specs: Iterable[RuleSpec]) -> list[Judgement]:
    report = years.report
    return [
        _judge(years, instance)
        for spec in specs
        if spec.kind == "comparison" and spec.since <= report.year <= spec.until
        for instance in instances(report.form, spec)
        if all(years.comparable(term) for term in instance.sides.terms)
        and all(years.comparable(term) for sides in instance.when for term in sides.terms)
    ]


def _judge(years: Years, instance: Instance) -> Judgement:
    form, sides = years.report.form, instance.sides
    asked = [_holds(years, when) for when in instance.when]
    holds = _holds(years, sides)
    if holds is False and years.previous is None and any(term.last for term in sides.terms):
        holds = None  # without last year's report nothing is held against this one
    if False in asked:
        status = "not_applicable"
    elif None in asked or holds is None:
        status = "undecided"
    else:
        status = "passed" if holds else "failed"
    own = instance.own(form)
    place = _place(form, instance, own)
    left, right = (_sum(years, side) for side in (sides.left, sides.right))
    return Judgement(
        rule=instance.spec.id,
        scope=instance.scope,
        status=status,
        cells=own,
        left=left,
        right=right,
        place=place,
        found=_found(years, instance, status),
        advice=instance.spec.advice if status in ("failed", "undecided") else "",
    )


def _place(form: Form, instance: Instance, own: tuple[str, ...]) -> str:
    """Name the column that a rule over columns is asked of, else what its cells share."""
    if instance.spec.each == "column" and own:
        column = form.cells[own[0]].column[-1].official
        return f"{form.table(instance.spec.table).name}“{column}”列"
    return place_words(form, own) if own else form.title


def _holds(years: Years, sides: Sides) -> bool | None:
    """Say whether a comparison holds, None where the figures do not tell.

    A missing count may be any number from 0 up, which can be enough to tell.
    """
    low, high = _range(years, sides.left)
    least, most = _range(years, sides.right)
    if None not in (low, high, least, most) and low == high and least == most:
        return _RELATIONS[sides.relation](low, least)  # type: ignore[arg-type]
    below = high is not None and least is not None and high < least
    above = low is not None and most is not None and low > most
    touching = high is not None and least is not None and high <= least
    covering = low is not None and most is not None and low >= most
    return {
        "=": False if below or above else None,
        "!=": True if below or above else None,
        "<": True if below else False if covering else None,
        "<=": True if touching else False if above else None,
        ">": True if above else False if touching else None,
        ">=": True if covering else False if below else None,
    }[sides.relation]


def _range(years: Years, terms: Iterable[Term]) -> tuple[Number | None, Number | None]:
    """Return the least and the greatest that a sum can be; None where it has no bound."""
    low: Number | None = 0
    high: Number | None = 0
    for term in terms:
        figure = years.figure(term) if term.code else 1
        if figure is not None:
            low = None if low is None else low + term.factor * figure
            high = None if high is None else high + term.factor * figure
        elif years.report.form.cells[term.code].signed:
            low = high = None
        elif term.factor > 0:
            high = None
        else:
            low = None
    return low, high


def _sum(years: Years, terms: Iterable[Term]) -> Number | None:
    low, high = _range(years, terms)
    return low if low == high else None


def _found(years: Years, instance: Instance, status: str) -> str:
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
    left, right = _sum(years, sides.left), _sum(years, sides.right)
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
    total = _sum(years, terms)
    reckoned = len(terms) > 1 or any(term.code and abs(term.factor) != 1 for term in terms)
    result = f"（{_plain(total)}）" if reckoned and total is not None else ""
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
    total: Number = 0
    for term in terms:
        figure = years.figure(term) if term.code else 1
        total = total + term.factor * (figure or 0)
    return total


def _plain(number: Number) -> str:
    return format(Decimal(number), "f")
