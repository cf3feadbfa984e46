"""What all tests share: bounded, repeatable property tests, and the real document."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from nianbao import cli
from nianbao.shelf import load
from nianbao.workspace import Workspace

settings.register_profile(
    "nianbao",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("nianbao")

REAL = Path(__file__).parents[1] / "data" / "raw" / "2022" / "luoyang-gaj.txt"


@pytest.fixture(scope="session")
def real_path():
    return REAL


@pytest.fixture(scope="session")
def real_bytes():
    return REAL.read_bytes()


@pytest.fixture(scope="session")
def real_report():
    return load("luoyang-gaj", 2022, Workspace(REAL.parents[3]))


@pytest.fixture
def command(monkeypatch, capfdbinary):
    """Run a command as `python -m nianbao` does; return its code and what it printed."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["nianbao", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capfdbinary.readouterr()
        return ended.value.code, printed.out.decode(), printed.err.decode()

    return run
