"""Finds words written twice: 安全管理安全管理, 健全健全; not 渐渐, 人人, 研究研究."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TWICE: Final = re.compile(r"(?P<word>[一-龥]{2,12})(?P=word)")
_NUMERALS: Final = frozenset("零一二三四五六七八九十百千万亿〇两几半每各")
#: Of two characters, meant twice: 一件一件 is caught by its numeral, these are not.
_MEANT: Final = frozenset(
    word * 2
    for word in [
        *("研究", "讨论", "商量", "学习", "了解", "考虑", "许多"),
        *("很多", "非常", "逐项", "上下", "来回"),
    ]
)
#: What the second half begins: 人民政府政府信息公开, 申请申请人, 服务服务中心.
_FOLLOWERS: Final = """
政府:信息网门采部令规公文购工职办常服 公开:栏指目条专平工年制办申信 申请:人表书量材
服务:中大平热窗事对企 管理:办局规中部条制 信息:化中处公技系管发
建设:局工项厅 人民:法检政 保障:房局厅
代表:团委 工作:人日组机制要会领 审查:制意委
委员:会 社会:保公救组治 行政:复诉许处审执机规
教育:局厅 中心:组 单位:内负领
部门:规 法律:法服顾援 经济:社和技
领导:小干 网站:群 监督:检管保
统计:局年 财政:局部厅 发展:和改
安全:生 改革:委和 规划:和局
交通:运局 办公:室厅 机关:事党
会议:室 数据:局
"""
_NEXT: Final = dict(pair.split(":") for pair in _FOLLOWERS.split())


@dataclass(frozen=True, slots=True)
class Repetition:
    """A word that stands twice in a row; ``certain`` for three characters and more."""

    word: str
    certain: bool
    text: str
    start: int
    end: int


def repetitions(text: str) -> list[Repetition]:
    """Return the doubled words of a text; not what grammar or two adjoining names explain."""
    return [
        Repetition(m["word"], len(m["word"]) > 2, m.group(), m.start(), m.end())
        for m in _TWICE.finditer(text)
        if not _explained(text, m)
    ]


def _explained(text: str, found: re.Match[str]) -> bool:
    word = found["word"]
    if len(set(word)) == 1 or _NUMERALS.intersection(word[:1]):
        return True
    half = len(word) // 2
    if len(word) == 2 and found.group() in _MEANT:
        return True
    following = text[found.end() : found.end() + 1]
    if len(word) % 2 == 0 and word[:half] == word[half:]:
        return True
    return following != "" and following in _NEXT.get(word, "")
