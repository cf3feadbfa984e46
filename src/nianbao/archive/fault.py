"""One thing that is wrong with a bag: where, and what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a bag.

    Attributes
    ----------
    place : str
        The file by its path in the bag, the line of a manifest, or “容器” (the zip).
    message : str
        What is wrong there, in Chinese.
    """

    place: str
    message: str

    def __str__(self) -> str:
        """Return both in a line."""
        return f"{self.place}：{self.message}"
