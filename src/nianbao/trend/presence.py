"""Says which years an agency has reports of, and of the others why there is none to be used."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.forms import Form
from nianbao.history import History

_WITHOUT = ("missing", "exempt")


def filed(history: History) -> list[int]:
    """Return the years of which there is a report, readable or not, rising."""
    return [year for year, e in history.entries.items() if e.filing.state not in _WITHOUT]


def absence(history: History, year: int) -> str:
    """Say why the report of a year cannot be used; empty if it can."""
    if year in history.reports:
        return ""
    entry = history.entries.get(year)
    if entry is None or entry.filing.state == "missing":
        return f"缺{year}年报告"
    if entry.filing.state == "exempt":
        return f"{year}年无报告义务"
    return f"{year}年报告未能读取"


def spans(years: Iterable[int]) -> str:
    """Name rising years, those that follow one another together: ``2019年、2021—2023年``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] + 1 == year:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(span(run[0], run[-1]) for run in runs)


def span(first: int, last: int) -> str:
    """Name a period: ``2021—2024年``, or a single year."""
    return f"{first}年" if first == last else f"{first}—{last}年"


def period(history: History) -> str:
    """Tell the period, how many reports there are, and which years are lacking and why."""
    reports = filed(history)
    told = [span(history.years[0], history.years[-1]), f"共{len(reports)}份报告"]
    kinds = {"missing": "缺{}", "exempt": "{}无报告义务"}
    for state, words in kinds.items():
        years = [y for y, entry in history.entries.items() if entry.filing.state == state]
        if years:
            told.append(words.format(spans(years)))
    if unread := [year for year in reports if year not in history.reports]:
        told.append(f"{spans(unread)}的报告未能读取")
    return "，".join(told)


def form_words(form: Form) -> tuple[str, str]:
    """Name a report's form, and the table of a mixture that comes from another one."""
    _, _, other = form.key.partition("+")
    table, _, year = other.partition(":")
    return f"{form.id}年格式", f"{form.table(table).name}用{year}年格式" if other else ""
