"""Writes what a font does to the meaning of signs into the signs themselves."""

from __future__ import annotations

from nianbao.values import STRUCK

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def dress(text: str, *, struck: bool = False, height: str = "") -> str:
    """Write text so that striking and raising cannot be lost: neither is then a figure.

    Parameters
    ----------
    text : str
        The signs as stored.
    struck : bool
        Whether they are struck out.
    height : str
        ``superscript``, ``subscript``, or anything else for the line itself.
    """
    if height in ("superscript", "subscript"):
        text = text.translate(_RAISED if height == "superscript" else _LOWERED)
    if struck:
        text = "".join(sign if sign.isspace() else sign + STRUCK for sign in text)
    return text
