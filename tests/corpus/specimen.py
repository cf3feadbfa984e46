"""A report before it is written: its flow of paragraphs and tables, and what must come out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus import figures, statute
from corpus.grids import Box, Grid
from corpus.official import table_four, table_three, table_two

NUMERALS = "零一二三四五六"


@dataclass(frozen=True)
class Truth:
    """What must come out of one cell.

    A ``destroyed`` cell may be left unknown or unreadable, or carry the true ``value`` and no
    other; where its print was empty or a mark, it may come out as that ``state``.
    """

    state: str
    value: Decimal | None = None
    written: str = ""
    destroyed: bool = False
    behind: Decimal | None = None

    def lost(self) -> Truth:
        return replace(self, destroyed=True)


@dataclass
class Paragraph:
    """A title, heading, caption or text outside the tables."""

    text: str
    kind: str = "text"
    section: int = 0


@dataclass
class Specimen:
    """One report with everything a writer needs."""

    variant: str
    year: int
    agency: str
    kind: str
    flow: list[Paragraph | Grid]
    truth: dict[str, Truth]
    style: dict[str, object] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def grid(self, number: int) -> Grid:
        return next(g for g in self.flow if isinstance(g, Grid) and g.number == number)

    @property
    def grids(self) -> list[Grid]:
        return [block for block in self.flow if isinstance(block, Grid)]

    @property
    def title(self) -> str:
        return next(p.text for p in self.flow if isinstance(p, Paragraph) and p.kind == "title")

    def heading(self, section: int) -> Paragraph | None:
        paragraphs = (p for p in self.flow if isinstance(p, Paragraph))
        return next((p for p in paragraphs if p.kind == "heading" and p.section == section), None)

    def numbers(self) -> list[tuple[Grid, Box]]:
        """Return every box that prints a figure, with its table."""
        return [(grid, box) for grid in self.grids for box in grid.boxes if box.is_number]

    def write(self, box: Box, text: str, truth: Truth) -> None:
        """Print something else in a cell, and say what must come out of it."""
        box.text = text
        self.touched.add(box.key)
        self.truth[box.key] = replace(truth, behind=self.truth[box.key].behind)

    def lose(self, codes: list[str]) -> None:
        for code in codes:
            self.touched.add(code)
            self.truth[code] = self.truth[code].lost()


def expected(printed: str, value: Decimal) -> Truth:
    """Return what must come out of a plain printed cell."""
    if printed == "":
        return Truth("blank", behind=value)
    return Truth("number", value, printed, behind=value)


def base(rng: random.Random, variant: str, kinds: tuple[str, ...]) -> Specimen:
    """Make a report of a variant, with published figures now and then."""
    form = statute.FORMS[variant]
    kind = rng.choice(kinds)
    named = [n for n in figures.names() if figures.published(n)[0]["form"] == variant]
    if named and rng.random() < 0.12 and "balanced" in kinds:
        name = rng.choice(named)
        raw, printed = figures.published(name)
        if "blanks" in kinds or "" not in printed.values():
            behind = figures.completed(printed, variant)
            return build(variant, int(raw["year"]), str(raw["agency"]), name, behind, printed, rng)
    behind, printed = figures.draw(rng, variant, kind)
    agency = rng.choice(["测试市民政局", "青石县人民政府", "云溪区水利局", "北岸市公安局"])
    return build(variant, rng.choice(form[3]), agency, kind, behind, printed, rng)


def build(
    variant: str,
    year: int,
    agency: str,
    kind: str,
    behind: figures.Figures,
    printed: dict[str, str],
    rng: random.Random,
) -> Specimen:
    tables = [
        table_two(variant, printed),
        table_three(variant, printed),
        table_four(printed),
    ]
    flow: list[Paragraph | Grid] = [Paragraph(f"{agency}{year}年政府信息公开工作年度报告", "title")]
    for number in range(1, 7):
        flow.append(Paragraph(f"{NUMERALS[number]}、{statute.TITLES[number]}", "heading", number))
        if 2 <= number <= 4:
            flow.append(tables[number - 2])
        else:
            flow += [Paragraph(text, "text", number) for text in _prose(rng, number, year)]
    truth = {code: expected(printed[code], behind[code]) for code in statute.codes(variant)}
    return Specimen(variant, year, agency, kind, flow, truth)


def _prose(rng: random.Random, section: int, year: int) -> list[str]:
    count = rng.randint(2, 900)
    sentences = {
        1: [
            f"{year}年，本机关按照《中华人民共和国政府信息公开条例》要求开展政府信息公开工作，"
            f"现将有关情况报告如下。本报告所列数据的统计期限自{year}年1月1日起至12月31日止。",
            "（一）主动公开情况",
            f"全年通过政府网站主动公开政府信息{count}条，发布政策解读{count // 7}件。",
            "（二）依申请公开情况",
            "对收到的申请依法依规答复，办理程序进一步规范。",
        ],
        5: [
            "一是公开内容还不够丰富；二是解读形式较为单一。",
            "下一步，将加强业务培训，丰富解读形式，提高公开质量。",
        ],
        6: [f"本机关{year}年收取信息处理费{rng.choice([0, 0, 100, 3940])}元。"],
    }
    return sentences[section]
