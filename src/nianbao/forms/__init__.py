"""The statutory forms: which cells exist, their official labels, units, layout and rules."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import resources

from nianbao.errors import UsageError
from nianbao.forms.bridge import Series, bridge, joined
from nianbao.forms.sheets import cells_of, read_form
from nianbao.forms.structure import Block, CellSpec, Form, Node, RuleSpec, Table

__all__ = [
    "Block",
    "CellSpec",
    "Form",
    "Node",
    "RuleSpec",
    "Series",
    "Table",
    "bridge",
    "form_ids",
    "form_keys",
    "form_of_year",
    "joined",
    "load_form",
]

MIXTURES = ("2021+t2:2019", "2021+t3:2019")
"""The mixtures that offices have filed on."""
_MIXTURE = re.compile(r"(?P<form>\d{4})(?:\+(?P<table>t[23]):(?P<other>\d{4}))?")


def form_ids() -> list[str]:
    """List the forms that are known, oldest first."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    return sorted(name[:4] for name in names if re.fullmatch(r"\d{4}\.yaml", name))


def form_keys() -> tuple[str, ...]:
    """List the forms and mixtures that a report may be filed on (`Form.key`)."""
    return (*form_ids(), *MIXTURES)


@cache
def load_form(key: str) -> Form:
    """Load one form, or a mixture of two as offices have filed them.

    Parameters
    ----------
    key : str
        ``"2021"``: the form of 国办公开办函〔2021〕30号, for the reports of 2021 and later;
        ``"2019"``: that of 国办公开办函〔2019〕60号, for 2019 and 2020. ``"2021+t2:2019"`` is
        the form of 2021 with 表二 of 2019, ``"2021+t3:2019"`` that of 2021 whose 表三 has the
        single row （六）其他处理.

    Raises
    ------
    UsageError
        Where there is no such form.
    """
    match = _MIXTURE.fullmatch(key)
    known = form_ids()
    if not match or not {match["form"], match["other"] or match["form"]} <= set(known):
        raise UsageError(f"没有名为“{key}”的报告格式；现有：{'、'.join(known)}。")
    form = read_form(match["form"])
    return _mixed(form, key, match["table"], load_form(match["other"])) if match["table"] else form


def form_of_year(year: int) -> Form | None:
    """Return the form made for the reports of a year, or None before 2019."""
    forms = (load_form(form_id) for form_id in form_ids())
    return next((form for form in forms if form.serves(year)), None)


def _mixed(form: Form, key: str, table_id: str, other: Form) -> Form:
    """Put one table of another form in place of a form's own.

    表三 gives a report's form its name, so a 表三 taken over does not change what it is called.
    """
    taken = other.table(table_id)
    if table_id == "t3":
        taken = replace(taken, form=form.id)
    tables = tuple(taken if table.id == table_id else table for table in form.tables)
    cells = {spec.code: spec for table in tables for spec in cells_of(table)}
    # The form of 2019 builds on that of 2021: its hash and its files are those of both.
    whole = max((form, other), key=lambda each: len(each.files))
    return replace(
        form, key=key, tables=tables, cells=cells, sha256=whole.sha256, files=whole.files
    )
