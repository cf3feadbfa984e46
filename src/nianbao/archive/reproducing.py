"""Makes the results of a bag again and again, each time in other surroundings, and shows them."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from nianbao.archive.opening import Bag
from nianbao.archive.rerun import rerun, results
from nianbao.archive.setting import Setting
from nianbao.archive.verifying import python_of, unlike, version

TIMES: Final = 20
FOLDERS: Final = ("project", "归档 重跑/二")
ZONES: Final = ("UTC", "Asia/Shanghai", "America/St_Johns")
SEEDS: Final = ("0", "1", "42", "4294967295")
USERS: Final = ("reader", "审核员")
WORKERS: Final = (1, 2)
_WISHED: Final = ("C.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030", "de_DE.UTF-8", "tr_TR.UTF-8")
_ALWAYS: Final = ("C.UTF-8", "C", "POSIX")
_LOCALES: Final = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """One re-run: its surroundings, what came out, and whether that is what the bag holds.

    Attributes
    ----------
    digest : str
        SHA-256 over names and contents of all results; empty where there are none.
    unlike : tuple of str
        How they differ from the bag's, in Chinese; empty where they do not.
    """

    setting: Setting
    digest: str
    unlike: tuple[str, ...]


def settings(times: int, locales: Sequence[str]) -> list[Setting]:
    """Return surroundings, so that few of them show many differences already.

    Parameters
    ----------
    times : int
        How many.
    locales : sequence of str
        Those to be tried, three or fewer.
    """
    return [
        Setting(
            folder=FOLDERS[number % 2],
            zone=ZONES[number % 3],
            locale=locales[(number + number // 3) % len(locales)],
            seed=SEEDS[number % 4],
            workers=WORKERS[(number + number // 4) % 2],
            closed=number % 5 % 2 == 1,
            user=USERS[(number + number // 2) % 2],
        )
        for number in range(times)
    ]


def installed_locales() -> tuple[str, ...]:
    """Return three locales that this system has, the most different first."""
    program = shutil.which("locale")
    listed = ""
    if program:
        listed = subprocess.run([program, "-a"], capture_output=True, check=False).stdout.decode(
            "ascii", "replace"
        )
    here = {_plain(name) for name in listed.split()}
    wished = [name for name in _WISHED if _plain(name) in here]
    return tuple(islice(dict.fromkeys([*wished, *_ALWAYS]), _LOCALES))


def _plain(name: str) -> str:
    return name.lower().replace("-", "")


def reproduce(
    bag: Bag, python: Path, wanted: Sequence[Setting], say: Callable[[str], None]
) -> list[Trial]:
    """Make a bag's results again in each of some surroundings.

    Parameters
    ----------
    bag : Bag
        Whose code is run: it must be trusted.
    python : Path
        An interpreter that has what it needs.
    wanted : sequence of Setting
        The surroundings.
    say : callable
        Told how far it is.
    """
    expected = results(bag)
    trials = []
    for number, setting in enumerate(wanted, start=1):
        ran = rerun(bag, python, setting)
        told = [ran.failure] if ran.failure else unlike(expected, ran.results)
        trials.append(Trial(setting, digest(ran.results) if ran.results else "", tuple(told)))
        say(f"第{number}/{len(wanted)}次：{'不同' if told else '相同'}")
    return trials


def digest(found: Mapping[str, bytes]) -> str:
    """Return one SHA-256 over results, by name and content."""
    whole = hashlib.sha256()
    for name in sorted(found):
        whole.update(f"{hashlib.sha256(found[name]).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()


def table(bag: Bag, python: Path, trials: Sequence[Trial]) -> str:
    """Return a page (Markdown) with all trials; it holds no time, and nothing of the machine."""
    expected = results(bag)
    same = sum(not trial.unlike for trial in trials)
    head = ("run", "folder", "TZ", "LC_ALL", "hash seed", "workers", "home", "user", "results")
    rows = [_row(number, trial) for number, trial in enumerate(trials, start=1)]
    lines = [
        "# Reproducibility",
        "",
        "Written by `make reproduce`: the results of an archive, made again from the archive alone"
        " in one fresh environment, each time in other surroundings. A run is the same where every"
        " file is what the archive holds, byte for byte. A closed home cannot be written to.",
        "",
        f"**{same} of {len(trials)} runs are the same.** Archive `{bag.name}.zip`,"
        f" SHA-256 `{hashlib.sha256(bag.container or b'').hexdigest()}`; {len(expected)} files of"
        f" results, made with Python {python_of(bag)}, made again with Python {version(python)}."
        f" Expected: `{digest(expected)[:12]}` (SHA-256 over names and contents).",
        "",
        *(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows)),
    ]
    return "\n".join(lines) + "\n"


def _row(number: int, trial: Trial) -> tuple[str, ...]:
    around = trial.setting
    return (
        str(number),
        f"`{around.folder}`",
        around.zone,
        around.locale,
        around.seed,
        str(around.workers),
        "closed" if around.closed else "open",
        around.user,
        f"`{trial.digest[:12] or 'none'}` {'differ' if trial.unlike else 'same'}",
    )
