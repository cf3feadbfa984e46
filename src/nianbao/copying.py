"""Tells of prose that is the same as last year's or another agency's report (雷同): X-15."""

from __future__ import annotations

from nianbao.judgement import Judgement
from nianbao.kinship import Relative, alike, own_words, relative
from nianbao.narrative import Likeness, likeness, stretches
from nianbao.report import Report
from nianbao.surroundings import Surroundings

WARNED, HINTED = 0.6, 0.35
"""Shares of the prose that is said to be copied, and that is only mentioned.

The names of measures are the same everywhere; no official threshold exists.
"""
_LEAST = 300
"""Characters of prose below which a share says nothing."""
_SHOWN = 3


def copying(report: Report, around: Surroundings) -> list[Judgement]:
    """Compare the prose with last year's report and with those below the same parent.

    Returns
    -------
    list of Judgement
        One for each report compared, passed ones too; the scope is the other's year or agency.
    """
    text = own_words(report)
    if len(text) < _LEAST:
        return []
    found = []
    if around.previous is not None:
        before = f"{report.year - 1}"
        found.append(_judge(text, relative(around.previous), before, f"{before}年报告"))
    for other in around.siblings:
        found.append(_judge(text, other, other.agency, f"{other.name}的报告"))
    return found


def _judge(text: str, other: Relative, scope: str, name: str) -> Judgement:
    similar = alike(stretches(text), other.sample)
    like = likeness(text, own_words(other.load())) if similar else None
    if like is None:
        told = f"文字与{name}没有大段相同"
        return Judgement("X-15", scope, "passed", (), None, None, "全文", told)
    copied = like.share >= HINTED
    told = f"文字有{like.share:.0%}与{name}相同"
    if copied:
        told += f"，最长的几段：{_passages(like)}"
    return Judgement(
        rule="X-15",
        scope=scope,
        status="failed" if copied else "passed",
        cells=(),
        left=None,
        right=None,
        place="全文",
        found=told,
        advice="请确认是否照抄，并按本年、本机关的情况改写" if copied else "",
        severity="" if like.share >= WARNED else "hint",
    )


def _passages(like: Likeness) -> str:
    longest = sorted(like.passages, key=lambda passage: (-len(passage.text), passage.start))
    shown = sorted(longest[:_SHOWN], key=lambda passage: passage.start)
    quoted = "；".join(f"“{_short(passage.text)}”（{len(passage.text)}字）" for passage in shown)
    rest = len(like.passages) - len(shown)
    return f"{quoted}；另有{rest}段" if rest > 0 else quoted


def _short(text: str) -> str:
    flat = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    return flat if len(flat) <= 40 else f"{flat[:24]}……{flat[-12:]}"
