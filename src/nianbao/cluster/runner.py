"""Does jobs on a Dask cluster, from a process of its own for as long as a stage takes."""

from __future__ import annotations

import logging
import math
import os
import pickle
import signal
import time
import uuid
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

from nianbao.cluster import helper
from nianbao.cluster.moving import Moving, scratch
from nianbao.cluster.sameness import facts
from nianbao.engines.child import Child, ChildError, fork, forkable
from nianbao.errors import BuildError, NianbaoError, UsageError
from nianbao.pool import Done, Ended, Job
from nianbao.workspace import Workspace

if TYPE_CHECKING:
    from distributed import Future

T = TypeVar("T")
Told = tuple[int, Any, float]
"""Place of a job, what it came to, seconds."""

_SECONDS: Final = 10.0
"""So long a scheduler may take to answer."""
_RETRIES: Final = 3
"""So often Dask does a job again whose helper was lost."""
_GRACE: Final = 3.0
"""So long stopping the jobs on other machines may take."""
_ROOM: Final = 1 << 44
"""Bytes of address space for Dask's own threads: no limit."""


def demand_cluster(names: Sequence[str] = ("distributed", "fsspec", "obstore")) -> None:
    """Refuse to go on where the packages for many machines are not installed.

    Raises
    ------
    UsageError
        Says how to install them.
    """
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"CLUSTER 以及 DATA、OUTPUT 的地址需要软件包 {'、'.join(missing)}，此处没有安装。"
            "请用 make 运行（会自动安装），或运行：python3 -I src/nianbao/environment.py cluster。"
        )


class Cluster:
    """Runs jobs on the workers of a Dask scheduler (a `nianbao.pool.Runner`).

    Parameters
    ----------
    address : str
        Of the scheduler: ``tcp://host:8786`` or ``tls://host:8786``.
    workspace : Workspace
        The project, in a folder that all machines share unless ``moving`` is given.
    say : callable
        Tells a person one line.
    moving : Moving, optional
        Where each machine has a folder of its own for the project: which one it is here.

    Raises
    ------
    UsageError
        For an address of another kind, on a system that cannot fork, or without Dask.
    """

    def __init__(
        self,
        address: str,
        workspace: Workspace,
        say: Callable[[str], object],
        moving: Moving | None = None,
    ) -> None:
        if not _is_address(address):
            raise UsageError(
                f"CLUSTER 应是调度器的地址，例如 tcp://scheduler:8786；给出的是 {address!r}。"
            )
        if not forkable():
            raise UsageError("CLUSTER 只能在 Linux 上使用；本机可用 JOBS 同时生成几份。")
        demand_cluster(["distributed"])
        import_module("distributed")  # once, before processes are forked that need it
        self._address, self._workspace, self._say = address, workspace, say
        self._moving = moving

    def __call__(self, jobs: Sequence[Job[T]], done: Done[T]) -> None:
        """Do all jobs, and tell of each as it ends; one that fails does not stop the others.

        Raises
        ------
        BuildError
            Where the scheduler cannot be reached, or a worker is not like this machine.
        """
        if not jobs:
            return
        ours, theirs = Pipe(duplex=False)
        # Dask has threads: they would not be forked along with later children of this process.
        child = fork(partial(self._talk, jobs, theirs), seconds=math.inf, memory=_ROOM)
        theirs.close()
        try:
            with ours:
                for place, found, seconds in _told(ours):
                    done(Ended(place, jobs[place], found, seconds))
        except BaseException:
            _interrupt(child)
            raise
        _end(child)

    def _talk(self, jobs: Sequence[Job[T]], tell: Connection) -> int:
        """Send the jobs and tell of each as it ends; this is the process that knows Dask."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        logging.disable()  # what Dask says is told as what became of the jobs
        warnings.simplefilter("ignore")  # of Dask's, on versions: they are compared here
        with self._client() as client, self._run() as run:
            self._demand_same(client, run)
            for told in _results(client, jobs, run, self._moving or Moving(scratch())):
                tell.send(told)
        return len(jobs)

    @contextmanager
    def _run(self) -> Iterator[helper.Run]:
        """Name a stage, and what workers must have for it."""
        name = uuid.uuid4().hex
        shared = None if self._moving else self._workspace
        with _token(shared, name) if shared else nullcontext():
            token = name if shared else ""
            look = Job("look", partial(facts, shared, token))
            expected = {**facts(shared), "folder": token}
            yield helper.Run(name, expected, pickle.dumps(look))

    @contextmanager
    def _client(self) -> Iterator[Any]:
        from distributed import Client

        connect: Any = Client
        try:
            client = connect(self._address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise BuildError(
                f"连不上调度器 {self._address}（{type(error).__name__}）。"
                "请检查地址、防火墙，以及那里是否运行着 dask scheduler。"
            ) from error
        try:
            yield client
        finally:
            client.close(timeout=_GRACE)

    def _demand_same(self, client: Any, run: helper.Run) -> None:
        """Refuse workers that would not make the same bytes, before anything is sent."""
        found = client.run(helper.look, run, on_error="return")
        if not found:
            self._say(f"调度器 {self._address} 上还没有 worker；有了就开始。")
        wrong = {name: _words(told) for name, told in found.items() if told}
        if wrong:
            listed = "\n".join(f"  {name}：{words}" for name, words in sorted(wrong.items()))
            raise BuildError(
                f"以下 worker 与本机不同，没有发出任何作业：\n{listed}\n"
                "请在那里换上同一版本的软件和同一个共享的项目文件夹，重新启动 worker。"
            )


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("tcp", "tls") and bool(parts.hostname and parts.port)
    except ValueError:
        return False


def _words(told: object) -> str:
    """Say what differs on a worker, or why it could not be told."""
    if isinstance(told, list):
        return "、".join(told)
    return str(told) if isinstance(told, NianbaoError) else f"{type(told).__name__}：{told}"


@contextmanager
def _token(workspace: Workspace, name: str) -> Iterator[None]:
    """Let a file stand in the project's folder, by which a worker knows that it sees this one."""
    path = workspace.cache / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _results(
    client: Any, jobs: Sequence[Job[T]], run: helper.Run, moving: Moving
) -> Iterator[Told]:
    """Yield what each job came to as it ends; an interrupt stops them where they are at work."""
    import distributed

    as_completed: Any = distributed.as_completed
    payloads = [moving.dumps(job) for job in jobs]
    names = [f"nianbao-{run.name}-{place}" for place in range(len(jobs))]
    futures = client.map(helper.perform, payloads, run=run, key=names, pure=False, retries=_RETRIES)
    places = {future.key: place for place, future in enumerate(futures)}
    started = time.monotonic()
    try:
        for future in as_completed(futures, loop=client.loop):
            place = places[future.key]
            elapsed = time.monotonic() - started
            yield place, *_outcome(future, jobs[place].name, elapsed, moving)
            future.release()
    except BaseException:
        with suppress(Exception):
            client.cancel(futures, force=True)
            client.run(helper.stop, run.name, on_error="ignore")
        raise


def _outcome(
    future: Future[bytes], name: str, elapsed: float, moving: Moving
) -> tuple[object, float]:
    from distributed import CancelledError, KilledWorker

    try:
        found, seconds = moving.loads(future.result())
        return found, seconds
    except KilledWorker:
        why = "做它的 worker 一再失去联系，可能内存不足"
    except CancelledError:
        why = "与调度器失去联系，或作业被取消"
    except Exception as error:
        why = f"{type(error).__name__}：{error}"
    return BuildError(f"{name}：没有完成（{why}）；上一次的输出未动。"), elapsed


def _told(ours: Connection) -> Iterator[Told]:
    with suppress(EOFError):
        while True:
            yield ours.recv()


def _interrupt(child: Child) -> None:
    """Let the process that talks to Dask stop what it began for a while, then kill it."""
    deadline = time.monotonic() + _GRACE
    os.kill(child.pid, signal.SIGINT)
    while time.monotonic() < deadline and os.waitpid(child.pid, os.WNOHANG) == (0, 0):
        time.sleep(0.02)
    child.kill()


def _end(child: Child) -> None:
    """Raise what the process that talks to Dask failed with."""
    try:
        child.end()
    except ChildError as error:
        raise BuildError(f"与集群的联系中断（{error}）；上一次的输出未动。") from error
