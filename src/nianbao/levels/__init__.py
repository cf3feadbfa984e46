"""Confronts a government's report with those of its subordinate bodies (汇总)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from nianbao.judgement import Judgement
from nianbao.levels.accounts import Account
from nianbao.levels.aggregates import Aggregate, aggregates
from nianbao.levels.judging import judged
from nianbao.levels.regulations import regulations
from nianbao.levels.tally import Tally, tally
from nianbao.levels.wording import listed
from nianbao.register import Agency
from nianbao.report import Report

__all__ = ["levels"]

GOVERNMENTS = ("province", "city", "county", "township")
"""Whose reports sum up others; the report of a department or an office is of itself alone."""


def levels(
    report: Report, agency: Agency | None, children: Sequence[tuple[Agency, Report | None]]
) -> list[Judgement]:
    """Compare a government's report with the sum of its subordinate bodies' (L-1 … L-7).

    Parameters
    ----------
    report : Report
        The government's.
    agency : Agency or None
        Its row in the register, if it has one.
    children : sequence of tuple of Agency and (Report or None)
        The bodies directly below it that existed in that year, in the register's order, each
        with its report of the same year, or None where there is none.

    Returns
    -------
    list of Judgement
        By rule, each in form order. Empty for what is no government, and without any such
        bodies. Where none of them has a report, one judgement a rule says so.
    """
    if agency is None or agency.level not in GOVERNMENTS or not children:
        return []
    names = [child.name or child.id for child, _ in children]
    reports = [found for _, found in children]
    forms = [each.form for each in reports if each]
    listing = aggregates(report.form, forms)
    if not forms:
        by_rule = groupby(listing, key=lambda each: each.kind.rule)
        return [_nothing(rule, tuple(group), names) for rule, group in by_rule]
    tallies = [tally(aggregate, report, reports) for aggregate in listing]
    found = _summed(tallies, names) + regulations(agency, children)
    return sorted(found, key=lambda judgement: judgement.rule)


def _summed(tallies: Sequence[Tally], names: Sequence[str]) -> list[Judgement]:
    """Judge what adds up, kind by kind; what accounts for one kind is asked about the others."""
    found: list[Judgement] = []
    accounts: list[Account] = []
    for _, group in groupby(tallies, key=lambda each: each.aggregate.kind):
        told, accounting = judged(tuple(group), names, accounts)
        found += told
        accounts = accounts or accounting
    return found


def _nothing(rule: str, listing: Sequence[Aggregate], names: Sequence[str]) -> Judgement:
    """Tell that there is nothing to add up."""
    return Judgement(
        rule=rule,
        scope="",
        status="undecided",
        cells=tuple(code for aggregate in listing for code in aggregate.cells),
        left=None,
        right=None,
        place="、".join(dict.fromkeys(aggregate.kind.name for aggregate in listing)),
        found=f"{listed(names)}没有本年度的报告，不能汇总核对，无法判定",
        advice="请取得下级机关的报告；不应汇总的，请核对 params/agencies.csv 的 parent 一列",
    )
