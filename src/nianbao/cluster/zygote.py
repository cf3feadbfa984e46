"""Forks a child for each job beside a Dask worker, whose threads rule out to fork there.

``python -m nianbao.cluster.zygote DESCRIPTOR`` is started by `nianbao.cluster.helper` with one end
of a socket. It imports everything once, has one thread, and ends with its worker. Each job comes
with a connection of its own: a pickled `Job` in, a pickled (outcome, seconds) out. Hanging up
before stops the job.
"""

from __future__ import annotations

import os
import pickle
import select
import socket
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

from nianbao.cluster.moving import Moving, scratch
from nianbao.engines.child import wait
from nianbao.errors import BuildError
from nianbao.pool import Running, start
from nianbao.preload import preload
from nianbao.provenance import code_hash

_PATIENCE: Final = 1.0
"""Seconds between looks at what is late."""

AtWork = dict[socket.socket, Running[Any]]


def serve(control: socket.socket) -> None:
    """Do the jobs that come until the worker is gone, however that ended."""
    at_work: AtWork = {}
    try:
        while True:
            children = [running.child for running in at_work.values()]
            readers: list[Any] = [control, *at_work, *(child.reader for child in children)]
            ready = set(select.select(readers, [], [], _PATIENCE)[0])
            if control in ready and not _receive(control, at_work):
                return
            for connection in [each for each in at_work if each in ready]:
                at_work.pop(connection).stop()  # nothing more is ever sent: this is its end
                connection.close()
            _answer(at_work)
    finally:
        for running in at_work.values():
            running.stop()


def _receive(control: socket.socket, at_work: AtWork) -> bool:
    """Take a connection and start its job; return whether the worker is still there."""
    try:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
    except ConnectionError:
        return False
    for descriptor in descriptors:
        connection = socket.socket(fileno=descriptor)
        try:
            with connection.makefile("rb") as file:
                payload = pickle.load(file)
            at_work[connection] = start(Moving(scratch()).loads(payload))
        except (EOFError, ConnectionError):
            connection.close()
        except Exception as error:  # a job of other software: its worker was started before
            words = f"作业无法读取（{type(error).__name__}：{error}）。请重新启动 worker。"
            _send(connection, (BuildError(words), 0.0))
    return bool(descriptors)


def _answer(at_work: AtWork) -> None:
    """Send what the jobs came to that have ended or are late."""
    ended = wait([running.child for running in at_work.values()], 0.0)
    for connection in [each for each, running in at_work.items() if running.child in ended]:
        told = at_work.pop(connection).end(0)
        _send(connection, (told.found, told.seconds))


def _send(connection: socket.socket, answer: object) -> None:
    with suppress(OSError), connection, connection.makefile("wb") as file:
        pickle.dump(Moving(scratch()).dumps(answer), file)


def main() -> None:
    """Get ready, then do jobs."""
    preload()
    with suppress(ImportError):  # only jobs need it whose data or output lie on a store
        import_module("nianbao.storage.s3")
    code_hash()  # of what was imported, not of what may lie there later
    control = socket.socket(fileno=int(sys.argv[1]))
    control.setblocking(True)
    serve(control)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
    sys.stdout.flush()
    os._exit(0)
