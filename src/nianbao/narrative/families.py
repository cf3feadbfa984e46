"""Reads the words around a number by their family: which cells they may mean, how surely."""

from __future__ import annotations

import re
from typing import Final

from nianbao.narrative.mentions import Mention
from nianbao.narrative.phrases import Token
from nianbao.narrative.readings import (
    Layout,
    Reading,
    act_readings,
    applicant_readings,
    case_readings,
    decision_readings,
    flow_readings,
    row_readings,
)

_UNITS: Final = frozenset({"件", "宗", "份", "起", "例", "件次", ""})
_WORDS: Final = {"row", "applicant", "flow", "topic", "result", "act", "decision"}
_CASES: Final = {"review", "suits", "direct", "after", "both"}
_FILLER: Final = re.compile(
    r"(?:[近约逾的了类型量数共总计为是有达到均各占被而者案件份宗起例项：:、，（）()\s“”]|政府|信息|公开|申请|行政|相关|有关"
    r"|决定|事项|情形|情况|结果|答复|处理|办理|案件|合计|共计|累计|总计|分别|全年|本年度?|各类|以上|作出|内容|并|已|申请人"
    r"|项目|金额|措施|实施|执行|采购|规范性文件|收费|工作|继续|办公室|组织|其他)*\Z"
)
_TAIL: Final = re.compile(r"(?:[的为属于是系被均已获仍尚]|因|行政|政府|信息|公开)*\Z")
_REST: Final = re.compile(
    r"其[他它余]类?(?:组织|类型|情形|结果|处理|情况)?(?:[共为的有]|合计|申请)*\s?\Z"
)
_SUM: Final = re.compile(
    r"[\s，,]*(?:以上|上述|两者|二者)?(?:共计|合计|总计|总共|一共|共|达|共有)[：:为]?\s?\Z"
)
_JOINS: Final = re.compile(r"(?:申请|的|类|等)?(?:、|和|及|与|或|以及)(?:其[他它])?(?:属于|因)?\Z")

Found = tuple[str, list[Reading], str, Token | None]


def found_in(text: str, mention: Mention, layout: Layout) -> Found | None:
    """Find the words that tell what is counted: before the number, else after it."""
    state, number = mention.state, mention.quantity
    if "thing" in {word.kind for word in mention.after[:1]}:
        return None
    told = [word for word in mention.before if word.kind in _WORDS]
    begin = told[-1].end if told else mention.since
    gap = text[max(begin, number.start - 40) : number.start]
    rest = _REST.search(gap)
    if rest and not (told and _JOINS.match(gap)) and state.topic != "thing":
        return _rest(
            mention,
            Token("rest", "other", number.start - len(gap) + rest.start(), number.start),
            layout,
        )
    if told and _FILLER.match(gap):
        return _told(text, mention, told, layout)
    after = [word for word in mention.after if word.kind in _WORDS]
    if after and _TAIL.match(text[number.end : after[0].start]) and len(gap.strip()) < 12:
        return _named_after(mention, after, layout)
    if _SUM.match(gap) and state.topic == "requests" and number.unit in _UNITS:
        carried = state.flow == "carried_in"
        return "requests", flow_readings("all" if carried else "sum"), "topic", None
    reached = any(word.kind in {"reach", "time"} for word in mention.before)
    if reached and not told and state.topic == "requests" and _FILLER.match(mention.gap):
        flow = state.flow if state.flow in {"new", "intake", "done"} else "intake"
        return "requests", flow_readings(flow), "topic", mention.before[0]
    return None


def _told(text: str, mention: Mention, told: list[Token], layout: Layout) -> Found | None:
    word = told[-1]
    if word.kind in {"row", "applicant"}:
        return _list(text, mention, _joined(text, told), layout)
    if word.kind == "flow":
        return _flow(mention, word, word, told)
    if word.kind == "topic":
        return _topic(text, mention, told, layout)
    if word.kind == "result":
        return _case(mention, word)
    if word.kind == "act":
        topic = next((w.name for w in told if w.name in {"docs", "rules"}), mention.state.topic)
        return _document(mention, word.name, topic, word, layout)
    return _decision(mention, word, layout)


def _joined(text: str, told: list[Token]) -> list[Token]:
    """Return the last word with those of its kind that 、 or 和 ties to it."""
    words = [told[-1]]
    for word in reversed(told[:-1]):
        if word.kind != words[0].kind or not _JOINS.match(text[word.end : words[0].start]):
            break
        words.insert(0, word)
    return words


def _list(text: str, mention: Mention, words: list[Token], layout: Layout) -> Found | None:
    state, unit = mention.state, mention.quantity.unit
    if state.topic not in {"", "requests"} or unit not in _UNITS:
        return None
    names = list(dict.fromkeys(word.name for word in words))
    doubt = "" if state.topic or state.faded in {"", "requests"} else "topic"
    if "opened" in names:
        names, doubt = ["opened"], "topic"
    if words[0].kind == "applicant":
        if state.topic != "requests" and state.company != "applicant":
            return None
        if re.search(r"及其[他它]|和其[他它]|、其[他它]", mention.gap):
            names.append("other")
        return "applicant", applicant_readings(names, state.flow), doubt, words[0]
    # 没有现成信息需要另行制作 is one name in two words; 不掌握 within 无法提供 is the wider.
    return "outcome", row_readings(_widest(names), layout.single), doubt, words[0]


def _widest(names: list[str]) -> list[str]:
    last = names[-1]
    if last in {"deny", "unable", "refuse", "other"}:
        return [n for n in names if not n.startswith(f"{last}_")]
    return names


def _flow(mention: Mention, word: Token, first: Token, told: list[Token]) -> Found | None:
    state = mention.state
    name = word.name
    if mention.quantity.unit not in _UNITS:
        return None
    requests = state.topic == "requests" or any(w.name == "requests" for w in mention.after[:1])
    if name.startswith("carried"):
        if state.topic not in {"", "requests"}:
            return None
        years = any(w.name == "other_year" for w in mention.before)
        name = "carried_in" if name == "carried" and years else name
        pending = name == "carried_out" and "结转" not in mention.gap and not requests
        return "carried", flow_readings(name), "topic" if pending else "", first
    if state.inside and name in {"intake", "handled"}:
        return None
    if not requests and (state.topic or name == "handled"):
        return None
    doubt = "" if requests or name == "new" else "topic"
    family = "done" if name == "done" else "requests"
    return family, flow_readings(name), doubt, first


def _topic(text: str, mention: Mention, told: list[Token], layout: Layout) -> Found | None:
    word, state = told[-1], mention.state
    flows = [w for w in told if w.kind == "flow"]
    if word.name in _CASES:
        if mention.quantity.unit not in _UNITS:
            return None
        family = "review" if word.name == "review" else "suits"
        return family, case_readings(word.name), "", word
    if word.name in {"docs", "rules"}:
        act = next((w.name for w in told if w.kind == "act"), "")
        return _document(mention, act, word.name, told[0], layout) if act else None
    if word.name != "requests" or mention.quantity.unit not in _UNITS:
        return None
    decisions = [w for w in told if w.kind in {"row", "applicant"}]
    if decisions:
        return _list(text, mention, _joined(text, decisions), layout)
    if flows:
        return _flow(mention, flows[-1], flows[0], told)
    if state.inside or state.topic != "requests":
        return None
    name = state.flow if state.flow in {"new", "done", "handled"} else "intake"
    return "requests", flow_readings(name), "topic", word


def _case(mention: Mention, word: Token) -> Found | None:
    topic = mention.state.topic
    if topic not in _CASES or mention.quantity.unit not in _UNITS:
        return None
    return "result", case_readings(topic, word.name), "", word


def _document(mention: Mention, act: str, topic: str, word: Token, layout: Layout) -> Found | None:
    if topic not in {"docs", "rules"} or mention.quantity.unit not in _UNITS | {"部", "项", "个"}:
        return None
    if act == "in_force" and layout.documents == "2019":
        return None
    return "document", act_readings(topic, act, layout.documents), "", word


def _decision(mention: Mention, word: Token, layout: Layout) -> Found | None:
    readings = decision_readings(word.name, mention.quantity.unit, layout.documents)
    flow = any(w.kind == "flow" and w.name == "intake" for w in mention.before)
    published = mention.state.topic == "thing"
    if not readings or published:
        return None
    return "decision", readings, "topic" if flow else "", word


def _rest(mention: Mention, word: Token, layout: Layout) -> Found | None:
    """Read 其他 by the list that it ends."""
    company, topic = mention.state.company, mention.state.topic
    if mention.quantity.unit not in _UNITS:
        return None
    if company == "result" and topic in _CASES:
        return "result", case_readings(topic, "other"), "", word
    if topic in {"", "requests"} and company == "row":
        return "outcome", row_readings(["other"], layout.single), "topic", word
    if topic in {"", "requests"} and company == "applicant":
        return "applicant", applicant_readings(["other"], mention.state.flow), "topic", word
    return None


def _named_after(mention: Mention, after: list[Token], layout: Layout) -> Found | None:
    """Read ``3件无法提供``, ``受理6件申请``, ``出台4件规范性文件``."""
    word = after[0]
    if word.kind == "row":
        return _list("", mention, [word], layout)
    if word.kind == "result":
        return _case(mention, word)
    if word.kind == "flow" and word.name.startswith("carried"):
        return _flow(mention, word, word, after)
    if word.kind == "flow" and word.name == "done":
        return _flow(mention, word, word, after)
    flows = [w for w in mention.before if w.kind == "flow"]
    acts = [w for w in mention.before if w.kind == "act"]
    if word.name == "requests" and flows:
        return _flow(mention, flows[-1], flows[0], after)
    if word.name in {"docs", "rules"} and acts:
        return _document(mention, acts[-1].name, word.name, acts[-1], layout)
    if word.name in _CASES and not mention.state.inside:
        return ("review" if word.name == "review" else "suits"), case_readings(word.name), "", word
    return None


def of_all(mention: Mention, layout: Layout) -> Found | None:
    """Read 均获维持: what became of all the cases, or of all the requests, just counted."""
    word, topic = mention.wholly, mention.state.topic
    if word is None or mention.quantity.unit not in _UNITS:
        return None
    if word.kind == "result" and topic in _CASES:
        return "all", case_readings(topic, word.name), "", word
    # 均已答复 is said of requests that are still open as well.
    if word.kind == "flow" and word.name == "done" and topic == "requests":
        return "done", flow_readings("done"), "topic", word
    if word.kind == "row" and topic == "requests" and mention.state.company != "row":
        return "all", row_readings([word.name], layout.single), "topic", word
    return None
