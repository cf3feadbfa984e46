"""Generates the cells of any number of reports, seeded and vectorised: whole, damaged, blank.

The forms are those of `boards`, stated anew; a report balances before it is damaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from boards import COLUMNS, VARIANTS, codes, codes_two
from builders import BLOCKS, RESULTS
from nianbao.forms import load_form
from nianbao.panel.schemas import CELLS, NUMBER

STATES = ["number", "inferred", "blank", "dash", "slash", "word", "unreadable", "unknown"]
EMPTY = range(2, len(STATES))
MONEY = ("t2.fees.amount_10k", "t2.procurement.amount")
CHUNK = 1024
"""Reports that are made at once."""
FIRST_YEAR, YEARS = 2019, 6


def cells(count: int, seed: int = 1, **options) -> Iterator[pa.Table]:
    """Yield the cells of reports, by year and agency, of all forms and mixtures.

    Options: ``high`` bounds a figure; ``wrong``, ``empty`` and ``placed`` are the shares of
    reports with wrong figures, without some figures, and with rows settled by the rules.
    """
    for start in range(0, count, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, count))
        yield _chunk(numbers, count, np.random.default_rng([seed, start]), **options)


def _chunk(numbers, count, rng, **options):
    years = FIRST_YEAR + numbers * YEARS // max(count, YEARS)
    variants = list(VARIANTS)
    drawn = rng.choice(len(variants), len(numbers), p=[0.9, 0.02, 0.04, 0.04])
    old = np.where(years <= 2020, np.where(drawn == 0, 1, drawn), drawn)
    parts, reports = [], []
    for place, variant in enumerate(variants):
        own = numbers[old == place]
        if len(own):
            parts.append(_table(variant, own, years[old == place], rng, **options))
            reports.append(np.repeat(own, len(codes(variant))))
    order = np.argsort(np.concatenate(reports), kind="stable")
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks().take(pa.array(order))


def figures(variant: str, count: int, rng: np.random.Generator, high: int = 60) -> np.ndarray:
    """Return balanced figures, cells × reports; money in units of 0.0001 万元."""
    two, lines, _ = VARIANTS[variant]
    size = np.exp(rng.normal(0, 1.5, count))  # few bodies have many requests, most have few

    def some():
        if high > 10**6:
            return rng.integers(0, high, count)
        return np.minimum(rng.poisson(size * (rng.random(count) < 0.4)), high)

    found = {code: some() for code in codes_two(two)}
    for code in found:
        if code.endswith(".change"):
            found[code] = found[code] * rng.choice([-1, 1], count)
    rows = [row for row, _, _ in lines]
    for column in COLUMNS[:-1]:
        for row in rows[2:-2]:
            found[f"t3.{row}.{column}"] = some()
        total = sum(found[f"t3.{row}.{column}"] for row in rows[2:-2])
        out = some()
        carried = np.minimum(some(), total + out)
        found[f"t3.total.{column}"], found[f"t3.carried_out.{column}"] = total, out
        found[f"t3.carried_in.{column}"] = carried
        found[f"t3.new.{column}"] = total + out - carried
    for row in rows:
        found[f"t3.{row}.total"] = sum(found[f"t3.{row}.{column}"] for column in COLUMNS[:-1])
    for block in BLOCKS:
        for result in RESULTS[:-1]:
            found[f"t4.{block}.{result}"] = some()
        found[f"t4.{block}.total"] = sum(found[f"t4.{block}.{r}"] for r in RESULTS[:-1])
    return np.stack([found[code] for code in codes(variant)])


def _table(variant, numbers, years, rng, *, high=60, wrong=0.05, empty=0.08, placed=0.1):
    names, count = codes(variant), len(numbers)
    true = figures(variant, count, rng, high)
    shown, states = true.copy(), np.zeros(true.shape, np.int8)
    bound = np.array([not name.startswith("t2.") for name in names])
    for _ in range(3):
        where = (rng.choice(np.flatnonzero(bound), count), np.arange(count))
        by = np.where(rng.random(count) < wrong, rng.choice([1, 9, 10, 1000], count), 0)
        shown[where] += by
    holes = (rng.random(true.shape) < 0.04) & (rng.random(count) < empty)
    states[holes] = rng.choice(list(EMPTY), holes.sum())
    states[(rng.random(count) < placed) & bound[:, None] & ~holes] = 1
    implied = holes & (rng.random(count) < 0.5) & bound[:, None]
    money = np.array([name in MONEY for name in names])
    kept = ~holes
    return _rows(variant, numbers, years, shown, states, true, implied, money, kept)


def _rows(variant, numbers, years, shown, states, true, implied, money, kept):
    form, names, count = load_form(variant), codes(variant), len(numbers)
    each = np.tile(np.arange(len(names)), count)
    of = np.repeat(np.arange(count), len(names))
    counts = kept & ~money[:, None]
    amounts = kept & money[:, None]
    value = pa.array(shown.T.ravel(), mask=~counts.T.ravel())
    amount = [
        Decimal(int(number)).scaleb(-4) if there else None
        for number, there in zip(shown[money].T.ravel(), amounts[money].T.ravel(), strict=True)
    ]
    amounts_column = pa.array(amount, NUMBER).take(_places(money, count))
    written = pc.coalesce(pc.cast(value, pa.string()), pc.cast(amounts_column, pa.string()), "")
    columns = {
        "agency": _words([f"agency-{number:07}" for number in numbers], of),
        "year": pa.array(years[of], pa.int16()),
        "form": _words([form.table(name[:2]).form for name in names], each),
        "cell": _words(names, each),
        "label": _words([form.cells[name].label for name in names], each),
        "value": value,
        "amount": amounts_column,
        "state": _words(STATES, states.T.ravel()),
        "written": written,
        "origin": _words([f"第{40 + place}行" for place in range(len(names))], each).cast(
            pa.string()
        ),
        "implied": pa.array(true.T.ravel(), mask=~implied.T.ravel()),
    }
    return pa.Table.from_pydict(columns, schema=CELLS.schema)


def _places(money, count):
    """Return which amount stands in which row; none in most."""
    where = np.zeros((count, len(money)), np.int64)
    where[:, money] = np.arange(count * money.sum()).reshape(count, -1)
    there = np.tile(money, (count, 1))
    return pa.array(where.ravel(), mask=~there.ravel())


def _words(words, places):
    unique = list(dict.fromkeys(words))
    first = np.array([unique.index(word) for word in words], np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(first[places]), pa.array(unique, pa.string()))
