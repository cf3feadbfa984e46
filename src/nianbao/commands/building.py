"""The commands that build, and that say what a build would do."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from nianbao.commands.ending import gravest
from nianbao.commands.printing import say
from nianbao.commands.where import data_and_output, where
from nianbao.links import FRONT

if TYPE_CHECKING:
    from nianbao.build import Built


@click.command()
@click.option("--year", help="Only this year.")
@click.option("--agency", help="Only this agency.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="How many at once; else all cores.")
@click.option("--engine", type=click.Choice(["fork", "kernel"]), help="What runs the notebooks.")
@click.option("--force", is_flag=True, help="Build also what is true and whole.")
@click.option("--cluster", help="Address of a Dask scheduler whose workers do the jobs.")
@data_and_output
def build(
    year: str | None,
    agency: str | None,
    jobs: int | None,
    engine: str | None,
    force: bool,
    cluster: str | None,
    data: str | None,
    output: str | None,
) -> None:
    """Build the reports that are out of date into output/<year>/<agency>/."""
    here = where(data, output)
    workspace = here.workspace
    options: Any = {"run": here.runner(jobs, cluster), "engine": engine, "force": force}
    if not here.place:
        workspace.select(year, agency)  # a wrong name is told before anything is written
    from nianbao.intake import never_built, read_meanwhile
    from nianbao.ledger import Ledger
    from nianbao.progress import Progress
    from nianbao.writing import sole_writer

    progress = Progress(say, sys.stderr if sys.stderr.isatty() else None)
    with sole_writer(workspace):
        here.pull()
        targets = workspace.select(year, agency)
        new = [] if cluster or here.place else never_built(workspace, targets)
        with read_meanwhile(Ledger(workspace), new, progress, options["run"]):
            _import_all(preloaded=bool(new))
        from nianbao.build import build_all
        from nianbao.console import words
        from nianbao.site import write_site

        built = build_all(workspace, targets, progress, **options)
        failed = write_site(workspace, targets, progress, **options)
    for item in built:
        if told := words(item, here.shown):
            click.echo(told)
    kept = sum(item.kept is not None for item in built)
    if kept:
        click.echo(f"\n{kept}份报告没有变化，未重新生成。")
    if told := progress.summary():
        say(f"\n{told}")
    click.echo(f"\n全部年报：{here.shown(workspace.output / FRONT)}")
    sys.exit(gravest([*map(_code, built), *(error.exit_code for error in failed)]))


def _import_all(*, preloaded: bool) -> None:
    """Import what a build takes, and do before it what its jobs share, where there will be any."""
    gc.disable()  # what is imported stays: to look for garbage in it takes a fifth of the time
    for name in ("nianbao.build", "nianbao.site", "nianbao.console"):
        import_module(name)
    gc.enable()
    if preloaded:
        from nianbao.preload import preload

        preload()


def _code(item: Built) -> int:
    if item.error:
        return item.error.exit_code
    if item.kept:
        return 1 if item.kept.errors else 0
    return 1 if item.verdict and item.verdict.objection else 0


@click.command()
@click.option("--year", help="Only this year.")
@click.option("--agency", help="Only this agency.")
@data_and_output
def plan(year: str | None, agency: str | None, data: str | None, output: str | None) -> None:
    """Say what a build would make, and why; nothing is built."""
    from nianbao.due import why_due
    from nianbao.ledger import Ledger
    from nianbao.progress import Progress
    from nianbao.site import stages
    from nianbao.writing import sole_writer

    here = where(data, output)
    workspace = here.workspace
    if here.place:
        with sole_writer(workspace):  # what a build has not published yet would be taken away
            here.pull()
    targets = workspace.select(year, agency)
    due = {f"{of} {name}": why for (of, name), why in why_due(Ledger(workspace), targets).items()}
    for _, pages in stages(workspace, targets, Progress(say)):
        stale = {page.name: page.reasons(workspace) for page in pages}
        due |= {name: "、".join(why) for name, why in stale.items() if why}
    for name, why in due.items():
        click.echo(f"{name}：{why}")
    click.echo(f"{len(due)}项要生成。" if due else "没有要生成的。")


COMMANDS = (build, plan)
