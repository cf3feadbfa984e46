"""Which cells differ: the official words of table, row and column, and what either run has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nianbao.compare.matching import keyed, pairs, rows
from nianbao.errors import UsageError
from nianbao.forms import CellSpec, Form, form_ids, load_form
from nianbao.forms.structure import words

_PLAIN = re.compile(r"-?[0-9]{1,13}(?:\.[0-9]{1,12})?")
_VALUED = ("number", "inferred")


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as one run has it, with the words of ``cells.csv``."""

    form: str
    label: str
    value: str
    state: str
    written: str
    origin: str

    @property
    def number(self) -> Decimal | None:
        """The figure in the form's unit (件, 万元); None where it has none."""
        known = self.state in _VALUED and _PLAIN.fullmatch(self.value)
        return Decimal(self.value) if known else None

    @property
    def meaning(self) -> tuple[object, ...]:
        """What it says: the figure and its state; of a cell without one, what is written."""
        if self.number is not None:
            return self.state, self.number
        return self.state, self.value, self.written


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands, in the official words; ``row`` is the block in 表四."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs; a side that has no such cell is None."""

    code: str
    before: Reading | None
    after: Reading | None

    @property
    def kind(self) -> str:
        """What differs at most.

        ``new`` or ``gone``; ``figure`` for the figure or its state; ``written`` for the way in
        which the same is written; ``name`` for its official words; ``origin`` for nothing but
        where it stands in the source.
        """
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        if self.before.meaning != self.after.meaning:
            return "figure"
        if (self.before.written, self.before.value) != (self.after.written, self.after.value):
            return "written"
        named = (self.before.label, self.before.form) != (self.after.label, self.after.form)
        return "name" if named else "origin"

    @property
    def inference(self) -> bool:
        """Whether nothing but what can be inferred differs.

        One wrong figure makes all inferred cells of a table with short rows unknown: more than a
        hundred, among which the one that was corrected must be seen.
        """
        if self.before is None or self.after is None:
            return False
        one, other = sorted((self.before, self.after), key=lambda side: side.state)
        same = other.written in ("", one.written)
        return (one.state, other.state) == ("inferred", "unknown") and same

    @property
    def growth(self) -> Decimal | None:
        """How much more the later run has (件, 万元); None where a side has no figure."""
        numbers = [side.number if side else None for side in (self.before, self.after)]
        if numbers[0] is None or numbers[1] is None:
            return None
        return numbers[1] - numbers[0]

    @property
    def place(self) -> Place:
        """Where it stands."""
        known = self.after or self.before
        assert known is not None
        return place(self.code, known)


@dataclass(frozen=True, slots=True)
class CellChanges:
    """The cells of one report: those that differ, and how many do not."""

    changed: tuple[CellChange, ...] = ()
    unchanged: int = 0

    def of(self, *kinds: str) -> tuple[CellChange, ...]:
        """Return the changes of some kinds."""
        return tuple(change for change in self.changed if change.kind in kinds)

    @property
    def figures(self) -> tuple[CellChange, ...]:
        """The cells that say something else; those that only inference made so come last."""
        return tuple(sorted(self.of("figure", "new", "gone"), key=lambda change: change.inference))


def cell_changes(before: bytes, after: bytes) -> CellChanges:
    """Compare two files ``cells.csv`` of a report.

    Raises
    ------
    UnparsedError
        Where one of them is no such file.
    """
    found = pairs(_readings(before), _readings(after))
    changed = tuple(CellChange(code, one, other) for (code, _), one, other in found if one != other)
    return CellChanges(changed, len(found) - len(changed))


def _readings(content: bytes) -> dict[tuple[str, int], Reading]:
    names = Reading.__slots__
    return keyed(
        (row["cell"], Reading(*(row.get(name, "") for name in names)))
        for row in rows(content, "cell")
    )


def place(code: str, reading: Reading) -> Place:
    """Return where a cell stands, in the form's words; a cell of no known form by its label."""
    found = _known(code, reading.form)
    if found is None:
        table, _, rest = (reading.label or code).partition(" · ")
        row, _, column = rest.rpartition(" · ")
        return Place(table, row, column)
    form, spec = found
    row = words(spec.row, brief=True) or " · ".join(node.label for node in spec.column[:-1])
    return Place(form.table(spec.table).name, row, spec.column[-1].official)


def _known(code: str, form_id: str) -> tuple[Form, CellSpec] | None:
    """Find a cell in its form; that of a mixture stands in another one."""
    for key in (form_id, *reversed(form_ids())):
        try:
            form = load_form(key)
        except UsageError:
            continue
        if code in form.cells:
            return form, form.cells[code]
    return None
