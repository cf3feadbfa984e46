"""Knows where a project keeps its reports, parameters and output, and which names exist there."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from nianbao.errors import UsageError
from nianbao.once import once

HOME_VARIABLE = "NIANBAO_HOME"

_NO_REPORTS = ("readme.md", "readme.txt", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A project folder with ``data/raw``, ``params``, ``notebooks`` and ``output``."""

    root: Path

    @property
    def output(self) -> Path:
        """Where builds go; disposable except ``archive``."""
        return self.root / "output"

    @property
    def cache(self) -> Path:
        """What may be deleted at any time and only saves time."""
        return self.output / ".cache"

    def log(self, folder: str, name: str) -> Path:
        """Return where goes what a job prints; neither compared nor archived."""
        return self.output / "logs" / folder / f"{name}.log"

    def notebook(self, name: str) -> Path:
        """Return a notebook: ``report``, ``overview`` or ``trend``."""
        return self.root / "notebooks" / f"{name}.ipynb"

    @property
    def lock(self) -> Path:
        """The lock of the run set."""
        return self.root / "requirements.lock"

    @property
    def local_rules(self) -> Path:
        """The rules that an analyst adds to the package's own."""
        return self.root / "params" / "rules.yaml"

    @once(lambda self: self.root)
    def reports(self) -> dict[tuple[int, str], Path]:
        """Find all reports as received: ``{(year, agency): file or folder}``, sorted.

        Raises
        ------
        UsageError
            Where two files of one year have the same agency.
        """
        found: dict[tuple[int, str], Path] = {}
        raw = self.root / "data" / "raw"
        years = sorted(path for path in raw.glob("[0-9][0-9][0-9][0-9]") if path.is_dir())
        entries = ((year, entry) for year in years for entry in _listed(year))
        for year, entry in entries:
            if entry.name.startswith((".", "~")) or entry.name.lower() in _NO_REPORTS:
                continue
            path = year / entry.name
            key = (int(year.name), _id(path, entry.is_dir()))
            if key in found:
                raise UsageError(
                    f"data/raw/{key[0]} 下“{key[1]}”有两个文件："
                    f"{found[key].name} 和 {path.name}。请只保留一个。"
                )
            found[key] = path
        return dict(sorted(found.items()))

    def select(self, year: object = None, agency: object = None) -> dict[tuple[int, str], Path]:
        """Choose reports by year and agency; None stands for all.

        Raises
        ------
        UsageError
            For a wrong name or value; the message gives the nearest valid one.
        """
        reports = self.reports()
        wanted_year = None if year is None else parse_year(year)
        wanted = None if agency is None else _name(agency)
        years = sorted({y for y, _ in reports})
        if wanted_year is not None and wanted_year not in years:
            raise UsageError(
                f"data/raw 下没有 {wanted_year} 年的报告；"
                f"{offer(str(wanted_year), [str(year) for year in years])}"
            )
        names = sorted({a for y, a in reports if wanted_year in (None, y)})
        if wanted is not None and wanted not in names:
            scope = f" {wanted_year} 年" if wanted_year else ""
            raise UsageError(f"没有机关“{wanted}”{scope}的报告；{offer(wanted, names)}")
        chosen = {
            key: path
            for key, path in reports.items()
            if wanted_year in (None, key[0]) and wanted in (None, key[1])
        }
        if not chosen:
            raise UsageError(
                "data/raw 下还没有任何报告；请放入 data/raw/<年份>/<机关代号>.docx"
                "（或 .html、.pdf、.xlsx、.txt 等）。"
            )
        return chosen


def report_id(path: Path) -> str:
    """Return the agency id that a report's file or folder is named after, NFC-normalised."""
    return _id(path, path.is_dir())


def _id(path: Path, folder: bool) -> str:
    return unicodedata.normalize("NFC", path.name if folder else path.stem)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder by name; an entry knows what it is without another look."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def offer(given: str, known: list[str]) -> str:
    """Name the nearest valid name, or all when none is near."""
    near = get_close_matches(given, known, n=1, cutoff=0.5)
    if near:
        return f"最接近的是“{near[0]}”。"
    listed = "、".join(known[:10]) + ("……" if len(known) > 10 else "")
    return f"现有：{listed or '无'}。"


def parse_year(given: object) -> int:
    """Accept a year as an integer or in four ASCII digits.

    Raises
    ------
    UsageError
        For anything else.
    """
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if isinstance(given, str) and len(given) == 4 and given.isascii() and given.isdigit():
        return int(given)
    raise UsageError(f"年份应是四位整数，例如 2022；给出的是 {given!r}。")


def _name(given: object) -> str:
    if isinstance(given, str) and given:
        return unicodedata.normalize("NFC", given)
    raise UsageError(f"机关应是一个代号，例如 luoyang-gaj；给出的是 {given!r}。")


def find_workspace() -> Workspace:
    """Find the project: ``NIANBAO_HOME``, else from here upwards, else where the package lies.

    Raises
    ------
    UsageError
        Where there is none.
    """
    given = os.environ.get(HOME_VARIABLE)
    if given:
        if not _is_root(Path(given)):
            raise UsageError(f"{HOME_VARIABLE}={given} 不是年报项目：其中没有 data/raw 和 params。")
        return Workspace(Path(given).resolve())
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if _is_root(folder):
            return Workspace(folder)
    raise UsageError(
        f"找不到年报项目（含 data/raw 与 params 的文件夹）。"
        f"请进入项目文件夹，或设置 {HOME_VARIABLE}。"
    )


def optional_workspace() -> Workspace | None:
    """Find the project, or None where a command works on a loose file without one."""
    try:
        return find_workspace()
    except UsageError:
        return None


def _is_root(folder: Path) -> bool:
    return (folder / "data" / "raw").is_dir() and (folder / "params" / "agencies.csv").is_file()
