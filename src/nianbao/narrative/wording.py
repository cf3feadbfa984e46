"""What the wording of a clause says: what it counts, compares, totals, shares or opens."""

import re
from bisect import bisect_left
from typing import Final

from nianbao.narrative.clauses import Clause
from nianbao.narrative.names import LONGEST_NAME, without_leading
from nianbao.narrative.numbers import Quantity

_COMPARED: Final = re.compile(
    r"\s*(?:占|较[上去前同2]|比[上去前同2]|与[上去前同2]|相比)|.{0,40}(?:同比|环比|同期|持平)"
)
_CHANGED: Final = re.compile(
    r"(?:(?<!新)(?:增长|增加|增幅|减少|下降|上升|降低|提高|提升)|[增降升减]至|[多高]出)"
    r"[了至到约为近]{0,2}\s?\Z"
)
# Words that turn to another statement: what follows is a part only if the sum then agrees.
TURN: Final = re.compile(
    r"\s*(?:均|已|全部|并|另|此外|同时|目前|按时|累计|截至|截止|答复|办结|办理|结转)"
)
_TOTAL: Final = re.compile(
    r"\s*(?:以上|上述|两者|二者|三者|各类|[两三四五六七八九十]项)?"
    r"(?:共计|合计|总计|总共|一共|共有|共(?![同享])|累计)"
)
SHARED: Final = re.compile(r"分别[^，、；]{0,10}\Z")
EACH: Final = re.compile(r"[各均](?:为|有|是|收到|发布)?\s?\Z")
_ASIDE: Final = re.compile(r"[（(][^（()）]*[)）]")


def counts(text: str, clause: Clause) -> list[Quantity]:
    """Return the numbers of a clause that count: no shares, no comparisons with other years."""
    found, end = [], max(clause.start, clause.body)
    if _COMPARED.match(text, end, min(end + 3, clause.end)):
        return []
    for number in clause.quantities:
        compared = _COMPARED.match(text, end, number.start) or _CHANGED.search(
            text, max(end, number.start - 8), number.start
        )
        if not number.is_share and not compared:
            found.append(number)
        end = number.end
    return found


def is_total(text: str, clause: Clause) -> bool:
    """Whether the clause begins with 共, 合计 or the like and so closes a list."""
    return _TOTAL.match(text, clause.start, clause.end) is not None


def is_shared(text: str, clause: Clause) -> bool:
    """Whether the numbers of the clause belong, in order, to names before a 分别."""
    numbers = counts(text, clause)
    return bool(numbers) and SHARED.search(words_before(text, clause, numbers[0])) is not None


def opens(text: str, clause: Clause) -> bool:
    """Whether a word of the clause opens a list of parts; 由 does with 组成 only."""
    if clause.opener.endswith("由"):
        return re.search("组成|构成", text[clause.body : clause.body + 400]) is not None
    return bool(clause.opener)


def of_unit(numbers: list[Quantity], unit: str) -> list[Quantity]:
    """Return the numbers that carry the unit, else those written without one."""
    return [n for n in numbers if n.unit == unit] or [n for n in numbers if not n.unit]


def is_aside(text: str, clause: Clause, counted: list[Quantity]) -> bool:
    """Whether a clause without counts only comments on its neighbour: 占48.2%, 同比增长3件."""
    if counted:
        return False
    compared = _COMPARED.match(text, clause.body, clause.end) is not None
    return bool(clause.quantities) or compared or not text[clause.body : clause.end].strip()


def _previous_end(clause: Clause, number: Quantity) -> int:
    place = bisect_left(clause.quantities, number.start, key=_start)
    begin = max(clause.start, clause.body)
    return max(begin, clause.quantities[place - 1].end) if place else begin


def next_start(clause: Clause, number: Quantity) -> int:
    """Return where the next number of the clause begins, else where the clause ends."""
    place = bisect_left(clause.quantities, number.end, key=_start)
    return clause.quantities[place].start if place < len(clause.quantities) else clause.end


def _start(number: Quantity) -> int:
    return number.start


def subject_start(text: str, clause: Clause, number: Quantity) -> int:
    """Return where the words about a number begin within its clause."""
    start = max(_previous_end(clause, number), number.start - LONGEST_NAME)
    return without_leading(text, start, number.start)


def words_before(text: str, clause: Clause, number: Quantity) -> str:
    """Return the words between the number before, or the start of the clause, and a number."""
    start = max(_previous_end(clause, number), number.start - LONGEST_NAME)
    return _ASIDE.sub("", text[start : number.start])


def words_after(text: str, clause: Clause, number: Quantity) -> str:
    """Return the words between a number and the next number or the end of its clause."""
    end = min(next_start(clause, number), number.end + LONGEST_NAME)
    return _ASIDE.sub("", text[number.end : end])
