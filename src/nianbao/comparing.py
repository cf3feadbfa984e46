"""What holds between sums of cells of two years, as far as the figures that are known tell."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from nianbao.comparisons import Sides, Term
from nianbao.forms import Form, form_of_year, joined
from nianbao.report import Report

Number = int | Decimal
_RELATIONS: dict[str, Callable[[Number, Number], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


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


def holds(years: Years, sides: Sides) -> bool | None:
    """Say whether a comparison holds, None where the figures do not tell.

    A missing count may be any number from 0 up, which can be enough to tell.
    """
    low, high = _bounds(years, sides.left)
    least, most = _bounds(years, sides.right)
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


def _bounds(years: Years, terms: Iterable[Term]) -> tuple[Number | None, Number | None]:
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


def total(years: Years, terms: Iterable[Term]) -> Number | None:
    """Add terms (件, 万元); None where one of them is not known."""
    low, high = _bounds(years, terms)
    return low if low == high else None
