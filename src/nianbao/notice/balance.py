"""Makes one problem of all failing equations that the same suspect cells explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from nianbao.forms.wording import cell_words
from nianbao.notice.contents import Item
from nianbao.notice.problem import Problem, brief, outward, plain, sentence
from nianbao.notice.suspected import suspect_lines
from nianbao.notice.unreadable import office
from nianbao.report import Report
from nianbao.rules import Rule
from nianbao.suspects import PartSuspicion, Suspicion
from nianbao.suspects.part import divide

_CHECK = "请对照原始台账核对上列等式中的各数。"
_DEFAULT = "请核对。"
_NAMED = 3
"""So many suspect cells are named as the place."""
_MANY = 3
"""More equations than these are listed with their sums alone."""
_FILL = "请核对各行是否缺少一格，并对照原始台账核对各数。"
_APART = (
    "有空白或缺数的格：各等式单独核对都可以成立，合在一起却没有一种填法，已填的数至少有一个有误。"
)
_CHECK_ALL = "请对照原始台账逐格核对各数，并补填空格。"


def balance_items(
    report: Report, failed: Sequence[Problem], suspicion: Suspicion
) -> Iterator[Item]:
    """Yield the problems that failing balance rules make, faults of layout first.

    Parameters
    ----------
    report : Report
        The report.
    failed : sequence of Problem
        Its balance rules that fail and are not waived.
    suspicion : Suspicion
        What is suspect; each part makes one problem of the equations that fail in it.
    """
    rules = {part.name: {rule.id: rule for rule in part.rules} for part in divide(report)}
    left = list(failed)
    for part in sorted(suspicion.parts, key=lambda each: each.structural is None):
        bound = rules[part.part]
        own = [problem for problem in left if problem.rule.id in bound]
        left = [problem for problem in left if problem.rule.id not in bound]
        base = _equations(report, part.part, own, bound)
        if is_short(report, part):
            yield _placed(part, base if own else None)
        elif own or not part.failing:
            yield _suspected(report, part, base)
    yield from (together([problem]) for problem in left)


def together(problems: Sequence[Problem], place: str = "") -> Item:
    """Make one problem of findings: each in its own line, led by its place if there are several."""
    first = problems[0]
    several = len(problems) > 1
    advice = [_CHECK if p.rule.spec.kind == "balance" else p.advice for p in problems]
    told = [sentence(outward(each)) or _DEFAULT for each in advice]
    return Item(
        place=(plain(place if several else first.place),),
        found=tuple(sentence(f"{p.place}：{brief(p)}" if several else brief(p)) for p in problems),
        advice=tuple(dict.fromkeys(told)),
        bases=tuple(dict.fromkeys(plain(p.rule.spec.basis) for p in problems if p.rule.spec.basis)),
    )


def _equations(
    report: Report, part: str, own: Sequence[Problem], rules: Mapping[str, Rule]
) -> Item:
    """List the equations that fail in one part; many of them rule by rule, both sides as sums."""
    if not own:
        return Item((part,), (_APART,), (_CHECK_ALL,))
    base = together(own, part)
    sides = {p.rule.id: _sides(report, rules[p.rule.id]) for p in own}
    if len(own) <= _MANY or None in sides.values():
        return base
    found = []
    for label, group in groupby(own, key=lambda problem: problem.rule.spec.label):
        members = list(group)
        told = "；".join(f"{p.place.removeprefix(part)} {sides[p.rule.id]}" for p in members)
        found.append(sentence(f"“{label}”，有{len(members)}处不成立：{told}"))
    return replace(base, found=tuple(found))


def _sides(report: Report, rule: Rule) -> str | None:
    """Write both sides of an equation as sums; nothing where a figure is missing."""
    left, right = ([report.known(code) for code in codes] for codes in (rule.left, rule.right))
    if None in left or None in right:
        return None
    return " ≠ ".join(str(sum(v for v in side if v is not None)) for side in (left, right))


def _suspected(report: Report, part: PartSuspicion, base: Item) -> Item:
    only = part.sets[0].cells if len(part.sets) == 1 and not part.structural else ()
    cells = tuple(f"{cell_words(report.form, code)}（疑似）" for code in only)
    return Item(
        place=cells if 0 < len(cells) <= _NAMED else base.place,
        found=base.found,
        advice=(*base.advice, *suspect_lines(report, part)),
        bases=base.bases,
        suspects=part.localizable,
    )


def is_short(report: Report, part: PartSuspicion) -> bool:
    """Whether a part has rows that lost numbers, which no placing reconciles with the rules."""
    return any(each.name == part.part and each.short_rows for each in divide(report))


def _placed(part: PartSuspicion, base: Item | None) -> Item:
    """Tell of rows that lost numbers beside a wrong one."""
    head, *sets = part.messages
    matter, _, meaning = office(head.removeprefix(f"{part.part}：")).partition("。")
    own = base.found if base else ()
    return Item(
        place=(part.part,),
        found=(sentence(matter), *own),
        advice=(_FILL, *filter(None, map(sentence, (meaning, *map(office, sets))))),
        bases=base.bases if base else (),
        suspects=part.localizable,
    )
