"""The project's five reports, each set once."""

from pathlib import Path

import pytest

from nianbao.findings import check_report
from nianbao.pdf import render
from nianbao.shelf import load
from nianbao.surroundings import around
from nianbao.workspace import Workspace

PROJECT = Workspace(Path(__file__).parents[2])
REPORTS = sorted(PROJECT.reports())


@pytest.fixture(scope="session")
def project():
    return PROJECT


@pytest.fixture(scope="session")
def printed_report():
    """Return a function that gives a report of the project, its findings and its PDF."""
    known = {}

    def printed(year, agency):
        if (year, agency) not in known:
            report = load(agency, year, PROJECT)
            findings = check_report(report, around(report, PROJECT))
            known[year, agency] = report, findings, render(report, findings, PROJECT)
        return known[year, agency]

    return printed


def pytest_generate_tests(metafunc):
    if "named" in metafunc.fixturenames:
        metafunc.parametrize("named", REPORTS, ids=lambda key: f"{key[0]}-{key[1]}")
