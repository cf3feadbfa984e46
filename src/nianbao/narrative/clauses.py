"""Splits prose into clauses: what stands between marks, with its numbers and brackets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from nianbao.narrative.numbers import Quantity, quantities

#: How strongly a mark separates: 、 items, ， clauses, ； groups, 。 sentences.
ITEM, CLAUSE, GROUP, SENTENCE = 1, 2, 3, 4

_MARK: Final = re.compile(
    r"(?P<name>《[^《》\n]{0,80}》|“[^“”\n]{0,40}”)"
    r"|(?P<separator>(?:[，、；;。！？!?\n\t|]|(?<![0-9])[,:：]|[,:：](?![0-9]))"
    r"[，,、；;：:。！？!?\s|]*)"
    r"|(?P<open>[（(])|(?P<close>[)）])"
    r"|(?P<opener>其中)"
    r"|(?P<beginner>(?:主要)?(?:包括|包含|含有?(?!量)|分为|由)|分别[为是有])"
    r"|(?P<join>以及|及(?![时早格其])|和(?![谐平睦解])|与(?![会上去前同2]))"
    r"|(?P<total>共计|合计|总计|总共|一共|共(?![同享])|累计)"
)
#: Brackets nested deeper are read as plain words.
_DEEPEST: Final = 6
# Bounded, so that a line of blanks is not read again for every word after it.
_BLANK: Final = re.compile(r"\s{0,8}")
_NUMBER_NEXT: Final = re.compile(r"\s?[0-9０-９]")


@dataclass(slots=True, eq=False)
class Clause:
    """A stretch of prose between two marks of one bracket level.

    ``strength`` and ``joined`` say how it is tied to the clause before; ``opener`` is the
    word that opens a list of parts (其中, 包括 …), ``body`` where the words after it begin.
    """

    start: int
    strength: int
    joined: bool = False
    colon: bool = False
    opener: str = ""
    body: int = -1
    end: int = -1
    quantities: list[Quantity] = field(default_factory=list)
    brackets: list["Scope"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Scope:
    """The whole text, or what one pair of brackets holds, as a sequence of clauses."""

    start: int
    end: int
    clauses: list[Clause]
    host: Clause | None = None


def scopes(text: str) -> list[Scope]:
    """Return the text and each of its bracketed stretches, outermost first."""
    return _Splitter(text).split()


class _Splitter:
    """One pass over the marks and numbers of a text, with a stack of open brackets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = [Scope(0, len(text), [Clause(0, SENTENCE)])]
        self.stack = [self.found[0]]

    def split(self) -> list[Scope]:
        marks = list(_MARK.finditer(self.text))
        pairs = dict(_bracket_pairs(marks))
        numbers = iter(quantities(self.text))
        number = next(numbers, None)
        for mark in marks:
            while number is not None and number.start < mark.start():
                self._clause.quantities.append(number)
                number = next(numbers, None)
            if number is None or mark.start() >= number.end or mark.start() < number.start:
                self._take(mark, pairs)
        if number is not None:
            self._clause.quantities.extend([number, *numbers])
        self._close(len(self.text))
        return self.found

    @property
    def _clause(self) -> Clause:
        return self.stack[-1].clauses[-1]

    def _take(self, mark: re.Match[str], pairs: dict[int, int]) -> None:
        kind = mark.lastgroup
        if kind == "separator":
            self._separate(mark)
        elif kind == "open" and mark.start() in pairs and len(self.stack) <= _DEEPEST:
            self._descend(mark.end(), pairs[mark.start()])
        elif kind == "close" and len(self.stack) > 1 and mark.start() == self.stack[-1].end:
            self._ascend()
        elif kind == "opener" or (kind in {"beginner", "join", "total"} and self._is_cue(mark)):
            self._begin(mark)

    def _separate(self, mark: re.Match[str]) -> None:
        strength = _strength(mark.group())
        # 、 between words only lists names: it separates parts once a number was named.
        if strength > ITEM or self._clause.quantities:
            self._close(mark.start())
            colon = mark.group()[0] in "：:"
            self.stack[-1].clauses.append(Clause(mark.end(), strength, colon=colon))

    def _is_cue(self, mark: re.Match[str]) -> bool:
        """Whether a small word ties clauses: at a clause's start or right after a number."""
        clause = self._clause
        if self._is_blank(max(clause.start, clause.body), mark.start()):
            return mark.lastgroup != "total"
        if not clause.quantities:
            return False
        end = max(clause.quantities[-1].end, clause.brackets[-1].end + 1 if clause.brackets else 0)
        if self._is_blank(end, mark.start()):
            return True
        return mark.lastgroup == "join" and bool(_NUMBER_NEXT.match(self.text, mark.end()))

    def _is_blank(self, start: int, end: int) -> bool:
        found = _BLANK.match(self.text, start, end)
        return found is not None and found.end() == end

    def _begin(self, mark: re.Match[str]) -> None:
        """Let an opener, a join or a total begin a clause of its own."""
        clause = self._clause
        if not self._is_blank(max(clause.start, clause.body), mark.start()):
            self._close(mark.start())
            strength = ITEM if mark.lastgroup in {"join", "total"} else CLAUSE
            clause = Clause(mark.start(), strength)
            self.stack[-1].clauses.append(clause)
        if mark.lastgroup == "total":
            return
        clause.body = mark.end()
        if mark.lastgroup == "join":
            clause.joined = True
        else:
            clause.opener = (clause.opener + mark.group())[-8:]

    def _descend(self, start: int, end: int) -> None:
        host = self._clause
        scope = Scope(start, end, [Clause(start, SENTENCE)], host)
        host.brackets.append(scope)
        self.found.append(scope)
        self.stack.append(scope)

    def _ascend(self) -> None:
        self._close(self.stack[-1].end)
        scope = self.stack.pop()
        inside = [number for clause in scope.clauses for number in clause.quantities]
        # 网站（420条）: a bracket that holds one number and nothing else is no aside.
        if len(inside) == 1 and inside[0].text == self.text[scope.start : scope.end].strip():
            before = self._clause.quantities
            if not before or before[-1].end < scope.start - 1:
                before.append(inside[0])

    def _close(self, end: int) -> None:
        self._clause.end = end
        if self._clause.body < 0:
            self._clause.body = self._clause.start


def _strength(separator: str) -> int:
    marks = set(separator)
    if marks & set("。！？!?|\t"):
        return SENTENCE
    if "\n" in marks and not marks & set("，,、；;：:"):
        return SENTENCE
    if marks & set("；;"):
        return GROUP
    return CLAUSE if marks & set("，,：:") else ITEM


def _bracket_pairs(marks: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the places of matching brackets; a bracket open at a line's end is none."""
    opened: list[int] = []
    for mark in marks:
        if mark.lastgroup == "open":
            opened.append(mark.start())
        elif mark.lastgroup == "close" and opened:
            yield opened.pop(), mark.start()
        elif mark.lastgroup == "separator" and "\n" in mark.group():
            opened.clear()
