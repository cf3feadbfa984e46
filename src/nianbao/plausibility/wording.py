"""Writes figures, rows and columns as the judgements speak of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from nianbao.forms import Form
from nianbao.forms.structure import words
from nianbao.forms.wording import inner

_SHORT: Final = 40
"""So many characters of the prose are quoted."""


def plain(figure: int | Decimal) -> str:
    """Write a figure without an exponent and without zeros at the end of its fraction."""
    written = format(figure, "f") if isinstance(figure, Decimal) else str(figure)
    return written.rstrip("0").rstrip(".") if "." in written else written


def row_name(form: Form, row: str) -> str:
    """Name a row of 表三 in the official words."""
    return inner(words(form.cells[f"t3.{row}.total"].row, brief=True))


def column_name(form: Form, column: str) -> str:
    """Name a column of 表三 in the official words."""
    return form.cells[f"t3.new.{column}"].column[-1].official


def quoted(text: str) -> str:
    """Quote words of the prose, a long passage by its beginning."""
    flat = inner(" ".join(text.split()))
    return f"“{flat}”" if len(flat) <= _SHORT else f"“{flat[:_SHORT]}……”"
