"""What chance does to a rate: intervals around one, and limits that many may stray within.

Sources: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212, recommended by R. G. Newcombe, Stat.
Med. 17 (1998) 857–872, and L. D. Brown, T. T. Cai, A. DasGupta, Stat. Sci. 16 (2001) 101–133;
funnel plots with exact binomial limits: D. J. Spiegelhalter, Stat. Med. 24 (2005) 1185–1202.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p, sqrt

USUAL = 0.05
"""Of so many agencies one in 20 lies outside its 95 % limits by chance alone."""

RARE = 0.002
"""One in 500 lies outside its 99.8 % limits by chance alone."""

_TINY = 1e-300


def wilson(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's score interval of a rate, 95 % with the usual ``z``.

    It holds every rate p that lies no more than z standard errors √(p(1−p)/whole) from what was
    observed. Unlike the common interval it never leaves 0 to 1, nor shrinks to nothing at 0.

    Parameters
    ----------
    part, whole : int
        Cases (件) that count, and cases in all.
    z : float
        Quantile of the normal distribution, above 0.

    Returns
    -------
    tuple of float
        The lower and the upper bound, between 0 and 1.

    Raises
    ------
    ValueError
        If ``whole`` is below 1 or ``part`` not between 0 and ``whole``.
    """
    _check(part, whole)
    rate, square = part / whole, z * z / whole
    middle = rate + square / 2
    half = z * sqrt(rate * (1 - rate) / whole + square / whole / 4)
    lower = 0.0 if part == 0 else (middle - half) / (1 + square)
    upper = 1.0 if part == whole else (middle + half) / (1 + square)
    return lower, upper


@lru_cache(maxsize=4096)
def stray(part: int, whole: int, rate: float, outside: float = RARE) -> int:
    """Say whether a figure is rarer than chance allows when the true rate is ``rate``.

    Exact binomial tails, half of ``outside`` on each side: with small numbers and rates near 0
    the normal approximation would raise false alarms.

    Returns
    -------
    int
        -1 too few, 1 too many, 0 neither.
    """
    _check(part, whole)
    if _at_least(part, whole, rate) <= outside / 2:
        return 1
    if _at_least(whole - part, whole, 1 - rate) <= outside / 2:
        return -1
    return 0


def limits(whole: int, rate: float, outside: float) -> tuple[float, float]:
    """Return the rates from which on ``stray`` says too few and too many, as a smooth curve.

    Parameters
    ----------
    whole : int
        Cases in all, at least 1.
    rate : float
        The true rate, between 0 and 1.
    outside : float
        The share of agencies that chance alone may put outside.

    Returns
    -------
    tuple of float
        Both between 0 and 1, where nothing so rare exists the end itself.
    """
    upper = _limit(whole, rate, outside / 2) / whole
    lower = 1 - _limit(whole, 1 - rate, outside / 2) / whole
    return max(lower, 0.0), min(upper, 1.0)


def _check(part: int, whole: int) -> None:
    if whole < 1 or not 0 <= part <= whole:
        raise ValueError(f"not a part of a whole: {part}/{whole}")


def _limit(whole: int, rate: float, tail: float) -> float:
    """Return the number of cases that is reached with probability ``tail``, as a real number."""
    low, high = whole * rate, whole + 1.0
    # Twelve deviations hold it, so that long curves need few steps.
    high = min(high, low + 12 * sqrt(whole * rate * (1 - rate)) + 12)
    # A thousandth of a case, or a ten-thousandth of the rate, is finer than any picture.
    while high - low > max(0.001, whole * 1e-4):
        middle = (low + high) / 2
        if _at_least(middle, whole, rate) > tail:
            low = middle
        else:
            high = middle
    return high


def _at_least(part: float, whole: int, rate: float) -> float:
    """Return P(X ≥ part) of a binomial X, continued smoothly between whole numbers.

    It equals the regularized incomplete beta function (NIST DLMF 8.17.5).
    """
    if part <= 0 or rate >= 1:
        return 1.0
    if part >= whole + 1 or rate <= 0:
        return 0.0
    return _beta(rate, part, whole - part + 1)


def _beta(x: float, a: float, b: float) -> float:
    """Return the regularized incomplete beta function of x by its continued fraction."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate NIST DLMF 8.17.22 by Lentz's method; it takes about √max(a, b) steps."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d, c = 1 / _away(1 + term * d), _away(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < 1e-13:
            break
    return value


def _away(number: float) -> float:
    """Keep a divisor off zero."""
    return number if abs(number) > _TINY else _TINY
