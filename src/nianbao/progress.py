"""Shows how far a batch is: a bar on a terminal, else a line for each job; a summary at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TextIO

from nianbao.pool import Ended

_BAR: Final = (
    "{desc}{n_fmt}/{total_fmt} |{bar:24}| {postfix}{rate_fmt}"
    "，剩余{remaining}，预计{eta:%H:%M:%S}完成"
)
_SLOWEST: Final = 3
"""So many of the slowest are named."""


class Progress:
    """What people are told while a batch runs.

    Parameters
    ----------
    say : callable
        Tells a person one line.
    terminal : TextIO, optional
        Where a bar can be drawn; without it each job is told in a line.
    """

    def __init__(self, say: Callable[[str], object], terminal: TextIO | None = None) -> None:
        self._say, self._terminal = say, terminal
        self._started = time.monotonic()
        self._jobs: list[Ended[Any]] = []

    @contextmanager
    def stage(self, title: str, total: int, *, counted: bool = True) -> Iterator[Stage]:
        """Give something that is told of each job as it ends.

        Parameters
        ----------
        title : str
            What is being done.
        total : int
            How many pieces of work there are.
        counted : bool
            Whether each job is told, and counts for the summary.
        """
        bar = _bar(title, total, self._terminal) if self._terminal and total else None
        try:
            if total and not counted and not bar:
                self._say(f"{title}（{total}份）…")
            yield Stage(self, title, total, bar, counted)
        finally:
            if bar:
                bar.close()

    def tell(self, words: str) -> None:
        """Tell a person one line, beside the bar where there is one."""
        if self._terminal:
            from tqdm import tqdm

            tqdm.write(words, file=self._terminal)
        else:
            self._say(words)

    def ended(self, ended: Ended[Any]) -> None:
        """Keep a job for the summary."""
        self._jobs.append(ended)

    def summary(self) -> str:
        """Say how many jobs ended how, how long it took, what was slowest and what failed."""
        if not self._jobs:
            return ""
        failed = [job for job in self._jobs if job.error]
        seconds = time.monotonic() - self._started
        slowest = sorted(self._jobs, key=lambda job: -job.seconds)[:_SLOWEST]
        named = "，".join(f"{job.job.name} {job.seconds:.1f}秒" for job in slowest)
        done = len(self._jobs) - len(failed)
        head = f"完成{done}项，未完成{len(failed)}项，用时{_duration(seconds)}。最慢：{named}。"
        return "\n".join([head, *(f"未完成：{_failure(job)}" for job in failed)])


class Stage:
    """A part of a batch: as many jobs as were foreseen."""

    def __init__(self, progress: Progress, title: str, total: int, bar: Any, counted: bool) -> None:
        self._progress, self._title, self._total = progress, title, total
        self._bar, self._counted = bar, counted
        self._done = self._failed = 0

    def __call__(self, ended: Ended[Any], pieces: int = 1) -> None:
        """Tell that a job ended, and how many pieces of work it held."""
        self._done += pieces
        self._failed += ended.error is not None
        if self._counted:
            self._progress.ended(ended)
        if self._bar is not None:
            self._bar.set_postfix_str(
                f"未完成{self._failed}，" if self._failed else "", refresh=False
            )
            self._bar.update(pieces)
        if ended.error and self._counted:
            self._progress.tell(f"{self._place}{ended.job.name} 未完成：{ended.error}")
        elif self._counted and self._bar is None:
            self._progress.tell(f"{self._place}{ended.job.name} 完成（{ended.seconds:.1f}秒）。")

    @property
    def _place(self) -> str:
        return f"[{self._done}/{self._total}] "


def _bar(title: str, total: int, terminal: TextIO) -> Any:
    from tqdm import tqdm

    # No thread of its own: processes are forked from this one.
    tqdm.monitor_interval = 0
    return tqdm(
        desc=f"{title} ",
        total=total,
        file=terminal,
        unit="份",
        bar_format=_BAR,
        dynamic_ncols=True,
        mininterval=0.2,
    )


def _failure(ended: Ended[Any]) -> str:
    log = ended.job.log
    told = f"{ended.job.name}：{ended.error}"
    return f"{told}（记录：{'/'.join(log.parts[-4:])}）" if log else told


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}分{rest}秒" if minutes else f"{seconds:.1f}秒"
