"""Reports with a year before them: balanced, then damaged, some with blanks, marks and gaps."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.figures import balanced
from corpus.statute import COLUMNS, FORMS, MONEY, codes, details, rows
from nianbao.forms import load_form
from nianbao.inference import infer
from nianbao.listing import listed_lines
from nianbao.report import Cell, Report
from nianbao.rules import expand
from nianbao.surroundings import Surroundings
from oracle.reasoning import forced
from oracle.statement import balance

KEYS = {"2021": "2021", "2019": "2019", "hybrid": "2021+t3:2019", "mixed": "2021+t2:2019"}
MARKS = {
    "blank": "",
    "dash": "—",
    "slash": "/",
    "word": "无",
    "unreadable": "12?",
    "unknown": "",
}
EMPTY = ("blank", "dash", "slash", "word")
"""Found, and empty: what the equations force such a cell to be counts for checking."""


@dataclass(frozen=True)
class Sheet:
    """What a report shows: a figure or a mark in every cell of its form."""

    variant: str
    year: int
    figures: dict[str, Decimal]
    marks: dict[str, str]

    def known(self) -> dict[str, int | Decimal]:
        """Return what was read."""
        return {
            code: value if code in MONEY else int(value)
            for code, value in self.figures.items()
            if code not in self.marks
        }

    def counted(self) -> dict[str, int | Decimal]:
        """Return what counts: what was read, and what empty cells are forced to be."""
        known, missing = self.known(), set(self.marks)
        if not missing:
            return known
        found = forced(balance(self.variant), known, missing)
        return known | {c: v for c, v in found.items() if self.marks[c] in EMPTY}

    def report(self) -> Report:
        """Return it as the package holds it."""
        form, known = load_form(KEYS[self.variant]), self.known()
        cells = {
            code: Cell(code, None, self.marks[code], MARKS[self.marks[code]])
            if code in self.marks
            else Cell(code, known[code], "number", str(known[code]))
            for code in form.cells
        }
        lines = list(listed_lines(form, cells))
        parts = infer(expand(form.key), lines) if self.marks else []
        implied = {
            code: value
            for part in parts
            if part.filling
            for code, value in part.filling.values.items()
            if cells[code].state in EMPTY
        }
        return Report(
            agency="test",
            name="测试局",
            year=self.year,
            form=form,
            source="测试局.csv",
            sha256="0" * 64,
            title="",
            cells=cells,
            sections=(),
            implied=implied,
        )


@dataclass(frozen=True)
class World:
    """A report, and last year's report or None."""

    sheet: Sheet
    before: Sheet | None

    def around(self) -> Surroundings:
        return beside(self.sheet.report(), self.before.report() if self.before else None)


def beside(report: Report, previous: Report | None, **others: object) -> Surroundings:
    """Return surroundings in which all is as given, without a project on a disk."""
    made = Surroundings(report.agency, report.year, None)
    vars(made).update({"previous": previous, **others})
    return made


def digest(rule: str, sheet: Sheet, own: Iterable[str]) -> str:
    """Return the id of a finding, as the contract says it."""
    cells = " ".join(sorted(own, key=_order(sheet.variant).__getitem__))
    return hashlib.sha256(f"{rule}|test|{sheet.year}|{cells}".encode()).hexdigest()[:12]


@cache
def _order(variant: str) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes(variant))}


def world(seed: int) -> World:
    """Draw a report; most have one of last year, and most agree with it before the damage."""
    rng = random.Random(f"world{seed}")
    variant = rng.choice(["2021", "2021", "2021", "2019", "2019", "hybrid", "mixed"])
    year = rng.choice(FORMS[variant][3])
    high, density = rng.choice([(40, 0.3), (40, 0.05), (9_999_999, 0.6), (1, 0.0), (3, 0.9)])
    figures = balanced(rng, variant, high, density)
    if rng.random() < 0.2:
        _carry(figures)
    before = None
    if year > 2019 and rng.random() < 0.75:
        fitting = [v for v, (_, _, _, years) in FORMS.items() if year - 1 in years]
        earlier = balanced(rng, rng.choice([variant, *fitting]), high, density)
        other = _variant(earlier)
        if rng.random() < 0.7:
            _join(figures, variant, earlier, other)
        wrong = rng.choice([0, 0, 1])
        before = _sheet(rng, other, year - 1, earlier, wrong, whole=rng.random() < 0.6)
    return World(_sheet(rng, variant, year, figures, rng.randint(0, 3)), before)


def _carry(figures: dict[str, Decimal]) -> None:
    """Let nothing be new: all that came in was carried over, which is odd and balances."""
    for column in COLUMNS:
        figures[f"t3.carried_in.{column}"] += figures[f"t3.new.{column}"]
        figures[f"t3.new.{column}"] = Decimal(0)


def _variant(figures: dict[str, Decimal]) -> str:
    return next(v for v in FORMS if set(codes(v)) == set(figures))


def _join(figures, variant, earlier, other) -> None:
    """Let last year's figures be what this year's say of them, and all still balance."""
    for column in COLUMNS[:-1]:
        carried = figures[f"t3.carried_in.{column}"]
        grown = carried - earlier[f"t3.carried_out.{column}"]
        earlier[f"t3.carried_out.{column}"] = carried
        earlier[f"t3.new.{column}"] += grown
        if earlier[f"t3.new.{column}"] < 0:
            short = -earlier[f"t3.new.{column}"]
            earlier[f"t3.new.{column}"] = Decimal(0)
            earlier[f"t3.carried_in.{column}"] += short
    for code in rows(other):
        parts = (earlier[f"t3.{code}.{column}"] for column in COLUMNS[:-1])
        earlier[f"t3.{code}.total"] = sum(parts, Decimal(0))
    for column in COLUMNS:
        _absorb(earlier, other, column)
    for item in ("regulations", "normative_docs"):
        stock = f"t2.{item}.in_force"
        if stock in figures and stock in earlier:
            gone = figures[f"t2.{item}.repealed"] - figures[f"t2.{item}.issued"]
            figures[stock] = max(Decimal(0), earlier[stock] - gone)
    for item in ("licences", "other_services", "penalties", "coercion", "fees"):
        stock = f"t2.{item}.prev_items"
        if stock in figures and stock in earlier:
            figures[stock] = max(Decimal(0), earlier[stock] + earlier[f"t2.{item}.change"])


def _absorb(figures, variant, column) -> None:
    """Make a column balance again, by its first outcome."""
    done = sum((figures[f"t3.{row}.{column}"] for row in details(variant)), Decimal(0))
    came = figures[f"t3.new.{column}"] + figures[f"t3.carried_in.{column}"]
    gap = came - figures[f"t3.carried_out.{column}"] - done
    figures[f"t3.granted.{column}"] += gap
    figures[f"t3.total.{column}"] = done + gap


def _sheet(
    rng: random.Random,
    variant: str,
    year: int,
    figures: dict[str, Decimal],
    wrong: int,
    *,
    whole: bool = False,
) -> Sheet:
    """Damage some figures, and leave some cells without one."""
    figures = dict(figures)
    countable = [code for code in figures if code not in MONEY]
    for code in rng.sample(countable, wrong):
        change = rng.choice([-9, -1, 1, 2, 9, 10, 1000])
        moved = figures[code] + change
        figures[code] = moved if moved >= 0 or code.endswith(".change") else figures[code] + 7
    missing = (
        _none if whole else rng.choice([_none, _none, _few, _few, _row, _column, _many, _zeros])
    )
    marks = {
        code: rng.choice(["blank", "blank", "blank", *MARKS])
        for code in missing(rng, variant, figures)
    }
    return Sheet(variant, year, figures, marks)


def _none(rng, variant, figures) -> list[str]:
    return []


def _few(rng, variant, figures) -> list[str]:
    return rng.sample(list(figures), rng.randint(1, 4))


def _row(rng, variant, figures) -> list[str]:
    row = rng.choice(rows(variant))
    return [f"t3.{row}.{column}" for column in rng.sample(COLUMNS, rng.randint(2, 7))]


def _column(rng, variant, figures) -> list[str]:
    column = rng.choice(COLUMNS)
    chosen = rng.sample(rows(variant), rng.randint(2, len(rows(variant))))
    return [f"t3.{row}.{column}" for row in chosen]


def _many(rng, variant, figures) -> list[str]:
    return rng.sample(list(figures), rng.randint(5, 30))


def _zeros(rng, variant, figures) -> list[str]:
    return [code for code, value in figures.items() if value == 0 and rng.random() < 0.4]
