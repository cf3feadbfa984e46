"""What must hold between the figures of a report, and of the report before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.statute import BLOCKS, COLUMNS, FORMS, RESULTS, details, rows

Sum = tuple[tuple[int, str, bool], ...]
"""Terms that are added up: a factor, the code of a cell, whether it is last year's."""


@dataclass(frozen=True)
class Statement:
    """``left relation right``, and how sure it is that a report which breaks it is wrong."""

    rule: str
    left: Sum
    relation: str
    right: Sum
    severity: str

    @property
    def terms(self) -> Sum:
        return self.left + self.right

    @property
    def own(self) -> set[str]:
        return {code for _, code, last in self.terms if not last}

    @property
    def crosses(self) -> bool:
        """Whether it speaks of last year."""
        return any(last for _, _, last in self.terms)


def _own(*codes: str, factor: int = 1) -> Sum:
    return tuple((factor, code, False) for code in codes)


def _last(*codes: str) -> Sum:
    return tuple((1, code, True) for code in codes)


def balance(variant: str) -> Iterator[Statement]:
    """The relations of 表三 and 表四 that a report carries in itself."""
    for column in COLUMNS:
        came = _own(f"t3.new.{column}", f"t3.carried_in.{column}")
        went = _own(f"t3.total.{column}", f"t3.carried_out.{column}")
        yield Statement(f"T3-1:{column}", came, "=", went, "error")
    for column in COLUMNS:
        results = _own(*(f"t3.{row}.{column}" for row in details(variant)))
        yield Statement(f"T3-2:{column}", _own(f"t3.total.{column}"), "=", results, "error")
    for row in rows(variant):
        applicants = _own(*(f"t3.{row}.{column}" for column in COLUMNS if column != "total"))
        yield Statement(f"T3-3:{row}", _own(f"t3.{row}.total"), "=", applicants, "error")
    for number, block in enumerate(BLOCKS, start=1):
        results = _own(*(f"t4.{block}.{result}" for result in RESULTS if result != "total"))
        yield Statement(f"T4-{number}", _own(f"t4.{block}.total"), "=", results, "error")


def others(variant: str, before: str | None) -> Iterator[Statement]:
    """Relations with last year's report, and those that are odd rather than impossible.

    ``before`` is the form of last year's report; None where there was no such report yet.
    """
    own, last = FORMS[variant][0], FORMS[before][0] if before else None
    yield Statement("T3-8", _own("t3.carried_out.total"), "<=", _own("t3.new.total"), "warning")
    if own == "2021":
        for item in ("regulations", "normative_docs"):
            issued, repealed, force = (
                f"t2.{item}.{field}" for field in ("issued", "repealed", "in_force")
            )
            kept = _own(issued) + _own(repealed, factor=-1)
            yield Statement(f"T2-4:{item}", _own(force), ">=", kept, "warning")
            if last == "2021":
                number = "Y-2" if item == "regulations" else "Y-3"
                stock = _last(force) + kept
                yield Statement(number, _own(force), "=", stock, "warning")
                stock = _last(force) + _own(issued)
                yield Statement(f"T2-3:{item}", _own(repealed), "<=", stock, "warning")
    if last is None:
        return
    for column in COLUMNS:
        left = _own(f"t3.carried_in.{column}")
        right = _last(f"t3.carried_out.{column}")
        yield Statement(f"Y-1:{column}", left, "=", right, "error")
    for block in BLOCKS:
        left, right = _own(f"t4.{block}.total"), _last(f"t4.{block}.pending")
        yield Statement(f"Y-4:{block}", left, ">=", right, "hint")
    if own == last == "2019":
        for item in ("licences", "other_services", "penalties", "coercion", "fees"):
            left = _own(f"t2.{item}.prev_items")
            right = _last(f"t2.{item}.prev_items", f"t2.{item}.change")
            yield Statement(f"Y-7:{item}", left, "=", right, "warning")
