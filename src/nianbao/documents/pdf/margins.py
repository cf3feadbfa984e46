"""Finds what the margins of pages hold beside the text: page numbers, running heads and feet."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.documents.pdf.frames import Frame
from nianbao.documents.pdf.sheets import Mark, Sheet
from nianbao.documents.pdf.writing import write_lines

_ZONE = 0.15
"""The share of the page's height, at its top and bottom, where numbers and heads stand."""

_PLAIN = re.compile(r"\d{1,3}")
_DASH = r"[-‐‑‒–—―−─~·•|]"
_DRESSED = re.compile(
    rf"{_DASH}+(\d{{1,3}}){_DASH}+|第(\d{{1,3}})页(?:[,，、/|]?共\d{{1,3}}页?)?|共\d{{1,3}}页"
    r"|(\d{1,3})/\d{1,3}|[Pp]age(\d{1,3})(?:of\d{1,3})?"
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What to leave out of a page, and what may be its number though it stands in a table.

    Both hold the identities of marks (``id``) of one sheet.
    """

    dropped: frozenset[int] = frozenset()
    suspects: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters that stand together in a margin."""

    sheet: Sheet
    marks: tuple[Mark, ...]
    framed: Frame | None

    @property
    def text(self) -> str:
        return unicodedata.normalize("NFKC", "".join(mark.text for mark in self.marks))

    @property
    def number(self) -> int | None:
        """The page number that it may be."""
        match = _DRESSED.fullmatch(self.text)
        shown = next((g for g in match.groups() if g), None) if match else None
        return int(shown or self.text) if shown or _PLAIN.fullmatch(self.text) else None

    @property
    def place(self) -> tuple[float, float]:
        """How far its middle lies from the page's middle, and its baseline from the bottom."""
        middle = (self.marks[0].x0 + self.marks[-1].x1) / 2 - self.sheet.width / 2
        return abs(middle), self.sheet.height - self.marks[0].base

    def beside(self, other: _Run) -> bool:
        """Whether it stands where another one stands on its page (or on a facing page)."""
        (across, up), (there, high) = self.place, other.place
        return abs(across - there) <= 6 and abs(up - high) <= 3


def find_furniture(sheets: Sequence[Sheet], frames: Sequence[Sequence[Frame]]) -> list[Furniture]:
    """Find the furniture of all pages; text that is in doubt is text.

    Parameters
    ----------
    sheets : sequence of Sheet
        The pages.
    frames : sequence of sequence of Frame
        The frames of tables on each of them.
    """
    runs = [list(_runs(s, f)) for s, f in zip(sheets, frames, strict=True)]
    free = [run for page in runs for run in page if not run.framed]
    numbers = [run for run in free if run.number is not None and _outermost(run)]
    repeated = _repeated(free, len(sheets))
    found = []
    for page in runs:
        dropped = [r for r in page if r in numbers or r in repeated]
        dropped += [r for r in page if not r.framed and _DRESSED.fullmatch(r.text)]
        suspects = []
        for run in (r for r in page if r.framed):
            verdict = _verdict(run, numbers)
            dropped += [run] if verdict == "number" else []
            suspects += [run] if verdict == "doubt" else []
        found.append(Furniture(_identities(dropped), _identities(suspects)))
    return found


def _identities(runs: Sequence[_Run]) -> frozenset[int]:
    return frozenset(id(mark) for run in runs for mark in run.marks)


def _runs(sheet: Sheet, frames: Sequence[Frame]) -> Iterator[_Run]:
    """Give the runs of characters in the page's margins, parted by wide gaps and by tables."""
    low, high = _ZONE * sheet.height, (1 - _ZONE) * sheet.height
    marginal = [m for m in sheet.marks if not m.turned and (m.base < low or m.base > high)]
    homes = {
        id(m): next((i for i, f in enumerate(frames) if f.holds(*m.middle)), None) for m in marginal
    }
    for home in (None, *range(len(frames))):
        frame = None if home is None else frames[home]
        here = [m for m in marginal if homes[id(m)] == home]
        for line in write_lines(here):
            run: list[Mark] = []
            for mark in line.marks:
                if run and mark.x0 - run[-1].x1 > 1.2 * line.size:
                    yield _Run(sheet, tuple(run), frame)
                    run = []
                run.append(mark)
            yield _Run(sheet, tuple(run), frame)


def _outermost(run: _Run) -> bool:
    """Whether nothing stands further out on the page: no figure of a table's row is a number."""
    base = run.marks[0].base
    own = {id(mark) for mark in run.marks}
    others = [mark.base for mark in run.sheet.marks if id(mark) not in own]
    slack = 0.3 * run.marks[0].size
    return not any(o > base - slack for o in others) or not any(o < base + slack for o in others)


def _repeated(runs: Sequence[_Run], pages: int) -> list[_Run]:
    """Find heads and feet: the same words in the same place on several pages."""

    def words(run: _Run) -> str:
        return re.sub(r"\d+", "#", run.text)

    kinds = Counter(words(run) for run in runs)
    found = []
    for run in (r for r in runs if kinds[words(r)] > 1):
        twins = {r.sheet.number for r in runs if words(r) == words(run) and r.beside(run)}
        if len(twins) >= max(2, pages / 3):
            found.append(run)
    return found


def _verdict(run: _Run, numbers: Sequence[_Run]) -> str:
    """Tell a page number inside a table's outline: ``number``, ``doubt`` or nothing.

    It is one for certain only where other pages show theirs in that very place and counting
    on from them gives it; else its cell is in doubt where it looks unlike the table's figures.
    """
    elsewhere = [n for n in numbers if n.sheet.number != run.sheet.number]
    here = [n for n in numbers if n.sheet.number == run.sheet.number]
    near = [n for n in elsewhere if n.beside(run)] if not here else []
    expected = {(n.number or 0) - n.sheet.number + run.sheet.number for n in near}
    if run.number is not None and run.number in expected:
        return "number"
    if _DRESSED.fullmatch(run.text):
        return "number" if "/" not in run.text else "doubt"
    if near and any(sign.isdigit() for sign in run.text):
        return "doubt"
    if here or run.number is None or run.framed is None:
        return ""
    own = {id(mark) for mark in run.marks}
    inside = [m for m in run.sheet.marks if run.framed.holds(*m.middle) and id(m) not in own]
    aligned = any(abs(m.base - run.marks[0].base) <= 1.5 for m in inside)
    looks = Counter((m.font, round(m.size)) for m in inside if m.text.isdecimal())
    usual = looks.most_common(1)[0][0] if looks else None
    alike = usual is None or usual == (run.marks[0].font, round(run.marks[0].size))
    return "" if aligned and alike else "doubt"
