"""The commands on single reports and their papers: read, claims, check, notice, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from nianbao.commands.ending import gravest
from nianbao.commands.printing import print_data, relative, say
from nianbao.errors import UsageError

if TYPE_CHECKING:
    from nianbao.papers import Written
    from nianbao.report import Report
    from nianbao.workspace import Workspace


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="The agency's id.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
def read(file: Path, year: str | None, agency: str | None, form: str) -> None:
    """Print the cells of any report file."""
    from nianbao.records import cells_csv, read_json

    report = _loose(file, year, agency)
    print_data(cells_csv(report) if form == "csv" else read_json(report))
    for note in report.notes:
        say(f"{file.name}：{note.message}")


@click.command("claims")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="The agency's id.")
@click.option("--format", "form", type=click.Choice(["json"]), default="json")
def show_claims(file: Path, year: str | None, agency: str | None, form: str) -> None:
    """Print what the prose of a report, or of standard input (-), says in numbers."""
    from nianbao.claims import claims
    from nianbao.documents.plain.encoding import decode
    from nianbao.workspace import parse_year

    stated = None if year is None else parse_year(year)
    if str(file) == "-":
        found = claims(decode(sys.stdin.buffer.read(), "-"), stated)
    else:
        text = file.suffix.lower() in (".txt", ".md") and file.is_file()
        source = decode(file.read_bytes(), file.name) if text else None
        found = claims(_loose(file, year, agency), stated, source=source)
    print_data(found.json())


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="The agency's id.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), help="Else text.")
@click.option("--all", "everything", is_flag=True, help="All reports, into output/*.parquet.")
@click.option("--cells", type=click.Path(path_type=Path), help="With --all: these cells instead.")
@click.option("--into", type=click.Path(path_type=Path), help="With --all: another folder.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="With --all: how many at once.")
def check(
    file: Path | None,
    year: str | None,
    agency: str | None,
    form: str | None,
    everything: bool,
    **batch: Any,
) -> None:
    """Check a report file, or the one of --agency and --year, or --all, against the rules."""
    if everything:
        if file or form:
            raise UsageError("--all 核验项目的全部报告，不能与文件或 --format 同用。")
        from nianbao.commands.panel import check_all

        sys.exit(gravest(check_all(year, agency, **batch)))
    if any(value is not None for value in batch.values()):
        raise UsageError("--cells、--into、--jobs 只与 --all 同用。")
    from nianbao.findings import check_report, objections
    from nianbao.records import check_json, findings_csv
    from nianbao.surroundings import around
    from nianbao.suspects import suspect
    from nianbao.verdict import judge

    report = _loose(file, year, agency) if file else _kept(year, agency)
    findings = check_report(report, around(report))
    verdict = judge(report, findings)
    if form in (None, "text"):
        told = [*objections(findings), *suspect(report).messages]
        print_data("\n".join([f"{verdict.sign} {verdict.text}", *told]) + "\n")
    else:
        print_data(findings_csv(findings) if form == "csv" else check_json(report, findings))
    sys.exit(1 if verdict.objection else 0)


def _loose(file: Path, year: str | None, agency: str | None) -> Report:
    from nianbao.reading import read_report
    from nianbao.workspace import optional_workspace, parse_year

    return read_report(
        file, agency, parse_year(year) if year is not None else None, optional_workspace()
    )


def _kept(year: str | None, agency: str | None) -> Report:
    from nianbao.shelf import load

    if year is None or agency is None:
        raise UsageError("请给出一个文件，或者同时给出 --agency 和 --year。")
    return load(agency, year)


@click.command()
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="Only this agency; without it all, with one list.")
def notice(year: str | None, agency: str | None) -> None:
    """Write the notices (退回意见) of a year into output/<year>/notices/."""
    from nianbao.papers import write_notices

    workspace, targets = wanted(year, agency)
    end(write_notices(workspace, targets, say, listed=agency is None))


@click.command()
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="Only this agency.")
def export(year: str | None, agency: str | None) -> None:
    """Write each report as a workbook (.xlsx) into output/<year>/tables/."""
    from nianbao.papers import write_workbooks

    workspace, targets = wanted(year, agency)
    end(write_workbooks(workspace, targets, say))


def wanted(year: str | None, agency: str | None) -> tuple[Workspace, dict[tuple[int, str], Path]]:
    """Return the project and the reports that were asked for; a year has to be named."""
    from nianbao.workspace import find_workspace

    if year is None:
        raise UsageError("请用 YEAR（--year）指明年份，例如 YEAR=2022。")
    workspace = find_workspace()
    return workspace, workspace.select(year, agency)


def end(written: Written) -> NoReturn:
    """Print what was written, and end with the exit code of what could not be."""
    for path in written.files:
        click.echo(relative(path))
    sys.exit(gravest([0, *(error.exit_code for error in written.failed)]))


COMMANDS = (read, show_claims, check, notice, export)
