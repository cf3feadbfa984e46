"""matplotlib's renderer for charts: what it cannot write is an error, never lost in silence."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text

from nianbao.charts import font
from nianbao.charts.sheet import Sheet


def drawn(*artists):
    figure = Figure(figsize=(100 / 72, 50 / 72), dpi=72, facecolor="white", edgecolor="none")
    for artist in artists:
        figure.add_artist(artist)
    sheet = Sheet(100, 50)
    figure.draw(sheet)
    return sheet.svg


def test_a_rectangle_stands_from_the_top_left():
    svg = drawn(Rectangle((10, 40), 20, 5, transform=None, facecolor="#aabbcc", linewidth=0))
    assert "<path fill='#abc' d='m10,10h20v-5h-20z'/>" in svg


def test_what_svg_takes_for_granted_is_not_written():
    line = Line2D([0, 10], [50, 50], transform=None, color="#123456", linewidth=1)
    line.set_solid_capstyle("butt")
    line.set_solid_joinstyle("round")
    assert "<path fill='none' stroke='#123456' d='m0,0h10'/>" in drawn(line)


def test_dashes_ends_and_joints_are_written():
    path = PathPatch(
        Path([(0, 0), (10, 0)]),
        transform=None,
        facecolor="none",
        edgecolor="#000000",
        linewidth=2,
        linestyle=(0, (3, 1)),
        capstyle="projecting",
        joinstyle="bevel",
    )
    svg = drawn(path)
    for told in ("width='2'", "dasharray='6,2'", "linecap='square'", "linejoin='bevel'"):
        assert f"stroke-{told}" in svg


def test_matplotlibs_own_texts_are_written_too():
    text = Text(5, 10, "年报", transform=None, fontproperties=font.properties(), color="#000000")
    assert drawn(text).count("<g fill='#000'") == 1


@pytest.mark.parametrize(
    ("artist", "error"),
    [
        (Circle((5, 5), 3, transform=None), KeyError),
        (Text(5, 5, "年", rotation=90, transform=None, fontproperties=font.properties()), None),
        (Text(5, 5, "$x$", transform=None, fontproperties=font.properties()), None),
    ],
)
def test_what_it_cannot_write_is_an_error(artist, error):
    with pytest.raises(error or ValueError):
        drawn(artist)


def test_a_picture_is_an_error():
    sheet = Sheet(72, 72)
    with pytest.raises(ValueError, match="no picture"):
        sheet.draw_image(sheet.new_gc(), 0, 0, np.zeros((2, 2, 4), np.uint8))
