"""Says what stands beside a figure in the official tables: that it is suspect, or is spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nianbao.finding import Finding
from nianbao.fragments import grouped
from nianbao.suspects import PartSuspicion, Structural, Suspicion

_WORDS: Final = {"suspect": "疑似", "moved": "疑为错位", "counted": "疑为重计"}
_LEGEND: Final = {
    "suspect": "改动后勾稽关系即可成立，且改动最少",
    "moved": "像是填写时移了位置，移回后勾稽关系即可成立",
    "counted": "像是重复计入了小计，剔除后勾稽关系即可成立",
}
_FEW: Final = 2
"""A finding about more cells than this is told below the tables alone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a figure.

    Attributes
    ----------
    kind : str
        ``suspect``; ``moved`` or ``counted`` (twice) by a fault of layout; ``noted`` by a finding
        that is no balance rule.
    lines : tuple of str
        The words shown, each short enough for a narrow cell.
    words : str
        What is said besides to those who do not see the table.
    target : str
        The id of the entry that it links to.
    tied : bool
        Whether other cells explain the same rules as well.
    """

    kind: str
    lines: tuple[str, ...]
    words: str
    target: str
    tied: bool = False


def part_anchor(number: int) -> str:
    """Name the entry of a part, numbered from 1 as in the suspicion."""
    return f"suspect-{number}"


def set_anchor(number: int, index: int) -> str:
    """Name the entry of a part's set of cells, numbered from 1; 0 is its fault of layout."""
    return f"suspect-{number}-{index}"


def finding_anchor(finding: Finding) -> str:
    """Name the entry of a finding."""
    return f"rule-{finding.rule.id}" if finding.balances else f"finding-{finding.id}"


def placed(part: PartSuspicion) -> bool:
    """Whether each suspect figure has one cell; a short row's number may stand in several."""
    return all(len(cells) == 1 for each in part.sets for cells in each.places)


def marks(findings: Iterable[Finding], suspicion: Suspicion) -> dict[str, Mark]:
    """Return the marks of cells, by code; a suspect cell carries no other one.

    Parameters
    ----------
    findings : iterable of Finding
        All findings of a report.
    suspicion : Suspicion
        What is suspect in it. Parts that could not be localized mark no cell.
    """
    found = _noted(findings)
    for number, part in enumerate(suspicion.parts, start=1):
        found |= _faulty(number, part) if part.structural else _suspected(number, part)
    return found


def _faulty(number: int, part: PartSuspicion) -> dict[str, Mark]:
    """Mark the cells that a fault of layout moves; sets would only mislead beside them."""
    fault = part.structural
    faults = (fault, *fault.alternatives) if fault else ()
    implied: dict[str, list[int]] = {}
    kinds: dict[str, str] = {}
    for each in faults:
        for code in each.cells:
            implied.setdefault(code, []).append(each.implied[code])
            kinds.setdefault(code, _fault_kind(each))
    target = set_anchor(number, 0)
    return {
        code: _mark(kinds[code], values, target, tied=len(faults) > 1)
        for code, values in implied.items()
    }


def _fault_kind(fault: Structural) -> str:
    return "counted" if fault.kind == "subtotal_counted" else "moved"


def fault_word(fault: Structural) -> str:
    """Call a fault of layout by what its cells are marked with."""
    return _WORDS[_fault_kind(fault)]


def _suspected(number: int, part: PartSuspicion) -> dict[str, Mark]:
    """Mark the cells of all sets alike; each links to the first set that it stands in."""
    tied = len(part.sets) > 1 or part.capped or not placed(part)
    implied: dict[str, list[int]] = {}
    targets: dict[str, str] = {}
    for index, each in enumerate(part.sets, start=1):
        for code in each.cells:
            targets.setdefault(code, set_anchor(number, index))
            implied.setdefault(code, []).extend(
                [each.implied[code]] if code in each.implied else []
            )
    return {
        code: _mark("suspect", values, targets[code], tied=tied) for code, values in implied.items()
    }


def _mark(kind: str, values: Sequence[int], target: str, *, tied: bool) -> Mark:
    word, value = _WORDS[kind], _value(values)
    lines = (f"✗ {word}", *(["几种之一"] if tied else []), value)
    return Mark(kind, lines, "，说明见核验", target, tied)


def _value(values: Sequence[int]) -> str:
    """Say what a cell would have to be; in several sets it may have to be different figures."""
    different = sorted(set(values))
    if not different:
        return "可取多个数"
    rest = "等" if len(different) > 2 else ""
    return f"若为{'或'.join(grouped(value) for value in different[:2])}{rest}"


def _noted(findings: Iterable[Finding]) -> dict[str, Mark]:
    """Mark the cells of failed findings that speak of one or two cells of the tables."""
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        if _tells(finding):
            for code in finding.rule.cells:
                told.setdefault(code, []).append(finding)
    return {code: _note(tuple(spoken)) for code, spoken in told.items()}


def _tells(finding: Finding) -> bool:
    weighty = finding.severity in ("error", "warning") and not finding.waived
    few = 0 < len(finding.rule.cells) <= _FEW
    return finding.status == "failed" and weighty and few and not finding.balances


def _note(spoken: Sequence[Finding]) -> Mark:
    first = min(spoken, key=lambda finding: finding.severity != "error")
    word = "错误" if first.severity == "error" else "提醒"
    more = f"等{len(spoken)}条" if len(spoken) > 1 else ""
    return Mark("noted", ("△",), f"另有核验意见（{word}{more}），见核验", finding_anchor(first))


def legend(marked: Iterable[Mark]) -> tuple[str, ...]:
    """Explain the marks of one table: a sentence a kind, nothing where there are none."""
    kinds = [(mark.kind, mark.tied) for mark in marked]
    told = []
    for kind, tied in [key for key in dict.fromkeys(kinds) if key[0] in _WORDS]:
        several = "“几种之一”" if tied else ""
        meaning = "是几种可能之一，不认定哪一格有误" if tied else _LEGEND[kind]
        count = kinds.count((kind, tied))
        told.append(f"标“✗ {_WORDS[kind]}”{several}的{count}格，{meaning}；数字照录原文。")
    noted = sum(kind == "noted" for kind, _ in kinds)
    return (*told, *([f"标“△”的{noted}格另有核验意见。"] if noted else []))
