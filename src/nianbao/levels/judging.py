"""Judges the figures of one kind, and tells once what accounts for all their differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.judgement import Judgement
from nianbao.levels.accounts import MANY, Account, accounts, comparable, copied, nearly
from nianbao.levels.reasons import account_words, copied_words, many_words, slip
from nianbao.levels.tally import Tally
from nianbao.levels.wording import advice_words, found_words


@dataclass(frozen=True, slots=True)
class Remark:
    """What is added about one figure: what was found, what to look at then, how grave it is.

    Where many figures differ for one reason it is told in full of the first of them, and of the
    others as a ``hint``: it is one matter to look into.
    """

    found: str = ""
    advice: str = ""
    severity: str = ""


Remarks = dict[str, Remark]
"""By the scope of the figure."""


def judged(
    tallies: Sequence[Tally], names: Sequence[str], likely: Sequence[Account]
) -> tuple[list[Judgement], list[Account]]:
    """Judge figures of one kind.

    Parameters
    ----------
    tallies : sequence of Tally
        The figures, in form order.
    names : sequence of str
        The subordinate bodies.
    likely : sequence of Account
        What accounted for the differences of another kind: asked first.

    Returns
    -------
    tuple
        A judgement for each figure, and what accounts for all their differences at once.
    """
    fillable = not any(tally.exceeded for tally in tallies)
    remarks, found = _accounted(tallies, names, likely)
    told = [
        _judgement(tally, names, remarks.get(tally.aggregate.scope), fillable=fillable)
        for tally in tallies
    ]
    return told, found


def _judgement(
    tally: Tally, names: Sequence[str], remark: Remark | None, *, fillable: bool
) -> Judgement:
    kind, remark = tally.aggregate.kind, remark or Remark()
    failed = tally.status == "failed"
    lighter = kind.less_severity if failed and tally.exceeded else ""
    text = found_words(tally, names, fillable=fillable)
    return Judgement(
        rule=kind.rule,
        scope=tally.aggregate.scope,
        status=tally.status,
        cells=tally.aggregate.cells,
        left=tally.own,
        right=tally.total if failed or not tally.open else None,
        place=tally.aggregate.place,
        found="；".join(filter(None, [text, remark.found])),
        advice=remark.advice or advice_words(tally),
        severity=remark.severity or lighter,
    )


def _accounted(
    tallies: Sequence[Tally], names: Sequence[str], likely: Sequence[Account]
) -> tuple[Remarks, list[Account]]:
    """Look for what accounts for the differences, of all figures or else of each."""
    failed = [tally for tally in tallies if tally.status == "failed"]
    if not failed:
        return _seemingly(tallies, names), []
    known = comparable(failed)
    found = _common(tallies, likely) if known else []
    most = None if found else nearly(tallies)
    settled = [tally for tally in known if most and most[0].settles(tally)]
    if found:
        remarks = _alike(known, found, names, account_words(found, tallies, names))
    elif most and settled:
        account, told, left = most
        text = f"有差额的{told + left}格中，{told}格与{slip(account, names)}相符，{left}格不符"
        remarks = _alike(settled, [account], names, text)
    elif len(failed) < MANY:
        remarks = {
            tally.aggregate.scope: each for tally in failed if (each := _alone(tally, names))
        }
    else:
        remarks = {tally.aggregate.scope: Remark(severity="hint") for tally in failed}
        remarks[failed[0].aggregate.scope] = Remark(many_words(failed))
    if whose := copied(tallies):
        scope = failed[0].aggregate.scope
        before = remarks.get(scope, Remark())
        text = copied_words(tallies, [names[place] for place in whose])
        remarks[scope] = replace(before, found="；".join(filter(None, [before.found, text])))
    return remarks, found


def _common(tallies: Sequence[Tally], likely: Sequence[Account]) -> list[Account]:
    """Look for what accounts for all figures; what did so elsewhere is asked first."""
    known = comparable(tallies)
    return [each for each in likely if all(map(each.settles, known))] or accounts(tallies)


def _alike(
    tallies: Sequence[Tally], found: Sequence[Account], names: Sequence[str], full: str
) -> Remarks:
    """Tell in full beside the first figure what accounts for several, beside the others briefly."""
    slips = "，或".join(slip(account, names) for account in found)
    brief = Remark(f"同其他各格，可能{slips}", f"请核对是否{slips}", "hint")
    remarks = {tally.aggregate.scope: brief for tally in tallies}
    return remarks | {tallies[0].aggregate.scope: Remark(full, brief.advice)}


def _alone(tally: Tally, names: Sequence[str]) -> Remark | None:
    """Tell what accounts for the difference of one figure; nothing while reports are missing."""
    found = [] if tally.open else accounts([tally])
    return Remark(account_words(found, [tally], names)) if found else None


def _seemingly(tallies: Sequence[Tally], names: Sequence[str]) -> Remarks:
    """Tell where what missing reports leave open is just what one of the others shows."""
    if sum(bool(tally.gap) for tally in comparable(tallies)) < MANY:
        return {}
    found = [account for account in accounts(tallies) if len(account.repeated) == 1]
    if not found:
        return {}
    whose = "或".join(names[account.repeated[0]] for account in found)
    text = f"各格的差额与{whose}的数逐格相同，也请核对是否重复计入"
    return {tallies[0].aggregate.scope: Remark(text)}
