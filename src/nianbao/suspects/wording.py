"""Says in Chinese, with the official words, which cells are suspect and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.forms import Form
from nianbao.forms.structure import words
from nianbao.forms.wording import cell_words, inner
from nianbao.rules import Rule
from nianbao.suspects.explanation import Explanation
from nianbao.suspects.localization import CAP
from nianbao.suspects.part import Part


def line_words(form: Form, codes: Sequence[str], *, table: bool = True) -> str:
    """Name the line that holds these cells, with or without its table."""
    spec = form.cells[codes[0]]
    row = words(spec.row, brief=True)
    name = f"“{inner(row)}”行" if row else "数字行"
    return f"{form.table(spec.table).name if table else ''}{name}"


def place_words(form: Form, code: str) -> str:
    """Name a cell within its line: by column, or by block and result."""
    spec = form.cells[code]
    block = " · ".join(node.label for node in spec.column[:-1])
    if words(spec.row, brief=True):
        return f"“{spec.column[-1].official}”列"
    return f"“{block}”的“{spec.column[-1].official}”"


def row_words(form: Form, stem: str) -> str:
    """Name a row by the beginning of its cells' codes."""
    spec = next(spec for code, spec in form.cells.items() if code.startswith(f"{stem}."))
    return inner(words(spec.row, brief=True))


def column_words(form: Form, part: Part) -> tuple[str, ...]:
    """Name the columns of a part, in the form's order."""
    return tuple(dict.fromkeys(form.cells[code].column[-1].official for code in part.cells))


def set_words(
    form: Form,
    part: Part,
    cells: Sequence[str],
    implied: Mapping[str, int],
    explanation: Explanation,
) -> str:
    """Tell one set: each cell, what it shows, what it would have to be, and the slip."""
    named = []
    for code in cells:
        value = f"若为 {implied[code]}" if code in implied else "可取多个数"
        slip = f"（{explanation.by_cell[code]}）" if code in explanation.by_cell else ""
        named.append(f"{cell_words(form, code)}，原文为 {part.known[code]}，{value}{slip}")
    together = "同时，" if len(cells) > 1 else ""
    hint = "" if explanation.by_cell or not explanation.text else f"（{explanation.text}）"
    return f"{'；'.join(named)}，{together}则{part.name}全部勾稽关系成立{hint}"


def list_words(part: Part, ranks: Sequence[int], size: int, *, capped: bool) -> str:
    """Tell what a list of sets means."""
    count = len(ranks)
    many = f"（超过{CAP}组或未能列尽，只列{count}组）" if capped else ""
    if count == 1 and not capped:
        return f"{part.name}：疑似单元格（改动最少的唯一解释，共{size}格），仅供核对，未改动原文。"
    text = f"{part.name}：有{count}组单元格改动最少且同样能使勾稽关系成立{many}"
    all_listed = "" if capped else "，全部列出"
    text += f"，每组{size}格{all_listed}，不认定哪一组。"
    if len(part.rules) == 1:
        text += "一个等式之内各格互相牵制，仅凭勾稽关系不能区分。"
    if len(set(ranks)) > 1:
        text += "排在前面的各组有常见笔误可以解释，仅为提示。"
    return text


def unknown_words(part: Part, failing: Sequence[Rule]) -> str:
    """Tell that no cell can be named, and which rows and columns fail."""
    named = []
    for rule in failing:
        kind = {"column": "列", "row": "行"}.get(rule.spec.each, "")
        named.append(f"{rule.spec.id}“{inner(rule.scope)}”{kind}")
    listed = "、".join(named) or "各等式单独看均可成立，合在一起不能同时成立"
    return f"{part.name}：不能定位到单元格，请核对不成立的行和列：{listed}。"
