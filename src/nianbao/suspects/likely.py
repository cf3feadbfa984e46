"""Slips of one figure: which true figures a published one is likely to stand for, and why."""

from __future__ import annotations

from functools import cache

REVERSED = "相邻两位数字颠倒"
TENFOLD = "相差十倍"
DIGIT = "一位数字有误"
MISSING = "漏写一位数字"
EXTRA = "多写一位数字"
BLANK = "应有数字处填了 0，疑为空白当作 0"

_CLEAR, _FAIR, _FAINT = 3, 2, 1
"""How much a pattern tells: reversed digits seldom come about by chance, one digit often."""


@cache
def likely_values(published: int) -> tuple[int, ...]:
    """Return the figures that differ from a published one by a usual slip.

    For a published 0 that is nothing: any figure may have been left out.
    """
    text = str(published)
    places = range(len(text))
    digits = "0123456789"
    found = {text[:i] + d + text[i + 1 :] for i in places for d in digits}
    found |= {text[:i] + text[i + 1 :] for i in places if len(text) > 1}
    found |= {text[:i] + d + text[i:] for i in range(len(text) + 1) for d in digits}
    found |= {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in places[:-1]}
    figures = {int(each) for each in found if each == str(int(each))}
    return tuple(sorted(figures - {published}))


@cache
def slip(published: int, value: int) -> tuple[str, int]:
    """Name the slip that makes a published figure of a true one, and how much it tells.

    Returns
    -------
    tuple of (str, int)
        Empty and 0 where no usual slip does.
    """
    old, new = str(published), str(value)
    if published and (value == 10 * published or published == 10 * value):
        return TENFOLD, _CLEAR
    if _reversed(old, new):
        return REVERSED, _CLEAR
    if not published:
        return BLANK, _FAINT
    if len(old) == len(new) and sum(a != b for a, b in zip(old, new, strict=True)) == 1:
        return DIGIT, _FAIR if len(old) > 1 else _FAINT
    if _without_one(new, old):
        return MISSING, _FAIR
    if _without_one(old, new):
        return EXTRA, _FAIR
    return "", 0


def _reversed(old: str, new: str) -> bool:
    """Whether two neighbouring digits changed places; a leading zero is not written."""
    width = max(len(old), len(new))
    old, new = old.zfill(width), new.zfill(width)
    return any(
        old[:i] + old[i + 1] + old[i] + old[i + 2 :] == new and old != new for i in range(width - 1)
    )


def _without_one(longer: str, shorter: str) -> bool:
    """Whether leaving out one digit makes the one of the other."""
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    )
