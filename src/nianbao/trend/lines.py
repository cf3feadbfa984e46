"""The lines of the statutory tables that stand beside each other: the same figure of all years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao.forms import CellSpec, Form, joined
from nianbao.trend.outcomes import outcome_codes


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes
    ----------
    label : str
        Its official words; those of its group stand above it.
    group : str
        The words of its group; empty where it stands in none.
    unit : str
        件, 项 or 万元.
    codes : mapping of str to tuple of str
        The cells that are added up, by the key of the form; a form without such a line is left
        out.
    summed : bool
        Whether it is a group, whose sum the form itself does not show.
    """

    label: str
    group: str
    unit: str
    codes: Mapping[str, tuple[str, ...]]
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one heading of the comparison."""

    title: str
    lines: tuple[Line, ...]


def parts(forms: Sequence[Form]) -> list[Part]:
    """Return the lines of 表二, of the total column of 表三, and of 表四, over several forms.

    Parameters
    ----------
    forms : sequence of Form
        Those of the reports, the latest first: its order counts. What only older ones have
        follows; what is not counted alike on two forms (``forms/bridge.yaml``) is two lines.
    """
    three = forms[0].table("t3")
    total = Part(f"{three.name}　{three.caption}（总计）", tuple(request_lines(forms, "total")))
    return [*_disclosed(forms), total, *_cases(forms)]


def applicants(forms: Sequence[Form]) -> list[Part]:
    """Return the lines of 表三 once for each kind of applicant, as `parts` does for the total."""
    specs = (s for s in forms[0].cells.values() if s.table == "t3")
    columns = {s.column[-1].id: s.column for s in specs if s.column[-1].id != "total"}
    return [
        Part(" · ".join(node.label for node in path[1:]), tuple(request_lines(forms, column)))
        for column, path in columns.items()
    ]


def _disclosed(forms: Sequence[Form]) -> Iterator[Part]:
    """Yield the lines of 表二 as the latest form has them, then what else each older one has."""
    found = _merged(forms, "t2", _item)
    latest = forms[0].key
    table = forms[0].table("t2")
    yield Part(f"{table.name}　{table.caption}", tuple(x for x in found if latest in x.codes))
    rest = [line for line in found if latest not in line.codes]
    for edition in dict.fromkeys(_edition(forms, line) for line in rest):
        own = tuple(line for line in rest if _edition(forms, line) == edition)
        yield Part(f"{table.name}　{edition}年格式另有的各项", own)


def _edition(forms: Sequence[Form], line: Line) -> str:
    return next(form.table("t2").form for form in forms if form.key in line.codes)


def _item(spec: CellSpec) -> str:
    return f"{spec.row[-1].official} · {spec.column[-1].official}"


def _cases(forms: Sequence[Form]) -> Iterator[Part]:
    """Yield 表四 block by block."""
    blocks: dict[str, list[Line]] = {}
    for line in _merged(forms, "t4", lambda spec: spec.column[-1].official):
        blocks.setdefault(line.group, []).append(line)
    name = forms[0].table("t4").name
    for group, found in blocks.items():
        yield Part(f"{name}　{group}", tuple(replace(line, group="") for line in found))


def _merged(forms: Sequence[Form], table: str, label: Callable[[CellSpec], str]) -> list[Line]:
    """Return a line for each cell of a table, shared by the forms that count it alike."""
    found: dict[str, list[tuple[CellSpec, list[Form]]]] = {}
    for form in forms:
        for spec in (spec for spec in form.cells.values() if spec.table == table):
            same = found.setdefault(spec.code, [])
            alike = (on for _, on in same if joined(on[0], form, spec.code))
            if known := next(alike, None):
                known.append(form)
            else:
                same.append((spec, [form]))
    return [
        Line(
            label(spec),
            " · ".join(node.label for node in spec.column[:-1]),
            spec.unit,
            {form.key: (spec.code,) for form in on},
        )
        for same in found.values()
        for spec, on in same
    ]


def request_lines(forms: Sequence[Form], column: str) -> Iterator[Line]:
    """Yield the lines of one column of 表三: groups as sums, with their rows below them."""
    groups = {form.key: outcome_codes(form, column) for form in forms}
    told: set[str] = set()
    for spec in _column(forms[0], column):
        name = next((n for n, codes in groups[forms[0].key].items() if spec.code in codes), "")
        if not name:
            yield _line(forms, spec)
        elif name not in told:
            told.add(name)
            yield from _group(forms, column, name, groups)


def _group(
    forms: Sequence[Form],
    column: str,
    name: str,
    groups: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> Iterator[Line]:
    """Yield a group's sum and its rows, as the form has them that has most of them."""
    fullest = max(forms, key=lambda form: len(groups[form.key].get(name, ())))
    specs = [fullest.cells[code] for code in groups[fullest.key][name]]
    if len(specs) == 1:
        yield _line(forms, specs[0])
        return
    head = specs[0].row[1].official
    codes = {key: found[name] for key, found in groups.items() if name in found}
    yield Line(head, "", specs[0].unit, codes, summed=True)
    for spec in specs:
        yield replace(_line(forms, spec), group=head)


def _line(forms: Sequence[Form], spec: CellSpec) -> Line:
    codes = {form.key: (spec.code,) for form in forms if spec.code in form.cells}
    return Line(spec.row[-1].official, "", spec.unit, codes)


def _column(form: Form, column: str) -> list[CellSpec]:
    return [s for s in form.cells.values() if s.table == "t3" and s.column[-1].id == column]
