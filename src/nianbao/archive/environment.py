"""A fresh environment for re-runs: the packages of a bag's lock and its wheel, nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from nianbao.archive.names import shown
from nianbao.archive.opening import Bag
from nianbao.archive.sameness import LOCK, PROJECT, wheel_of
from nianbao.environment import installer_environment, starts
from nianbao.errors import BuildError, UnreadableError
from nianbao.publish import writable

_SECONDS: Final = 1_200
"""A first download of all wheels over a slow line."""
_PINNED: Final = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._-]*(\[[A-Za-z0-9,._-]+\])?==[A-Za-z0-9.!+_-]+"
    r"( *;(?:(?!--)[^\\#@:/])*)?(?P<hashes>( +--hash=sha256:[0-9a-f]{64})+)"
)
_OURS: Final = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_REQUIREMENT", "PIP_TARGET")
"""What would lead an installer elsewhere."""


def fresh_environment(
    bag: Bag, folder: Path, wheels: Path | None = None, python: str | None = None
) -> Path:
    """Make an environment of what a bag says that it needs.

    Parameters
    ----------
    bag : Bag
        With its lock and its wheel. Its wheel is a program: only that of a trusted bag may be
        installed and run.
    folder : Path
        Where the environment is to lie; there is nothing yet.
    wheels : Path, optional
        A folder with the wheels of the lock; then nothing is fetched. Else the installer's cache
        is tried first, and the package index after it.
    python : str, optional
        The interpreter; by default the one below this process.

    Returns
    -------
    Path
        The environment's interpreter.

    Raises
    ------
    UnreadableError
        Where the bag has no lock, or one that holds more than pinned packages with hashes.
    BuildError
        Where it could not be installed, with the installer's last words.
    """
    lock = _sound_lock(bag)
    name, wheel = wheel_of(bag)
    given = folder.with_name(f"{folder.name}-given")
    with writable("重跑所用的临时文件夹"):
        given.mkdir(parents=True)
        (given / LOCK).write_bytes(lock)
        (given / name).write_bytes(wheel)
    base = python or getattr(sys, "_base_executable", "") or sys.executable
    packages = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", LOCK]
    packages += ["--no-index", "--find-links", str(wheels.resolve())] if wheels else []
    itself = ["--no-deps", "--no-index", f"./{name}"]
    told = ""
    for made, install in _ways(base, folder, given, offline=wheels is not None):
        shutil.rmtree(folder, ignore_errors=True)
        for command in (made, [*install, *packages], [*install, *itself]):
            ran, said = _run(command, given)
            told = told if ran else said
            if not ran:
                break
        else:
            return interpreter(folder)
    raise BuildError(
        f"{shown(bag.name)}：重跑所需的环境没有装成：{told}。"
        "请检查网络，或用 --wheels（WHEELS=）指定放有依赖包的文件夹。"
    )


def interpreter(folder: Path) -> Path:
    """Return where an environment has its Python."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def _ways(
    base: str, folder: Path, given: Path, *, offline: bool
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield ways to make an environment and to install into it, the quickest first."""
    there = str(interpreter(folder))
    uv = _uv()
    if uv:
        made = [uv, "venv", "--no-project", "--no-python-downloads", "--python", base, str(folder)]
        install = [uv, "pip", "install", "--python", there]
        yield made, [*install, "--offline"]
        if offline:
            return
        yield made, install
    pip = [there, "-I", "-m", "pip", "install", "--no-input"]
    yield [base, "-I", "-m", "venv", str(folder)], pip


def _uv() -> str | None:
    """Return a uv that really starts, from PATH or beside this interpreter."""
    places = (shutil.which("uv", path=str(Path(sys.executable).parent)), shutil.which("uv"))
    return next((uv for uv in places if uv and starts([uv, "--version"])), None)


def _run(command: Sequence[str], folder: Path) -> tuple[bool, str]:
    """Run an installer; return whether it did its work, and its last words."""
    known = installer_environment(sys.executable)
    try:
        ran = subprocess.run(
            command,
            cwd=folder,
            env={name: value for name, value in known.items() if name not in _OURS},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False, f"{Path(command[0]).name} 超过{_SECONDS}秒没有完成"
    except OSError as error:
        return False, f"{Path(command[0]).name} 不能运行（{error.strerror}）"
    return ran.returncode == 0, last_words(ran.stdout)


def last_words(printed: bytes) -> str:
    """Return the last lines that a program printed, in one."""
    lines = [line.strip() for line in printed.decode("utf-8", "replace").splitlines()]
    return shown(" / ".join([line for line in lines if line][-3:])) or "没有说明"


def _sound_lock(bag: Bag) -> bytes:
    """Return a bag's lock: pinned packages with hashes alone, no options, addresses or paths.

    It is written anew from what was understood: installers join lines, end comments and guess
    encodings each in their own way, so that in one file they may read what was never looked at.
    """
    content = bag.files.get(f"{PROJECT}{LOCK}")
    if content is None:
        raise UnreadableError(f"{shown(bag.name)}：缺少 {LOCK}，不能重跑。")
    joined = content.decode("utf-8", "replace").replace("\\\n", " ")
    packages = []
    for line in joined.splitlines():
        said = re.sub(r"(^| )#.*", "", line).strip()
        if not said:
            continue
        if not (said.isascii() and said.isprintable() and _PINNED.fullmatch(said)):
            raise UnreadableError(
                f"{shown(bag.name)}：{LOCK} 中有固定版本和 SHA-256 以外的内容"
                f"（“{shown(said[:80])}”），不予安装。请向提供者核实。"
            )
        packages.append(f"{' '.join(said.split())}\n")
    return "".join(packages).encode()
