"""What a chart draws, recorded instead of drawn, and what must hold of every sheet."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from unittest.mock import patch

from nianbao.charts import font
from nianbao.charts.canvas import CROSS, NARROW, WIDE, Canvas, Drawing


@dataclass
class Sheet:
    """Texts with their boxes (left, top, right, bottom), and all shapes, in CSS px."""

    width: int
    height: float
    texts: list = field(default_factory=list)
    rects: list = field(default_factory=list)
    frames: list = field(default_factory=list)
    hatches: list = field(default_factory=list)
    crosses: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    dots: list = field(default_factory=list)

    @property
    def written(self):
        return [text for text, _ in self.texts]

    def box(self, text):
        (box,) = [box for written, box in self.texts if written == text]
        return box


class Recorder(Canvas):
    """A canvas that draws nothing: matplotlib would take most of a test's time."""

    sheets: list = []  # noqa: RUF012

    def __init__(self, width, height):
        self._width, self._height = width, round(height)
        self.sheet = Sheet(width, self._height)
        self.sheets.append(self.sheet)

    def text(self, x, y, text, colour="#000", align="left"):
        width = font.measure(text)
        left = x - {"left": 0, "center": width / 2, "right": width}[align]
        self.sheet.texts.append((text, (left, y - 8, left + width, y + 8)))

    def rect(self, x, y, width, height, fill):
        self.sheet.rects.append((x, y, x + width, y + height, fill))

    def frame(self, x, y, width, height, colour):
        self.sheet.frames.append((x, y, x + width, y + height))

    def hatch(self, x, y, width, height, colour):
        self.sheet.hatches.append((x, y, x + width, y + height))

    def cross(self, x, y, colour):
        arm = CROSS / 2
        self.sheet.crosses.append((x - arm, y - arm, x + arm, y + arm))

    def line(self, points, colour, width=1, dash=0):
        self.sheet.lines.append((list(points), colour, dash))

    def dots(self, points, diameter, colour):
        self.sheet.dots += [(x, y, diameter, colour) for x, y in points]

    def drawing(self):
        return Drawing("<svg/>", self._width, self._height)


@contextmanager
def recording():
    """Give the sheets that are drawn inside, the wide one of a chart before the narrow one."""
    sheets = []
    modules = ("bars", "stacks", "waterfall", "panels", "dotplot", "funnel")
    patches = [patch(f"nianbao.charts.{name}.Canvas", Recorder) for name in modules]
    with patch.object(Recorder, "sheets", sheets):
        for one in patches:
            one.start()
        try:
            yield sheets
        finally:
            for one in patches:
                one.stop()


def apart(one, other, slack=0.0):
    return (
        one[2] <= other[0] + slack
        or other[2] <= one[0] + slack
        or one[3] <= other[1] + slack
        or other[3] <= one[1] + slack
    )


def crosses(start, end, box):
    """Whether a line runs through the inside of a box, by its own parameter from 0 to 1."""
    first, last = 0.0, 1.0
    for a, b, low, high in (
        (start[0], end[0], box[0] + 1, box[2] - 1),
        (start[1], end[1], box[1] + 2, box[3] - 2),
    ):
        if a == b:
            if not low < a < high:
                return False
            continue
        bounds = sorted(((low - a) / (b - a), (high - a) / (b - a)))
        first, last = max(first, bounds[0]), min(last, bounds[1])
    return first < last


def assert_sound(sheet):
    """Nothing is cut off, no text lies on another, on a bar or on a line."""
    for text, (left, top, right, bottom) in sheet.texts:
        assert left >= -0.5 and top >= -1, (sheet.width, text)
        assert right <= sheet.width + 8.5, (sheet.width, text)  # a closing mark may hang
        assert bottom <= sheet.height + 1, (sheet.width, text)
    solid = [*sheet.rects, *sheet.frames, *sheet.hatches, *sheet.crosses]
    for left, top, right, bottom, *_ in solid:
        assert left >= -0.5 and right <= sheet.width + 0.5, sheet.width
        assert top >= -0.5 and bottom <= sheet.height + 0.5, sheet.width
    for (one, box), (other, second) in combinations(sheet.texts, 2):
        assert apart(box, second), (sheet.width, one, other)
    for text, box in sheet.texts:
        for shape in solid:
            assert apart(box, shape, 2), (sheet.width, text, shape)
        for points, _, _ in sheet.lines:
            for start, end in pairwise(points):
                assert not crosses(start, end, box), (sheet.width, text, start, end)
    for x, y, *_ in sheet.dots:
        assert 0 <= x <= sheet.width and 0 <= y <= sheet.height


def assert_widths(sheets):
    assert [sheet.width for sheet in sheets] == [WIDE, NARROW] * (len(sheets) // 2)
    assert sheets
