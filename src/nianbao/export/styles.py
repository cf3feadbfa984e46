"""How the sheets look: type, ink and lines, named as what they stand for."""

from __future__ import annotations

from collections.abc import Mapping

INK, SOFT, QUIET, LINE = "#1f2328", "#59626d", "#6a737d", "#aeb6bf"
WASH, ACCENT = "#eef1f5", "#1f4e8c"
STATUS_COLOURS = {
    "passed": "#0b6b62",
    "failed": "#b3261e",
    "undecided": "#8a5300",
    "not_applicable": SOFT,
}
"""The colours of the pages; a sign and a word always stand beside them."""

SONG, _HEI = "宋体", "黑体"
_RULED = {"border": 1, "border_color": LINE}

STYLES: Mapping[str, Mapping[str, object]] = {
    "title": {"font_name": _HEI, "font_size": 14, "align": "center"},
    "heading": {"font_name": _HEI, "font_size": 11, "font_color": ACCENT},
    "side": {"font_size": 9, "font_color": SOFT, "text_wrap": True},
    "name": {"font_size": 10, "font_color": SOFT, "valign": "top", "text_wrap": True},
    "body": {"font_size": 10, "text_wrap": True, "valign": "top"},
    "note": {"font_size": 9, "text_wrap": True, "valign": "top"},
    "head": {
        "font_name": _HEI,
        "font_size": 10,
        "align": "center",
        "text_wrap": True,
        "bg_color": WASH,
        **_RULED,
    },
    "stub": {"font_size": 10, "text_wrap": True, "indent": 1, **_RULED},
    "group": {"font_size": 10, "text_wrap": True, "align": "center", **_RULED},
    "figure": {"font_size": 10, "align": "center", "text_wrap": True, **_RULED},
    "record": {"font_size": 10, "valign": "top", **_RULED},
}

Style = tuple[str, Mapping[str, object]]


def style(name: str, **more: object) -> Style:
    """Name a style of the workbook, with what differs from it here."""
    return name, more
