"""One browser and one built city for all tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser.city import build, make_city
from browser.fonts import fontconfig
from browser.kinds import pages
from browser.surveys import Survey, survey
from browser.visits import DESKTOP, Visit
from nianbao.browsing import chromium

QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The system's Chromium with the fonts of the run set; no browser is ever downloaded."""
    conf = fontconfig(tmp_path_factory.mktemp("fonts"))
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(),
            args=QUIET,
            chromium_sandbox=not as_root,
            env={**os.environ, "FONTCONFIG_FILE": str(conf)},
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the city, built once."""
    return build(make_city(tmp_path_factory.mktemp("city")))


@pytest.fixture(scope="session")
def surveys(browser: Browser, site: Path) -> dict[Path, Survey]:
    """What can be seen of every page at a look, each opened once."""
    return {path: survey(browser, path) for path in pages(site)}


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open pages; they are closed when the test is over."""
    opened = []

    def open_page(path: Path, width: int = DESKTOP, **options: Any) -> Visit:
        opened.append(Visit(browser, path, width, **options))
        return opened[-1]

    yield open_page
    for each in opened:
        each.close()
