"""The command line ``python -m nianbao …``: argument checking, exit codes and nothing else."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from nianbao import __version__
from nianbao.errors import NianbaoError, UsageError

if TYPE_CHECKING:
    from nianbao.build import Built
    from nianbao.report import Report

_BUILD_VARIABLES = ("YEAR", "AGENCY")
_GRAVITY = (2, 4, 3, 1, 0)
"""Exit codes of a batch: the first of these that applies (contract)."""


class _Commands(click.Group):
    """A group that names the nearest command when a name is misspelt."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            near = difflib.get_close_matches(args[0], self.commands, n=1, cutoff=0.5)
            hint = f"最接近的是“{near[0]}”。" if near else f"现有：{'、'.join(self.commands)}。"
            raise UsageError(f"没有命令“{args[0]}”；{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
@click.option("--make-variables", default="", hidden=True)
@click.pass_context
def commands(context: click.Context, make_variables: str) -> None:
    """Read, check and build annual reports on government information disclosure."""
    own = _BUILD_VARIABLES if context.invoked_subcommand == "build" else ()
    _demand_known(make_variables.split(), (*own, "PYTHON"))


@commands.command()
@click.option("--year", help="Only this year.")
@click.option("--agency", help="Only this agency.")
def build(year: str | None, agency: str | None) -> None:
    """Build reports from data/raw into output/<year>/<agency>/."""
    from nianbao.workspace import find_workspace

    workspace = find_workspace()
    targets = workspace.select(year, agency)
    from nianbao.build import build_all
    from nianbao.console import told

    built = build_all(workspace, targets, _say)
    for item in built:
        click.echo(told(item))
    sys.exit(_gravest(_code(item) for item in built))


def _demand_known(names: Iterable[str], known: Sequence[str]) -> None:
    """Refuse a misspelt variable of make, or one that the target does not take."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.4)
            hint = f"最接近的是 {near[0]}" if near else f"可用：{'、'.join(known)}"
            raise UsageError(f"make 的这个目标没有变量 {name}；{hint}。")


def _gravest(codes: Iterable[int]) -> int:
    found = set(codes)
    return next(code for code in _GRAVITY if code in found)


def _code(item: Built) -> int:
    if item.error:
        return item.error.exit_code
    return 1 if item.verdict and item.verdict.objection else 0


@commands.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="The agency's id.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
def read(file: Path, year: str | None, agency: str | None, form: str) -> None:
    """Print the cells of any report file."""
    from nianbao.records import cells_csv, read_json

    report = _loose(file, year, agency)
    _print(cells_csv(report) if form == "csv" else read_json(report))
    for note in report.notes:
        _say(f"{file.name}：{note.message}")


@commands.command("claims")
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
    _print(found.json())


@commands.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="The agency's id.")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text")
def check(file: Path | None, year: str | None, agency: str | None, form: str) -> None:
    """Check a report file, or the one of --agency and --year, against the balance rules."""
    from nianbao.findings import check_report, objections
    from nianbao.records import check_json, findings_csv
    from nianbao.surroundings import around
    from nianbao.suspects import suspect
    from nianbao.verdict import judge

    report = _loose(file, year, agency) if file else _kept(year, agency)
    findings = check_report(report, around(report))
    verdict = judge(report, findings)
    if form == "text":
        told = [*objections(findings), *suspect(report).messages]
        _print("\n".join([f"{verdict.sign} {verdict.text}", *told]) + "\n")
    else:
        _print(findings_csv(findings) if form == "csv" else check_json(report, findings))
    sys.exit(1 if verdict.objection else 0)


def _loose(file: Path, year: str | None, agency: str | None) -> Report:
    from nianbao.reading import read_report
    from nianbao.workspace import optional_workspace, parse_year

    return read_report(
        file, agency, parse_year(year) if year is not None else None, optional_workspace()
    )


def _kept(year: str | None, agency: str | None) -> Report:
    from nianbao.reading import load

    if year is None or agency is None:
        raise UsageError("请给出一个文件，或者同时给出 --agency 和 --year。")
    return load(agency, year)


@commands.command()
def test() -> None:
    """Run every check and test of a source checkout."""
    from nianbao.tasks import run_checks

    sys.exit(run_checks(_root()))


@commands.command()
def accuracy() -> None:
    """Measure the reading on 2,000 generated documents and write docs/accuracy.md."""
    from nianbao.trials import measure_accuracy

    sys.exit(measure_accuracy(_root()))


@commands.command()
def fuzz() -> None:
    """Try to break the text and HTML readers, for two minutes."""
    from nianbao.trials import fuzz as try_to_break

    sys.exit(try_to_break(_root()))


@commands.command()
def lab() -> None:
    """Open the notebooks in JupyterLab."""
    from nianbao.tasks import open_lab

    sys.exit(open_lab(_root()))


@commands.command()
@click.option("--upgrade", is_flag=True, help="Take the newest versions instead of keeping them.")
def lock(upgrade: bool) -> None:
    """Write the locks and environment.yml anew from pyproject.toml."""
    from nianbao.locks import write_locks

    sys.exit(write_locks(_root(), upgrade=upgrade))


@commands.command()
def clean() -> None:
    """Remove what builds made in output/, but never output/archive/."""
    from nianbao.tasks import clean as clean_output

    sys.exit(clean_output(_root()))


def _root() -> Path:
    from nianbao.workspace import find_workspace

    return find_workspace().root


def _print(text: str) -> None:
    """Write data to standard output, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _say(text: str) -> None:
    click.echo(text, err=True)


def main() -> NoReturn:
    """Run a command; a foreseen failure ends with its message and its exit code."""
    sys.exit(_guarded(lambda: commands.main(standalone_mode=False)))


def _guarded(run: Callable[[], object]) -> int:
    try:
        run()
    except NianbaoError as error:
        _say(f"nianbao：{error}")
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()
    except BrokenPipeError:
        return 0
    except (ImportError, SystemError) as error:
        # An interrupt while a compiled module is loaded comes out as that module's failure.
        if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
            return _interrupted()
        raise
    return 0


def _interrupted() -> int:
    _say("nianbao：已中断；上一次的输出未动。")
    return 130
