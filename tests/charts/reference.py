"""The canvas as matplotlib draws it, its SVG written again as short: what ours must equal."""

import io
import re
import warnings
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from pylopdf_fonts_zh_cn import sans_path

from nianbao.charts import canvas, font, svg
from nianbao.charts.canvas import INK, Drawing
from nianbao.charts.outline import path_data

# One point is one CSS px at 72 dpi.
SETTINGS = {"svg.fonttype": "path", "svg.hashsalt": "nianbao", "path.simplify": False}
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
MIDDLE = 0.37
SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
NUMBER = r"(-?[\d.]+)"
RUN = re.compile(rf"translate\({NUMBER} {NUMBER}\) scale\({NUMBER} -?[\d.]+\)")
SHIFT = re.compile(rf"translate\({NUMBER} {NUMBER}\)")
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "z": 0}


class Reference(canvas.Canvas):
    """Draws with matplotlib objects; `sources` has matplotlib's own SVG of every sheet."""

    sources: list = []  # noqa: RUF012

    def __init__(self, width, height):
        self._width, self._height = width, round(height)
        size = (width / 72, self._height / 72)
        with matplotlib.rc_context(SETTINGS):
            self._figure = Figure(figsize=size, dpi=72, facecolor="white", edgecolor="none")
        self._font = FontProperties(fname=str(sans_path()), size=font.SIZE)

    def rect(self, x, y, width, height, fill):
        paint = {"facecolor": fill, "edgecolor": "none", "linewidth": 0}
        corner = (x, self._height - y - height)
        self._figure.add_artist(Rectangle(corner, width, height, transform=None, **paint))

    def line(self, points, colour, width=1, dash=0):
        shape = Line2D(
            [x for x, _ in points],
            [self._height - y for _, y in points],
            transform=None,
            color=colour,
            linewidth=width,
            linestyle=(0, (dash, dash)) if dash else "-",
            solid_capstyle="butt",
            solid_joinstyle="miter",
            dash_capstyle="butt",
        )
        self._figure.add_artist(shape)

    def dots(self, points, diameter, colour):
        ends = [
            (round(x, 2) + step, round(self._height - y, 2))
            for x, y in points
            for step in (0, 0.01)
        ]
        if ends:
            codes = [Path.MOVETO, Path.LINETO] * len(points)
            paint = {"facecolor": "none", "edgecolor": colour, "capstyle": "round", "zorder": 2.5}
            path = PathPatch(Path(ends, codes), transform=None, linewidth=diameter, **paint)
            self._figure.add_artist(path)

    def text(self, x, y, text, colour=INK, align="left"):
        width = font.measure(text)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        baseline = self._height - y - MIDDLE * font.SIZE
        options = {"fontproperties": self._font, "color": colour, "parse_math": False}
        writing = Text(left, baseline, font.writable(text), transform=None, **options)
        self._figure.add_artist(writing)

    def drawing(self):
        buffer = io.StringIO()
        with matplotlib.rc_context(SETTINGS), warnings.catch_warnings():
            warnings.simplefilter("error")
            FigureCanvasSVG(self._figure).print_svg(buffer, metadata=NO_METADATA)
        self.sources.append(buffer.getvalue())
        return Drawing(rewritten(buffer.getvalue(), self._width, self._height), self._width, 0)


def outline(data, x_scale, y_scale):
    """Read matplotlib's path data (absolute ``M L Q C z``) and round every point to the grid."""
    tokens = iter(TOKEN.findall(data))
    commands = []
    for letter in tokens:
        points = tuple(
            (round(float(next(tokens)) * x_scale), round(float(next(tokens)) * y_scale))
            for _ in range(POINTS[letter])
        )
        commands.append((letter, points))
    return commands


def rewritten(source, width, height):
    """Read matplotlib's SVG, shapes and glyphs, and write it as our pictures are written."""
    data, written, shapes = {}, [], []
    for group in ElementTree.fromstring(source).iter():
        for item in group:
            if item.tag == f"{SVG}path" and "id" in item.attrib:
                em = svg.EM / 6400
                data[item.attrib["id"]] = path_data(outline(item.attrib.get("d", ""), em, -em))
            elif item.tag == f"{SVG}path":
                shapes.append(shape(item.attrib))
            elif item.tag == f"{SVG}use":
                written.append(placed(item.attrib, group.attrib))
            else:
                assert item.tag in {f"{SVG}{name}" for name in ("g", "defs", "style")}
    ours, svg.glyph_data = svg.glyph_data, data.__getitem__
    try:
        return svg.picture(width, height, shapes, written)
    finally:
        svg.glyph_data = ours


def styles(attributes):
    pairs = (item.partition(":") for item in attributes.get("style", "").split(";") if item)
    named = {key.strip(): value.strip() for key, _, value in pairs}
    return {
        key: re.sub(r"^#(.)\1(.)\2(.)\3$", r"#\1\2\3", value)
        for key, value in named.items()
        if key != "stroke-dashoffset"
    }


def shape(attributes):
    named = "".join(f" {key}='{value}'" for key, value in sorted(styles(attributes).items()))
    return f"<path{named} d='{path_data(outline(attributes['d'], 100, 100), 2)}'/>"


def placed(use, run):
    """Put a glyph of a text run, which matplotlib sets at 100 units an em, on the em grid."""
    left, baseline, scale = map(float, RUN.fullmatch(run["transform"]).groups())
    across, up = map(float, SHIFT.fullmatch(use.get("transform", "translate(0 0)")).groups())
    unit = round(scale * 100 / svg.EM, 6)
    x, y = (left + scale * across) / unit, (baseline - scale * up) / unit
    return svg.Glyph(use[HREF].removeprefix("#"), styles(run)["fill"], unit, round(x), round(y))
