"""The commands on the project: checks, measurements, notebooks, locks, parameters, rules, clean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from nianbao.commands.printing import print_data, say
from nianbao.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
def test() -> None:
    """Run every check and test of a source checkout."""
    from nianbao.tasks import run_checks

    sys.exit(run_checks(_root()))


@click.command("test-browser")
def test_browser() -> None:
    """Run the tests of the pages in a real browser, installing what they need where it can be."""
    from nianbao.browsing import run_browser_tests

    sys.exit(run_browser_tests(_root()))


@click.command()
def accuracy() -> None:
    """Measure the reading on 2,000 generated documents and write docs/accuracy.md."""
    from nianbao.trials import measure_accuracy

    sys.exit(measure_accuracy(_root()))


@click.command()
@click.option("--rounds", help="How often each side runs; three or more are kept.")
@click.option("--only", help="Only these groups of measures, for trying.")
@click.option("--scale", help="What numbers of reports are multiplied by, for trying.")
def bench(rounds: str | None, only: str | None, scale: str | None) -> None:
    """Measure what building costs beside other ways, and write docs/benchmarks.md."""
    from nianbao.trials import bench as measure

    given = {"rounds": rounds, "only": only, "scale": scale}
    options = [f"--{name}={value}" for name, value in given.items() if value is not None]
    sys.exit(measure(_root(), *options))


@click.command()
def fuzz() -> None:
    """Try to break the text and HTML readers, for two minutes."""
    from nianbao.trials import fuzz as try_to_break

    sys.exit(try_to_break(_root()))


@click.command("check-params")
def check_params() -> None:
    """Look over the register, the parameters and the names of the raw files."""
    from nianbao.finding import SEVERITY_WORDS
    from nianbao.inspection import inspect
    from nianbao.workspace import find_workspace

    remarks = inspect(find_workspace())
    for remark in remarks:
        say(f"{SEVERITY_WORDS[remark.severity]} {remark.where}：{remark.message}")
    errors = sum(remark.severity == "error" for remark in remarks)
    print_data(f"{errors}处错误，{len(remarks) - errors}处说明。\n" if remarks else "没有问题。\n")
    sys.exit(UsageError.exit_code if errors else 0)


@click.command()
def rules() -> None:
    """Print the catalogue of rules, with how often each one held and failed over all reports."""
    from nianbao.tallies import table, tally
    from nianbao.workspace import find_workspace

    found = tally(find_workspace())
    print_data(table(found))
    for error in found.failed:
        say(str(error))
    sys.exit(max((error.exit_code for error in found.failed), default=0))


@click.command()
def lab() -> None:
    """Open the notebooks in JupyterLab."""
    from nianbao.tasks import open_lab

    sys.exit(open_lab(_root()))


@click.command()
@click.option("--upgrade", is_flag=True, help="Take the newest versions instead of keeping them.")
def lock(upgrade: bool) -> None:
    """Write the locks and environment.yml anew from pyproject.toml."""
    from nianbao.locks import write_locks

    sys.exit(write_locks(_root(), upgrade=upgrade))


@click.command()
def clean() -> None:
    """Remove what builds made in output/, but never output/archive/."""
    from nianbao.tasks import clean as clean_output

    sys.exit(clean_output(_root()))


def _root() -> Path:
    from nianbao.workspace import find_workspace

    return find_workspace().root


COMMANDS = (test, test_browser, accuracy, bench, fuzz, check_params, rules, lab, lock, clean)
