"""Tells a person at a terminal what became of a build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nianbao.build import Built
from nianbao.commands.printing import relative
from nianbao.standing import Standing


def words(item: Built, shown: Callable[[Path], str] = relative) -> str:
    """Return one report's result in a few lines: verdict, counts, reading notes, page.

    Of a report that was not built again one line is told if it has errors, else nothing.

    Parameters
    ----------
    item : Built
        What became of the report.
    shown : callable
        Names a page as people reach it.
    """
    if item.kept:
        return _kept(item, item.kept, shown) if item.kept.errors else ""
    head = f"\n{item.year} {item.name or item.agency}"
    if item.error or not (item.verdict and item.page):
        return f"{head}\n  未完成：{item.error}"
    v = item.verdict
    notes = item.notes
    hints = sum(note.severity == "hint" for note in notes)
    lines = [
        f"{v.sign} {v.text}",
        f"勾稽关系：成立{v.passed}条，不成立{v.failed}条，无法判定{v.undecided}条",
        *item.objections,
        *(f"读取说明：{note.message}" for note in notes if note.severity != "hint"),
        *([f"另有{hints}条一般说明，见审阅页"] if hints else []),
        shown(item.page),
    ]
    return "\n  ".join([head, *lines])


def _kept(item: Built, kept: Standing, shown: Callable[[Path], str]) -> str:
    page = shown(item.page) if item.page else ""
    return f"\n{item.year} {kept.name or item.agency}\n  {kept.sign} {kept.headline}\n  {page}"
