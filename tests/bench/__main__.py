"""Measures building: `python -m bench`, run in the folder `tests`; `make bench` runs all of it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from bench import breakdown, rival
from bench.groups import GROUPS
from bench.machine import facts
from bench.measure import FailedError
from bench.page import page
from bench.table import Found, exit_code, goals, last_line
from bench.trial import Trial, warm_up

ROUNDS = 3
"""Least rounds of a measurement that is kept."""
PROFILE = "profile"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", metavar="GROUP,…", help=f"of {', '.join([*GROUPS, PROFILE])}")
    parser.add_argument("--scale", type=float, default=1.0, help="of the numbers of reports")
    parser.add_argument("--write", type=Path, help="where the page is kept; a whole run keeps it")
    options = parser.parse_args(given)
    options.groups = options.only.split(",") if options.only else [*GROUPS, PROFILE]
    wrong = [name for name in options.groups if name not in (*GROUPS, PROFILE)]
    if wrong or options.rounds < 1 or options.scale <= 0:
        parser.error(f"no such group: {', '.join(wrong)}" if wrong else "too few")
    whole = not options.only and options.scale == 1 and options.rounds >= ROUNDS
    if options.write is None and whole:
        options.write = PAGE
    return options


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def measure(options: argparse.Namespace, folder: Path) -> tuple[list[Found], list[str]]:
    """Measure the groups that are wanted; return what they came to, and the breakdown."""
    say("installing what is measured against")
    os.environ[rival.VARIABLE] = str(rival.install(folder))
    trial = Trial(folder, options.rounds, options.scale, say)
    warm_up(trial)
    found = []
    for name in [name for name in GROUPS if name in options.groups]:
        say(f"--- {name}")
        found.append(GROUPS[name](trial))
    parts: list[str] = []
    if PROFILE in options.groups:
        say(f"--- {PROFILE}")
        parts = breakdown.lines(breakdown.measure(trial.project(trial.count(40))))
    return found, parts


def main() -> int:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as folder:
        try:
            found, parts = measure(options, Path(folder))
        except FailedError as error:
            say(f"not measured: {error}")
            return 2
        except KeyboardInterrupt:
            say("stopped")
            return 130
    rows = [row for each in found for row in each.rows]
    text = page(found, facts(), options.rounds, parts)
    print(text)
    if options.write:
        options.write.write_text(text, "utf-8")
    else:
        say("tried only: docs/benchmarks.md is written by a run of everything, in 3 rounds or more")
    missed = [row for row in rows if not row.reached]
    if missed:
        print(f"{len(missed)} goals missed:", *goals(missed), "", sep="\n")
    if told := last_line(rows):
        print(told)
    return exit_code(rows)


if __name__ == "__main__":
    # Whatever ends the bench, ends what it runs; an interrupt even where a shell ignores it.
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.default_int_handler)
    raise SystemExit(main())
