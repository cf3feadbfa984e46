"""A page opened in the browser, with all that it asked for and said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

DESKTOP, PHONE, NARROW, ZOOMED = 1280, 375, 320, 640
"""Widths in CSS px; 640 × 512 is what a window of 1280 × 1024 shows at 200 %."""

_HEIGHTS = {DESKTOP: 1024, PHONE: 800, NARROW: 640, ZOOMED: 512}
_PATIENCE = 10_000
"""Milliseconds until something that is waited for is said not to come."""

_PROBES = Path(__file__).parent / "probes"


class Visit:
    """An open page.

    Parameters
    ----------
    browser : Browser
        The browser that opens it, in a context of its own.
    path : Path
        The page.
    width : int
        Width of the window in CSS px, one of the above.
    dark : bool
        Whether the person prefers dark pages.
    scripts : bool
        Whether JavaScript is on.
    anchor : str
        The place on the page to go to.

    Attributes
    ----------
    page : playwright.sync_api.Page
        The page itself.
    requests : list of str
        What it asked for, but for pictures inside of it.
    said : list of str
        Messages on the console, and errors that no script caught.
    """

    def __init__(
        self,
        browser: Browser,
        path: Path,
        width: int = DESKTOP,
        *,
        dark: bool = False,
        scripts: bool = True,
        anchor: str = "",
    ) -> None:
        self._context = browser.new_context(
            viewport={"width": width, "height": _HEIGHTS[width]},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            device_scale_factor=1280 / width if width == ZOOMED else 1,
        )
        self._context.set_default_timeout(_PATIENCE)
        self.page = self._context.new_page()
        self.url = path.resolve().as_uri()
        self.requests: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(self.url + (f"#{anchor}" if anchor else ""))

    def _note_request(self, url: str) -> None:
        if not url.startswith("data:"):
            self.requests.append(url.partition("#")[0])

    def resize(self, width: int) -> None:
        """Give the window another width."""
        self.page.set_viewport_size({"width": width, "height": _HEIGHTS[width]})

    def unfold(self) -> None:
        """Open all that can be opened."""
        self.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")

    def probe(self, name: str, argument: object = None) -> Any:
        """Return what a function of the folder `probes` finds on the page."""
        return self.page.evaluate((_PROBES / f"{name}.js").read_text("utf-8"), argument)

    def close(self) -> None:
        """Close the page and forget all of it."""
        self._context.close()
