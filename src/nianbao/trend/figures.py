"""One figure of one year beside those of other years, and by how much two of them differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nianbao.fragments import grouped
from nianbao.report import Report
from nianbao.tables import STATE_WORDS, shown
from nianbao.trend.lines import Line

ABSENT = "无此项"
"""What stands where a year's form has no such line."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a report shows on one line.

    Attributes
    ----------
    text : str
        As the official tables show it: the figure, or what was written instead of one.
    value : int or decimal.Decimal or None
        The figure, or what the rules force it to be; None where it is not known.
    state : str
        The state of its cell; ``absent`` where the form has no such line, ``unknown`` for a sum
        of which not all figures are known.
    words : str
        What a reader must know besides: 空白, 推定 …; empty for a plain figure.
    settled : bool
        Whether it is the rules, and not the source, that tell the figure (推定).
    """

    year: int
    text: str
    value: int | Decimal | None
    state: str
    words: str = ""
    settled: bool = False

    @property
    def plain(self) -> str:
        """The figure in digits alone; empty where it is not known."""
        return "" if self.value is None else format(Decimal(self.value), "f")

    @property
    def kind(self) -> str:
        """Its classes in a table."""
        names = ["zero"] if self.state in ("number", "inferred") and self.value == 0 else []
        return " ".join([*names, *([self.state] if self.state != "number" else [])])

    @property
    def naught(self) -> bool:
        """Whether it is a 0 that was published, or a place that the form does not have."""
        return self.state == "absent" or (self.value == 0 and self.state in ("number", "inferred"))


def figure(report: Report, line: Line) -> Figure:
    """Return what a report shows on a line; the sum of a group where the line is one."""
    codes = line.codes.get(report.form.key, ())
    if not codes:
        return Figure(report.year, ABSENT, None, "absent")
    settled = any(report.settled(code) for code in codes)
    if len(codes) == 1:
        cell = report.cells[codes[0]]
        words = "" if cell.state == "number" else STATE_WORDS[cell.state]
        return Figure(report.year, shown(cell), report.known(cell.code), cell.state, words, settled)
    values = [report.known(code) for code in codes]
    if None in values:
        return Figure(report.year, "？", None, "unknown", "数字不全")
    added = sum(value for value in values if value is not None)
    state, words = ("inferred", "推定") if settled else ("number", "")
    return Figure(report.year, grouped(added), added, state, words, settled)


def change(older: Figure, newer: Figure) -> str:
    """Say by how much a figure differs from an earlier one, or why nobody can say.

    Returns
    -------
    str
        ``+3``, ``−3`` or ``0``, with （推定） where the rules told one of the figures;
        ``口径不同`` where only one of the two forms has the line.
    """
    absent = [each.state == "absent" for each in (older, newer)]
    if any(absent):
        return ABSENT if all(absent) else "口径不同"
    if older.value is None or newer.value is None:
        open_ = [each for each in (older, newer) if each.value is None]
        return f"无法比较：{'，'.join(f'{each.year}年{each.words}' for each in open_)}"
    difference = Decimal(newer.value) - Decimal(older.value)
    sign = "+" if difference > 0 else "−" if difference else ""
    told = f"{sign}{grouped(abs(difference))}" if difference else "0"
    return told + ("（推定）" if older.settled or newer.settled else "")
