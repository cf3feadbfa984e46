"""Troubles of cells without a figure: blanks, marks, words and garbage."""

from __future__ import annotations

import random

from corpus import statute
from corpus.specimen import Specimen, Truth
from corpus.trouble import BALANCED, FULL, trouble
from corpus.value_troubles import counts, some


def _mark(specimen: Specimen, rng: random.Random, signs: str, state: str) -> None:
    zeros = some(specimen, rng, rng.choice([1, 8, 40]), lambda b: b.text == "0")
    for box in zeros + some(specimen, rng, rng.choice([0, 2])):
        sign = rng.choice(signs)
        specimen.write(box, sign, Truth(state, written=sign))


@trouble("dashes", kinds=FULL)
def dashes(specimen, rng):
    _mark(specimen, rng, "-—－–", "dash")


@trouble("slashes", kinds=FULL)
def slashes(specimen, rng):
    _mark(specimen, rng, "/／", "slash")


@trouble("words_for_none", kinds=FULL)
def words_for_none(specimen, rng):
    _mark(specimen, rng, "无", "word")


@trouble("blank_cells", kinds=BALANCED)
def blank_cells(specimen, rng):
    zeros = some(specimen, rng, rng.choice([1, 8, 60]), lambda b: b.text == "0")
    for box in zeros + some(specimen, rng, rng.choice([0, 1, 3])):
        specimen.write(box, "", Truth("blank"))


@trouble("blank_totals", kinds=BALANCED)
def blank_totals(specimen, rng):
    for row in statute.details(specimen.variant):
        box = specimen.grid(3).box(f"t3.{row}.total")
        specimen.write(box, "", Truth("blank"))


@trouble("blank_row", kinds=BALANCED)
def blank_row(specimen, rng):
    row = rng.choice(statute.rows(specimen.variant))
    for box in [b for b in specimen.grid(3).boxes if b.key.startswith(f"t3.{row}.")]:
        specimen.write(box, "", Truth("blank"))


GARBAGE = ("12 3x", "二十", "1.5", "-3", "10000000000000", "见附件", "1O", "3-5", "约20", "#REF!")


@trouble("garbage", kinds=("balanced", "large"))
def garbage(specimen, rng):
    for box in some(specimen, rng, rng.choice([1, 2, 4]), counts):
        text = rng.choice(GARBAGE)
        specimen.write(box, text, Truth("unreadable", written=text))
