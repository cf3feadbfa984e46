"""What did not pass, as rows of the findings table."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nianbao.finding import Finding, finding_id, record
from nianbao.panel.cells import exact, table
from nianbao.panel.figures import Batch, Figures
from nianbao.panel.judging import PASSED, STATUSES, UNDECIDED
from nianbao.panel.rows import Bools, Ints
from nianbao.panel.schemas import FINDINGS, NUMBER

Waived = Mapping[int, Container[str]]
"""Ids of findings that waivers name, by the report's place in its batch."""


def balance_rows(batch: Batch, waived: Waived) -> tuple[pa.Table, Ints]:
    """Return the balance rules that did not pass, by report and in the order of its form.

    Returns
    -------
    tuple
        Rows of the findings table, and which report of the batch each is of.
    """
    parts = [_of_form(batch, figures, waived) for figures in batch.figures]
    if not parts:
        return FINDINGS.schema.empty_table(), np.zeros(0, np.int64)
    places = np.concatenate([places for _, places in parts])
    order = np.argsort(places, kind="stable")
    joined = pa.concat_tables([rows for rows, _ in parts]).unify_dictionaries().combine_chunks()
    return joined.take(pa.array(order)), places[order]


def _of_form(batch: Batch, figures: Figures, waived: Waived) -> tuple[pa.Table, Ints]:
    judged, rules = figures.judged, figures.matrix.rules
    report, rule = np.nonzero(judged.status.T != PASSED)
    places = figures.places[report]
    status = judged.status[rule, report]
    silent = status == UNDECIDED
    left, right = judged.left[rule, report], judged.right[rule, report]
    no_left = silent | judged.left_open[rule, report]
    no_right = silent | judged.right_open[rule, report]
    ids = [
        finding_id(rules[r].id, batch.agencies[p], batch.years[p], rules[r].cells)
        for r, p in zip(rule.tolist(), places.tolist(), strict=True)
    ]
    named = [
        bool(waived) and id in waived.get(int(p), ()) for id, p in zip(ids, places, strict=True)
    ]
    columns = {
        "agency": _agencies(batch, places),
        "year": pa.array(np.array(batch.years, np.int16)[places]),
        "form": _words([figures.matrix.form.key], np.zeros_like(rule)),
        "id": pa.array(ids, pa.string()),
        "rule": _words([each.id for each in rules], rule),
        "severity": _words([each.spec.severity for each in rules], rule),
        "status": _words(STATUSES, status),
        "left": _numbers(left, no_left),
        "right": _numbers(right, no_right),
        "imbalance": _numbers(_difference(left, right), no_left | no_right),
        "cells": pa.array([list(each.cells) for each in rules], pa.list_(pa.string())).take(
            pa.array(rule)
        ),
        "waived": pa.array(named, pa.bool_()),
        "message": pa.nulls(len(rule), pa.string()),
    }
    return pa.Table.from_pydict(columns, schema=FINDINGS.schema), places


def _agencies(batch: Batch, places: Ints) -> pa.DictionaryArray:
    named, codes = np.unique(places, return_inverse=True)
    return _words([batch.agencies[place] for place in named], codes)


def _words(words: Sequence[str], places: NDArray[Any]) -> pa.DictionaryArray:
    """Return text of which each row says where it stands among few words; each word once."""
    first: dict[str, int] = {}
    same = np.array([first.setdefault(word, len(first)) for word in words] or [0], np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(same[places]), pa.array(list(first), pa.string())
    )


def _difference(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Subtract without overflow: two sums of int64 may be further apart than int64 reaches."""
    largest = 2**62
    small = left.dtype != object and all(
        not side.size or (side.max() < largest and side.min() > -largest) for side in (left, right)
    )
    found: NDArray[Any] = left - right if small else left.astype(object) - right.astype(object)
    return found


def _numbers(values: NDArray[Any], absent: Bools) -> pa.Array:
    if values.dtype == object:
        exactly = [None if no else Decimal(v) for v, no in zip(values, absent, strict=True)]
        return pa.array(exactly, NUMBER)
    return pa.array(values, pa.int64(), mask=absent).cast(NUMBER)


def finding_row(finding: Finding, agency: str, year: int, form: str) -> dict[str, object]:
    """Return a finding of any other rule as a row of the findings table, with its message."""
    row = record(finding)
    for side in ("left", "right", "imbalance"):
        row[side] = exact(Decimal(str(row[side]))) if row[side] else None
    return row | {"agency": agency, "year": year, "form": form}


def joined_rows(
    balance: tuple[pa.Table, Ints], beyond: Sequence[tuple[int, Mapping[str, object]]]
) -> pa.Table:
    """Put the other rules' rows after the balance rules' of the same report."""
    rows, places = balance
    if not beyond:
        return rows
    names = FINDINGS.schema.names
    others = table({name: [row[name] for _, row in beyond] for name in names}, FINDINGS.schema)
    order = np.argsort(np.concatenate([places, [place for place, _ in beyond]]), kind="stable")
    both = pa.concat_tables([rows, others]).unify_dictionaries().combine_chunks()
    return both.take(pa.array(order))
