"""Gathers what findings, suspects and notes object to into one notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from nianbao.forms.wording import place_words
from nianbao.notice.balance import balance_items, is_short, together
from nianbao.notice.contents import Explained, Group, Item, Notice, Tally
from nianbao.notice.problem import Problem, brief, outward, plain, sentence
from nianbao.notice.unreadable import doubted_items, reading_hints, unread_items
from nianbao.report import Report
from nianbao.suspects import Suspicion, suspect

_TITLES = ("须改正", "未能读取，须补正", "请核实")
_NUMERALS = "一二三"
_ARITHMETIC = ("comparison", "levels")
_OUR_OWN = ("waivers",)
"""Checks of the project's own files: nothing that an office has to answer."""


def notice(
    report: Report, findings: Sequence[Problem], suspicion: Suspicion | None = None
) -> Notice:
    """Make the notice that goes back to the agency of one report.

    Parameters
    ----------
    report : Report
        The report, with its notes and the waivers of its parameters.
    findings : sequence of Problem
        All findings, passed ones too: the notice says what was checked.
    suspicion : Suspicion, optional
        What is suspect, where that is known already.

    Returns
    -------
    Notice
        Its problems numbered through; none where there is nothing to object to.
    """
    known = [f for f in findings if f.rule.spec.kind not in _OUR_OWN]
    failed = [f for f in known if f.status == "failed" and not f.waived]
    suspicion = suspicion or suspect(report)
    if any(not part.failing for part in suspicion.parts):
        # What no filling satisfies is told with its suspects.
        failed = [f for f in failed if f.rule.spec.kind != "fillings"]
    short = any(is_short(report, part) for part in suspicion.parts)
    weighed = (
        [*_errors(report, failed, suspicion)],
        [*unread_items(report, ("short_rows_unbalanced",) if short else ())],
        [
            *_joined(report, [f for f in failed if f.severity == "warning"]),
            *doubted_items(report, [f.rule.id for f in failed]),
        ],
    )
    errors, unread, warnings = _numbered(weighed)
    balance = [f for f in known if f.rule.spec.kind == "balance"]
    return Notice(
        agency=report.agency,
        name=plain(report.name or report.agency),
        year=report.year,
        law=report.form.law,
        form=f"《{report.form.title}》（{report.form.basis}）",
        errors=errors,
        unread=unread,
        warnings=warnings,
        hints=(*_hints(failed), *reading_hints(report)),
        explained=tuple(_explained(report, known)),
        balance=_tally(balance),
        others=_tally([f for f in known if f.rule.spec.kind != "balance"]),
    )


def _errors(report: Report, failed: Sequence[Problem], suspicion: Suspicion) -> Iterator[Item]:
    errors = [f for f in failed if f.severity == "error"]
    yield from balance_items(
        report, [f for f in errors if f.rule.spec.kind == "balance"], suspicion
    )
    yield from _joined(report, [f for f in errors if f.rule.spec.kind != "balance"])


def _joined(report: Report, problems: Sequence[Problem]) -> Iterator[Item]:
    """Make one problem of one arithmetic rule's places, of every other finding its own."""
    for _, group in groupby(problems, key=lambda problem: problem.rule.id.partition(":")[0]):
        members = list(group)
        if members[0].rule.spec.kind in _ARITHMETIC:
            cells = dict.fromkeys(code for member in members for code in member.rule.cells)
            yield together(members, place_words(report.form, [*cells]) if cells else "全文")
        else:
            yield from (together([member]) for member in members)


def _numbered(weighed: Iterable[Sequence[Item]]) -> list[Group]:
    groups, number, filled = [], 0, 0
    for title, items in zip(_TITLES, weighed, strict=True):
        numbered = [replace(item, number=number + i) for i, item in enumerate(items, start=1)]
        head = f"{_NUMERALS[filled]}、{title}（{len(items)}项）"
        number, filled = number + len(items), filled + bool(items)
        groups.append(Group(head, tuple(numbered)))
    return groups


def _hints(failed: Iterable[Problem]) -> Iterator[str]:
    for problem in failed:
        if problem.severity == "hint":
            basis = f"（依据：{plain(problem.rule.spec.basis)}）" if problem.rule.spec.basis else ""
            found = sentence(f"{problem.place}：{brief(problem)}")
            yield f"{found}{sentence(outward(problem.advice))}{basis}"


def _explained(report: Report, findings: Iterable[Problem]) -> Iterator[Explained]:
    """List waived findings with the words of their waivers."""
    given = report.parameters.get("waivers")
    waivers = [w for w in given if isinstance(w, dict)] if isinstance(given, list) else []
    by_id = {str(waiver.get("finding")): waiver for waiver in waivers}
    for finding in findings:
        if finding.status == "failed" and finding.waived:
            words = by_id.get(finding.id, {})
            who, when, why = (plain(str(words.get(key, ""))) for key in ("who", "when", "why"))
            yield Explained(sentence(f"{finding.place}：{brief(finding)}"), why, who, when)


def _tally(findings: Iterable[Problem]) -> Tally:
    statuses = [finding.status for finding in findings]
    return Tally(*(statuses.count(status) for status in ("passed", "failed", "undecided")))
