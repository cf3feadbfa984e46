"""Draws damages and tabulates how they were named."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

from damage import layouts, peace, slips
from damage.blanks import forced
from damage.judging import Verdict, judge
from damage.truth import Figures, broken, true_figures

COUNTS = (1, 2, 3, 5, 8)
LAYOUTS = {
    "numbers of a row shifted right": layouts.shifted_right,
    "numbers of a row shifted left": layouts.shifted_left,
    "总计 swapped with its neighbour": layouts.total_swapped,
    "two columns swapped in a row": layouts.columns_exchanged,
    "two main rows exchanged": layouts.rows_exchanged,
    "the main rows shifted among themselves": layouts.rows_shifted,
    "a row lost, the rest moved up": layouts.row_lost,
    "a subtotal counted into （七）总计": layouts.subtotal_in_total,
    "a subtotal counted into a row": layouts.subtotal_in_row,
    "organisations counted twice in 总计": layouts.organisations_in_totals,
}
SLIPS = {
    "a digit wrong, missing or extra": slips.digit,
    "two digits swapped": slips.reversed_digits,
    "a digit in 表四": slips.digit_of_table_four,
}
NOT_UPDATED = "one 总计 not updated"
REALISTIC = (*SLIPS, NOT_UPDATED, *LAYOUTS)


def draw(name: str, seed: int) -> tuple[str, Figures, Figures]:
    """Return a form, true figures, and the same damaged so that a rule breaks."""
    rng = random.Random(f"{name}:{seed}")
    while True:
        variant, true = true_figures(rng)
        damaged: Figures | None
        if name.isdigit():
            damaged = slips.random_cells(rng, true, int(name))
        elif name in SLIPS:
            damaged = SLIPS[name](rng, true)
        elif name == NOT_UPDATED:
            true, damaged = slips.total_not_updated(rng, true, variant)
        else:
            damaged = LAYOUTS[name](rng, true, variant)
        if damaged and broken(variant, damaged):
            return variant, true, damaged


def _one(task: tuple[str, int]) -> Verdict:
    return judge(*draw(*task))


def measure(name: str, draws: int, seed: int, jobs: int = 1) -> list[Verdict]:
    """Judge so many draws of one damage."""
    tasks = [(name, seed * 1_000_000 + index) for index in range(draws)]
    return _mapped(_one, tasks, jobs)


def _mapped(function, tasks, jobs: int) -> list:
    if jobs == 1:
        return [function(task) for task in tasks]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(function, tasks, chunksize=10))


_RANDOM_HEADS = (
    "wrong cells",
    "injected set among the optima",
    "a smaller set explains all",
    "listed",
    "only or alone in the first rank",
    "layout fault told",
    "more than 20 sets",
    "not localizable",
    "median s",
    "worst s",
)
_REAL_HEADS = (
    "error",
    "named",
    "named as far as rules can see",
    "among the tied ones",
    "other",
    "median s",
    "worst s",
)


def tables(draws: int = 200, seed: int = 1, jobs: int = 1) -> str:
    """Return what was measured as Markdown."""
    lines = [
        "## Suspects\n",
        f"Random wrong cells in 表三, {draws} draws each (half of them on published figures):\n",
        *_heads(_RANDOM_HEADS),
    ]
    for count in COUNTS:
        lines.append(_random_row(str(count), measure(str(count), draws, seed, jobs)))
    lines += [
        f"\nRealistic errors that break at least one rule, {draws} draws each. *Named as far as "
        "rules can see*: the figures given satisfy every rule, and no rule tells them from the "
        "true ones (outcome rows exchanged among themselves). The five cells of a block of 表四 "
        "are a tie; the true one is always among those listed.\n",
        *_heads(_REAL_HEADS),
    ]
    for name in REALISTIC:
        lines.append(_real_row(name, measure(name, draws, seed, jobs)))
    named = sum(_mapped(forced, range(seed * 1_000_000, seed * 1_000_000 + draws), jobs))
    lines.append(
        "\nOne cell of a balanced report left blank: its figure is named and nothing is suspected "
        f"in {named} of {draws}."
    )
    lines += [
        f"\nReports in which nothing is wrong, {draws} of each kind, against all rules but those "
        "on prose (measured above):\n",
        *_heads(("clean reports", "count", "no error", "no error or warning", "nothing", "told")),
    ]
    for kind in peace.KINDS:
        tasks = [(kind, seed * 1_000_000 + index) for index in range(draws)]
        lines.append(peace.row(kind, _mapped(_peace, tasks, jobs)))
    return "\n".join(lines) + "\n"


def _peace(task: tuple[str, int]) -> Counter[str]:
    return peace.held_against(*task)


def _heads(heads: tuple[str, ...]) -> list[str]:
    return [f"| {' | '.join(heads)} |", "|---|" + "---:|" * (len(heads) - 1)]


def _random_row(name: str, found: list[Verdict]) -> str:
    tests: list[Callable[[Verdict], bool]] = [
        lambda v: v.optimal,
        lambda v: v.smaller,
        lambda v: v.shown,
        lambda v: v.first,
        lambda v: v.structural,
        lambda v: v.capped,
        lambda v: not v.localizable,
    ]
    return f"| {name} | " + " | ".join(share(found, test) for test in tests) + _times(found)


def _real_row(name: str, found: list[Verdict]) -> str:
    kinds = [share(found, lambda v, k=k: v.named == k) for k in ("right", "alike", "tied", "other")]
    return f"| {name} | " + " | ".join(kinds) + _times(found)


def share(found: list[Verdict], test: Callable[[Verdict], bool]) -> str:
    return f"{100 * sum(map(test, found)) / len(found):.1f} %"


def _times(found: list[Verdict]) -> str:
    seconds = [verdict.seconds for verdict in found]
    return f" | {statistics.median(seconds):.3f} | {max(seconds):.2f} |"
