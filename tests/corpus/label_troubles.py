"""Troubles of labels: other words, other signs; no figure changes."""

from __future__ import annotations

import random
import re

from corpus import aliases
from corpus.grids import Box, Grid
from corpus.specimen import Paragraph, Specimen
from corpus.trouble import trouble

BREAKING = ("html", "docx", "xlsx", "pdf")


def labels(specimen: Specimen) -> list[Box]:
    return [b for grid in specimen.grids for b in grid.boxes if b.key.startswith(":")]


def named(specimen: Specimen, kind: str) -> list[tuple[Box, str]]:
    """Return the labels of one kind with the last part of their name."""
    prefix = f":{kind}."
    return [(b, b.key.split(".")[-1]) for b in labels(specimen) if b.key.startswith(prefix)]


def rename(specimen: Specimen, rng: random.Random, kind: str, words: dict[str, list[str]]) -> None:
    for box, name in named(specimen, kind):
        if name in words and rng.random() < 0.7:
            box.text = rng.choice(words[name]).format(year=specimen.year)


@trouble("row_aliases")
def row_aliases(specimen, rng):
    rename(specimen, rng, "row", aliases.ROWS)


@trouble("column_aliases")
def column_aliases(specimen, rng):
    rename(specimen, rng, "column", aliases.COLUMNS)


@trouble("head_aliases")
def head_aliases(specimen, rng):
    rename(specimen, rng, "head", aliases.HEADS)


@trouble("result_aliases")
def result_aliases(specimen, rng):
    rename(specimen, rng, "result", aliases.RESULTS)
    rename(specimen, rng, "block", aliases.BLOCKS)


def _each(specimen: Specimen, rng: random.Random, share: float, change) -> None:
    for box in labels(specimen):
        if box.text and rng.random() < share:
            box.text = change(box.text)


@trouble("spaces_in_labels")
def spaces_in_labels(specimen, rng):
    def spaced(text: str) -> str:
        at = rng.randint(1, max(1, len(text) - 1))
        return text[:at] + rng.choice([" ", "\u3000", "\xa0", "\u200b"]) + text[at:]

    _each(specimen, rng, 0.5, spaced)


@trouble("letters_spread")
def letters_spread(specimen, rng):
    short = [box for box in labels(specimen) if 2 <= len(box.text) <= 4]
    for box in short:
        if rng.random() < 0.6:
            box.text = rng.choice([" ", "\u3000"]).join(box.text)


@trouble("line_breaks_in_labels", formats=BREAKING)
def line_breaks_in_labels(specimen, rng):
    def broken(text: str) -> str:
        at = len(text) // 2
        return text[:at] + "\n" + text[at:] if len(text) > 3 else text

    _each(specimen, rng, 0.4, broken)


@trouble("half_width_signs")
def half_width_signs(specimen, rng):
    table = str.maketrans("（），：", "(),:")
    _each(specimen, rng, 0.8, lambda text: text.translate(table))


@trouble("numbering_signs")
def numbering_signs(specimen, rng):
    sign = rng.choice(["、", "．", "，", " ", ")"])
    _each(specimen, rng, 0.8, lambda text: re.sub(r"^(\d)\.", rf"\1{sign}", text))


@trouble("numbering_lost")
def numbering_lost(specimen, rng):
    pattern = re.compile(r"^(\d\.|[一二三四]、|（[一二三四五六七]）)")
    _each(specimen, rng, 0.6, lambda text: pattern.sub("", text))


@trouble("quotes_lost")
def quotes_lost(specimen, rng):
    left, right = rng.choice([("", ""), ('"', '"'), ("「", "」"), ("‘", "’")])
    _each(specimen, rng, 1, lambda text: text.replace("“", left).replace("”", right))


@trouble("footnotes_on_labels")
def footnotes_on_labels(specimen, rng):
    for box, _ in rng.sample(named(specimen, "row"), 3):
        box.text += rng.choice(["①", "*", "[1]", "（注1）"])
    specimen.flow.append(Paragraph("注：①为全市汇总数。", "text", 6))


@trouble("captions_omitted")
def captions_omitted(specimen, rng):
    grid: Grid = specimen.grid(2)
    for key in [b.key for b in grid.boxes if b.key.startswith(":caption.")]:
        box = grid.box(key)
        grid.boxes.remove(box)
        for other in grid.boxes:
            other.row -= other.row > box.row


@trouble("article_written_otherwise")
def article_written_otherwise(specimen, rng):
    for box, item in named(specimen, "caption"):
        number = {"一": 1, "五": 5, "六": 6, "八": 8, "九": 9}[item]
        box.text = rng.choice(
            [
                f"第二十条 第（{item}）项",
                f"第二十条第（{number}）项",
                f"第20条第{item}项",
                f"条例第二十条第({item})项",
            ]
        )
