"""The first page: title, verdict, and the year in a few figures computed from the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nianbao.finding import Finding
from nianbao.fragments import Fragment, grouped, render
from nianbao.marks import finding_anchor
from nianbao.pointers import pointers
from nianbao.report import Report
from nianbao.suspects import Suspicion
from nianbao.telling import untold_by
from nianbao.verdict import judge

_SHOWN = 5
"""How many places the first page names; the others are a link away."""
_OUTCOMES = {"upheld": "维持", "corrected": "纠正", "other": "其他结果", "pending": "尚未审结"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its unit and one line of meaning; ``number`` is None where unknown."""

    label: str
    number: int | Decimal | None
    unit: str
    line: str
    inferred: bool = False

    @property
    def shown(self) -> str:
        """The figure with commas between thousands, or 未知."""
        return "未知" if self.number is None else grouped(self.number)


def title(
    report: Report, findings: Sequence[Finding], suspicion: Suspicion | None = None
) -> Fragment:
    """Show agency, year, period and the verdict, which links to the details.

    Parameters
    ----------
    report : Report
        The report.
    findings : sequence of Finding
        All of them.
    suspicion : Suspicion, optional
        What is suspect, told beside the verdict.
    """
    verdict = judge(report, findings, suspicion)
    places = pointers(report, findings, suspicion)
    text = f"{report.name}{report.year}年政府信息公开工作年度报告：{verdict.text}"
    return render(
        "title",
        text,
        report=report,
        verdict=verdict,
        places=places[:_SHOWN],
        more=len(places[_SHOWN:]),
        warned=_warned(findings),
        doubts=sum(note.severity != "hint" for note in untold_by(report, findings)),
    )


def _warned(findings: Sequence[Finding]) -> str:
    """Return where the first finding stands that is no error but wants a look."""
    warned = [f for f in findings if f.status == "failed" and not f.balances and not f.waived]
    return next((finding_anchor(f) for f in warned if f.severity == "warning"), "")


def year_in_figures(report: Report) -> Fragment:
    """Show the year in one sentence and in tiles; every figure comes from a cell."""
    shown = tiles(report)
    sentence = _sentence(report)
    return render("tiles", sentence, sentence=sentence, tiles=shown)


def tiles(report: Report) -> list[Tile]:
    """Compute the figures of the first page (件)."""
    return [
        _tile(report, "本年新收申请", ["t3.new.total"], _applicants(report)),
        _tile(report, "办理完毕", ["t3.total.total"], "本年度办理结果总计"),
        _tile(
            report,
            "公开与部分公开",
            ["t3.granted.total", "t3.partial.total"],
            _pair(report, "予以公开", "t3.granted.total", "部分公开", "t3.partial.total"),
        ),
        _tile(report, "结转下年度", ["t3.carried_out.total"], _carried(report)),
        _tile(report, "行政复议", ["t4.review.total"], _results(report, ["review"])),
        _tile(
            report,
            "行政诉讼",
            ["t4.direct.total", "t4.after.total"],
            _results(report, ["direct", "after"]),
        ),
        _documents(report),
        _tile(
            report,
            "行政许可决定",
            ["t2.licences.decisions"],
            _pair(
                report, "行政处罚", "t2.penalties.decisions", "行政强制", "t2.coercion.decisions"
            ),
        ),
    ]


def _documents(report: Report) -> Tile:
    """Tell the stock of normative documents as its form counts it: in force, or public."""
    code = "t2.normative_docs"
    if f"{code}.in_force" in report.form.cells:
        line = _pair(report, "本年制发", f"{code}.issued", "废止", f"{code}.repealed")
        return _tile(report, "现行有效规范性文件", [f"{code}.in_force"], line)
    line = _pair(report, "本年新制作", f"{code}.made_new", "新公开", f"{code}.disclosed_new")
    return _tile(report, "对外公开规范性文件", [f"{code}.public_total"], line)


def _tile(report: Report, label: str, codes: Sequence[str], line: str) -> Tile:
    number = _sum(report, codes)
    inferred = any(report.settled(code) for code in codes)
    return Tile(
        label, number, "" if number is None else "件", line, inferred and number is not None
    )


def _sum(report: Report, codes: Iterable[str]) -> int | Decimal | None:
    """Add cells; a sum with an unknown term is unknown."""
    values = [report.known(code) for code in codes]
    return None if None in values else sum(v for v in values if v is not None)


def _count(report: Report, code: str) -> str:
    value = report.known(code)
    return "未知" if value is None else f"{grouped(value)}件"


def _pair(report: Report, first: str, code: str, second: str, other: str) -> str:
    return f"{first}{_count(report, code)}，{second}{_count(report, other)}"


def _applicants(report: Report) -> str:
    total, natural = report.known("t3.new.total"), report.known("t3.new.natural")
    if total is None or natural is None:
        return "申请人构成未知"
    if not total:
        return "全年没有收到申请"
    if natural == total:
        return "全部来自自然人"
    if not natural:
        return "全部来自法人或其他组织"
    if natural > total:
        return "自然人多于总计，见核验"
    return f"自然人{grouped(natural)}件，法人或其他组织{grouped(total - natural)}件"


def _carried(report: Report) -> str:
    value = report.known("t3.carried_out.total")
    if value is None:
        return "源文件中没有可用的数字"
    return "转入下年度继续办理" if value else "应办理的申请全部办结"


def _results(report: Report, blocks: Sequence[str]) -> str:
    sums = {w: _sum(report, [f"t4.{b}.{k}" for b in blocks]) for k, w in _OUTCOMES.items()}
    if None in sums.values():
        return "结果构成未知"
    parts = [f"{word}{grouped(number)}件" for word, number in sums.items() if number]
    added = sum(number for number in sums.values() if number is not None)
    if added != _sum(report, [f"t4.{block}.total" for block in blocks]):
        return f"各项相加{grouped(added)}件，与总计不符，见核验"
    return "，".join(parts) or "全年没有案件"


def _sentence(report: Report) -> str:
    codes = {
        "新收": "t3.new.total",
        "上年结转": "t3.carried_in.total",
        "办结": "t3.total.total",
        "结转下年度": "t3.carried_out.total",
    }
    new, carried, done, out = (_count(report, code) for code in codes.values())
    return (
        f"{report.year}年，{report.name}新收政府信息公开申请{new}，上年结转{carried}；"
        f"办理完毕{done}，结转下年度继续办理{out}。"
    )
