"""What a notice relies on in a finding, and how texts from outside are made fit for a letter."""

from __future__ import annotations

import re
from typing import Protocol

# Controls, halves of surrogate pairs, noncharacters, and signs that turn the direction of writing.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f"
    "\u202a-\u202e\u2060\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
_LONG = 90
_TERMS = re.compile("〔[^〔〕]*〕")
"""The terms of a long sum: the table shows them, and a narrow column has no room for them."""
_INWARD = re.compile(r"params/|\.csv|审阅页|逐格读取")
_ENDS = ("。", "！", "？", "：", "；")


class Statement(Protocol):
    """What a rule says."""

    @property
    def label(self) -> str:
        """What must hold, in Chinese."""

    @property
    def basis(self) -> str:
        """Where the rule comes from."""

    @property
    def table(self) -> str:
        """``t2``, ``t3``, ``t4``, or nothing."""

    @property
    def kind(self) -> str:
        """``balance``, ``comparison``, or the part of the package that tells it."""


class Checked(Protocol):
    """A rule at one place."""

    @property
    def id(self) -> str:
        """Its id with its scope."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells that it speaks of, in form order."""

    @property
    def spec(self) -> Statement:
        """The rule as stated."""


class Problem(Protocol):
    """A finding, as far as a notice needs it."""

    @property
    def id(self) -> str:
        """Its stable id, which waivers name."""

    @property
    def rule(self) -> Checked:
        """The rule that was checked."""

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``hint``."""

    @property
    def status(self) -> str:
        """``passed``, ``failed``, ``undecided`` or ``not_applicable``."""

    @property
    def waived(self) -> bool:
        """Whether the agency has explained it."""

    @property
    def place(self) -> str:
        """Where, in the official words."""

    @property
    def found(self) -> str:
        """Both sides with numbers, without a stop at its end."""

    @property
    def advice(self) -> str:
        """What to look at."""


def plain(text: str) -> str:
    """Take out of a text what no letter can hold: controls, line breaks, turned directions."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def brief(problem: Problem) -> str:
    """Tell what was found, a long sum without its terms."""
    found = problem.found.removesuffix("，不成立")
    return _TERMS.sub("", found) if len(found) > _LONG else found


def outward(text: str) -> str:
    """Leave out of an advice what speaks of the project's own files: no office knows them."""
    clauses = re.split("(?<=[；。])", text)
    return "".join(clause for clause in clauses if not _INWARD.search(clause)).rstrip("；")


def sentence(text: str) -> str:
    """End a text with a stop, where it has none."""
    written = plain(text)
    return written if not written or written.endswith(_ENDS) else f"{written}。"
