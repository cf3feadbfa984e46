"""Suspects where rows lost numbers: wrong figures and the places of all others, found together."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.forms import Form
from nianbao.suspects.consequence import Consequence, consequences
from nianbao.suspects.explanation import Explanation, explain, explain_slips
from nianbao.suspects.likely import slip
from nianbao.suspects.localization import Localization
from nianbao.suspects.part import Part
from nianbao.suspects.placement import Placement
from nianbao.suspects.result import PartSuspicion, SuspectSet
from nianbao.suspects.standing import head_words, placed_words, standing_words
from nianbao.suspects.wording import unknown_words


def suspect_shortage(form: Form, part: Part, unread: int) -> PartSuspicion:
    """Name what is suspect in a part whose short rows no filling reconciles with the rules.

    Parameters
    ----------
    form : Form
        For the official words.
    part : Part
        With short rows.
    unread : int
        How many more rows could not be read: the rules are not confronted with these.

    Notes
    -----
    A number of a short row is one published figure, wherever it stands. Faults of layout are
    not tried: they move figures whose columns are known.
    """
    placement = Placement(part)
    smallest = placement.smallest_sets()
    sets = _ranked(form, placement, smallest)
    messages = [head_words(part, len(sets), smallest, unread)]
    if len({each.rank for each in sets}) > 1:
        messages[0] += "排在前面的各组有常见笔误可以解释，仅为提示。"
    messages += [each.message for each in sets]
    if not smallest.proved:
        messages.append(unknown_words(part, part.failing))
    return PartSuspicion(
        part=part.name,
        failing=tuple(rule.id for rule in part.failing),
        sets=sets,
        capped=smallest.capped,
        structural=None,
        localizable=bool(sets),
        messages=tuple(messages),
    )


def _ranked(form: Form, placement: Placement, smallest: Localization) -> tuple[SuspectSet, ...]:
    """Order the sets by how well a usual slip explains them."""
    part = placement.part
    followed = consequences(placement, smallest.sets)
    told = [
        (explained(part, names, consequence), names, consequence)
        for names, consequence in zip(smallest.sets, followed, strict=True)
    ]
    told.sort(key=lambda each: each[0].key)
    keys = sorted({each[0].key for each in told})
    # Of several sets each tells only what sets it apart.
    whole = len(told) == 1
    return tuple(
        _set(form, part, names, consequence, explanation, keys.index(explanation.key) + 1, whole)
        for explanation, names, consequence in told
    )


def _set(
    form: Form,
    part: Part,
    names: Sequence[str],
    consequence: Consequence,
    explanation: Explanation,
    rank: int,
    whole: bool,
) -> SuspectSet:
    places = tuple(consequence.places.get(name, (name,)) for name in names)
    cells = tuple(code for code in part.cells if any(code in place for place in places))
    implied = {code: consequence.values[code] for code in cells if code in consequence.values}
    message = placed_words(form, part, names, consequence, explanation)
    message += standing_words(form, part, names, consequence, whole=whole)
    return SuspectSet(part.name, cells, implied, explanation.text, rank, message, places)


def explained(part: Part, names: Sequence[str], consequence: Consequence) -> Explanation:
    """Explain a set by usual slips; of several cells for a number the best explained counts."""
    figures = {name: consequence.figures(name).values() for name in names}
    if all(name in part.known for name in names):
        implied = {name: value for name, (value,) in figures.items() if value is not None}
        return explain(part, names, implied)
    slips = {
        name: max(
            (slip(part.published[name], value) for value in values if value is not None),
            key=lambda each: each[1],
            default=("", 0),
        )
        for name, values in figures.items()
    }
    return explain_slips(names, slips)
