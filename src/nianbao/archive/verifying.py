"""Verifies a bag: its files, its signatures, and its results by making them again."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from nianbao.archive.encasing import sidecar_faults
from nianbao.archive.fault import Fault
from nianbao.archive.fixity import faults
from nianbao.archive.interpreters import Interpreters
from nianbao.archive.names import shown
from nianbao.archive.opening import Bag, open_bag
from nianbao.archive.rerun import is_draft, package_of, rerun, results
from nianbao.archive.sameness import foreign, same_lock
from nianbao.archive.signature import Signature, signature_faults, signatures
from nianbao.archive.trust import trusted
from nianbao.archive.verified import NO, OPEN, YES, Proved, Verified, Wishes, conclusion
from nianbao.compare import Results, differences
from nianbao.compare.text import text
from nianbao.errors import UsageError

_KNOWN: Final = 1 << 20
"""Bytes of a description of the environment; ours has some hundred."""
_MOST: Final = 100
"""So many faults of a bag are told; where there are more, it is another bag altogether."""


def verify(
    path: Path, wishes: Wishes, interpreters: Interpreters, say: Callable[[str], None]
) -> Verified:
    """Verify a bag.

    Parameters
    ----------
    path : Path
        A zip or an unpacked folder.
    wishes : Wishes
        How.
    interpreters : Interpreters
        Makes the environment of a re-run, once for all bags that want the same.
    say : callable
        Told what takes long.

    Raises
    ------
    UnreadableError
        Where it is no bag, hostile, or cannot be run again though that was asked for.
    BuildError
        Where no environment for a re-run could be made.
    """
    bag = open_bag(path)
    told = Verified([shown(path.name)])
    whole = _tell_files(told, path, bag)
    if bag.container is not None and not _named_alike(path, bag.name):
        told.tell(OPEN, f"文件改过名：归档包自称 {shown(bag.name)}，请核对是不是要的那一份。")
    signed = signatures(path, bag, wishes.root)
    _tell_signatures(told, signed, required=wishes.require_signature)
    whole = whole and all(each.state != "wrong" for each in signed)
    origin = trusted(bag, wishes.archive, signed)
    if is_draft(bag):
        told.tell(OPEN, "这是草稿，不是定稿。")
    again = _tell_rerun(told, bag, wishes, interpreters, say, origin=origin, whole=whole)
    told.lines.append(f"结论：{conclusion(Proved(whole, origin, again))}")
    return told


def _named_alike(path: Path, name: str) -> bool:
    """Whether a zip has the name of its bag, or the one under which it was put aside."""
    return re.fullmatch(re.escape(name) + r"(\.[0-9a-f]{12})?\.zip", path.name) is not None


def _tell_files(told: Verified, path: Path, bag: Bag) -> bool:
    found = [*faults(bag), *sidecar_faults(path, bag)]
    size = sum(map(len, bag.files.values()))
    if bag.container is None:
        told.lines.append("（解压后的文件夹：没有容器和签名可以核验）")
    else:
        told.lines.append(f"SHA-256 {hashlib.sha256(bag.container).hexdigest()}")
    if not found:
        container = "、容器" if bag.container is not None else ""
        told.tell(
            YES,
            f"文件：{len(bag.files)}个文件（{size:,}字节）与清单一致；"
            f"清单的写法{container}和 RO-Crate 的引用无误。",
        )
        return True
    told.tell(NO, f"文件：{len(found)}处不符。", _cut(found))
    return False


def _cut(found: Sequence[Fault]) -> list[str]:
    more = len(found) - _MOST
    return [*map(str, found[:_MOST]), *([f"另有{more}处。"] if more > 0 else [])]


def _tell_signatures(told: Verified, found: Sequence[Signature], *, required: bool) -> None:
    wrong = signature_faults(found, required=required)
    for fault in wrong:
        told.tell(NO, str(fault))
    for each in found:
        if each.state != "wrong":
            told.tell(YES if each.state == "good" else OPEN, f"{shown(each.name)}：{each.why}")
    if not found and not wrong:
        told.tell(OPEN, "签名：没有。")


def _tell_rerun(
    told: Verified,
    bag: Bag,
    wishes: Wishes,
    interpreters: Interpreters,
    say: Callable[[str], None],
    *,
    origin: str,
    whole: bool,
) -> bool | None:
    """Make the results again where that is wished and allowed.

    Returns
    -------
    bool or None
        Whether they are the same; None where they were not made.
    """
    wanted = bool(origin) and whole if wishes.rerun is None else wishes.rerun
    if not wanted:
        told.tell(OPEN, f"没有重跑：{_why_not(wishes, origin)}")
        return None
    if origin or wishes.trust_code:
        say(f"正在为 {shown(bag.name)} 准备全新的运行环境……")
        python, where = interpreters.fresh(bag), "全新环境"
    else:
        other = foreign(bag, wishes.root, package_of(interpreters.own))
        if other:
            told.tell(OPEN, f"没有重跑：{'；'.join(other)}。")
            told.lines.append(
                "    重跑就是运行包中的程序。确信来源可靠时，请加 --trust-code（TRUST=1）。"
            )
            told.code = told.code or UsageError.exit_code
            return None
        python, where = interpreters.own, "本机安装的软件"
        if wishes.root and not same_lock(bag, wishes.root):
            told.tell(OPEN, "依赖锁定与本项目的不同：重跑用本项目的依赖，结果可能因此不同。")
    say(f"正在重跑 {shown(bag.name)}……")
    return _tell_comparison(told, bag, python, where)


def _why_not(wishes: Wishes, origin: str) -> str:
    if wishes.rerun is False:
        return "按要求只核验文件。"
    if origin:
        return "文件或签名已有不符；仍要重跑请加 --rerun。"
    return "不是本处登记的归档，也没有受信任的签名；要重跑请加 --rerun（RERUN=1）。"


def _tell_comparison(told: Verified, bag: Bag, python: Path, where: str) -> bool:
    expected = results(bag)
    ran = rerun(bag, python)
    before, now = python_of(bag), version(python)
    if before != now:
        told.tell(
            OPEN,
            f"Python 版本不同：归档时{f'是 {before}' if before else '没有记下'}，重跑用 {now}。",
        )
    reports = len({name.rpartition("/")[0] for name in expected})
    what = f"{reports}份报告、{len(expected)}个文件"
    if ran.failure:
        told.tell(NO, f"重跑：没有得出结果：{ran.failure}。")
    elif ran.results == expected:
        told.tell(YES, f"重跑：{what}与归档逐字节相同（{where}，Python {now}）。")
        return True
    else:
        told.tell(
            NO, f"重跑：结果与归档不同（{where}，Python {now}）。", unlike(expected, ran.results)
        )
    return False


def unlike(archived: Results, again: Results) -> list[str]:
    """Say how results differ, in lines: cells, findings, sentences, charts and bytes."""
    found = differences(archived, again)
    return text(found, ("归档", "重跑")).splitlines() if found else []


def python_of(bag: Bag) -> str:
    """Return the version of Python that a bag's results were made with, or nothing."""
    try:
        known = json.loads(bag.files.get("data/software/environment.json", b"")[:_KNOWN])
        found = known["python"]["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return shown(found) if isinstance(found, str) else ""


def version(python: Path) -> str:
    """Return the version of an interpreter, as ``3.12``."""
    question = "import sys; print('{}.{}'.format(*sys.version_info))"
    ran = subprocess.run(
        [str(python), "-I", "-c", question],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return ran.stdout.decode("ascii", "replace").strip()
