"""The package itself as a wheel, built here without network, the same bytes for the same code."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flit_core.config import ConfigError
from flit_core.wheel import make_wheel_in

from nianbao import software
from nianbao.archive.container import packed
from nianbao.errors import BuildError

ROOT = Path(__file__).resolve().parents[3]
"""The checkout that this package runs from, if it runs from one."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel: the name of its file, and its bytes."""

    name: str
    content: bytes


def wheel(root: Path = ROOT) -> Wheel:
    """Build the wheel of a source checkout.

    It is packed again without compression: what a compressor makes differs from one of its
    versions to the next.

    Parameters
    ----------
    root : Path
        The checkout.

    Raises
    ------
    BuildError
        Where there is no checkout, or it cannot be built.
    """
    project = checkout_file("pyproject.toml", root)
    with TemporaryDirectory() as folder:
        try:
            built = make_wheel_in(_copied(project, Path(folder)), Path(folder)).file
        except (ConfigError, OSError, RuntimeError, ValueError) as error:
            raise BuildError(f"软件包（wheel）未能打包：{error}。") from error
        with zipfile.ZipFile(built) as made:
            files = {name: made.read(name) for name in made.namelist()}
    return Wheel(built.name, packed(files))


def _copied(project: Path, folder: Path) -> Path:
    """Copy what the wheel is made of, which flit would take with all that lies beside it."""
    for name in (project.name, "LICENSE"):
        shutil.copyfile(project.with_name(name), folder / name)
    package = Path("src", "nianbao")
    for name, path in software.files(project.parent / package).items():
        (folder / package / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / package / name)
    return folder / project.name


def checkout_file(name: str, root: Path = ROOT) -> Path:
    """Return a file of the checkout that this package runs from.

    Raises
    ------
    BuildError
        Where it does not run from one.
    """
    if not (root / "src" / "nianbao").is_dir() or not (root / name).is_file():
        raise BuildError(
            "归档要带上软件本身，只能在源代码目录中进行；"
            f"现在运行的 nianbao 安装在 {Path(__file__).parents[1]}，那里没有 {name}。"
            "请进入项目文件夹，用 make archive 归档。"
        )
    return root / name
