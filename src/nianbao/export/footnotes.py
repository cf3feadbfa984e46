"""What is said below a table of cells that are no plain figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nianbao.report import Report

_READ_OTHERWISE = ("unit_converted", "cell_spaced", "cell_remark")
"""Notes on figures that are not shown digit by digit as they were written."""


def footnotes(report: Report, table_id: str) -> Iterator[str]:
    """Say how many cells of a table are no plain figures, and what was read otherwise."""
    cells = {code: cell for code, cell in report.cells.items() if code.startswith(f"{table_id}.")}
    counts = Counter(cell.state for cell in cells.values())
    if counts["inferred"]:
        yield (
            f"斜体加下划线的{counts['inferred']}格为推定：源文件该行数字不全，"
            "数值由勾稽关系唯一确定。"
        )
    if counts["unknown"]:
        yield (
            f"写作“？”的{counts['unknown']}格未知：源文件中没有，或写有数字而无法确定属于哪一格。"
        )
    if counts["blank"]:
        yield f"{counts['blank']}格在源文件中为空白；空白不等于0，表中照录。"
    implied = sum(code in report.implied for code in cells)
    if implied:
        yield f"{implied}格没有数字，但按勾稽关系只能是一个数；该数只用于核验，不写入表中。"
    if counts["unreadable"]:
        yield f"{counts['unreadable']}格写的不是数字，加引号照录。"
    for note in report.notes:
        if note.code in _READ_OTHERWISE and cells.keys() & set(note.cells):
            yield note.message
