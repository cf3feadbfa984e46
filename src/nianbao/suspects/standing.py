"""Says in Chinese what is wrong beside short rows, and where their numbers would then stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nianbao.forms import Form
from nianbao.forms.wording import cell_words
from nianbao.report import ShortRow
from nianbao.suspects.consequence import Consequence
from nianbao.suspects.explanation import Explanation
from nianbao.suspects.likely import slip
from nianbao.suspects.localization import CAP, Localization
from nianbao.suspects.part import Part
from nianbao.suspects.wording import line_words, place_words

_NAMED = 6
"""So many rows are told with their figures."""


def head_words(part: Part, count: int, smallest: Localization, unread: int) -> str:
    """Tell what is the matter with a part, and what a list of so many sets means."""
    text = (
        f"{part.name}：短行与不平并存。有{len(part.short_rows)}行的数字少于列数，"
        "无论怎样放置，勾稽关系都不能全部成立"
    )
    if smallest.proved and not count:
        return f"{text}；不看另外{unread}行未能读出的数，其余各数可以归位。请先核对这{unread}行。"
    if unread:
        text += f"（另有{unread}行未能读出，未参与核对）"
    if not count:
        return f"{text}。"
    text += f"，至少有{smallest.size}个数有误。"
    if count == 1 and not smallest.capped:
        text += "改动最少的解释只有一种"
    else:
        listed = f"超过{CAP}组或未能列尽，只列{count}组" if smallest.capped else "全部列出"
        text += f"有{count}组数改动最少且同样能使勾稽关系成立，每组{smallest.size}个数，{listed}"
        text += "，不认定哪一组"
    return f"{text}，仅供核对；未改动原文，短行各格仍列为未知。"


def placed_words(
    form: Form,
    part: Part,
    names: Sequence[str],
    consequence: Consequence,
    explanation: Explanation,
) -> str:
    """Tell one set: each figure, what it shows, and what it would have to be and where."""
    told = []
    for name in names:
        written = f"原文为 {part.published[name]}"
        if name in part.tokens:
            token = part.tokens[name]
            named = f"{_short_words(form, token.row)}的第{token.index + 1}个数"
        else:
            named = cell_words(form, name)
        told.append(f"{named}，{written}，{_figure_words(form, part, name, consequence)}")
    together = f"{len(names)}个数都改，" if len(names) > 1 else ""
    hint = "" if explanation.by_cell or not explanation.text else f"（{explanation.text}）"
    return f"{'；'.join(told)}，{together}则{part.name}全部勾稽关系成立{hint}"


def _short_words(form: Form, row: ShortRow) -> str:
    """Name a short row: how many numbers it lost, and which it shows."""
    shown = "、".join(map(str, row.values))
    lost = f"应有{len(row.codes)}个数，只有{len(row.values)}个：{shown}"
    return f"{line_words(form, row.codes)}（{lost}）"


def _figure_words(form: Form, part: Part, name: str, consequence: Consequence) -> str:
    """Tell what a figure would have to be; of a short row's number, also in which column."""
    published = part.published[name]
    figures = consequence.figures(name)
    told = [_value_words(published, value, consequence) for value in figures.values()]
    if name not in part.tokens:
        return f"若{told[0]}"
    columns = [place_words(form, code) for code in figures]
    if len(columns) == 1:
        return f"只能在{columns[0]}，若{told[0]}"
    if len(set(told)) == 1:
        return f"若{told[0]}（可能在{'或'.join(columns)}，不能区分）"
    # What a usual slip explains is told first.
    order = sorted(range(len(told)), key=lambda place: "（" not in told[place])
    return "，".join(f"若在{columns[place]}则{told[place]}" for place in order)


def _value_words(published: int, value: int | None, consequence: Consequence) -> str:
    if value is None:
        return "改为别的数" + ("（可取的不止一个）" if consequence.proved else "")
    cause = slip(published, value)[0]
    return f"为 {value}（{cause}）" if cause else f"为 {value}"


def standing_words(
    form: Form,
    part: Part,
    names: Sequence[str],
    consequence: Consequence,
    *,
    whole: bool,
) -> str:
    """Tell where the numbers of short rows would stand; not ``whole``: of the changed ones only."""
    if not consequence.proved:
        return ""
    values = consequence.values
    changed = [part.tokens[name].row for name in names if name in part.tokens]
    others = [row for row in part.short_rows if row not in changed]
    settled = [row for row in others if values.keys() >= set(row.codes)]
    zeros = [row for row in settled if not any(values[code] for code in row.codes)]
    rest = [row for row in settled if row not in zeros]
    named = [*dict.fromkeys(changed), *(rest[:_NAMED] if whole else [])]
    told = [
        f"{line_words(form, row.codes, table=False)}{_row_words(form, row, values)}"
        for row in named
    ]
    if whole and len(rest) > _NAMED:
        told.append(f"另有{len(rest) - _NAMED}行短行的数字也可归位")
    if whole and zeros:
        told.append(f"{'其余' if told else ''}{len(zeros)}行短行各列均为 0")
    if whole and len(settled) < len(others):
        told.append(f"{len(others) - len(settled)}行短行的数字仍有多种放法")
    return f"；这时短行的数字归位为：{'；'.join(told)}" if told else ""


def _row_words(form: Form, row: ShortRow, values: Mapping[str, int]) -> str:
    """Tell the figures of a row, column by column; zeros together."""
    certain = {code: values[code] for code in row.codes if code in values}
    told = [f"{place_words(form, code)} {value}" for code, value in certain.items() if value]
    if len(certain) < len(row.codes):
        return f"{'、'.join(told)}，其余各列有多种放法" if told else "各列有多种放法"
    if len(told) < len(row.codes):
        told = ["、".join(told)] if told else []
        return f"{told[0]}，其余各列 0" if told else "各列均为 0"
    return "、".join(told)
