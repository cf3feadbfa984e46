"""Builds a git revision of the project beside it, by its own code, in today's environment."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nianbao.errors import BuildError, UsageError
from nianbao.workspace import HOME_VARIABLE, Workspace

_SHORT: Final = 12
"""So many digits of a commit are shown."""
_DONE: Final = (0, 1)
"""Exit codes of a build that made every page; 1 tells of rules that failed."""
_SAID: Final = 3
"""So many last lines of a build that failed are told."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of the project.

    Attributes
    ----------
    given : str
        What it was called: a branch, a tag, the beginning of its hash.
    commit : str
        Its hash.
    workspace : Workspace
        The project whose revision it is.
    """

    given: str
    commit: str
    workspace: Workspace

    @property
    def name(self) -> str:
        """What people are told it is."""
        short = self.commit[:_SHORT]
        return short if self.commit.startswith(self.given) else f"{self.given}（{short}）"

    @contextmanager
    def built(self, say: Callable[[str], None]) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """Build its reports in a folder of their own, which is removed afterwards.

        Yields
        ------
        tuple of (Path, tuple of str)
            The output, and what must be known of how it came about.

        Raises
        ------
        UsageError
            Where the revision holds no project.
        BuildError
            Where nothing could be built.
        """
        with tempfile.TemporaryDirectory(prefix="nianbao-compare-") as folder:
            project = _checked_out(self, Path(folder).resolve() / "project")
            say(f"修订“{self.name}”：正在用它自己的代码生成年报……")
            _announce(project)
            _demand_own_code(self, project)
            code, said = _build(project)
            output = project / "output"
            if not list(output.glob(f"*/*/{_PAGE}")):
                lines = [line for line in said.splitlines() if line and not line[0].isspace()]
                last = "；".join(lines[-_SAID:])
                raise BuildError(f"修订“{self.name}”没有生成任何报告（退出码 {code}）：{last}")
            yield output, tuple(_remarks(self, project, code))


_PAGE: Final = "cells.csv"


def find_revision(workspace: Workspace, given: str) -> Revision | None:
    """Return the commit that a name stands for, or None."""
    if given.startswith("-"):
        return None
    done = _git(workspace.root, "rev-parse", "--quiet", "--verify", f"{given}^{{commit}}")
    return None if done.returncode else Revision(given, done.stdout.strip(), workspace)


def named_revisions(workspace: Workspace) -> list[str]:
    """List the branches and tags of the project; none where it is not kept in git."""
    form = "--format=%(refname:short)"
    done = _git(workspace.root, "for-each-ref", form, "refs/heads", "refs/tags")
    return done.stdout.split() if done.returncode == 0 else []


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git on a repository, whatever a surrounding git has said in the environment."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", f"core.hooksPath={os.devnull}", "-C", str(folder), *arguments]
    try:
        return subprocess.run(
            command,
            env=known,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:  # no git here: then there is no revision
        return subprocess.CompletedProcess(command, 127, "", "git")


def _checked_out(revision: Revision, folder: Path) -> Path:
    """Put the files of a revision into a folder; the project's own repository stays as it is."""
    root = revision.workspace.root
    top, below = (_git(root, "rev-parse", f"--show-{each}") for each in ("toplevel", "prefix"))
    steps = (
        (root, ("clone", "--quiet", "--shared", "--no-checkout", top.stdout.strip(), str(folder))),
        (folder, ("checkout", "--quiet", "--detach", revision.commit)),
    )
    for place, arguments in steps:
        done = _git(place, *arguments)
        if done.returncode:
            told = "；".join(done.stderr.split("\n")[:_SAID]).strip("；")
            raise BuildError(f"修订“{revision.name}”无法取出：{told}。请检查 git 仓库和磁盘空间。")
    project = folder / below.stdout.strip()
    if not (project / "src" / "nianbao" / "__init__.py").is_file():
        raise UsageError(f"修订“{revision.name}”里没有年报项目（src/nianbao）。请换一个修订。")
    return project


def _announce(project: Path) -> None:
    """Let the revision's own entry points count, and not those of the package installed here."""
    try:
        about = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    except (OSError, ValueError, KeyError):
        return
    named = {"console_scripts": about.get("scripts", {}), **about.get("entry-points", {})}
    lines = [
        line
        for group, points in named.items()
        for line in (f"[{group}]", *(f"{name} = {place}" for name, place in points.items()))
    ]
    folder = project / "src" / "nianbao-0.dist-info"
    folder.mkdir(exist_ok=True)
    stated = f"Metadata-Version: 2.1\nName: nianbao\nVersion: {about.get('version', '0')}\n"
    (folder / "METADATA").write_text(stated, "utf-8")
    (folder / "entry_points.txt").write_text("\n".join([*lines, ""]), "utf-8")


def _environment(project: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(project / "src"),
        "PYTHONIOENCODING": "utf-8",
        HOME_VARIABLE: str(project),
    }


def _run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=_environment(project),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


def _demand_own_code(revision: Revision, project: Path) -> None:
    """Make sure that it is the revision's package that will run, and not today's."""
    done = _run(project, "-c", "import nianbao; print(nianbao.__file__)")
    found = Path(done.stdout.strip() or ".").resolve()
    if done.returncode or not found.is_relative_to(project.resolve()):
        raise BuildError(
            f"修订“{revision.name}”的代码不能在现在的环境里运行：导入的不是它自己的 nianbao。"
        )


def _build(project: Path) -> tuple[int, str]:
    done = _run(project, "-m", "nianbao", "build")
    return done.returncode, done.stderr


def _remarks(revision: Revision, project: Path, code: int) -> Iterator[str]:
    """Say what else than the code may make a difference."""
    locks = [
        each.lock.read_bytes() if each.lock.is_file() else b""
        for each in (revision.workspace, Workspace(project))
    ]
    if locks[0] != locks[1]:
        yield (
            f"修订“{revision.name}”的依赖锁定（requirements.lock）与现在的不同。"
            "它是用现在的环境生成的，与它当时生成的结果可能不同。"
        )
    if code not in _DONE:
        yield f"修订“{revision.name}”有报告没有生成（退出码 {code}），不在比较之内。"
