"""Says which subordinate bodies report 规章 although they have no power to make them (L-5)."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.judgement import Judgement
from nianbao.levels.wording import listed
from nianbao.register import Agency
from nianbao.report import Report
from nianbao.rules import Number

_POWERLESS = {"county": "县级", "township": "乡级", "department": "部门", "office": "办公室"}
"""The levels without the power: it is for 国务院部门, provinces and 设区的市、自治州."""
_POWERFUL = ("province", "city")
"""The governments with the power; their 办公厅（室） may report it for them."""
_FIELDS = ("issued", "repealed", "in_force", "made_new")
"""What says that a body makes 规章; to publish those of others (2019 form) is everyone's."""
_PLACE = "下级机关报告表二“规章”行"


def regulations(
    government: Agency, children: Sequence[tuple[Agency, Report | None]]
) -> list[Judgement]:
    """Judge the 规章 of the bodies below a government.

    Returns
    -------
    list of Judgement
        One for each body without the power that reports 规章, scoped by its id; where there is
        none, one for all of them. Empty where every body has the power.
    """
    silent = ("office",) if government.level in _POWERFUL else ()
    bodies = [
        (agency, report)
        for agency, report in children
        if agency.level in _POWERLESS and agency.level not in silent
    ]
    found = [each for agency, report in bodies if report and (each := _shown(agency, report))]
    return found or _none(bodies)


def _shown(agency: Agency, report: Report) -> Judgement | None:
    figures = {code: report.known(code) for code in _codes(report)}
    named = {code: figure for code, figure in figures.items() if figure}
    if not named:
        return None
    words = "、".join(
        f"{report.form.cells[code].column[-1].official}{figure}件" for code, figure in named.items()
    )
    name = agency.name or agency.id
    return _judgement(
        scope=agency.id,
        status="failed",
        left=next(iter(named.values())),
        found=f"{name}{words}；该机关（{_POWERLESS[agency.level]}）一般没有规章制定权，各数应为0",
        advice=f"请{name}核对；部门起草、由政府公布的规章，只由政府计数",
    )


def _none(bodies: Sequence[tuple[Agency, Report | None]]) -> list[Judgement]:
    """Tell of all bodies at once that none reports any, or of which that is not known."""
    open_ = [
        agency.name or agency.id
        for agency, report in bodies
        if report is None or any(report.known(code) is None for code in _codes(report))
    ]
    known = len(bodies) - len(open_)
    if not bodies:
        return []
    if not open_:
        return [_judgement("", "passed", 0, f"{known}个没有规章制定权的下级机关均为0")]
    text = f"{listed(open_)}的规章数未知，其余{known}个没有规章制定权的下级机关均为0，无法判定"
    return [_judgement("", "undecided", None, text, "请取得所缺的报告或数字后再核对")]


def _codes(report: Report) -> list[str]:
    codes = [f"t2.regulations.{field}" for field in _FIELDS]
    return [code for code in codes if code in report.form.cells]


def _judgement(
    scope: str, status: str, left: Number | None, found: str, advice: str = ""
) -> Judgement:
    return Judgement(
        rule="L-5",
        scope=scope,
        status=status,
        cells=(),
        left=left,
        right=0,
        place=_PLACE,
        found=found,
        advice=advice,
    )
