"""Whether a stranger's bag would run nothing but what is installed here already.

A notebook is code, and so is whatever lies where Python looks for modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import nianbao
from nianbao import software
from nianbao.archive.names import shown
from nianbao.archive.opening import MAX_ENTRY, MAX_FILE, MAX_FILES, Bag
from nianbao.archive.unzipping import unzipped
from nianbao.errors import UnreadableError

PROJECT: Final = "data/project/"
SOFTWARE: Final = "data/software/"
LOCK: Final = "requirements.lock"
NOTEBOOK: Final = "notebooks/report.ipynb"
_PACKAGE: Final = "nianbao/"
_ABOUT: Final = re.compile(r"nianbao-[^/]+\.dist-info/[^/]+(/[^/]+)?")
_DATA: Final = re.compile(
    r"data/raw/[0-9]{4}/.+|params/(agencies\.csv|rules\.yaml|deadlines\.yaml)"
    r"|params/[0-9]{4}/[^/]+\.ya?ml|requirements\.lock|" + re.escape(NOTEBOOK)
)
"""What a project in a bag may hold: data, and the one notebook."""
_WHEEL: Final = re.compile(re.escape(SOFTWARE) + r"[^/]+\.whl")
_MOST: Final = 3
"""So many files are named; more say no more."""


def project(bag: Bag) -> dict[str, bytes]:
    """Return the files of the project that a bag carries, by their path in it."""
    return {
        name.removeprefix(PROJECT): content
        for name, content in bag.files.items()
        if name.startswith(PROJECT)
    }


def wheel_of(bag: Bag) -> tuple[str, bytes]:
    """Return name and bytes of the one wheel that a bag carries.

    Raises
    ------
    UnreadableError
        Where there is none, or more than one.
    """
    found = [name for name in bag.files if name.startswith(SOFTWARE) and name.endswith(".whl")]
    if len(found) == 1 and not _WHEEL.fullmatch(found[0]):
        raise UnreadableError(
            f"{shown(bag.name)}：软件包应直接放在 {SOFTWARE} 下，现为 {shown(found[0])}，"
            "不能重跑。请用 --no-rerun 只核验文件。"
        )
    if len(found) != 1:
        raise UnreadableError(
            f"{shown(bag.name)}：{SOFTWARE} 下应有一个软件包（.whl），现有{len(found)}个，"
            "不能重跑。请用 --no-rerun 只核验文件。"
        )
    return found[0].removeprefix(SOFTWARE), bag.files[found[0]]


def foreign(bag: Bag, root: Path | None, found: str) -> list[str]:
    """Say what a bag would run that is not what is installed here.

    Parameters
    ----------
    bag : Bag
        As opened.
    root : Path or None
        This place's project, whose notebook is known.
    found : str
        Where the interpreter of the re-run finds the package, as it says itself.

    Returns
    -------
    list of str
        Each in Chinese; empty where its wheel is the installed package file by file, its
        notebook the project's own, and its project otherwise holds data alone.
    """
    own = Path(nianbao.__file__)
    elsewhere = [] if found and own.samefile(found) else ["重跑时找到的不是本机的这一个 nianbao"]
    return [
        *elsewhere,
        *_of_wheel(*wheel_of(bag)),
        *_of_notebook(project(bag), root),
        *_of_project(project(bag)),
    ]


def _of_wheel(name: str, content: bytes) -> Iterator[str]:
    files = unzipped(content, shown(name), MAX_FILES, MAX_ENTRY, MAX_FILE)
    if any(not file.startswith(_PACKAGE) and not _ABOUT.fullmatch(file) for file in files):
        yield f"{shown(name)} 除 nianbao 外还带有别的模块"
    packaged = {
        file.removeprefix(_PACKAGE): found
        for file, found in files.items()
        if file.startswith(_PACKAGE)
    }
    unlike = unlike_installed(packaged)
    if unlike:
        listed = "、".join(shown(file) for file in unlike[:_MOST])
        more = f"等{len(unlike)}个文件" if len(unlike) > _MOST else ""
        yield f"{shown(name)} 与本机安装的 nianbao 不同（{listed}{more}）"


def unlike_installed(packaged: Mapping[str, bytes]) -> list[str]:
    """Name the files of the package that differ from those installed, here or there alone too."""
    installed = software.files(Path(nianbao.__file__).parent)
    return sorted(
        name
        for name in {*packaged, *installed}
        if name not in packaged
        or name not in installed
        or installed[name].read_bytes() != packaged[name]
    )


def same_lock(bag: Bag, root: Path) -> bool:
    """Whether a bag's results were made with the packages that this place's project has."""
    own = root / LOCK
    return own.is_file() and project(bag).get(LOCK) == own.read_bytes()


def _of_notebook(files: Mapping[str, bytes], root: Path | None) -> Iterator[str]:
    own = root / NOTEBOOK if root else None
    if own is None or not own.is_file():
        yield f"本处没有 {NOTEBOOK} 可以对照"
    elif files.get(NOTEBOOK) != own.read_bytes():
        yield f"{NOTEBOOK} 与本项目的不同"


def _of_project(files: Mapping[str, bytes]) -> Iterator[str]:
    other = [name for name in files if not _DATA.fullmatch(name)]
    if other:
        yield f"其中的项目带有不认识的文件（{'、'.join(map(shown, other[:_MOST]))}）"
