"""Tells of tables that fail no rule by itself and yet cannot be filled: B-1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.catalogue import rule_of
from nianbao.forms.wording import place_words
from nianbao.judgement import Judgement
from nianbao.report import Report
from nianbao.rules import Outcome


def contradictions(report: Report, balance: Sequence[Outcome]) -> Iterator[Judgement]:
    """Judge each part of the form that no filling of its missing figures can satisfy.

    Beside a blank or a short row a wrong figure may leave every rule undecided. Where a rule of
    the part fails by itself, nothing more is said.
    """
    for cells in report.contradictions:
        inside = set(cells)
        if any(o.status == "failed" and inside.issuperset(o.rule.cells) for o in balance):
            continue
        missing = tuple(code for code in cells if report.value(code) is None)
        table = cells[0].partition(".")[0]
        yield Judgement(
            rule="B-1",
            scope=table if table == "t3" else ".".join(cells[0].split(".")[:2]),
            status="failed",
            cells=missing,
            left=None,
            right=None,
            place=place_words(report.form, cells),
            found=(
                f"有{len(missing)}格没有可用的数字；无论填什么非负整数，"
                "勾稽关系都不能全部成立，因此已填的数至少有一个有误"
            ),
            advice=rule_of("B-1").advice,
        )
