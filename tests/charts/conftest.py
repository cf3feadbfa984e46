"""Reports with other figures than the real one, and a sheet that tells what is drawn on it."""

from dataclasses import dataclass, field, replace

import pytest

from nianbao.charts import bars, font, stacks
from nianbao.charts.canvas import Canvas
from nianbao.report import Paragraph, Section

# Invented: every outcome occurs, and the books balance (2000 + 100 = 2046 + 54).
LARGE = {
    "t3.new.natural": 1700,
    "t3.new.business": 150,
    "t3.new.research": 20,
    "t3.new.nonprofit": 0,
    "t3.new.legal": 90,
    "t3.new.other": 40,
    "t3.new.total": 2000,
    "t3.carried_in.total": 100,
    "t3.granted.total": 800,
    "t3.partial.total": 310,
    **{f"t3.deny_{number}.total": 9 + number for number in range(1, 9)},
    "t3.unable_1.total": 420,
    "t3.unable_2.total": 17,
    "t3.unable_3.total": 6,
    **{f"t3.refuse_{number}.total": 30 * number for number in range(1, 5)},
    "t3.refuse_5.total": 4,
    "t3.other_1.total": 14,
    "t3.other_2.total": 1,
    "t3.other_3.total": 66,
    "t3.total.total": 2046,
    "t3.carried_out.total": 54,
    **{
        f"t4.review.{r}": n
        for r, n in zip(("upheld", "corrected", "other"), (40, 12, 9), strict=True)
    },
    "t4.review.pending": 5,
    "t4.review.total": 66,
    "t4.direct.upheld": 7,
    "t4.direct.corrected": 2,
    "t4.direct.total": 9,
    "t2.licences.decisions": 903,
    "t2.penalties.decisions": 250_000,
    "t2.coercion.decisions": 1000,
}


@pytest.fixture(scope="session")
def altered(real_report):
    """Return a function that gives the real report with other figures; None is unknown."""

    def alter(figures, **fields):
        cells = dict(real_report.cells)
        for code, value in figures.items():
            state = "unknown" if value is None else "number"
            cells[code] = replace(cells[code], value=value, state=state)
        return replace(real_report, cells=cells, **fields)

    return alter


@pytest.fixture(scope="session")
def zeros(real_report, altered):
    """Return a report whose counts are all 0."""
    return altered(dict.fromkeys(real_report.cells, 0))


@pytest.fixture(scope="session")
def large(altered):
    return altered(LARGE)


@pytest.fixture(scope="session")
def telling(altered):
    """Return a function that gives the real report with another section 一."""

    def tell(*texts):
        section = Section(1, "一、总体情况", tuple(Paragraph(text) for text in texts))
        return altered({}, sections=(section,))

    return tell


@dataclass
class Sheet:
    """What was drawn: texts with their boxes, rectangles, hatched rectangles."""

    width: int
    height: float
    texts: list = field(default_factory=list)
    rects: list = field(default_factory=list)
    hatches: list = field(default_factory=list)


@pytest.fixture
def sheets(monkeypatch):
    """Record every sheet that is drawn, in order."""
    drawn = []

    class Recorder(Canvas):
        def __init__(self, width, height):
            super().__init__(width, height)
            drawn.append(Sheet(width, height))

        def text(self, x, y, text, colour="#000", align="left"):
            width = font.measure(text)
            left = x - {"left": 0, "center": width / 2, "right": width}[align]
            drawn[-1].texts.append((text, left, left + width, y - 8, y + 8))
            super().text(x, y, text, colour, align)

        def rect(self, x, y, width, height, fill):
            drawn[-1].rects.append((x, y, width, height))
            super().rect(x, y, width, height, fill)

        def hatch(self, x, y, width, height, colour):
            drawn[-1].hatches.append((x, y, width, height))
            super().hatch(x, y, width, height, colour)

    monkeypatch.setattr(bars, "Canvas", Recorder)
    monkeypatch.setattr(stacks, "Canvas", Recorder)
    return drawn
