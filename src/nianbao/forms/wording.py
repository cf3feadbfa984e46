"""Names cells, rows and columns of a form in the official words, as findings speak of them."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.forms.structure import CellSpec, Form, words


def cell_words(form: Form, code: str) -> str:
    """Name a cell: table, row and column, or table, block and result."""
    spec = form.cells[code]
    return f"{form.table(spec.table).name}{_inside(spec)}"


def _inside(spec: CellSpec) -> str:
    row = words(spec.row, brief=True)
    if row:
        return f"“{inner(row)}”行“{spec.column[-1].official}”列"
    return f"“{_block(spec)}”的“{spec.column[-1].official}”"


def _block(spec: CellSpec) -> str:
    return " · ".join(node.label for node in spec.column[:-1])


def place_words(form: Form, codes: Sequence[str]) -> str:
    """Name what cells have in common: their row, their column, their block, or their table."""
    specs = [form.cells[code] for code in codes]
    tables = list(dict.fromkeys(form.table(spec.table).name for spec in specs))
    if len(tables) != 1:
        return "、".join(tables)
    if len(specs) == 1:
        return cell_words(form, codes[0])
    rows = {words(spec.row, brief=True) for spec in specs}
    columns = {spec.column[-1].official for spec in specs}
    blocks = {_block(spec) for spec in specs}
    if len(rows) == 1 and "" not in rows:
        return f"{tables[0]}“{inner(rows.pop())}”行"
    if len(columns) == 1 and "" not in rows:
        return f"{tables[0]}“{columns.pop()}”列"
    if len(blocks) == 1 and "" in rows:
        return f"{tables[0]}“{blocks.pop()}”"
    return tables[0]


def term_names(form: Form, codes: Sequence[str]) -> dict[str, str]:
    """Name cells among each other: by row in one column, by column in one row, else by both."""
    specs = {code: form.cells[code] for code in codes}
    rows = {code: words(spec.row, brief=True) for code, spec in specs.items()}
    same_row = len(set(rows.values())) == 1 and (len(specs) > 1 or "" in rows.values())
    same_column = len({spec.column for spec in specs.values()}) == 1 and len(specs) > 1
    same_block = len({_block(spec) for spec in specs.values()}) == 1
    return {
        code: _name(spec, rows[code], same_row=same_row and same_block, same_column=same_column)
        for code, spec in specs.items()
    }


def _name(spec: CellSpec, row: str, *, same_row: bool, same_column: bool) -> str:
    if same_row:
        return spec.column[-1].official
    if same_column and row:
        return row
    return f"{row or _block(spec)} · {spec.column[-1].official}"


def inner(text: str) -> str:
    """Turn quotation marks inside quoted words into single ones."""
    return text.replace("“", "‘").replace("”", "’")
