"""The chart as a record: a title that states the finding, the picture, its data, its HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from nianbao.charts.canvas import NARROW, WIDE, Drawing
from nianbao.fragments import Fragment, render


@dataclass(frozen=True, slots=True)
class Data:
    """The figures behind a chart: heads and rows as they are shown, the first column a head."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart and all that it takes to be understood without being seen.

    Attributes
    ----------
    id : str
        Name of the chart; ``chart-<id>`` in the page.
    title : str
        The finding, one sentence.
    subtitle : str
        Measure, unit, period.
    source : str
        Where in the report the figures stand.
    alt : str
        The message with its numbers, for those who do not see the picture.
    wide, narrow : Drawing
        For a text column of 680 CSS px, and for a phone.
    data : Data
        The figures as a table.
    """

    id: str
    title: str
    subtitle: str
    source: str
    alt: str
    wide: Drawing
    narrow: Drawing
    data: Data

    @property
    def refers(self) -> bool:
        """Whether a picture sends its reader to the table, which is printed then as well."""
        return self.wide.refers or self.narrow.refers

    def _repr_html_(self) -> str:
        # The URIs hold no character that HTML must escape; escaping would swell every quote.
        uris = {"wide_uri": Markup(self.wide.uri), "narrow_uri": Markup(self.narrow.uri)}
        return render("chart", chart=self, **uris).html

    def __repr__(self) -> str:
        """Return what a terminal shows: the finding."""
        return f"图：{self.title}"


def chart(
    id: str,
    draw: Callable[[int], Drawing],
    *,
    title: str,
    subtitle: str,
    source: str,
    alt: str,
    data: Data,
) -> Chart:
    """Draw a chart at both widths; ``draw`` takes the width in CSS px."""
    return Chart(id, title, subtitle, source, alt, draw(WIDE), draw(NARROW), data)


def sentence(text: str) -> Fragment:
    """Return the sentence that stands where a chart would say no more."""
    return Fragment(f'<p class="chart-sentence">{escape(text)}</p>', text)
