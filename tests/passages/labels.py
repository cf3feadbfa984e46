"""Reads the labelled passages and the tables that they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

HERE = Path(__file__).parent
COLUMNS = ["natural", "business", "research", "nonprofit", "legal", "other"]
FIELDS = ["upheld", "corrected", "other", "pending", "total"]
GROUPS = {"t3.deny": 8, "t3.unable": 3, "t3.refuse": 5, "t3.other": 3}
T2 = {
    "2021": {
        "regulations": ["issued", "repealed", "in_force"],
        "normative_docs": ["issued", "repealed", "in_force"],
        "licences": ["decisions"],
        "penalties": ["decisions"],
        "coercion": ["decisions"],
        "fees": ["amount_10k"],
    },
    "2019": {
        "regulations": ["made_new", "disclosed_new", "public_total"],
        "normative_docs": ["made_new", "disclosed_new", "public_total"],
        "licences": ["prev_items", "change", "decisions"],
        "other_services": ["prev_items", "change", "decisions"],
        "penalties": ["prev_items", "change", "decisions"],
        "coercion": ["prev_items", "change", "decisions"],
        "fees": ["prev_items", "change"],
        "procurement": ["projects", "amount"],
    },
}


@dataclass(frozen=True)
class Office:
    """An invented office with the figures of its tables."""

    name: str
    year: int
    form: str
    figures: dict[str, int | Decimal]


@dataclass(frozen=True)
class Told:
    """A labelled statement or share: its value, what it may mean, and whether it is wrong."""

    value: Decimal
    readings: tuple[tuple[str, ...], ...] = ()
    wrong: bool = False


@dataclass
class Passage:
    """A passage with what a careful reader finds in it."""

    text: str
    office: Office
    sums: list[tuple[Decimal, tuple[Decimal, ...], bool, bool]] = field(default_factory=list)
    statements: list[Told] = field(default_factory=list)
    percentages: list[Told] = field(default_factory=list)
    years: list[Told] = field(default_factory=list)


def offices() -> dict[str, Office]:
    """Return the offices by name."""
    data = yaml.safe_load((HERE / "offices.yaml").read_text("utf-8"))
    return {
        name: Office(name, given["year"], given["form"], _figures(given))
        for name, given in data.items()
    }


def _figures(given: dict) -> dict[str, int | Decimal]:
    found: dict[str, int | Decimal] = {}
    for item, fields in T2[given["form"]].items():
        values = given["t2"].get(item, [0] * len(fields))
        values = values if isinstance(values, list) else [values]
        for name, value in zip(fields, values, strict=True):
            found[f"t2.{item}.{name}"] = _number(value)
    last = ["other"] if given["form"] == "2019" else [f"other_{n}" for n in (1, 2, 3)]
    rows = ["new", "carried_in", "granted", "partial"]
    rows += [f"{g[3:]}_{n}" for g, c in GROUPS.items() if g != "t3.other" for n in range(1, c + 1)]
    for row in [*rows, *last, "total", "carried_out"]:
        written = given["t3"].get(row, 0)
        if not isinstance(written, dict):
            written = {"natural": written, "total": written}
        for column in [*COLUMNS, "total"]:
            found[f"t3.{row}.{column}"] = written.get(column, 0)
    for block in ("review", "direct", "after"):
        for name, value in zip(FIELDS, given["t4"].get(block, [0] * 5), strict=True):
            found[f"t4.{block}.{name}"] = value
    return found


def _number(value: float) -> int | Decimal:
    return value if isinstance(value, int) else Decimal(str(value))


def passages(half: str) -> list[Passage]:
    """Read one half: ``development`` or ``measurement``."""
    known = offices()
    office = next(iter(known.values()))
    found: list[Passage] = []
    for line in (HERE / f"{half}.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            office = known[line[3:].strip()]
        elif line.startswith("  "):
            _label(found[-1], line.strip())
        elif line and not line.startswith("#"):
            found.append(Passage(line, office))
    return found


def _label(passage: Passage, line: str) -> None:
    kind, rest = line.split(" ", 1)
    if kind == "S":
        whole, mark, parts = re.fullmatch(r"~?([\d.]+) (==?) (.*)", rest).groups()
        values = tuple(Decimal(part) for part in parts.split("+"))
        wrong = mark == "==" and sum(values) != Decimal(whole) and "~" not in rest
        passage.sums.append((Decimal(whole), values, mark == "==", wrong))
    elif kind == "C":
        value, codes = rest.split(" ")
        readings = tuple(_codes(one, passage.office) for one in codes.split("|"))
        figure = Decimal(value.strip("~"))
        wrong = "~" not in value and all(
            not _agrees(passage.office, r, figure, value) for r in readings
        )
        passage.statements.append(Told(figure, readings, wrong))
    elif kind in {"P", "P!"}:
        passage.percentages.append(Told(Decimal(rest.split(" ")[0]), (), kind == "P!"))
    else:
        passage.years.append(Told(Decimal(rest), (), kind == "Y!"))


def _agrees(office: Office, codes: tuple[str, ...], value: Decimal, written: str) -> bool:
    total = sum((Decimal(office.figures[code]) for code in codes), Decimal(0))
    if any(code.endswith(("amount_10k", "procurement.amount")) for code in codes):
        total *= 10000
    tolerance = Decimal("0.003") * total if value >= 10000 else 0
    return abs(total - value) <= tolerance


def _codes(written: str, office: Office) -> tuple[str, ...]:
    found = []
    for code in written.split("+"):
        if code in GROUPS:
            single = code == "t3.other" and office.form == "2019"
            names = [code] if single else [f"{code}_{n}" for n in range(1, GROUPS[code] + 1)]
            found += [f"{name}.total" for name in names]
        else:
            found.append(code if code.count(".") == 2 else f"{code}.total")
    return tuple(found)
