"""The commands on archives: make them, and make again what they hold."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nianbao.commands.ending import gravest
from nianbao.commands.printing import relative, say
from nianbao.errors import UsageError
from nianbao.threads import forbid_threads

if TYPE_CHECKING:
    from nianbao.archive.wanted import Archived
    from nianbao.workspace import Workspace


@click.command()
@click.option("--year", help="The year reported on; without --agency also one of the whole year.")
@click.option("--agency", help="Only this agency.")
@click.option("--draft", is_flag=True, help="Also with hard findings; every page says so.")
@click.option("--archive", "folder", help="Folder in place of output/archive.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="How many at once; else all cores.")
@click.option("--sign", default="", help="Command that signs an archive; given its path.")
def archive(
    year: str | None,
    agency: str | None,
    draft: bool,
    folder: str | None,
    jobs: int | None,
    sign: str,
) -> None:
    """Archive reports that can be checked and made again in years: output/archive/<year>/."""
    from nianbao.workspace import find_workspace

    if year is None and agency is None:
        raise UsageError(
            "请指明归档什么：YEAR=2022（--year，全年各机关各一个，另有全年一个），"
            "或 AGENCY=机关代号（--agency），或两者。"
        )
    workspace = find_workspace()
    into = archive_folder(workspace, folder)
    targets = workspace.select(year, agency)  # a wrong name is told before anything is loaded
    forbid_threads()
    gc.disable()  # what is imported stays: to look for garbage in it takes a fifth of the time
    from nianbao.archive import archiving, wanted

    gc.enable()
    from nianbao.pool import run_jobs
    from nianbao.progress import Progress
    from nianbao.writing import sole_writer

    progress = Progress(say, sys.stderr if sys.stderr.isatty() else None)
    place = wanted.Place(into, draft, sign, partial(run_jobs, workers=jobs))
    requests = wanted.wanted(targets, whole=agency is None)
    with sole_writer(workspace):
        made = archiving.archive(workspace, requests, place, progress)
    for each in made:
        _tell(each)
    sys.exit(gravest(each.error.exit_code if each.error else 0 for each in made))


def archive_folder(workspace: Workspace, given: str | None) -> Path:
    """Return where archives lie: in the project's output, or where ``ARCHIVE`` says.

    Raises
    ------
    UsageError
        For an address, since archives are folders and files; and for a folder that ``make clean``
        empties.
    """
    if given is None:
        return workspace.output / "archive"
    if not given or "://" in given:
        raise UsageError(f"ARCHIVE（--archive）应是文件夹；给出的是“{given}”。")
    folder, output = Path(given).expanduser().resolve(), workspace.output.resolve()
    if folder.is_relative_to(output) and not folder.is_relative_to(output / "archive"):
        raise UsageError(
            f"ARCHIVE（--archive）不能是 {relative(folder)}：make clean 会清空 output，"
            "只留 output/archive。请用 output/archive，或 output 以外的文件夹。"
        )
    return folder


def _tell(made: Archived) -> None:
    if made.error:
        say(f"{made.path.name} 未完成：{made.error}")
    else:
        click.echo(relative(made.path) + ("" if made.new else "（与上一次归档相同）"))


@click.command(hidden=True)
@click.option("--into", type=click.Path(path_type=Path), required=True, help="Where to.")
@click.option("--report", "reports", multiple=True, help="YEAR/AGENCY; may be repeated.")
@click.option("--draft", is_flag=True, help="Every page says that it is a draft.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="How many at once; else all cores.")
def archived(into: Path, reports: tuple[str, ...], draft: bool, jobs: int | None) -> None:
    """Make the results that an archive of these reports holds: what verifying repeats."""
    from nianbao.workspace import find_workspace

    workspace = find_workspace()
    targets: dict[tuple[int, str], Path] = {}
    for report in reports:
        year, slash, agency = report.partition("/")
        if not slash:
            raise UsageError(
                f"--report 应是 年份/机关代号，例如 2022/luoyang-gaj；给出的是“{report}”。"
            )
        targets |= workspace.select(year, agency)
    if not targets:
        raise UsageError("请用 --report 指明报告，例如 --report 2022/luoyang-gaj。")
    forbid_threads()
    from nianbao.archive.results import make_results
    from nianbao.writing import sole_writer

    with sole_writer(workspace):
        make_results(workspace, targets, into.resolve(), draft=draft, jobs=jobs)


COMMANDS = (archive, archived)
