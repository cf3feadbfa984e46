"""Says until when an agency's report must be public: by the statute, or by a local date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from nianbao.errors import UsageError
from nianbao.forms.schema import demand, line_of, load_yaml
from nianbao.register import Agency, read_text
from nianbao.workspace import Workspace

_LOCAL = "params/deadlines.yaml"


@dataclass(frozen=True, slots=True)
class Deadline:
    """An entry of the list: a date of the year after, and for whom and for which years it holds.

    Attributes
    ----------
    month, day : int
        Of the year after the one reported on.
    levels, agencies : tuple of str
        For whom; empty for all.
    years : tuple of int
        For reports on these years; empty for all.
    basis : str
        Who set the date.
    """

    month: int
    day: int
    levels: tuple[str, ...]
    agencies: tuple[str, ...]
    years: tuple[int, ...]
    basis: str

    def fits(self, agency: Agency, year: int) -> bool:
        """Whether it holds for an agency's report on a year."""
        return (
            (not self.levels or agency.level in self.levels)
            and (not self.agencies or agency.id in self.agencies)
            and (not self.years or year in self.years)
        )

    def date(self, year: int) -> date:
        """Return the day for the report on a year; 29 February is the 28th where there is none."""
        try:
            return date(year + 1, self.month, self.day)
        except ValueError:
            return date(year + 1, self.month, self.day - 1)


def deadlines(workspace: Workspace) -> tuple[Deadline, ...]:
    """Return the statutory entries, and after them those of ``params/deadlines.yaml``.

    Raises
    ------
    UsageError
        With file and line, for what does not fit the schema or names no day of any year.
    """
    path = workspace.root / "params" / "deadlines.yaml"
    return (*_statutory(), *(_parsed(read_text(path, _LOCAL), _LOCAL) if path.is_file() else ()))


def deadline_of(entries: Sequence[Deadline], agency: Agency, year: int) -> Deadline | None:
    """Return the last entry that fits an agency and a year, None where none does."""
    return next((each for each in reversed(entries) if each.fits(agency, year)), None)


@cache
def _statutory() -> tuple[Deadline, ...]:
    path = resources.files("nianbao.forms").joinpath("deadlines.yaml")
    return _parsed(path.read_text("utf-8"), "forms/deadlines.yaml")


def _parsed(text: str, where: str) -> tuple[Deadline, ...]:
    data, node = load_yaml(text, where)
    if data is None:
        return ()
    if not isinstance(data, dict) or set(data) != {"deadlines"}:
        raise UsageError(f"{where}：应有且只有 deadlines 一项，下列各条期限。")
    entries = node.value[0][1] if node is not None else None
    demand(data["deadlines"] or [], entries, "deadlines", where)
    found = []
    for index, item in enumerate(data["deadlines"] or []):
        month, day = (int(part) for part in item["date"].split("-"))
        try:
            date(2000, month, day)
        except ValueError:
            line = f"{where} 第{line_of(entries, [index, 'date'])}行"
            raise UsageError(f"{line}：没有“{item['date']}”这一天。") from None
        found.append(
            Deadline(
                month,
                day,
                tuple(item.get("levels", ())),
                tuple(item.get("agencies", ())),
                tuple(item.get("years", ())),
                item.get("basis", where),
            )
        )
    return tuple(found)
