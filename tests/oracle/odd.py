"""Reports such as no office files: every state, absurd figures, words that only look like some."""

from __future__ import annotations

import random
from decimal import Decimal

from nianbao.forms import load_form
from nianbao.forms.structure import CellSpec
from nianbao.kinship import relative
from nianbao.register import LEVELS, Agency
from nianbao.report import Cell, Paragraph, Report, Section, Subtotal
from nianbao.surroundings import Surroundings
from oracle.worlds import EMPTY, KEYS, beside

STATES = ("number", "inferred", *EMPTY, "unreadable", "unknown")
YEARS = (1, 2008, 2018, 2019, 2020, 2021, 2022, 2030, 9999)
COUNTS = (0, 0, 1, 5, -3, 10**12, 10**18, -(10**18))
AMOUNTS = tuple(map(Decimal, ("0", "-1.5", "0.0000000001", "1E+12", "999999999999.9999")))
WORDS = (
    "",
    " \u3000\t",
    "共10件，其中3件、",
    "共0件，其中A 0件、B 0件、其他0件。占0.0%，同比增长0%",
    "收到申请-5件，受理1/0件",
    "9" * 400 + "件",
    "一" * 60 + "件",
    "（（（“‘《",
    "））”’》",
    "\ufffd\x00\u202e\ufeff🐼件",
    "共０件，其中０件；共１２．５％",
    "比上年增长1000000000000000000%",
    "A、B、C分别为1件、2件",
    "共3万亿件，其中约1万件、余2件",
    "二〇二一年，2021年，21年，公元前5年",
    "国办公开办函〔2019〕60号，国办公开办函〔〕号",
    "收取信息处理费0.05元，信息处理费负5元",
    "XX局XX年XX月，请填写",
    "（一）（一）（一）",
    "<script>alert(1)</script>{{ 7*7 }}=HYPERLINK()",
)


def report(seed: int, agency: str = "test", year: int | None = None) -> Report:
    """Draw one."""
    rng = random.Random(f"odd{seed}")
    form = load_form(rng.choice(list(KEYS.values())))
    always = rng.choice(["number", "unknown", "blank", "", "", ""])
    cells = {code: _cell(rng, spec, always) for code, spec in form.cells.items()}
    counts = [c for c in cells if cells[c].state in EMPTY and not form.cells[c].decimal]
    numbers = rng.sample((None, 1, 2, 3, 4, 5, 6), rng.randint(0, 7))
    return Report(
        agency=agency,
        name=rng.choice(["", "测试局", "国务院", "某某市人民政府"]),
        year=rng.choice(YEARS) if year is None else year,
        form=form,
        source="a.txt",
        sha256="0" * 64,
        title=rng.choice(WORDS),
        cells=cells,
        sections=tuple(Section(number, "标题", _paragraphs(rng)) for number in numbers),
        implied={code: rng.choice((0, 3, 10**12)) for code in counts if rng.random() < 0.3},
        subtotals=tuple(_subtotal(rng, list(cells), i) for i in range(rng.randint(0, 2))),
        parameters={"waivers": [{"finding": each} for each in ("x", "", None)[: seed % 4]]},
    )


def _cell(rng: random.Random, spec: CellSpec, always: str) -> Cell:
    state = always or rng.choice(STATES)
    value = rng.choice(AMOUNTS if spec.decimal else COUNTS)
    read = state in ("number", "inferred")
    return Cell(spec.code, value if read else None, state, rng.choice(("", "x", "12?")))


def _paragraphs(rng: random.Random) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph("".join(rng.sample(WORDS, rng.randint(1, 3))), rng.choice((0, 0, 3)))
        for _ in range(rng.randint(0, 6))
    )


def _subtotal(rng: random.Random, codes: list[str], number: int) -> Subtotal:
    parts = tuple(rng.sample([c for c in codes if c.startswith("t3.")], rng.randint(0, 3)))
    return Subtotal(f"odd:{number}", "小计", parts, rng.choice((0, 5, -1, 10**18)), "5", "x")


def surroundings(seed: int, own: Report) -> Surroundings:
    """Draw a year before, offices beside and below it, all as odd."""
    rng = random.Random(f"around{seed}")
    rows = {own.agency: _row(rng, own.agency)} if rng.random() < 0.8 else {}
    below = tuple(
        (
            _row(rng, f"b{i}"),
            report(9000 + seed + i, f"b{i}", own.year) if rng.random() < 0.8 else None,
        )
        for i in range(rng.randint(0, 3))
    )
    beside_ = tuple(report(5000 + seed + i, f"s{i}", own.year) for i in range(rng.randint(0, 2)))
    last = report(7000 + seed, own.agency, own.year - 1) if rng.random() < 0.7 else None
    kin = tuple(map(relative, beside_))
    return beside(own, last, register=rows, children=below, siblings=kin)


def _row(rng: random.Random, name: str) -> Agency:
    since = rng.choice(("", "2019", "2022", "不详", "0000"))
    return Agency(name, rng.choice(("", "测试局")), rng.choice(LEVELS), "", "", since, "")
