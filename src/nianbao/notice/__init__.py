"""The notice (退回意见) that goes back to an office as it is: as HTML and as ``.docx``."""

from __future__ import annotations

from nianbao.notice.contents import Explained, Group, Item, Notice, Tally, Unread
from nianbao.notice.gathering import notice
from nianbao.notice.problem import Problem
from nianbao.notice.sheets import fragment, page

__all__ = [
    "Explained",
    "Group",
    "Item",
    "Notice",
    "Problem",
    "Tally",
    "Unread",
    "fragment",
    "notice",
    "page",
]
