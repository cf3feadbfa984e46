"""Finds the years that mean the report's own, and tells those that are another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_DIGITS: Final = str.maketrans(
    "０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789"
)
_NAME: Final = re.compile(r"《[^《》\n]{0,120}》")
_YEAR: Final = re.compile(
    r"(?<![0-9０-９])(?P<year>[12１２][09０９][0-9０-９]{2}|二[〇○零][〇○零一二三四五六七八九]{2})\s?年度?"
)
_MONTH: Final = re.compile(
    r"\s?(?!1月[至到-]12月)(?:[0-9０-９一二三四五六七八九十]{1,3}\s?月|底|末|初)"
)
_REPORT: Final = re.compile(
    r"(?:度)?(?:政府)?(?:政务|信息)公开(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)"
    r"|(?:政府)?(?:信息|政务)公开工作(?:情况)?(?:报告如下|公布如下|予以公布|汇报如下)"
)
_PERIOD: Final = re.compile(
    r"统计[^。，；\n]{0,12}[自从为是：:]{0,2}\s?(?P<from>\d{4})年1月1日[起，,\s]{0,3}[至到\-—~]{1,2}"
    r"\s?(?P<to>\d{4})年12月31日"
)
_OPENING: Final = re.compile(
    r"[\s\u3000]{0,8}(?:[（(][一二三四五六七八九十]{1,2}[）)][^。，\n]{2,30}[。：:])?\s?\Z"
)
_COMMA: Final = re.compile(r"(?:以来)?[，,]")
_COMPARES: Final = re.compile(
    r"结转|相比|同比|较|同期|以来|整改|问题|去年|上年|回顾|印发|出台的|颁布|成立"
)
_WORKS: Final = re.compile(
    r"[，,](?:我|本|全|[^，。]{0,24}(?:认真|坚持|持续|深入|积极|严格|切实|全面|按照|以习近平|在[^，。]{0,20}领导|信息处理费|公开))"
)
_SKIPPED: Final = re.compile(r"通知|安排|要点|方案|计划|意见|办法|以来")


@dataclass(frozen=True, slots=True)
class OwnYear:
    """A year that by its words is the one reported on, and whether it is."""

    value: int
    expected: int
    holds: bool
    text: str
    start: int
    end: int


def years(text: str, year: int) -> list[OwnYear]:
    """Return the years that mean the report's own.

    The right one is told wherever it stands as a year; another one only where the words leave
    no choice: the report's title, its statistical period, the first words of a paragraph that
    goes on to tell of the work. What was carried over, compared or corrected is of other years.
    """
    plain = text.translate(_DIGITS)
    names = [(n.start(), n.end()) for n in _NAME.finditer(text)]
    periods = list(_periods(text, plain, year))
    taken = [(p.start, p.end) for p in periods]
    found = [
        told
        for told in _found(text, plain, year)
        if not _inside(told.start, names) and not _inside(told.start, taken)
    ]
    return sorted([*found, *periods], key=lambda told: told.start)


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    from bisect import bisect_right

    at = bisect_right(spans, (place, 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= place < spans[at][1]


def _periods(text: str, plain: str, year: int) -> Iterator[OwnYear]:
    for found in _PERIOD.finditer(plain):
        for group in ("from", "to"):
            value = int(found[group])
            if value != year or group == "to":
                start, end = found.start("from"), found.end()
                yield OwnYear(value, year, value == year, text[start:end], start, end)
                break


def _found(text: str, plain: str, year: int) -> Iterator[OwnYear]:
    line_start, line_end = 0, -1
    for found in _YEAR.finditer(text):
        if found.start() > line_end:
            line_start = text.rfind("\n", 0, found.start()) + 1
            line_end = text.find("\n", found.end())
            line_end = len(text) if line_end < 0 else line_end
        if _MONTH.match(text, found.end()):
            continue
        value = int(plain[found.start("year") : found.end("year")])
        if abs(value - year) > 10:
            continue
        if value == year or _means_own(text, plain, found, line_start, line_end, year, value):
            yield OwnYear(value, year, value == year, found.group(), found.start(), found.end())


def _means_own(
    text: str,
    plain: str,
    found: re.Match[str],
    start: int,
    end: int,
    year: int,
    value: int,
) -> bool:
    if _REPORT.match(text, found.end()):
        before = text[max(start, found.start() - 20) : found.start()]
        return not re.search(r"做好|关于|开展|报送|下一步|[上去]年", before)
    if value > year or not _OPENING.match(text[max(start, found.start() - 45) : found.start()]):
        return False
    if found.start() - start > 45 or not _COMMA.match(text, found.end()):
        return False
    stop = text.find("。", found.end(), min(end, found.end() + 400))
    sentence = text[found.end() : stop if stop >= 0 else min(end, found.end() + 400)]
    if str(year) in plain[start : min(end, start + 2000)] or _COMPARES.search(sentence):
        return False
    return _WORKS.match(sentence) is not None and not _SKIPPED.match(sentence)
