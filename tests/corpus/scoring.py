"""Reads a written specimen back by the package's public way in, and compares every cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from corpus import statute
from corpus.specimen import Specimen, Truth
from nianbao.errors import NianbaoError
from nianbao.reading import read_report
from nianbao.report import Report

VALUED = ("number", "inferred")
MARKS = ("blank", "dash", "slash", "word")


@dataclass
class Outcome:
    """How the cells of one document, or of many, came out.

    Attributes
    ----------
    known, right, missed : int
        Cells whose print is there to be read; those read exactly; those not read, or read as
        something weaker than what stands there.
    wrong : int
        Cells silently wrong, of any sort.
    destroyed, unknown, recovered : int
        Cells whose print was lost; those left open; those that carry the truth.
    """

    documents: int = 0
    known: int = 0
    right: int = 0
    missed: int = 0
    wrong: int = 0
    destroyed: int = 0
    unknown: int = 0
    recovered: int = 0
    refused: int = 0
    misnamed: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return not (self.wrong or self.missed or self.misnamed)

    def add(self, other: Outcome) -> None:
        for name in self.__dataclass_fields__:
            if name != "differences":
                setattr(self, name, getattr(self, name) + getattr(other, name))


def score(path: Path, specimen: Specimen) -> Outcome:
    """Read a document and compare it with what must come out."""
    outcome = Outcome(documents=1)
    named = specimen.style.get("layout") not in ("single", "listing")
    try:
        report = read_report(path, year=None if named else specimen.year)
    except NianbaoError as error:
        outcome.refused += 1
        if not specimen.style.get("refusable"):  # such a document may rightly be sent back
            _not_read(specimen, outcome, f"refused: {error}")
        return outcome
    except Exception as error:  # any other error is the program's own, and counts the same
        _not_read(specimen, outcome, f"crashed: {type(error).__name__}: {error}")
        return outcome
    if report.year != specimen.year:
        outcome.misnamed += 1
        outcome.differences.append(f"year: {report.year}, not {specimen.year}")
    form = statute.FORMS[specimen.variant][2]
    whole = named and not specimen.style.get("refusable")
    if specimen.variant in ("hybrid", "mixed") and whole and "hybrid" not in codes(report):
        outcome.misnamed += 1
        outcome.differences.append("note: nothing says that two forms are mixed")
    if report.form.id != form and specimen.style.get("layout") != "single":
        outcome.misnamed += 1
        outcome.differences.append(f"form: {report.form.id}, not {form}")
    for code, truth in specimen.truth.items():
        cell = report.cells.get(code)
        state, value = (cell.state, cell.value) if cell else ("unknown", None)
        verdict = judge(truth, state, value, cell.written if cell else "")
        _count(outcome, verdict, code, truth, f"{state} {value} {cell.written if cell else ''}")
    for code in set(report.cells) - set(specimen.truth):
        if report.cells[code].state in VALUED:
            outcome.wrong += 1
            outcome.differences.append(f"wrong {code}: {report.cells[code]}, not in the report")
    return outcome


def codes(report: Report) -> set[str]:
    return {note.code for note in report.notes}


def _not_read(specimen: Specimen, outcome: Outcome, message: str) -> None:
    outcome.differences.append(message)
    for truth in specimen.truth.values():
        outcome.known += not truth.destroyed
        outcome.missed += not truth.destroyed
        outcome.destroyed += truth.destroyed
        outcome.unknown += truth.destroyed


def judge(truth: Truth, state: str, value: object, written: str) -> str:
    """Return right or missed; for a lost cell unknown or recovered; for either, wrong."""
    figure = Decimal(str(value)) if value is not None else None
    if truth.destroyed:
        true = truth.value if truth.state == "number" else truth.behind
        if state in VALUED:
            return "recovered" if figure == true else "wrong"
        if state in MARKS:
            return "recovered" if state == truth.state else "wrong"
        return "unknown"
    if state == truth.state:
        if state == "number":
            return "right" if figure == truth.value else "wrong"
        if state == "unreadable" and _bare(written) != _bare(truth.written):
            return "missed"
        return "right"
    if state in VALUED:
        agrees = truth.state == "number" and figure == truth.value
        return "missed" if agrees else "wrong"
    if state in MARKS and truth.state not in MARKS:
        return "wrong"
    return "missed"


def _bare(text: str) -> str:
    return "".join(text.split())


def _count(outcome: Outcome, verdict: str, code: str, truth: Truth, found: str) -> None:
    lost = truth.destroyed
    outcome.destroyed += lost
    outcome.known += not lost
    setattr(outcome, verdict, getattr(outcome, verdict) + 1)
    if verdict in ("missed", "wrong"):
        wanted = f"{'lost ' if lost else ''}{truth.state} {truth.value} {truth.written!r}"
        outcome.differences.append(f"{verdict} {code}: found {found.strip()}; wanted {wanted}")
