"""Reads which notice on the form a report cites: 〔2021〕30号, or 〔2019〕60号 before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CITED: Final = re.compile(
    r"国办公开办函\s?[〔\[［【（(]?\s?(?P<year>20[0-9]{2})\s?[〕\]］】）)]?\s?(?P<number>[0-9]{1,3})\s?号"
)
_FORMS: Final = {("2021", "30"): "2021", ("2019", "60"): "2019"}
_OLD: Final = re.compile(r"废止|取代|代替|替代|不再|原")


@dataclass(frozen=True, slots=True)
class Notice:
    """A citation of one of the two notices: the form it prescribes, and the form expected."""

    form: str
    expected: str
    holds: bool
    text: str
    start: int
    end: int


def notices(text: str, form: str) -> list[Notice]:
    """Return the notices cited; where both are, or one as no longer valid, none is wrong."""
    found = [
        (match, _FORMS[match["year"], match["number"]])
        for match in _CITED.finditer(text)
        if (match["year"], match["number"]) in _FORMS
    ]
    excused = any(cited == form for _, cited in found)
    return [
        Notice(cited, form, cited == form, match.group(), match.start(), match.end())
        for match, cited in found
        if cited == form
        or not (excused or _OLD.search(text[max(match.start() - 40, 0) : match.end() + 40]))
    ]
