"""Reads statements that there was none: 未收到政府信息公开申请, 无行政复议、行政诉讼."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nianbao.narrative.meaning import Meaning
from nianbao.narrative.phrases import Token, phrases
from nianbao.narrative.readings import (
    Layout,
    Reading,
    act_readings,
    case_readings,
    decision_readings,
    flow_readings,
)

_NEGATION: Final = re.compile(
    r"没有|未(?!经|审|成年|来|办结|结案|按|能|公开|补)(?:曾|有)?"
    r"|无(?!正当|法|障|需|论|效|理|偿|关|锡|纸|一|缝|人)|零(?=[^，。；、]{0,12}(?:申请|复议|诉讼))"
)
_END: Final = re.compile(r"[，,；;。！？\n]|$")
_LONGEST: Final = 70
_FILLER: Final = re.compile(
    r"(?:[因由涉的类被过对向等也均该新案件项、和及与或在人我本局区县市镇（）()]|以及|涉及|有关|关于|针对|发生|产生|出现"
    r"|引起|引发|导致|政府|信息|公开|工作|事务|申请|提起|情况|情形|案件|事项|项目|办理|单位|机关|街道|任何|继续|行为|事件"
    r"|收到|公民|法人|其他组织|决定|作出|实施|进行|年度|方面|过|收取|存在)*\Z"
)
_OTHER_TIME: Final = re.compile(
    r"[上去前](?:一)?年度?(?!结转|[^，]{0,4}(?:无|没有|未)[^，]{0,3}结转)"
)
_KINDS: Final = {"topic", "flow", "act", "decision", "applicant", "own", "whole", "time"}


def zeros(text: str, year: int | None, owner: str, layout: Layout) -> Iterator[Meaning]:
    """Yield a meaning of value 0 for each cell or sum that the words say was nothing."""
    done = 0
    for found in _NEGATION.finditer(text):
        if found.start() < done:
            continue
        limit = min(found.end() + _LONGEST, len(text))
        end = _END.search(text, found.end(), limit)
        done = end.start() if end else limit
        start = _begin(text, found.start())
        if _elsewhere(text[start:done], text[start : found.start()], year):
            continue
        yield from _zeros(text, start, found, done, owner, layout)


def _begin(text: str, place: int) -> int:
    """Return where the clause of a place begins, a few dozen characters back at most."""
    low = max(place - 40, 0)
    marks = [text.rfind(mark, low, place) for mark in "，,；;。！？\n"]
    return max([low, *(mark + 1 for mark in marks)])


def _elsewhere(clause: str, before: str, year: int | None) -> bool:
    """Whether the words before a negation speak of another year or of somebody else."""
    years = [int(y) for y in re.findall(r"((?:19|20)[0-9]{2})年", before)]
    if years and year is not None and year not in years:
        return True
    return bool(_OTHER_TIME.search(clause)) or bool(re.search("以来|下属|所属|计划|连续", before))


def _zeros(
    text: str, start: int, negation: re.Match[str], end: int, owner: str, layout: Layout
) -> Iterator[Meaning]:
    rest = text[negation.end() : end]
    words = list(phrases().find(rest))
    subject = False
    if _plain(rest, words) and not any(w.kind in {"topic", "decision"} for w in words):
        # 行政复议、行政诉讼均未发生: what there was none of stands before.
        before = text[start : negation.start()]
        earlier = list(phrases().find(before))
        if any(w.kind == "topic" and w.name in {"review", "suits", "both"} for w in earlier):
            words, subject = [w for w in earlier if w.kind == "topic"], True
    if not subject and not _plain(rest, words):
        return
    before = text[start : negation.start()]
    for family, readings in _nothings(before, rest, words, layout):
        yield Meaning(0, tuple(readings), family, negation.start() if not subject else start, end)


def _plain(rest: str, words: list[Token]) -> bool:
    """Whether the words after a negation name cells and say nothing else."""
    if any(word.kind not in _KINDS for word in words):
        return False
    left, place = "", 0
    for word in words:
        left += rest[place : word.start]
        place = word.end
    return _FILLER.match(left + rest[place:]) is not None


def _nothings(
    before: str, rest: str, words: list[Token], layout: Layout
) -> Iterator[tuple[str, list[Reading]]]:
    names = {word.name for word in words}
    carried = [w.name for w in words if w.kind == "flow" and w.name.startswith("carried")]
    for name in carried:
        last_year = name == "carried" and re.search("[上去]年|[上去]一年", before)
        yield "carried", flow_readings("carried_in" if last_year else name)
    if carried:
        return
    cases = [n for n in ("review", "suits") if n in names or "both" in names]
    for name in cases:
        yield name, case_readings(name)
    for name in ("direct", "after"):
        if name in names and not cases:
            yield "suits", case_readings(name)
    acts = [w.name for w in words if w.kind == "act"]
    for topic in ("docs", "rules"):
        for act in acts if topic in names else []:
            yield "document", act_readings(topic, act, layout.documents)
    for name in ("licences", "penalties", "coercion", "fees"):
        if name in names:
            yield (
                "decision",
                decision_readings(name, "元" if name == "fees" else "件", layout.documents),
            )
    asked = any(w.kind == "flow" and w.name in {"intake", "new"} for w in words)
    if "requests" in names and not cases and (asked or rest.endswith("申请")):
        yield "requests", flow_readings("intake")
