"""Runs a parser in a forked child with little time and memory: a hostile file ends only that.

The child can write nothing but its answer, and the answer is read as data. Its limits are
the system's own; Linux keeps them all, macOS all but that of memory. Where a process cannot
be forked (Windows), the work is done in this process, without limits.
"""

from __future__ import annotations

import json
import os
import select
import signal
import time
import warnings
from collections.abc import Callable
from contextlib import suppress

from nianbao.documents.limits.carrying import unpacked
from nianbao.documents.limits.child import DOCUMENT, KNOWN, UNKNOWN, serve
from nianbao.documents.structure import Document, Row
from nianbao.errors import BuildError, NianbaoError, UnreadableError, UsageError
from nianbao.interrupts import held_back

SECONDS = 12.0
"""Elapsed time: with the start of a command on a busy machine, less than 20."""
MEMORY = 768 * 2**20
"""Bytes on top of what this process has: with it, less than 1 GB."""
MAX_ANSWER = 4_000_000
"""Bytes; a report with all its tables has 100,000."""
MAX_BLOCKS = 5_000
"""Paragraphs and rows, recognised outside; a long report on a crowded page has 1,000."""
MAX_CELLS = 100_000
_MAX_MESSAGE = 1_000
_KINDS: dict[str, type[NianbaoError]] = {
    kind.__name__: kind for kind in (UsageError, BuildError, UnreadableError, NianbaoError)
}


def confined(
    work: Callable[[], Document],
    *,
    name: str,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Document:
    """Do work on a file apart from this process.

    Parameters
    ----------
    work : callable
        Parses bytes that it already holds: no file is open to it but those it opens itself.
        Import what it needs before, so that no child has to do so again.
    name : str
        The file's name, for messages.
    seconds : float
        How long it may take.
    memory : int
        How many bytes it may take, on top of what this process has.

    Returns
    -------
    Document
        A copy of what `work` returned.

    Raises
    ------
    NianbaoError
        What `work` raised of that kind.
    UnreadableError
        Where it took too much, crashed or failed in any other way.
    """
    if not hasattr(os, "fork"):
        return _modest(_unconfined(work, name), name)
    answer, status = _asked(work, name, seconds, memory)
    kind, content = answer[:1], answer[1:]
    if kind == DOCUMENT:
        with suppress(ValueError):
            return _modest(unpacked(content), name)
    raise _failure(kind, content, status, name)


def _modest(document: Document, name: str) -> Document:
    """Refuse what would take long to look through, though it was quickly read."""
    blocks = len(document.blocks)
    cells = sum(len(block.cells) for block in document.blocks if isinstance(block, Row))
    if blocks > MAX_BLOCKS or cells > MAX_CELLS:
        raise UnreadableError(
            f"{name}：内容有 {blocks:,} 个段落和表格行、{cells:,} 个单元格，"
            f"超过上限（{MAX_BLOCKS:,} 和 {MAX_CELLS:,}），不像一份年度报告。请检查是否选错文件。"
        )
    return document


def _unconfined(work: Callable[[], Document], name: str) -> Document:
    try:
        return work()
    except NianbaoError:
        raise
    except Exception as error:
        raise _unexpected(type(error).__name__, name) from error


def _asked(
    work: Callable[[], Document], name: str, seconds: float, memory: int
) -> tuple[bytes, int]:
    """Fork, wait for the answer and end the child; return the answer and how the child ended."""
    with held_back() as release:
        reader, writer, child = _forked(name)
        if child == 0:
            serve(work, writer, seconds, memory)
        status = 0
        try:
            os.close(writer)
            release()
            answer = _read(reader, time.monotonic() + seconds, name, seconds)
        finally:
            status = _end(child)
            os.close(reader)
    return answer, status


def _forked(name: str) -> tuple[int, int, int]:
    """Make a pipe and fork; return its two ends and the child's number, 0 in the child.

    The child only parses, so that locks which other threads hold do not matter to it.
    """
    ends: tuple[int, ...] = ()
    try:
        ends = os.pipe()
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", r".*use of fork\(\)", DeprecationWarning)
            return *ends, os.fork()
    except OSError as error:
        for end in ends:
            os.close(end)
        reason = error.strerror or type(error).__name__
        raise UnreadableError(
            f"{name}：系统资源不足，无法启动解析进程（{reason}）。请关闭其他程序后再试。"
        ) from error


def _read(reader: int, deadline: float, name: str, seconds: float) -> bytes:
    """Read all that the child writes until it closes its end."""
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    pieces: list[bytes] = []
    size = 0
    while (left := deadline - time.monotonic()) > 0:
        if not poll.poll(left * 1000):
            continue
        piece = os.read(reader, 1 << 16)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > MAX_ANSWER:
            raise UnreadableError(
                f"{name}：内容解析后超过 {MAX_ANSWER:,} 字节，不像一份年度报告。"
                "请检查是否选错文件。"
            )
        pieces.append(piece)
    raise UnreadableError(
        f"{name}：解析超过 {seconds:g} 秒仍未完成，已中止。"
        "文件可能过大、已损坏或被人为构造，请重新获取报告原文。"
    )


def _end(child: int) -> int:
    """Kill the child and all that it started, if it is still there; return its wait status."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    try:
        return os.waitpid(child, 0)[1]
    except ChildProcessError:  # someone else has waited for it, or SIGCHLD is ignored
        return 0


def _failure(kind: bytes, content: bytes, status: int, name: str) -> NianbaoError:
    """Say in one sentence why there is no document; the answer's words are only shown."""
    with suppress(ValueError, TypeError, RecursionError):
        word, message = (_shown(text) for text in json.loads(content))
        if kind == KNOWN:
            return _KINDS.get(word, UnreadableError)(message)
        if kind == UNKNOWN:
            return _unexpected(word, name)
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "无应答"
    return UnreadableError(
        f"{name}：解析程序意外中止（{ended}）。文件可能已损坏或被人为构造，请重新获取报告原文。"
    )


def _shown(text: str) -> str:
    return "".join(sign for sign in text[:_MAX_MESSAGE] if sign.isprintable())


def _unexpected(word: str, name: str) -> UnreadableError:
    if word == "MemoryError":
        found = "解析所需内存超过上限，已中止"
    elif word == "RecursionError":
        found = "内容嵌套过深，无法解析"
    else:
        found = f"文件内容损坏或超出本程序能力（{word}）"
    return UnreadableError(f"{name}：{found}。请重新获取报告原文，或另存为其他格式后再试。")
