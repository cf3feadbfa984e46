"""What a bag is about: its name, whose reports it holds, of which day, and whether finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from nianbao import __version__
from nianbao.archive.inputs import Key

DRAFT: Final = "Nianbao-Draft"
"""What ``bag-info.txt`` calls a draft by."""
_SHOWN: Final = 8
"""So many agencies are named in one line; of more, the first and their number."""


@dataclass(frozen=True)
class About:
    """What a bag is about.

    Attributes
    ----------
    name : str
        Its name, and that of its file without ``.zip``.
    year : int
        The year reported on.
    names : mapping
        The name of the agency of each report, by year and agency.
    published : datetime.date
        When the reports were public: the only date in a bag.
    draft : str
        Why it is a draft; empty for a finished one.
    """

    name: str
    year: int
    names: Mapping[Key, str]
    published: date
    draft: str = ""

    @property
    def title(self) -> str:
        """What it is, in Chinese."""
        listed = list(self.names.values())
        if len(listed) == 1:
            return f"{listed[0]}{self.year}年政府信息公开工作年度报告"
        return f"{self.year}年政府信息公开工作年度报告（{len(listed)}份）"

    def described(self) -> dict[str, str]:
        """Return what ``bag-info.txt`` says."""
        listed = list(self.names.values())
        more = f"等{len(listed)}个机关" if len(listed) > _SHOWN else ""
        known = {
            "Source-Organization": "、".join(listed[:_SHOWN]) + more,
            "External-Identifier": self.name,
            "External-Description": f"{self.title}：原件、核验、成品和软件",
            "Bag-Software-Agent": f"nianbao {__version__}",
        }
        return known | ({DRAFT: "true"} if self.draft else {})
