"""Starts what a cluster consists of on loopback, by command line, and ends it again."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from builders import figures
from offices import file_report, project

ROOT = Path(__file__).parents[2]
NAMES = [f"ju{n}" for n in range(3)]
PARENTS = ["shi", "shi", ""]
REGISTER = "shi,测试市,city,,,,\n" + "".join(
    f"{name},测试{name}局,department,{parent},,,\n"
    for name, parent in zip(NAMES, PARENTS, strict=True)
)


def small_project(folder: Path, years=(2024,)) -> Path:
    """Make a project of two offices below a city, and one that stands alone."""
    root = project(folder, REGISTER)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    for year in years:
        for place, name in enumerate([*NAMES, "shi"]):
            file_report(root, name, year, figures(year * 10 + place))
    return root


def free_ports(count: int = 1) -> list[int]:
    """Return ports of loopback that nobody listens on."""
    with_ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [each.getsockname()[1] for each in with_ports]
    for each in with_ports:
        each.close()
    return found


@contextmanager
def started(*command: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command while the block runs, then kill it with all that it started."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **environment},
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def descendants(pid: int) -> list[int]:
    """Return all processes below one that are at work, children first."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                found += [child, *descendants(child)]
    return found


def lives(pid: int) -> bool:
    """Whether a process is there and not only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def at_work(worker: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes of jobs that a Dask worker's helper is doing."""
    helpers = [pid for pid in descendants(worker.pid) if "zygote" in command_of(pid)]
    below = [pid for helper in helpers for pid in descendants(helper)]
    return [pid for pid in below if lives(pid)]


def command_of(pid: int) -> str:
    """Return a process's command line; a forked child has its parent's."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""


def until(true, seconds: float = 60.0, what: str = "") -> None:
    """Wait until something is true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"{what} did not come in {seconds} s"
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens on a port of loopback."""
    with socket.socket() as each:
        return each.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """Run a Dask scheduler; give its address."""
    (port,) = free_ports()
    command = ["-m", "distributed.cli.dask_scheduler", "--host=127.0.0.1", f"--port={port}"]
    log = folder / "scheduler.log"
    with started(sys.executable, *command, "--no-dashboard", log=log):
        until(lambda: answers(port), what="the scheduler")
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def two_workers(folder: Path, address: str, **environment: str):
    """Run two Dask workers with a cache each, as if on two machines; give their processes."""
    logs = [folder / "a.log", folder / "b.log"]
    with ExitStack() as stack:
        processes = [
            stack.enter_context(_worker(folder, address, log.stem, log, **environment))
            for log in logs
        ]
        for log in logs:
            until(lambda log=log: b"Registered to" in log.read_bytes(), what=log.stem)
        yield processes


def _worker(folder: Path, address: str, name: str, log: Path, **environment: str):
    command = ["-m", "distributed.cli.dask_worker", address, "--host=127.0.0.1", "--no-nanny"]
    command += ["--nthreads=1", "--no-dashboard", f"--name={name}"]
    command += [f"--local-directory={folder / 'dask' / name}"]
    environment["NIANBAO_CACHE"] = str(folder / "cache" / name)
    return started(sys.executable, *command, log=log, **environment)


def build(root: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a build of a project."""
    return subprocess.Popen(
        [sys.executable, "-m", "nianbao", "build", *arguments],
        cwd=root,
        env={**os.environ, "NIANBAO_HOME": str(root), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def published(folder: Path) -> dict[str, bytes]:
    """Return all that a build leaves and that does not differ between runs, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != "run.json"
        and not path.relative_to(folder).parts[0].startswith((".", "logs"))
    }
