"""Which reading notes are left to tell once the findings are told: nothing is said twice."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.finding import Finding
from nianbao.report import Note, Report

TOLD_BY = {"form_year": "F-1"}
"""Findings that say what a note says, by the note's code."""
_EMPTY = {"t2": "T2-6", "t3": "T3-5", "t4": "T4-4"}


def untold(report: Report, failed: Iterable[str]) -> tuple[Note, ...]:
    """Return the notes of a report that no failed finding says in other words.

    Parameters
    ----------
    report : Report
        The report.
    failed : iterable of str
        Ids of the rules that failed, waived or not.
    """
    rules = set(failed)
    return tuple(note for note in report.notes if _told_by(note) not in rules)


def untold_by(report: Report, findings: Iterable[Finding]) -> tuple[Note, ...]:
    """Return the notes of a report that none of its findings says in other words."""
    return untold(report, (f.rule.id for f in findings if f.status == "failed"))


def _told_by(note: Note) -> str | None:
    if note.code == "cells_empty" and note.cells:
        return _EMPTY.get(note.cells[0].partition(".")[0])
    return TOLD_BY.get(note.code)
