"""Projects of several years, made once: each has one thing that is not as usual."""

from pathlib import Path

import pytest

from offices import project
from trend.histories import REGISTER, altered, filed, loaded, reports, spoil, write

WHOLE = dict.fromkeys(range(2021, 2025), "2021")


@pytest.fixture(scope="session")
def places(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("years") / "project"


@pytest.fixture(scope="session")
def sound(places):
    """Four years on one form; all of it joins."""
    return filed(_made(places()), reports(2, WHOLE))


@pytest.fixture(scope="session")
def torn(places):
    """The same, but 2023 carries two requests more in, and has five documents more in force."""
    found = reports(2, WHOLE)
    code = "t3.carried_in.{}".format
    more = {code(c): found[2023].value(code(c)) + 2 for c in ("natural", "total")}
    more["t2.normative_docs.in_force"] = found[2023].value("t2.normative_docs.in_force") + 5
    found[2023] = altered(found[2023], more)
    return filed(_made(places()), found)


@pytest.fixture(scope="session")
def gapped(places):
    """2022 is missing, and 2024 is there but cannot be read."""
    found = reports(3, dict.fromkeys(range(2020, 2026), "2021"))
    root = project(_made(places()), REGISTER)
    for year in (2021, 2023, 2025):
        write(root, found[year])
    spoil(root, 2024)
    return loaded(root)


@pytest.fixture(scope="session")
def mixed(places):
    """Ten years from the form of 2019 over both mixtures to that of 2021."""
    variants = {2019: "2019", 2020: "2019", 2021: "mixed", 2022: "hybrid"}
    return filed(_made(places()), reports(4, variants | dict.fromkeys(range(2023, 2029), "2021")))


@pytest.fixture(scope="session")
def alone(places):
    """A single year."""
    return filed(_made(places()), reports(6, {2022: "2021"}))


@pytest.fixture(scope="session")
def unread(places):
    """Two years, none of which can be read."""
    root = project(_made(places()), REGISTER)
    for year in (2021, 2022):
        spoil(root, year)
    return loaded(root)


def _made(path: Path) -> Path:
    path.mkdir()
    return path
