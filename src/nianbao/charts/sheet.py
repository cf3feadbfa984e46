"""A renderer for matplotlib that writes small SVG with outlined text at once."""

from __future__ import annotations

from typing import Any, Final

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from matplotlib.typing import ColorType

from nianbao.charts.svg import Glyph, picture, shape, writing

_LETTERS: Final = {Path.MOVETO: "M", Path.LINETO: "L", Path.CLOSEPOLY: "z"}
_DEFAULTS: Final = {"stroke-width": "1", "stroke-linecap": "butt", "stroke-linejoin": "round"}
"""What need not be written: so matplotlib, which leaves rounded joints to each SVG's viewer."""
_CAPS: Final = {"projecting": "square"}


class Sheet(RendererBase):
    """Takes shapes and lines of text from matplotlib's artists; a point is a CSS px.

    matplotlib's own SVG has to be read and written again to get small. Anything but straight
    shapes and level text is an error, so that nothing can get lost in silence.

    Parameters
    ----------
    width, height : int
        CSS px.
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._width, self._height = width, height
        self._shapes: list[str] = []
        self._written: list[Glyph] = []

    @property
    def svg(self) -> str:
        """The picture."""
        return picture(self._width, self._height, self._shapes, self._written)

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: ColorType | None = None,  # noqa: N803  # matplotlib's name
    ) -> None:
        """Write a shape."""
        steps = path.iter_segments(transform, remove_nans=False, simplify=False)
        commands = [(_LETTERS[code], self._points(code, points)) for points, code in steps]
        self._shapes.append(shape(commands, _style(gc, rgbFace)))

    def _points(self, code: Any, points: Any) -> list[tuple[float, float]]:
        if code == Path.CLOSEPOLY:
            return []
        x, y = points
        return [(float(x), self._height - float(y))]

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Text | None = None,
    ) -> None:
        """Write a line of text; y is its baseline, from the bottom."""
        if angle or ismath:
            raise ValueError(f"text in a chart is level and plain: {s}")
        size = float(prop.get_size_in_points())
        self._written += writing(s, x, self._height - y, size, to_hex(gc.get_rgb()))

    def draw_image(self, *_: Any, **__: Any) -> None:
        """Refuse pictures."""
        raise ValueError("a chart holds no picture")

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the sheet, CSS px."""
        return self._width, self._height

    def points_to_pixels(self, points: Any) -> Any:
        """Return points as they are."""
        return points


def _style(gc: GraphicsContextBase, fill: ColorType | None) -> dict[str, str]:
    """Return what SVG is told of a shape's fill and stroke."""
    style = {"fill": "none" if fill is None else to_hex(fill)}
    width = float(gc.get_linewidth())
    if not width:
        return style
    cap = str(gc.get_capstyle())
    stroke = {
        "stroke": to_hex(gc.get_rgb()),
        "stroke-width": _number(width),
        "stroke-linecap": _CAPS.get(cap, cap),
        "stroke-linejoin": str(gc.get_joinstyle()),
    }
    dashes: Any = gc.get_dashes()[1]
    if dashes is not None:
        stroke["stroke-dasharray"] = ",".join(_number(float(length)) for length in dashes)
    return style | {name: told for name, told in stroke.items() if _DEFAULTS.get(name) != told}


def _number(value: float) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")
