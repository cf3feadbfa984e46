"""Troubles of headings: other titles, other numbers, other places; no figure changes."""

from __future__ import annotations

from corpus import aliases
from corpus.grids import Box
from corpus.specimen import NUMERALS, Paragraph
from corpus.trouble import trouble


@trouble("section_aliases")
def section_aliases(specimen, rng):
    for section, words in aliases.SECTIONS.items():
        heading = specimen.heading(section)
        heading.text = f"{NUMERALS[section]}、{rng.choice(words)}"


@trouble("sections_renumbered")
def sections_renumbered(specimen, rng):
    style = rng.choice(["（{}）", "{}.", "{}、 ", "第{}部分 ", ""])
    for section in range(1, 7):
        heading = specimen.heading(section)
        numeral = str(section) if style == "{}." else NUMERALS[section]
        heading.text = style.format(numeral) + heading.text.split("、", 1)[1]


@trouble("section_five_untitled")
def section_five_untitled(specimen, rng):
    specimen.flow.remove(specimen.heading(5))


@trouble("tables_before_titles")
def tables_before_titles(specimen, rng):
    for number in rng.sample([2, 3, 4], rng.randint(1, 3)):
        heading, grid = specimen.heading(number), specimen.grid(number)
        specimen.flow.remove(grid)
        specimen.flow.insert(specimen.flow.index(heading), grid)


@trouble("title_repeated_in_table")
def title_repeated_in_table(specimen, rng):
    for grid in specimen.grids:
        width, title = grid.width, specimen.heading(grid.number).text
        grid.insert_row(0, [Box(0, 0, title, ":title", across=width)])
        grid.head += 1
        if rng.random() < 0.3:
            specimen.flow.remove(specimen.heading(grid.number))


@trouble("sentence_before_table")
def sentence_before_table(specimen, rng):
    for grid in specimen.grids:
        at = specimen.flow.index(grid)
        text = rng.choice(["单位：件", "本年度有关情况如下表：", f"表{NUMERALS[grid.number]}"])
        specimen.flow.insert(at, Paragraph(text, "text", grid.number))


@trouble("title_varied")
def title_varied(specimen, rng):
    title = next(p for p in specimen.flow if isinstance(p, Paragraph) and p.kind == "title")
    numerals = str(specimen.year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    name = specimen.agency
    title.text = rng.choice(
        [
            f"{name}{numerals}年政府信息公开工作年度报告",
            f"{name}关于{specimen.year}年度政府信息公开工作的报告",
            f"{specimen.year}年{name}政府信息公开工作年度报告",
            f"{name} {specimen.year} 年政府信息公开工作年度报告",
        ]
    )
