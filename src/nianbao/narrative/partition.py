"""A whole and its parts as the prose states them, and whether they agree."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from nianbao.narrative.clauses import Clause
from nianbao.narrative.lists import Item
from nianbao.narrative.names import whole_name
from nianbao.narrative.numbers import Quantity
from nianbao.narrative.wording import subject_start, words_after, words_before

_AND_SO_ON: Final = re.compile(r"[^，,、；;。]{0,12}?等(?![候待级同])")
_OVERLAP: Final = re.compile("交叉|重叠|重复计")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its number, its name, and where both stand (half-open)."""

    value: int | Decimal
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Partition:
    """A whole and its parts.

    Attributes
    ----------
    whole
        The number that the parts are parts of, after 万 and 亿 (元 for amounts in 万元).
    label
        What the whole counts, as far as the words tell (发布政府信息).
    exhaustive
        Whether the wording claims that the parts are all there is: 分别为, a last part tied
        by 和 or named 其他, a closing 合计, a bracket filled with parts, 由…组成.
        A plain 其中 claims nothing, even where its parts happen to sum.
    holds
        Whether whole = Σ parts; None where a number is approximate, or the difference is
        within the rounding of numbers written in 万 or 亿.
    text, start, end
        The words from the whole to the last part, with half-open code point offsets.
    """

    whole: int | Decimal
    label: str
    parts: tuple[Part, ...]
    unit: str
    exhaustive: bool
    holds: bool | None
    text: str
    start: int
    end: int

    @property
    def broken(self) -> bool:
        """Whether the wording claims a complete list and the sum differs."""
        return self.exhaustive and self.holds is False

    @property
    def complete(self) -> bool:
        """Whether at least two exact parts sum exactly to the whole, whatever the wording."""
        return self.holds is True and len(self.parts) > 1


def agreement(whole: Quantity, parts: list[Quantity]) -> bool | None:
    """Return whether the parts sum to the whole, None if inexact numbers leave it open."""
    numbers = [whole, *parts]
    if any(number.approximate for number in numbers):
        return None
    difference = Decimal(whole.value)
    for part in parts:
        difference -= part.value
    difference = abs(difference)
    if not difference:
        return True
    return None if difference < sum(number.rounding for number in numbers) else False


def build(
    text: str, whole: Quantity, clause: Clause, items: list[Item], exhaustive: bool
) -> Partition:
    """Return the partition of a whole, named by its clause, into items."""
    start = min(subject_start(text, clause, whole), items[0].start)
    end = max(whole.end, *(item.end for item in items))
    return Partition(
        whole.value,
        whole_name(words_before(text, clause, whole), words_after(text, clause, whole)),
        tuple(Part(i.quantity.value, i.label, i.start, i.end) for i in items),
        whole.unit or items[0].quantity.unit,
        exhaustive,
        agreement(whole, [item.quantity for item in items]),
        text[start:end],
        start,
        end,
    )


def claims_all(text: str, opener: str, items: list[Item]) -> bool:
    """Return whether the wording of an opened list claims that it is exhaustive.

    主要, 等 and words for overlap take the
    claim back; so does an item whose reading is not certain.
    """
    last = items[-1]
    if "主要" in opener or leaves_open(text, items):
        return False
    if opener.endswith("由"):
        return re.search("组成|构成", text[last.quantity.end : last.quantity.end + 12]) is not None
    together = all(item.shared for item in items)
    return "分别" in opener or together or last.joined or last.is_rest


def leaves_open(text: str, items: list[Item]) -> bool:
    """Return whether 等, overlap or an uncertain item keeps the list from being complete."""
    last = items[-1]
    after = text[last.quantity.end : last.quantity.end + 16]
    return (
        not all(item.certain for item in items)
        or any(item.shared and item.label.endswith("等") for item in items)
        or _AND_SO_ON.match(after) is not None
        or _OVERLAP.search(text[items[0].start : last.end + 40][-4000:]) is not None
    )
