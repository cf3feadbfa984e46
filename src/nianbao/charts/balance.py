"""The chart of the balance: what came in beside what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.charts.canvas import ACCENT, CARRIED, Drawing
from nianbao.charts.chart import Chart, Data, chart, sentence
from nianbao.charts.ranking import mismatch
from nianbao.charts.stacks import Piece, Stack, draw_stacks
from nianbao.charts.terms import (
    Term,
    is_known,
    outcome_terms,
    request_term,
    total,
    total_source,
    unknown,
)
from nianbao.charts.words import FEW, count
from nianbao.fragments import Fragment
from nianbao.report import Report


@dataclass(frozen=True, slots=True)
class _Books:
    """What came in (``new``, ``carried``) and where it went (``results``, ``left``)."""

    new: Term
    carried: Term
    results: tuple[Term, ...]
    left: Term

    @property
    def sides(self) -> tuple[list[Term], list[Term]]:
        return [self.new, self.carried], [*self.results, self.left]

    @property
    def gap(self) -> int | Decimal:
        """How much more came in than went (件); below zero where more went."""
        came, went = self.sides
        return total(came) - total(went)

    @property
    def missing(self) -> int | Decimal:
        """By how much the sides differ (件)."""
        return max(self.gap, -self.gap)


def balance(report: Report) -> Chart | Fragment:
    """Draw both sides of the books (件) as two stacks, a hatched gap where they differ.

    Outcomes stand by group; where one of them is not known the stated total stands for all.
    A sentence where more is not known, where there was nothing to do, and where up to three
    cases balance.
    """
    table = report.form.table("t3").name
    outcomes, stated = outcome_terms(report), request_term(report, "total")
    results = _groups(outcomes) if is_known(outcomes) else [stated]
    new, carried, left = (request_term(report, r) for r in ("new", "carried_in", "carried_out"))
    books = _Books(new, carried, tuple(results), left)
    came, went = books.sides
    if not is_known([*came, *went]):
        return sentence(unknown(f"{table}“总计”列", [*came, *went], "应办理数与去向无法对照"))
    differs = mismatch(stated.value, results, stated.label)
    ending = f"（办理结果{differs}）" if differs else ""
    if not total(came) and not total(went):
        return sentence(f"本年没有新收申请，也没有上年结转，没有需要办理的申请{ending}。")
    if not books.gap and total(came) <= FEW:
        return sentence(f"{_told(books)}，两边相等{ending}。")
    title = _title(books) + ending
    return chart(
        "balance",
        lambda width: _draw(width, books),
        title=title,
        subtitle=f"申请的来源和去向（总计列），单位：件，{report.year}年度",
        source=total_source(report),
        alt=f"两根并立的柱：{title}。{_told(books)}。",
        data=Data(("项目", "数量（件）"), _rows(books)),
    )


def _groups(outcomes: Sequence[Term]) -> list[Term]:
    """Add up the outcomes of each group; those without a group stand for themselves."""
    groups: dict[str, int | Decimal] = {}
    for term in outcomes:
        name = term.group or term.label
        groups[name] = groups.get(name, 0) + term.figure
    return [Term(name, "", value) for name, value in groups.items()]


def _title(books: _Books) -> str:
    came, went = (total(side) for side in books.sides)
    if books.gap:
        more = "少" if books.gap > 0 else "多"
        return (
            f"新收与上年结转共{count(came)}，办理结果与结转下年度共{count(went)}，"
            f"去向{more}{count(books.missing)}"
        )
    if not books.left.figure:
        return f"应办理的{count(came)}全部办结，两边相等"
    if not total(books.results):
        return f"应办理的{count(came)}全部结转下年度，两边相等"
    done, left = count(total(books.results)), count(books.left.figure)
    return f"应办理的{count(came)}中，{done}办结，{left}结转下年度，两边相等"


def _told(books: _Books) -> str:
    """Tell both sides with all figures above zero."""
    told = []
    for name, side in zip(("应办理", "去向"), books.sides, strict=True):
        terms = "、".join(f"{t.label}{count(t.figure)}" for t in side if t.figure)
        told.append(f"{name}共{count(total(side))}" + (f"（{terms}）" if terms else ""))
    return "，".join(told)


def _rows(books: _Books) -> tuple[tuple[str, ...], ...]:
    rows: list[tuple[str, ...]] = []
    for name, side in zip(("应办理", "去向"), books.sides, strict=True):
        rows += [(term.label, f"{term.figure:,}") for term in side]
        rows.append((f"{name}合计", f"{total(side):,}"))
    return tuple(rows)


def _draw(width: int, books: _Books) -> Drawing:
    came, went = books.sides
    left = _stack("应办理", came, max(-books.gap, 0))
    right = _stack("去向", went, max(books.gap, 0))
    zeros = [term.label for term in (*came, *went) if not term.figure]
    notes = [f"{'、'.join(zeros)}{'均' if len(zeros) > 1 else ''}为0"] if zeros else []
    if len(books.results) == 1:
        notes.append("办理结果的分项没有全部填写数字，只画总计")
    foot = "；".join(notes)
    sign, words = ("≠", f"相差{count(books.missing)}") if books.gap else ("=", "两边相等")
    return draw_stacks(width, left, right, sign, words, foot)


def _stack(name: str, side: list[Term], missing: int | Decimal) -> Stack:
    """Stack one side, whose last term is what is carried over, under what it lacks."""
    pieces = [] if not missing else [Piece("缺少", float(missing), count(missing), None)]
    for term in side:
        if term.figure:
            fill = CARRIED if term is side[-1] else ACCENT
            pieces.append(Piece(term.label, float(term.figure), count(term.figure), fill))
    return Stack(name, f"共{count(total(side))}", tuple(pieces))
