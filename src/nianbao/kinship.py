"""The words of an office's own, and a sample of them that tells unlike reports apart quickly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from nianbao.narrative.likeness import stretches
from nianbao.report import Report

_WORTH: Final = 0.15
"""Below this share of short stretches no text reaches the share that is mentioned."""
_LONGEST: Final = 60_000
"""Characters of prose that are compared; no office writes as many."""
_SENTENCE: Final = re.compile(r"[^。；\n]*[。；\n]?")
_USUAL: Final = re.compile(
    "政府信息公开条例.{0,150}(?:编制|公布如下|年度报告)|政府信息公开工作年度报告格式|统计期[限间]|电子版|邮政编码|"
    "联系电话|(?:如|若)?对(?:本|此)?报告.{0,6}疑问|(?:全文|报告).{0,8}(?:包括|由)总体情况|个部分组?成?[。；]"
)


@dataclass(frozen=True)
class Relative:
    """Another report that a report's words may be taken from.

    Attributes
    ----------
    agency, name : str
        Whose it is.
    sample : frozenset of int
        Of its words' short stretches, by `words_sample`.
    load : callable
        Gives the report itself; asked only where the samples are alike.
    """

    agency: str
    name: str
    sample: frozenset[int]
    load: Callable[[], Report]


class Family:
    """The reports of a year below one parent, by what their words share.

    Parameters
    ----------
    samples : mapping of str to frozenset of int
        By agency.
    """

    def __init__(self, samples: Mapping[str, frozenset[int]]) -> None:
        self._samples = samples
        self._holders: dict[int, list[str]] = {}
        for name, sample in samples.items():
            for stretch in sample:
                self._holders.setdefault(stretch, []).append(name)

    def alike(self, agency: str) -> set[str]:
        """Return the others that are worth comparing with one word by word."""
        own = self._samples[agency]
        shared = Counter(name for stretch in own for name in self._holders[stretch])
        least = _WORTH * len(own)
        return {name for name, count in shared.items() if count >= least and name != agency}


def relative(report: Report) -> Relative:
    """Return a report that is at hand as a relative."""
    return Relative(report.agency, report.name, words_sample(report), lambda: report)


def own_words(report: Report) -> str:
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


def words_sample(report: Report) -> frozenset[int]:
    """Return a sample of the short stretches of a report's own words."""
    return stretches(own_words(report))


def alike(own: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two samples share enough to be worth comparing the texts word by word."""
    return len(own & other) >= _WORTH * len(own)
