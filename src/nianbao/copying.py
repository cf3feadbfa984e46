"""Tells of prose that is the same as last year's or another agency's report (雷同): X-15."""

from __future__ import annotations

import re

from nianbao.judgement import Judgement
from nianbao.narrative import Likeness, likeness, stretches
from nianbao.report import Report
from nianbao.surroundings import Surroundings

WARNED, HINTED = 0.6, 0.35
"""Shares of the prose that is said to be copied, and that is only mentioned.

The names of measures are the same everywhere; no official threshold exists.
"""
_LEAST = 300
"""Characters of prose below which a share says nothing."""
_WORTH = 0.15
"""Below this share of short stretches no text reaches the share that is mentioned."""
_LONGEST = 60_000
"""Characters of prose that are compared; no office writes as many."""
_SHOWN = 3
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
_USUAL = re.compile(
    "政府信息公开条例.{0,150}(?:编制|公布如下|年度报告)|政府信息公开工作年度报告格式|统计期[限间]|电子版|邮政编码|"
    "联系电话|(?:如|若)?对(?:本|此)?报告.{0,6}疑问|(?:全文|报告).{0,8}(?:包括|由)总体情况|个部分组?成?[。；]"
)


def copying(report: Report, around: Surroundings) -> list[Judgement]:
    """Compare the prose with last year's report and with those below the same parent.

    Returns
    -------
    list of Judgement
        One for each report compared, passed ones too; the scope is the other's year or agency.
    """
    text = _prose(report)
    if len(text) < _LEAST:
        return []
    found = []
    if around.previous is not None:
        found.append(
            _judge(text, around.previous, f"{report.year - 1}", f"{report.year - 1}年报告")
        )
    for other in around.siblings:
        found.append(_judge(text, other, other.agency, f"{other.name}的报告"))
    return found


def _prose(report: Report) -> str:
    """Return the words of an office's own: no titles, and no sentence of the usual opening.

    Titles are prescribed, and the opening (basis, parts, period, where to ask) is alike
    everywhere.
    """
    paragraphs = (
        paragraph.text
        for section in report.sections
        for paragraph in section.paragraphs
        if section.number is not None and not paragraph.level
    )
    kept = (
        "".join(part for part in _SENTENCE.findall(text[:_LONGEST]) if not _USUAL.search(part))
        for text in paragraphs
    )
    return "\n".join(filter(None, kept))[:_LONGEST]


def _judge(text: str, other: Report, scope: str, name: str) -> Judgement:
    theirs = _prose(other)
    like = likeness(text, theirs) if _resembles(text, theirs) else None
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


def _resembles(text: str, other: str) -> bool:
    """Whether two texts share enough short stretches to be worth comparing word by word."""
    own = stretches(text)
    return len(own & stretches(other)) >= _WORTH * len(own)


def _passages(like: Likeness) -> str:
    longest = sorted(like.passages, key=lambda passage: (-len(passage.text), passage.start))
    shown = sorted(longest[:_SHOWN], key=lambda passage: passage.start)
    quoted = "；".join(f"“{_short(passage.text)}”（{len(passage.text)}字）" for passage in shown)
    rest = len(like.passages) - len(shown)
    return f"{quoted}；另有{rest}段" if rest > 0 else quoted


def _short(text: str) -> str:
    flat = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    return flat if len(flat) <= 40 else f"{flat[:24]}……{flat[-12:]}"
