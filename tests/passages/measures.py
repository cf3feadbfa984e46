"""Counts what is found, missed and falsely called wrong in labelled passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from nianbao.narrative import Base, Layout, Statement, partitions, percentages, statements, years
from passages.labels import Passage, Told

KINDS = ("partitions", "statements", "percentages", "years")
TITLES = {
    "partitions": "Wholes and parts",
    "statements": "Statements about cells",
    "percentages": "Shares and growth",
    "years": "Own years",
}


@dataclass
class Count:
    """Of one kind: how many are labelled, found, wrong, found to be wrong, falsely so."""

    labelled: int = 0
    found: int = 0
    wrong: int = 0
    caught: int = 0
    false: int = 0
    troubles: list[str] = field(default_factory=list)


def measure(passages: list[Passage]) -> dict[str, Count]:
    """Run the checks on passages and compare with the labels."""
    counts = {kind: Count() for kind in KINDS}
    for passage in passages:
        _sums(passage, counts["partitions"])
        _statements(passage, counts["statements"])
        office = passage.office
        totals = ("new", "carried_in", "total")
        known = [office.figures[f"t3.{row}.total"] for row in totals]
        cases = [office.figures[f"t4.{block}.total"] for block in ("review", "direct", "after")]
        received = (known[0], known[0] + known[1])
        base = Base(tuple(known[2:]), received, tuple(v for v in cases if v))
        shares = percentages(passage.text, base, office.year)
        told = [(Decimal(share.value), share.holds is False, share.text) for share in shares]
        _plain(passage, counts["percentages"], passage.percentages, told)
        own = years(passage.text, office.year)
        told = [(Decimal(year.value), not year.holds, year.text) for year in own]
        _plain(passage, counts["years"], passage.years, told)
    return counts


def _sums(passage: Passage, count: Count) -> None:
    found = partitions(passage.text)
    rest = list(found)
    for whole, parts, _, wrong in passage.sums:
        count.labelled += 1
        count.wrong += wrong
        same = next((f for f in rest if _is_sum(f, whole, parts)), None)
        if same is None:
            count.troubles.append(f"missed {whole} = {parts}: {passage.text}")
            continue
        rest.remove(same)
        count.found += 1
        count.caught += wrong and same.broken
        if same.broken and not wrong:
            count.false += 1
            count.troubles.append(f"FALSE {same.text}")
        if wrong and not same.broken:
            count.troubles.append(f"not caught {same.text}")
    for other in rest:
        if other.broken:
            count.false += 1
            count.troubles.append(f"FALSE {other.text} in {passage.text}")


def _is_sum(found: object, whole: Decimal, parts: tuple[Decimal, ...]) -> bool:
    values = tuple(Decimal(part.value) for part in found.parts)
    return Decimal(found.whole) == whole and values == parts


def _statements(passage: Passage, count: Count) -> None:
    office = passage.office
    found = statements(
        passage.text, office.year, Layout.of_form(office.form), office.figures, office.name
    )
    rest: list[Statement] = list(found)
    for label in passage.statements:
        count.labelled += 1
        count.wrong += label.wrong
        same = next((s for s in rest if _is_same(s, label)), None)
        if same is None:
            count.troubles.append(f"missed {label.value} {label.readings}: {passage.text}")
            continue
        rest.remove(same)
        count.found += 1
        count.caught += label.wrong and same.broken
        if same.broken and not label.wrong:
            count.false += 1
            count.troubles.append(f"FALSE {same.value} {same.readings}: {same.text}")
        if label.wrong and not same.broken:
            count.troubles.append(f"not caught {same.value} {same.readings}: {same.text}")
    for other in rest:
        if other.broken:
            count.false += 1
            count.troubles.append(f"FALSE {other.value} {other.readings}: {passage.text}")


def _is_same(found: Statement, label: Told) -> bool:
    meant = {frozenset(reading) for reading in label.readings}
    readings = {frozenset(reading) for reading in found.readings}
    return Decimal(found.value) == label.value and bool(meant & readings)


def _plain(
    passage: Passage, count: Count, labels: list[Told], told: list[tuple[Decimal, bool, str]]
) -> None:
    rest = list(told)
    for label in labels:
        count.labelled += 1
        count.wrong += label.wrong
        same = next((t for t in rest if t[0] == label.value), None)
        if same is None:
            count.troubles.append(f"missed {label.value}: {passage.text}")
            continue
        rest.remove(same)
        count.found += 1
        count.caught += label.wrong and same[1]
        if same[1] != label.wrong:
            count.false += same[1]
            count.troubles.append(f"{'FALSE' if same[1] else 'not caught'} {same}: {passage.text}")
    for other in rest:
        if other[1]:
            count.false += 1
            count.troubles.append(f"FALSE {other}: {passage.text}")


def table(counts: dict[str, Count], number: int) -> list[str]:
    """Return a Markdown table of the counts of one half."""
    lines = [
        "| | labelled | found | found % | wrong | caught | false alarms | per 100 passages |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]

    def share(part: int, whole: int) -> str:
        return f"{100 * part / whole:.1f}" if whole else "–"

    for kind in KINDS:
        c = counts[kind]
        lines.append(
            f"| {TITLES[kind]} | {c.labelled} | {c.found} | {share(c.found, c.labelled)} "
            f"| {c.wrong} | {c.caught} | {c.false} | {share(c.false, number)} |"
        )
    false = sum(c.false for c in counts.values())
    lines.append(f"| Together | | | | | | {false} | {share(false, number)} |")
    return lines
