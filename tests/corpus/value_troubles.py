"""Troubles of figures: the same value written otherwise."""

from __future__ import annotations

import random
from decimal import Decimal

from corpus import statute
from corpus.grids import Box
from corpus.specimen import Specimen, Truth
from corpus.trouble import FULL, trouble

FULLWIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
OLD = ("2019", "2019", "mixed")
NEW = ("2021", "2021", "hybrid")


def some(specimen: Specimen, rng: random.Random, count: int, pick=lambda box: True) -> list[Box]:
    """Choose boxes that print a number that no other trouble has touched."""
    boxes = [
        box
        for _, box in specimen.numbers()
        if specimen.truth[box.key].state == "number" and box.key not in specimen.touched
    ]
    boxes = [box for box in boxes if pick(box)]
    return rng.sample(boxes, min(count, len(boxes)))


def counts(box: Box) -> bool:
    return box.key not in statute.MONEY and not box.key.endswith(".change")


def pieces(box: Box) -> bool:
    """Say whether a cell counts 件 (other cells of 表二 count 项 or money)."""
    return counts(box) and not box.key.endswith((".prev_items", ".projects"))


def reword(specimen: Specimen, box: Box, text: str) -> None:
    """Write the same value in another way."""
    specimen.write(box, text, Truth("number", specimen.truth[box.key].value, text))


@trouble("thousands", kinds=("large",))
def thousands(specimen, rng):
    sign = rng.choice([",", "，", ","])
    for box in some(specimen, rng, 999, lambda b: counts(b) and len(b.text) > 3):
        reword(specimen, box, f"{int(box.text):,}".replace(",", sign))


@trouble("full_width_digits", kinds=FULL)
def full_width_digits(specimen, rng):
    for box in some(specimen, rng, 60, lambda b: not b.text.startswith("-")):
        reword(specimen, box, box.text.translate(FULLWIDTH))


@trouble("units_in_cells", kinds=FULL)
def units_in_cells(specimen, rng):
    unit = rng.choice(["件", "件次", " 件"])
    for box in some(specimen, rng, rng.choice([3, 60, 999]), pieces):
        reword(specimen, box, box.text + unit)


@trouble("fee_in_words", variants=NEW, kinds=FULL)
def fee_in_words(specimen, rng):
    box = specimen.grid(2).box("t2.fees.amount_10k")
    reword(specimen, box, f"{box.text}万元")


@trouble("fee_in_yuan", variants=NEW, kinds=FULL)
def fee_in_yuan(specimen, rng):
    box = specimen.grid(2).box("t2.fees.amount_10k")
    reword(specimen, box, f"{int(specimen.truth[box.key].value * 10000)}元")


@trouble("fee_head_in_yuan", variants=NEW, kinds=FULL)
def fee_head_in_yuan(specimen, rng):
    grid = specimen.grid(2)
    grid.box(":head.八.amount_10k").text = "本年收费金额（单位：元）"
    box = grid.box("t2.fees.amount_10k")
    reword(specimen, box, str(int(specimen.truth[box.key].value * 10000)))


@trouble("purchase_in_yuan", variants=OLD, kinds=FULL)
def purchase_in_yuan(specimen, rng):
    box = specimen.grid(2).box("t2.procurement.amount")
    value = specimen.truth[box.key].value
    text = rng.choice([f"{int(value * 10000)}元", f"{box.text}万元"])
    reword(specimen, box, text)


@trouble("decimals_of_zero", variants=NEW, kinds=("zeros",))
def decimals_of_zero(specimen, rng):
    box = specimen.grid(2).box("t2.fees.amount_10k")
    specimen.write(box, rng.choice(["0.00", "0.0000"]), Truth("number", Decimal(0)))


@trouble("signed_changes", variants=OLD, kinds=FULL)
def signed_changes(specimen, rng):
    for box in [b for b in specimen.grid(2).boxes if b.is_number and b.key.endswith(".change")]:
        size = rng.randint(1, 2000)
        text, value = rng.choice(
            [
                (f"+{size}", size),
                (f"-{size}", -size),
                (f"减{size}", -size),
                (f"−{size}", -size),
                (f"增{size}", size),
            ]
        )
        specimen.write(box, text, Truth("number", Decimal(value), text))


@trouble("remarks_in_cells", kinds=FULL)
def remarks_in_cells(specimen, rng):
    for box in some(specimen, rng, 2, lambda b: pieces(b) and b.text != "0"):
        reword(specimen, box, f"{box.text}（其中修订{int(box.text) // 2}件）")


@trouble("footnotes_on_numbers", kinds=FULL)
def footnotes_on_numbers(specimen, rng):
    for box in some(specimen, rng, 2, counts):
        reword(specimen, box, box.text + rng.choice("①②③"))
