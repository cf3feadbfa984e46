"""Who may make 规章: a body without that power has none to report (T2-2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from nianbao.judgement import Judgement
from nianbao.register import Agency
from nianbao.report import Report

_WITH: Final = {"ministry": "国务院部门", "province": "省级政府", "city": "设区的市级政府"}
_WITHOUT: Final = {"county": "县级政府", "township": "乡镇政府或街道办事处"}
_ABOVE: Final = {"province": "省级", "city": "市级", "county": "县级", "township": "乡镇级"}


def powers(report: Report, agency: Agency | None, parent: Agency | None) -> Iterator[Judgement]:
    """Compare 规章 with the power that the register's level implies; unknown levels are silent."""
    body, may = _power(agency, parent)
    # On the form of 2019 a body may well have published what others made.
    own = ("t2.regulations.made_new",)
    codes = [code for code in report.cells if code.startswith("t2.regulations.")]
    codes = [code for code in codes if code in own] or codes
    figures = {code: report.known(code) for code in codes}
    if not body or not any(figure is not None for figure in figures.values()):
        return
    place = f"{report.form.table('t2').name}“规章”行"
    filled = {code: figure for code, figure in figures.items() if figure}
    if may or not filled:
        found = f"{body}可以制定规章" if may else "各格没有大于0的数字"
        status = "passed" if may or None not in figures.values() else "undecided"
        yield Judgement("T2-2", "", status, tuple(codes), None, None, place, found)
        return
    told = "、".join(
        f"“{report.form.cells[code].column[-1].official}”为{figure}"
        for code, figure in filled.items()
    )
    yield Judgement(
        rule="T2-2",
        scope="",
        status="failed",
        cells=tuple(filled),
        left=next(iter(filled.values())),
        right=0,
        place=place,
        found=f"{told}；该机关登记为{body}，一般没有规章制定权，应为0",
        advice="请核对是否把行政规范性文件或上级机关的规章填入本行；登记的层级有误的，请更正登记",
    )


def _power(agency: Agency | None, parent: Agency | None) -> tuple[str, bool]:
    """Name the body, and say whether it may make 规章; without a name it is not known.

    The 办公厅 of a government that makes 规章 reports them for it, so that nothing follows for it.
    """
    if agency is None:
        return "", False
    if agency.level in _WITH:
        return _WITH[agency.level], True
    if agency.level in _WITHOUT:
        return _WITHOUT[agency.level], False
    above = parent.level if parent else ""
    if agency.level == "department" and above in _ABOVE:
        return f"{_ABOVE[above]}政府部门", False
    if agency.level == "office" and above in _WITHOUT:
        return f"{_ABOVE[above]}政府办公室", False
    return "", False
