"""Renders pieces of a page from Jinja templates, so that every text from outside is escaped."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from nianbao.stylesheet import stylesheet


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of HTML that a notebook shows; ``text`` is what a plain terminal shows."""

    html: str
    text: str = ""

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Return the plain text."""
        return self.text or "年报内容（HTML）"


def grouped(number: int | Decimal | None) -> str:
    """Write a figure with commas between thousands; decimals as published, None as nothing."""
    return "" if number is None else f"{number:,}"


def notebook_style() -> Fragment:
    """Give the pages' style sheet to a notebook that is run by hand, for its outputs alone."""
    scoped = stylesheet().replace(":root{", "&{").replace("@page", "@media not all")
    return Fragment(f"<style>.jp-OutputArea-output{{{scoped}}}</style>", "样式")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("nianbao", "templates/fragments"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["grouped"] = grouped
    return environment


def prepare() -> None:
    """Compile all templates, which else each is when it is first used."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def render(name: str, text: str = "", **context: object) -> Fragment:
    """Render ``templates/fragments/<name>.html.j2`` with escaping.

    Parameters
    ----------
    name : str
        The template's name without ending.
    text : str
        The plain-text form of the fragment.
    **context : object
        What the template needs; a name that it misses is an error, never an empty space.
    """
    html = _environment().get_template(f"{name}.html.j2").render(context)
    return Fragment(html.strip(), text)
