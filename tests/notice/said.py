"""Findings made by hand, with no more than a notice relies on, and reports to notify about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.report import Note, Report


@dataclass(frozen=True)
class Spec:
    label: str = "甲等于乙"
    basis: str = "某某文件"
    table: str = ""
    kind: str = "narrative"


@dataclass(frozen=True)
class Rule:
    id: str
    cells: tuple[str, ...] = ()
    spec: Spec = Spec()


@dataclass(frozen=True)
class Said:
    rule: Rule
    severity: str = "warning"
    status: str = "failed"
    place: str = "第一部分"
    found: str = "文字为36件，表三为33件"
    advice: str = "请核对文字与表三"
    waived: bool = False
    id: str = "000000000000"


def say(rule: str, severity: str = "warning", *, kind: str = "narrative", **more) -> Said:
    cells = more.pop("cells", ())
    basis = more.pop("basis", "某某文件")
    return Said(Rule(rule, cells, Spec(basis=basis, kind=kind)), severity, **more)


def figures_of(seed: int, **changes: int) -> dict[str, object]:
    """Return balanced figures; ``changes`` are added to cells (``t3__granted__natural=3``)."""
    values = figures(seed, density=0.8)
    for item in ("regulations", "normative_docs"):
        fields = ("issued", "repealed", "in_force")
        values |= {f"t2.{item}.{f}": n for f, n in zip(fields, (1, 0, 40), strict=True)}
    for name, change in changes.items():
        values[name.replace("__", ".")] += change
    return values


def report_of(values: dict[str, object], **more) -> Report:
    return replace(read(render(texts(values))), name="测试局", **more)


def damaged(seed: int = 2, **changes: int) -> Report:
    return report_of(figures_of(seed, **changes))


def balance_of(report: Report):
    return [f for f in check_report(report) if f.rule.spec.kind == "balance"]


def with_note(report: Report, code: str, severity: str, message: str, *cells: str) -> Report:
    return report.with_notes(Note(code, severity, message, cells, "第3行"))
