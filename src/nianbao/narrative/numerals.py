"""Turns a written numeral, Arabic or Chinese, into its exact value."""

import re
from decimal import Decimal
from typing import Final

#: No count in a report has more digits; longer runs are identifiers, and slow to convert.
MOST_DIGITS: Final = 18

_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_TERM: Final = re.compile(r"([0-9.,]+)[ \u3000\xa0]*([百千万亿]*)")
_DIGITS: Final = {char: index for index, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def simplified(number: Decimal) -> int | Decimal:
    """Return a whole number as ``int``, any other unchanged."""
    return int(number) if number == number.to_integral_value() else number


def scale_of(scales: str) -> int:
    """Return the factor that scale characters stand for: ``万亿`` is 10**12."""
    factor = 1
    for char in scales:
        factor *= _SCALES[char]
    return factor


def arabic(written: str) -> Decimal | None:
    """Return the value of digits with thousands separators and 百/千/万/亿, or None.

    ``1万2300`` is 12300, ``1亿3000万`` is 130000000; digits that are grouped wrongly,
    or terms that do not descend, are not a number.
    """
    if len(written) > 2 * MOST_DIGITS:
        return None
    total, ceiling = Decimal(0), None
    for digits, scales in _TERM.findall(written.translate(_FULL_WIDTH)):
        if not (_GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits)):
            return None
        term = Decimal(digits.replace(",", "")) * scale_of(scales)
        if ceiling is not None and term >= ceiling:
            return None
        total, ceiling = total + term, scale_of(scales)
    return total if total < 10**MOST_DIGITS else None


def last_place(written: str) -> int:
    """Return what the last written place is worth in a shorthand number, 0 if it is exact.

    ``4.5万`` was rounded to 1000, ``1亿2000万`` to 10000; ``45012`` and ``1万2300`` are exact.
    """
    terms = _TERM.findall(written.translate(_FULL_WIDTH).replace("余", "").replace("多", ""))
    if not terms or not terms[-1][1]:
        return 0
    digits, scales = terms[-1]
    decimals = len(digits.partition(".")[2])
    return max(int(scale_of(scales) // 10**decimals), 1)


def chinese(written: str) -> int | None:
    """Return the value of a Chinese numeral such as 三十二, 两 or 一万零五, or None.

    Digits read one by one (二〇二二) name a year or a code and are no number here.
    """
    total = section = digit = 0
    previous = ""
    for char in written:
        if char in _DIGITS:
            if previous in _DIGITS and previous not in "零〇":
                return None
            digit = _DIGITS[char]
        elif _SCALES[char] < 10**4:
            section += (digit or (0 if previous in "百千" and previous else 1)) * _SCALES[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _SCALES[char]
            section = digit = 0
        previous = char
    return total + section + digit if total < 10**MOST_DIGITS else None
