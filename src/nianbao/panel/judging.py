"""Judges all reports of a form at once: A·X, with what is missing in X taken into account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nianbao.panel.matrix import Matrix
from nianbao.rules import Outcome

STATUSES: Final = ("passed", "failed", "undecided")
"""What `Judged.status` counts."""
PASSED, FAILED, UNDECIDED = range(3)
_MOST: Final = np.iinfo(np.int64).max

Numbers = NDArray[Any]
"""int64, or Python's own exact numbers (int, Decimal) as objects."""


@dataclass(frozen=True)
class Judged:
    """How every rule came out for every report; all arrays are rules × reports.

    Attributes
    ----------
    status : array of uint8
        A place in `STATUSES`.
    left, right : array
        What is known of each side, added up (件, 万元); int64, or objects where that is too
        narrow.
    left_open, right_open : array of bool
        Whether a term of that side is missing.
    """

    matrix: Matrix
    status: NDArray[np.uint8]
    left: Numbers
    right: Numbers
    left_open: NDArray[np.bool_]
    right_open: NDArray[np.bool_]

    def outcomes(self, report: int) -> list[Outcome]:
        """Return how the rules came out for one report, as `nianbao.rules.check` says it."""
        return [
            Outcome(
                rule,
                STATUSES[self.status[row, report]],
                None if self.left_open[row, report] else _plain(self.left[row, report]),
                None if self.right_open[row, report] else _plain(self.right[row, report]),
            )
            for row, rule in enumerate(self.matrix.rules)
        ]

    def counts(self, reports: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many of some reports came out how: rules × `STATUSES`."""
        inside = self.status if reports.all() else self.status[:, reports]
        return np.stack([np.count_nonzero(inside == code, axis=1) for code in range(3)], axis=1)


def judge(matrix: Matrix, figures: Numbers, missing: NDArray[np.bool_]) -> Judged:
    """Confront the reports of a form with all its balance rules, exactly.

    Parameters
    ----------
    matrix : Matrix
        The rules.
    figures : array of int64 or object, cells × reports
        Figures of `Matrix.cells` in the form's unit; 0 where there is none.
    missing : array of bool, cells × reports
        Where there is none.

    Returns
    -------
    Judged
        ``undecided`` where a term is missing – unless no non-negative number in its place could
        balance the rule: then it failed. Sums that int64 might not hold are reckoned in Python's
        own integers.
    """
    figures = _wide_enough(figures, matrix.longest)
    left, left_open = _sums(matrix.left, figures, missing)
    right, right_open = _sums(matrix.right, figures, missing)
    hopeless = (~left_open & (right > left)) | (~right_open & (left > right))
    whole = ~left_open & ~right_open
    failed = hopeless.astype(np.bool_)  # of a whole rule too: one side is more than the other
    status = np.where(failed, FAILED, np.where(whole, PASSED, UNDECIDED)).astype(np.uint8)
    return Judged(matrix, status, left, right, left_open, right_open)


def _wide_enough(figures: Numbers, terms: int) -> Numbers:
    """Return figures that may be added up without overflow: Python's own where int64 may not do."""
    if figures.dtype == object or not figures.size:
        return figures
    largest = max(int(figures.max()), -int(figures.min()))
    return figures if largest * max(terms, 1) <= _MOST else figures.astype(object)


def _sums(
    sides: tuple[NDArray[np.intp], ...], figures: Numbers, missing: NDArray[np.bool_]
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Add what is known on one side of each rule, and say whether a term is missing."""
    shape = (len(sides), figures.shape[1])
    added: Numbers = np.zeros(shape, figures.dtype)
    is_open = np.zeros(shape, np.bool_)
    for row, places in enumerate(sides):
        for place in places:
            added[row] += figures[place]
            is_open[row] |= missing[place]
    return added, is_open


def _plain(number: Any) -> Any:
    """Return an int for a number of numpy's."""
    return int(number) if isinstance(number, np.integer) else number
