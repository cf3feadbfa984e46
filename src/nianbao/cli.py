"""The command line ``python -m nianbao …``: argument checking, exit codes and nothing else."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import NoReturn

import click

from nianbao import __version__
from nianbao.commands import archives, chores, comparison, renditions, reports, verification
from nianbao.commands.printing import say
from nianbao.errors import NianbaoError, UsageError

_VARIABLES = {
    "build": ("YEAR", "AGENCY", "JOBS", "ENGINE", "FORCE", "CLUSTER", "DATA", "OUTPUT"),
    "plan": ("YEAR", "AGENCY", "DATA", "OUTPUT"),
    "notice": ("YEAR", "AGENCY"),
    "export": ("YEAR", "AGENCY"),
    "pdf": ("YEAR", "AGENCY", "JOBS"),
    "archive": ("YEAR", "AGENCY", "DRAFT", "ARCHIVE", "JOBS", "SIGN"),
    "verify": ("BAG", "RERUN", "TRUST", "SIGNED", "WHEELS", "ARCHIVE"),
    "verify-all": ("ARCHIVE",),
    "reproduce": ("BAG", "TIMES", "INTO", "TRUST", "WHEELS", "ARCHIVE"),
    "compare": ("A", "B", "HTML"),
    "bench": ("ROUNDS", "ONLY", "SCALE"),
}
"""The variables of make that a target takes, beside PYTHON."""


class _Commands(click.Group):
    """A group that names the nearest command when a name is misspelt."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            known = [name for name, command in self.commands.items() if not command.hidden]
            near = difflib.get_close_matches(args[0], known, n=1, cutoff=0.5)
            hint = f"最接近的是“{near[0]}”。" if near else f"现有：{'、'.join(known)}。"
            raise UsageError(f"没有命令“{args[0]}”；{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
@click.option("--make-variables", default="", hidden=True)
@click.pass_context
def commands(context: click.Context, make_variables: str) -> None:
    """Read, check and build annual reports on government information disclosure."""
    own = _VARIABLES.get(context.invoked_subcommand or "", ())
    _demand_known(make_variables.split(), (*own, "PYTHON"))


def _demand_known(names: Iterable[str], known: Sequence[str]) -> None:
    """Refuse a misspelt variable of make, or one that the target does not take."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0.4)
            hint = f"最接近的是 {near[0]}" if near else f"可用：{'、'.join(known)}"
            raise UsageError(f"make 的这个目标没有变量 {name}；{hint}。")


for module in (reports, renditions, archives, verification, comparison, chores):
    for command in module.COMMANDS:
        commands.add_command(command)


def main() -> NoReturn:
    """Run a command; a foreseen failure ends with its message and its exit code."""
    sys.exit(_guarded(lambda: commands.main(standalone_mode=False)))


def _guarded(run: Callable[[], object]) -> int:
    try:
        run()
    except NianbaoError as error:
        say(f"nianbao：{error}")
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
    say("nianbao：已中断；上一次的输出未动。")
    return 130
