"""What one check other than a balance rule came to, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule of the catalogue (``forms/rules.yaml``), applied to one place of a report.

    Attributes
    ----------
    rule : str
        Its id in the catalogue: ``Y-1``, ``L-1``, ``X-12`` …
    scope : str
        Tells the places of one rule apart, stable between runs: ``natural``,
        ``normative_docs``, a short hash of the words; empty where there is but one.
    status : str
        ``passed``, ``failed``, ``undecided`` or ``not_applicable``.
    cells : tuple of str
        The report's own cells that it speaks of, in form order.
    left, right : int or decimal.Decimal or None
        Both sides in the form's unit (件, 万元) or as the prose says; None where not known.
    place : str
        Where, in the official words: ``表三“自然人”列``, ``第一部分``; without a stop.
    found : str
        What was found, with both sides and their numbers; a sentence without its stop.
    advice : str
        What to look at; a sentence without its stop, empty where there is nothing to do.
    severity : str
        ``warning`` or ``hint`` where it is lighter here than the catalogue says; else empty.
    """

    rule: str
    scope: str
    status: str
    cells: tuple[str, ...]
    left: int | Decimal | None
    right: int | Decimal | None
    place: str
    found: str
    advice: str = ""
    severity: str = ""

    @property
    def message(self) -> str:
        """All of it in one text for people, in Chinese."""
        advice = f"{self.advice}。" if self.advice else ""
        return f"{self.place}：{self.found}。{advice}"
