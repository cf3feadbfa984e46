"""What stands beside a suspect cell: what it would have to be, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nianbao.suspects import PartSuspicion, Structural, SuspectSet, Suspicion

SIGN = "✗ "
"""Stands before the figure of a suspect cell."""

_SHOWN = 3
"""Of a cell that stands in more sets than this, the others are only counted."""


def marks(suspicion: Suspicion) -> dict[str, str]:
    """Return what is said about each suspect cell: ``{code: text}``; nothing is corrected."""
    told: dict[str, list[str]] = {}
    for part in suspicion.parts:
        for code, line in (*_of_layout(part), *_of_sets(part)):
            told.setdefault(code, []).append(line)
    return {code: _joined(lines) for code, lines in told.items()}


def _joined(lines: list[str]) -> str:
    more = [f"另有{len(lines) - _SHOWN}种解释，见表下说明。"] if len(lines) > _SHOWN else []
    return "\n".join([*lines[:_SHOWN], *more, "仅供核对，未改动原文。"])


def _of_layout(part: PartSuspicion) -> Iterator[tuple[str, str]]:
    if part.structural:
        for fault in (part.structural, *part.structural.alternatives):
            for code in fault.cells:
                yield code, _fault_words(part, fault, code)


def _fault_words(part: PartSuspicion, fault: Structural, code: str) -> str:
    value = _value(fault.implied, code)
    return f"疑似错位：{fault.explanation}；本格{value}，则{part.part}全部勾稽关系成立。"


def _of_sets(part: PartSuspicion) -> Iterator[tuple[str, str]]:
    for number, each in enumerate(part.sets, start=1):
        for code in each.cells:
            yield code, f"{_rank_words(part, number)}：{_set_words(each, code)}"


def _rank_words(part: PartSuspicion, number: int) -> str:
    count = len(part.sets)
    if count == 1 and not part.capped:
        return "疑似单元格（改动最少的唯一解释）"
    return f"疑似单元格（第{number}组，共{count}组{'以上' if part.capped else ''}，不认定哪一组）"


def _set_words(each: SuspectSet, code: str) -> str:
    others = each.size - 1
    together = f"，且同组另外{others}个数同时改动" if others else ""
    slip = f"（{each.explanation}）" if each.explanation else ""
    place = next((places for places in each.places if code in places), (code,))
    where = f"（这个数也可能在另外{len(place) - 1}格）" if len(place) > 1 else ""
    value = f"{_value(each.implied, code)}{where}{together}"
    return f"本格{value}，则{each.part}全部勾稽关系成立{slip}。"


def _value(implied: Mapping[str, int], code: str) -> str:
    return f"若为 {implied[code]}" if code in implied else "可取多个数"
