"""Makes the results of a bag again, from the bag alone, in surroundings of one's choice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nianbao.archive.bag import DESCRIPTION
from nianbao.archive.environment import last_words
from nianbao.archive.names import shown
from nianbao.archive.opening import Bag
from nianbao.archive.sameness import project
from nianbao.archive.scratch import scratch
from nianbao.archive.setting import Setting, variables
from nianbao.errors import UnreadableError
from nianbao.publish import writable

RESULT: Final = "data/result/"
SECONDS: Final = 300
"""How long the first report may take, and no less than a tenth of it each other one."""
_REPORT: Final = re.compile(r"([0-9]{4})/([^/]+)/[^/]+")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a re-run came to.

    Attributes
    ----------
    results : dict of str to bytes
        By ``<year>/<agency>/<file>``.
    failure : str
        Why there are none, in Chinese; empty where all went well.
    """

    results: dict[str, bytes]
    failure: str


def results(bag: Bag) -> dict[str, bytes]:
    """Return the results that a bag carries, by ``<year>/<agency>/<file>``.

    Raises
    ------
    UnreadableError
        Where it carries none, or files that are no report's.
    """
    found = {
        name.removeprefix(RESULT): content
        for name, content in bag.files.items()
        if name.startswith(RESULT)
    }
    odd = next((name for name in found if not _REPORT.fullmatch(name)), None)
    if odd is not None or not found:
        why = "没有结果" if odd is None else f"“{shown(odd)}”不在 <年份>/<机关>/ 下"
        raise UnreadableError(
            f"{shown(bag.name)}：{RESULT} 下{why}，不能重跑。请用 --no-rerun 只核验文件。"
        )
    return found


def is_draft(bag: Bag) -> bool:
    """Whether a bag says that it is a draft."""
    lines = bag.files.get(DESCRIPTION, b"").decode("utf-8", "replace").splitlines()
    return "Nianbao-Draft: true" in lines


def rerun(bag: Bag, python: Path, setting: Setting | None = None) -> Ran:
    """Make a bag's results again.

    Parameters
    ----------
    bag : Bag
        Whose project is laid out anew, in a temporary folder that goes afterwards.
    python : Path
        An interpreter that has the package.
    setting : Setting, optional
        What surrounds the run.
    """
    around = setting or Setting()
    reports = sorted({_parts(name) for name in results(bag)})
    with scratch() as place:
        root = place / around.folder
        with writable("重跑所用的临时文件夹"):
            for name, content in project(bag).items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(content)
        into = place / "result"
        command = [*_python(python), "-m", "nianbao", "archived", f"--into={into}"]
        command += [f"--report={year}/{agency}" for year, agency in reports]
        command += ["--draft"] if is_draft(bag) else []
        command += [f"--jobs={around.workers}"] if around.workers else []
        seconds = SECONDS * (1 + len(reports) / 10)
        failure = _run(command, place, variables(place, root, around), seconds)
        return Ran({} if failure else _read(into), failure)


def package_of(python: Path) -> str:
    """Return where an interpreter finds the package in a re-run, or nothing."""
    with scratch() as place:
        asked = subprocess.run(
            [*_python(python), "-c", "import nianbao; print(nianbao.__file__)"],
            cwd=place,
            env=variables(place, place, Setting()),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    found = asked.stdout.decode("utf-8", "replace").strip()
    return found if Path(found).is_file() else ""


def _python(python: Path) -> list[str]:
    """Return an interpreter that takes no module from the current folder or the user's own."""
    return [str(python), "-P", "-s"]


def _parts(name: str) -> tuple[str, str]:
    year, agency, _ = name.split("/")
    return year, agency


def _run(command: list[str], place: Path, known: dict[str, str], seconds: float) -> str:
    """Run a command in an empty folder; return why it failed, or nothing."""
    log = place / "log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            command,
            cwd=place / "work",
            env=known,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            return f"超过{seconds:.0f}秒没有完成，已中止"
        finally:
            _end(child)
    if code == 0:
        return ""
    with log.open("rb") as said:
        said.seek(max(0, log.stat().st_size - 4_000))
        return f"以 {code} 结束（{last_words(said.read())}）"


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a run, and all that it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.kill()
    child.wait()


def _read(into: Path) -> dict[str, bytes]:
    paths = sorted(path for path in into.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in paths}
