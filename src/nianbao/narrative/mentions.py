"""Goes through prose once and says of every number in which words and company it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import merge
from typing import Final

from nianbao.narrative.numbers import Quantity, quantities
from nianbao.narrative.phrases import Token, phrases

_MARK: Final = re.compile(r"[，,；;：:。！？!?\n（()）、|\t]|其中")
_ENDS: Final = frozenset("。！？!?\n|\t")
_GOES_ON: Final = re.compile(r"\s{0,8}(?:其中|从|按|已答复|在[^，。]{0,12}中|已?办结|答复的|予以)")
_ALL: Final = re.compile(r"(?:均|全部|全都|都|皆)[^，,；;。、0-9]{0,8}\Z")


@dataclass(frozen=True, slots=True)
class State:
    """What the words so far are about; a bracket begins with its host's and gives it back.

    ``topic`` is a topic's name, ``thing`` for another matter, empty where none was named;
    ``faded`` that of the sentence before. ``doubt`` is ``scope`` where somebody else's
    numbers may be meant.
    """

    topic: str = ""
    faded: str = ""
    flow: str = ""
    act: str = ""
    decision: str = ""
    company: str = ""
    other_time: bool = False
    muted: bool = False
    doubt: str = ""
    inside: bool = False
    words: tuple[Token, ...] = ()
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A number with the words before and after it in its clause, and the state it stands in.

    ``wholly`` is a word such as 均获维持 that says of the number before what became of all.
    """

    quantity: Quantity
    state: State
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    gap: str
    tail: str
    since: int
    wholly: Token | None = None


Event = tuple[int, int, Token | Quantity | str]


@dataclass(slots=True)
class Reader:
    """One pass over words, numbers and marks in the order of the text.

    Parameters
    ----------
    text : str
        The prose.
    year : int or None
        The year reported on: other years' numbers are told apart by it.
    owner : str
        The office's name; empty where it is not known.
    """

    text: str
    year: int | None = None
    owner: str = ""
    state: State = field(default_factory=State)
    stack: list[State] = field(default_factory=list)
    open: Mention | None = None
    after: list[Token] = field(default_factory=list)
    sentence: int = 0
    since: int = 0

    def mentions(self) -> Iterator[Mention]:
        """Yield every number that counts, and every word that says the same of all."""
        words: Iterator[Event] = ((t.start, 0, t) for t in phrases().find(self.text))
        numbers: Iterator[Event] = ((n.start, 1, n) for n in quantities(self.text))
        marks: Iterator[Event] = ((m.start(), 2, m.group()) for m in _MARK.finditer(self.text))
        events = merge(words, numbers, marks, key=lambda event: event[:2])
        last: Mention | None = None
        taken = 0
        for place, _, event in events:
            if place < taken:
                continue
            if isinstance(event, Token):
                wholly = self._take(event, last)
                if wholly:
                    yield wholly
            elif isinstance(event, Quantity):
                yield from self._close(place)
                last = self._number(event)
                taken = event.end
            else:
                yield from self._close(place)
                last = self._mark(place, event, last)
        yield from self._close(len(self.text))

    def _number(self, number: Quantity) -> Mention:
        words = self.state.words
        begin = words[-1].end if words else self.since
        gap = self.text[max(begin, number.start - 40) : number.start]
        mention = Mention(number, self.state, words, (), gap, "", self.since)
        self.open, self.after = mention, []
        counted = not number.is_share
        kept = self.state.words if number.is_share else ()
        self.state = replace(self.state, words=kept, counted=counted)
        self.since = number.end
        return mention

    def _close(self, place: int) -> Iterator[Mention]:
        """End the words after a number where a mark or the next number stands."""
        if self.open is not None:
            end = min(place, self.open.quantity.end + 40)
            tail = self.text[self.open.quantity.end : end]
            yield replace(self.open, after=tuple(self.after), tail=tail)
            self.open = None

    def _mark(self, place: int, mark: str, last: Mention | None) -> Mention | None:
        """Begin a sentence, a bracket or a clause; return the number that 均 may speak of."""
        state = self.state
        if mark in _ENDS:
            return self._sentence(place, last)
        if mark in "（(":
            self.stack = [*self.stack[-5:], state]
            self.state = replace(state, inside=True)
        elif mark in "）)":
            self.state = self.stack.pop() if self.stack else state
        elif mark == "其中":
            self.state = replace(state, words=(), inside=True)
        elif mark == "、" and not state.counted:
            return last
        elif state.words or state.counted or (state.inside and mark in "；;"):
            inside = state.inside and mark not in "；;"
            self.state = replace(state, words=(), counted=False, inside=inside)
        self.since = place + len(mark)
        return last

    def _sentence(self, place: int, last: Mention | None) -> Mention | None:
        """Forget what the sentence before was about, unless the next goes on with it."""
        state = self.state
        self.stack.clear()
        self.sentence = self.since = place + 1
        if _GOES_ON.match(self.text, place + 1):
            self.state = replace(state, words=(), counted=False, inside=False)
            return last
        faded = state.topic or state.faded
        self.state = State(faded=faded, company=state.company, flow=state.flow)
        return None

    def _take(self, token: Token, last: Mention | None) -> Mention | None:
        """Let a word change what the following numbers are about."""
        if self.open is not None:
            self.after.append(token)
        wholly = self._wholly(token, last)
        self.state = _changed(self, self.state, token)
        return wholly

    def _wholly(self, token: Token, last: Mention | None) -> Mention | None:
        if last is None or token.kind not in {"result", "flow", "row"} or last.quantity.is_share:
            return None
        before = self.text[max(token.start - 12, last.quantity.end, 0) : token.start]
        if not _ALL.search(before) or token.start - last.quantity.end > 30:
            return None
        return replace(last, wholly=token, state=replace(last.state, topic=self.state.topic))


def _changed(reader: Reader, state: State, token: Token) -> State:
    kind, name = token.kind, token.name
    changes: dict[str, object] = {}
    if kind == "topic":
        # 申请 inside a list of applicants or outcomes says nothing new.
        # 印发文件，其中主动公开、依申请公开、不予公开: the documents stay the matter.
        if state.topic == "thing" and state.inside and token.text(reader.text) == "依申请公开":
            return replace(state, words=(*state.words[-15:], token))
        changes = {"topic": "requests" if name == "applicants" else name, "act": ""}
        changes["company"] = "applicant" if name == "applicants" else state.company
        if name in {"review", "suits", "both"} and _for_others(reader, state, token):
            changes["doubt"] = state.doubt or "topic"
        if name == "requests":
            changes["flow"] = state.flow if state.topic == "requests" else state.flow or "intake"
    elif kind == "thing":
        changes = {"topic": "thing"}
    elif kind in {"row", "applicant", "result"}:
        changes = {"company": kind}
    elif kind in {"flow", "act", "decision"}:
        changes = {kind: name}
    elif kind == "time":
        changes = {"other_time": _other(reader, token)}
    elif kind == "mutes":
        changes = {"muted": True}
    elif kind == "reach":
        changes = {"other_time": False}
    elif kind == "unmute":
        words = tuple(word for word in state.words if word.name != "channel")
        return replace(state, words=(*words, token))
    elif kind in {"own", "whole", "level", "body"}:
        changes = {"doubt": _doubt(reader, token)}
    return replace(state, words=(*state.words[-15:], token), **changes)  # type: ignore[arg-type]


def _for_others(reader: Reader, state: State, token: Token) -> bool:
    """Whether 办理行政复议 may tell of cases that the office decides, not of its own disclosure."""
    handled = any(word.name in {"handled", "intake", "done"} for word in state.words)
    begin = max(reader.sentence, token.start - 200)
    return handled and "公开" not in reader.text[begin : token.start]


def _other(reader: Reader, token: Token) -> bool:
    """Whether a word of time names another year than the report's."""
    if token.name == "own_year" and token.text(reader.text)[0] not in "本今报":
        # 2022年全年: the year before it stays.
        return reader.state.other_time and any(w.kind == "time" for w in reader.state.words)
    if token.name != "year":
        return token.name == "other_year"
    value = int(token.text(reader.text)[:4])
    if reader.year is None:
        reader.year = value
    return value != reader.year


def _doubt(reader: Reader, token: Token) -> str:
    """Return ``scope`` where a word names somebody else, or more or less than the office."""
    government = not reader.owner or reader.owner.endswith("政府")
    if token.kind == "own":
        return ""
    if token.kind == "whole":
        return "" if government else "scope"
    if token.kind == "level":
        return "scope" if reader.owner.endswith("政府") or reader.state.inside else ""
    near = reader.text[max(token.start - 4, reader.since, 0) : token.end]
    if reader.owner:
        return "" if near[-5:] in reader.owner or reader.owner.endswith(near[-5:]) else "scope"
    return "scope" if reader.state.inside else ""
