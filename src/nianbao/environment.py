"""Sets up `.venv` from the locks, on a machine that has nothing but Python.

It is run by its path, `python3 -I src/nianbao/environment.py GROUP`, a group of `LOCKS`. Nothing is
installed yet then, so it uses the standard library only; and no syntax newer than Python 3.6 stands
here outside of strings, so that an old Python gets as far as saying what is wrong.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MINIMUM = (3, 11)
TESTED = ("python3.13", "python3.12", "python3.11")
LOCKS = {
    "run": "requirements.lock",
    "test": "requirements-test.lock",
    "lab": "requirements-lab.lock",
    "browser": "requirements-browser.lock",
    "cluster": "requirements-cluster.lock",
    "bench": "requirements-bench.lock",
}
ROOT = Path(__file__).resolve().parents[2]
NOT_READY, USAGE, STOPPED = 4, 2, 130
# What pip is told about its index holds for uv too, which does not read pip's settings.
UV_NAMES = {
    "cert": "SSL_CERT_FILE",
    "find-links": "UV_FIND_LINKS",
    "index-url": "UV_DEFAULT_INDEX",
    "no-index": "UV_OFFLINE",
    "trusted-host": "UV_INSECURE_HOST",
}
OLD_PYTHON = """nianbao: Python {found} is too old: 3.11 or newer is needed, and PATH has none.
  Get it from python.org or your system (Debian/Ubuntu: apt install python3.11 python3.11-venv),
  or name one that you have: make PYTHON=/path/to/python3.11
  Python 版本过低（{found}）：请安装 Python 3.11 或更新版本，或用 make PYTHON=路径 指定。"""
NO_VENV = """nianbao: this Python ({python}) has no venv or no ensurepip, which set up .venv.
  Debian/Ubuntu: apt install python3-venv; elsewhere: install Python from python.org.
  此 Python 缺少 venv/ensurepip 模块：Debian/Ubuntu 请安装 python3-venv。"""
NO_PACKAGES = """nianbao: the packages of {lock} could not be installed.
  Is the package index reachable? A mirror is named with PIP_INDEX_URL=ADDRESS make,
  a folder of downloaded wheels with PIP_NO_INDEX=1 PIP_FIND_LINKS=FOLDER make.
  软件包安装失败：请检查网络，或用 PIP_INDEX_URL 指定镜像。
  All that was tried is in {log}; the last error: {last}"""
NO_LOCK = """nianbao: {path} is missing: this is not a whole copy of the project.
  文件缺失：请重新获取完整的项目文件。"""
NO_DISK = """nianbao: .venv could not be set up: {problem}
  Check the free space and your rights in the project's folder. 请检查磁盘空间和目录权限。"""


class NotReadyError(Exception):
    """What the machine lacks, in words for the person at the keyboard."""


def venv_python(root: Path) -> Path:
    """Return where the interpreter of `root`'s environment is, or will be."""
    venv = root / ".venv"
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def digest(root: Path, group: str) -> str:
    """Return the hash of all that the group's installation depends on."""
    found = hashlib.sha256()
    for path in (root / LOCKS[group], root / "pyproject.toml"):
        if not path.is_file():
            raise NotReadyError(NO_LOCK.format(path=path))
        found.update(path.read_bytes())
    return found.hexdigest()


def interpreter(root: Path) -> "dict[str, str]":
    """Return which Python `.venv` stands on: that of this process, and the file it leads to."""
    python = venv_python(root)
    return {
        "version": "{}.{}".format(*sys.version_info[:2]),
        "file": os.path.realpath(str(python)) if python.exists() else "",
    }


def stamped_groups(root: Path) -> "dict[str, str] | None":
    """Return the digests of the groups installed, or None where `.venv` is to be made anew.

    No stamp means a setup that was interrupted or an environment of another tool; another
    interpreter means that Python was upgraded or removed since.
    """
    try:
        stamp = json.loads((root / ".venv" / "nianbao.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    expected = interpreter(root)
    return stamp["groups"] if expected["file"] and stamp["python"] == expected else None


def set_up(root: Path, group: str) -> None:
    """Make `.venv` hold what the lock of `group` says; do nothing where it does already.

    Parameters
    ----------
    root : Path
        The project's folder.
    group : str
        `run`, or another one of `LOCKS`, which holds `run` too.
        Other groups installed before are kept.

    Raises
    ------
    NotReadyError
        If the machine lacks what a setup needs.
    """
    if (stamped_groups(root) or {}).get(group) == digest(root, group):
        return
    with one_at_a_time(root):
        groups = stamped_groups(root)
        if groups is None or groups.get(group) != digest(root, group):
            renew(root, sorted({"run", group, *(groups or {})}), anew=groups is None)


def renew(root: Path, groups: "list[str]", anew: bool) -> None:
    """Install the groups; the stamp is off meanwhile, so that the next run repairs a broken one."""
    stamp = root / ".venv" / "nianbao.json"
    if anew:
        create(root)
    else:
        stamp.unlink()
    say(
        "nianbao: installing packages ({}); the first time may take a minute or more "
        "正在安装软件包……".format(" + ".join(groups))
    )
    install(root, groups)
    digests = {group: digest(root, group) for group in groups}
    content = {"python": interpreter(root), "groups": digests}
    stamp.write_text(json.dumps(content, indent=1), encoding="utf-8")


def create(root: Path) -> None:
    """Make an empty `.venv`, with pip unless uv stands in for a Python without ensurepip."""
    # Within the environment that is about to be cleared, only the Python under it will do.
    python = getattr(sys, "_base_executable", None) or sys.executable
    say("nianbao: setting up .venv with Python {}.{}.{}".format(*sys.version_info[:3]))
    has_pip = importlib.util.find_spec("ensurepip") is not None
    if importlib.util.find_spec("venv") is None or not (has_pip or working_uv(root)):
        raise NotReadyError(NO_VENV.format(python=python))
    options = ["--clear"] if has_pip else ["--clear", "--without-pip"]
    command = [python, "-I", "-m", "venv", *options, str(root / ".venv")]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        raise NotReadyError(NO_DISK.format(problem=made.stdout.decode("utf-8", "replace").strip()))


def install(root: Path, groups: "list[str]") -> None:
    """Install the groups' locks and the project itself, with uv if it can be had, else with pip."""
    # The other locks hold all of the run lock.
    names = [LOCKS[group] for group in groups if group != "run"] or [LOCKS["run"]]
    locks = [word for name in names for word in ("-r", name)]
    itself = ["--no-build-isolation", "--force-reinstall", "-e", "."]
    uv = working_uv(root) or fetched_uv(root)
    # As pip does: where Python may not keep what it compiles, each start would do it anew.
    compiled = ["--compile-bytecode", "--python", str(venv_python(root))]
    tools = [[uv, "pip", "install", *compiled]] if uv else []
    for tool in [*tools, [str(venv_python(root)), "-I", "-m", "pip", "install"]]:
        if logged(root, [*tool, "--no-deps", "--require-hashes", *locks]) and logged(
            root, [*tool, "--no-deps", *itself]
        ):
            link_relatively(root)
            return
    log = root / ".venv" / "setup.log"
    raise NotReadyError(NO_PACKAGES.format(lock=", ".join(names), log=log, last=last_words(log)))


def last_words(log: Path) -> str:
    """Return the last error that the installers logged, else their last line."""
    text = log.read_text(encoding="utf-8", errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    return ["", *lines[-1:], *errors][-1]


def working_uv(root: Path) -> "str | None":
    """Return a uv that really starts (a shim may not), from PATH or from `.venv` itself."""
    places = [shutil.which("uv"), shutil.which("uv", path=str(venv_python(root).parent))]
    return next((uv for uv in places if uv and starts([uv, "--version"])), None)


def fetched_uv(root: Path) -> "str | None":
    """Have pip put the pinned uv into `.venv`; None where that fails."""
    lock = (root / LOCKS["test"]).read_text(encoding="utf-8")
    pinned = re.search(r"^uv==.*\n(?: +--hash=.*\n)+", lock, re.MULTILINE)
    if pinned is None:
        return None
    wish = root / ".venv" / "uv.txt"
    wish.write_text(pinned.group(), encoding="utf-8")
    pip = [str(venv_python(root)), "-I", "-m", "pip", "install", "--no-deps", "--require-hashes"]
    return working_uv(root) if logged(root, [*pip, "-r", str(wish)]) else None


def logged(root: Path, command: "list[str]") -> bool:
    """Run an installer in `root`, its output added to `.venv/setup.log`; return whether it did."""
    with (root / ".venv" / "setup.log").open("ab") as log:
        log.write("$ {}\n".format(" ".join(command)).encode("utf-8"))
        log.flush()
        return (
            subprocess.call(
                command,
                cwd=str(root),
                env=installer_environment(str(venv_python(root))),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            == 0
        )


def installer_environment(python: str) -> "dict[str, str]":
    """Return this process's environment, uv told of the settings of that Python's pip.

    What the environment itself says of uv wins over them.
    """
    pip = [python, "-I", "-m", "pip", "config", "list"]
    listed = subprocess.run(pip, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    environment = {
        "PIP_RETRIES": "1",
        "UV_HTTP_RETRIES": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_SYSTEM_CERTS": "1",
    }
    for line in listed.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition("=")
        key = name.rpartition(".")[2]
        if key in UV_NAMES:
            environment[UV_NAMES[key]] = value.strip("'\"")
    return {**environment, **os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def link_relatively(root: Path) -> None:
    """Let `.venv` find the source by a relative path.

    An absolute one is read in the locale's encoding before Python 3.13, which a Chinese folder name
    does not survive everywhere, and it would still lead to the old place in a copy of the folder.
    """
    for pattern in ("lib/python*/site-packages/nianbao.pth", "Lib/site-packages/nianbao.pth"):
        for link in (root / ".venv").glob(pattern):
            relative = os.path.relpath(str(root / "src"), str(link.parent))
            link.write_text(relative + "\n", encoding="utf-8")


@contextlib.contextmanager
def one_at_a_time(root: Path) -> "Iterator[None]":
    """Wait until no other process sets up the same folder (where the system can tell)."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    folder = os.open(str(root), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def starts(command: "list[str]") -> bool:
    """Return whether a command runs and says that all is well."""
    no = subprocess.DEVNULL
    try:
        return subprocess.call(command, stdin=no, stdout=no, stderr=no) == 0
    except OSError:
        return False


def newer_python() -> "str | None":
    """Return a Python on PATH that is new enough and really starts."""
    question = f"import sys; sys.exit(sys.version_info < {MINIMUM})"
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    for name in TESTED:
        for folder in folders:
            python = shutil.which(name, path=folder)
            if python and starts([python, "-I", "-c", question]):
                return python
    return None


def say(text: str) -> None:
    """Tell the person what goes on."""
    print(text, file=sys.stderr, flush=True)


def main(arguments: "list[str]") -> int:
    """Set up the group named in `arguments`; return the exit code."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        say("usage: python3 -I src/nianbao/environment.py {}".format("|".join(LOCKS)))
        return USAGE
    try:
        if sys.version_info < MINIMUM:
            python = newer_python()
            if python is None:
                raise NotReadyError(OLD_PYTHON.format(found=sys.version.split()[0]))
            return subprocess.call([python, "-I", __file__, *arguments])
        set_up(ROOT, arguments[0])
    except NotReadyError as problem:
        say(str(problem))
        return NOT_READY
    except OSError as problem:
        say(NO_DISK.format(problem=problem))
        return NOT_READY
    except KeyboardInterrupt:
        say("nianbao: stopped; the next run sets up .venv anew. 已中断，下次运行时重新安装。")
        return STOPPED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
