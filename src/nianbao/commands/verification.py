"""The commands on archives that are there: verify one or all, and make their results again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.commands.ending import gravest
from nianbao.commands.printing import print_data, say
from nianbao.errors import BuildError, NianbaoError, UsageError

if TYPE_CHECKING:
    from nianbao.archive.interpreters import Interpreters
    from nianbao.archive.opening import Bag
    from nianbao.archive.verified import Wishes

_BAGS = click.Path(path_type=Path, readable=False)  # what cannot be read is no wrong usage


def _on_code(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options on what code is run, and where."""
    for option in (
        click.option("--python", help="Interpreter of re-runs; else the one that runs this."),
        click.option("--archive", "folder", type=_BAGS, help="In place of output/archive."),
        click.option(
            "--wheels", type=_BAGS, help="Folder with the wheels of the lock; no network."
        ),
        click.option("--trust-code", is_flag=True, help="Run also a stranger's software."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("bags", metavar="BAG…", nargs=-1, required=True, type=_BAGS)
@click.option(
    "--rerun/--no-rerun", default=None, help="Make the results again; else if it is trusted."
)
@click.option("--require-signature", is_flag=True, help="Fail where no trusted key has signed.")
@_on_code
def verify(
    bags: tuple[Path, ...],
    rerun: bool | None,
    require_signature: bool,
    trust_code: bool,
    wheels: Path | None,
    folder: Path | None,
    python: str | None,
) -> None:
    """Verify archives: files, manifests, zip, signatures, and the results by a re-run."""
    from nianbao.archive.interpreters import interpreters

    if trust_code and rerun is False:
        raise UsageError("--trust-code 只用于重跑，不能与 --no-rerun 同用。")
    wishes = _wishes(folder, rerun, trust_code, require_signature)
    with interpreters(_existing(wheels), python) as made:
        codes = [_one(path, wishes, made) for path in bags]
    sys.exit(gravest(codes))


def _wishes(
    folder: Path | None, rerun: bool | None, trust_code: bool, require_signature: bool
) -> Wishes:
    from nianbao.archive.verified import Wishes
    from nianbao.workspace import optional_workspace

    workspace = optional_workspace()
    if workspace and _in_a_bag(workspace.root):
        workspace = None  # a stranger's project vouches for nothing
    own = workspace.output / "archive" if workspace else None
    return Wishes(
        rerun=rerun,
        trust_code=trust_code,
        require_signature=require_signature,
        archive=folder or own,
        root=workspace.root if workspace else None,
    )


def _in_a_bag(root: Path) -> bool:
    """Whether a project is one that a bag carries, where someone stands who unpacked it."""
    from nianbao.archive.bag import DECLARATION

    return any((folder / DECLARATION).exists() for folder in root.resolve().parents)


def _existing(wheels: Path | None) -> Path | None:
    if wheels is not None and not wheels.is_dir():
        raise UsageError(f"没有文件夹 {wheels}。--wheels（WHEELS=）应是放有依赖包的文件夹。")
    return wheels


def _one(path: Path, wishes: Wishes, made: Interpreters) -> int:
    from nianbao.archive.verifying import verify as verify_bag

    try:
        found = verify_bag(path, wishes, made, say)
    except NianbaoError as error:
        say(f"nianbao：{error}")
        return error.exit_code
    except OSError as error:
        return _hindered(path, error)
    print_data("\n".join(found.lines) + "\n")
    return found.code


def _hindered(path: Path, error: OSError) -> int:
    """Tell what the system refused while a bag was being verified."""
    from nianbao.archive.names import shown

    at = f"{shown(Path(str(error.filename)).name)}：" if error.filename else ""
    reason = error.strerror or type(error).__name__
    say(
        f"nianbao：{shown(path.name)}：核验没有完成（{at}{reason}）。"
        "请检查磁盘空间、临时文件夹和权限。"
    )
    return BuildError.exit_code


@click.command("verify-all")
@click.option("--archive", "folder", type=_BAGS, help="In place of output/archive.")
def verify_all(folder: Path | None) -> None:
    """Verify the register of archives and every archive that it lists; nothing is run."""
    from nianbao.archive.holdings import walk

    wishes = _wishes(folder, False, False, False)
    if wishes.archive is None:
        raise UsageError("请进入项目文件夹，或用 --archive（ARCHIVE=）指定归档的位置。")
    found = walk(wishes.archive, wishes.root, say)
    lines = [f"✗ {fault}" for fault in found.faults]
    lines += [f"○ {name}：登记中没有这一文件。" for name in found.strays]
    if found.head:
        lines.append(f"○ 登记末行的 SHA-256：{found.head}。记在别处，才能发现末尾缺行或整册改写。")
    if found.faults:
        lines.append(f"✗ 登记{found.archives}条，{len(found.faults)}处不符。请从备份恢复。")
    else:
        lines.append(f"✓ 登记{found.archives}条，链条完整，归档包都在且未被改动。没有重跑。")
    print_data("\n".join(lines) + "\n")
    sys.exit(1 if found.faults else 0)


@click.command()
@click.argument("bag", required=False, type=_BAGS)
@click.option("--times", type=click.IntRange(1, 1000), default=20, help="How many re-runs.")
@click.option("--into", type=_BAGS, help="Write the table into this file, too.")
@_on_code
def reproduce(
    bag: Path | None,
    times: int,
    into: Path | None,
    trust_code: bool,
    wheels: Path | None,
    folder: Path | None,
    python: str | None,
) -> None:
    """Make the results of an archive again in many surroundings, and compare them all."""
    from nianbao.archive import reproducing
    from nianbao.archive.interpreters import interpreters
    from nianbao.publish import put

    wishes = _wishes(folder, True, trust_code, False)
    found = _trusted(bag or _newest(wishes.archive), wishes)
    wanted = reproducing.settings(times, reproducing.installed_locales())
    with interpreters(_existing(wheels), python) as made:
        interpreter = made.fresh(found)
        trials = reproducing.reproduce(found, interpreter, wanted, say)
        page = reproducing.table(found, interpreter, trials)
    print_data(page)
    for trial in trials:
        for line in trial.unlike:
            say(f"✗ {line}")
    if into is not None:
        put(into, page.encode())
    sys.exit(1 if any(trial.unlike for trial in trials) else 0)


def _newest(archive: Path | None) -> Path:
    """Return the archive that was made last and is still there under its name."""
    from nianbao.archive import index

    entries = index.read(archive) if archive else []
    there = [archive / entry.bag for entry in entries if archive]
    path = next((path for path in reversed(there) if path.is_file()), None)
    if path is None:
        raise UsageError("还没有归档包。请先 make archive YEAR=2022，或用 BAG= 指定一个。")
    return path


def _trusted(path: Path, wishes: Wishes) -> Bag:
    """Open a bag whose code may be run.

    Raises
    ------
    UsageError
        For a stranger's, unless that is allowed.
    """
    from nianbao.archive.names import shown
    from nianbao.archive.opening import open_bag
    from nianbao.archive.signature import signatures
    from nianbao.archive.trust import trusted

    bag = open_bag(path)
    origin = trusted(bag, wishes.archive, signatures(path, bag, wishes.root))
    if not origin and not wishes.trust_code:
        raise UsageError(
            f"{shown(path.name)} 不是本处登记的归档，也没有受信任的签名；重跑就是运行包中的程序。"
            "确信来源可靠时，请加 --trust-code（TRUST=1）。"
        )
    return bag


COMMANDS = (verify, verify_all, reproduce)
