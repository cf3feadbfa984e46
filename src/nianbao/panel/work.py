"""Does something for each of many reports in children, some reports a child."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from nianbao.errors import NianbaoError
from nianbao.pool import Ended, Job, Runner
from nianbao.progress import Stage

T = TypeVar("T")
Key = tuple[int, str]
"""Year and agency."""

_BATCH: Final = 16
"""Reports a child works on: enough that starting it does not count."""


def each_report(
    keys: Sequence[Key], work: Callable[[Key], T], run: Runner, stage: Stage
) -> dict[Key, T | NianbaoError]:
    """Do work for each report; one that fails, or kills its child, costs no other its result.

    Parameters
    ----------
    keys : sequence of (int, str)
        Year and agency of the reports.
    work : callable
        What it returns must be picklable.
    run : Runner
        Does the jobs.
    stage : Stage
        Told how far it is.

    Returns
    -------
    dict
        By report, in the order of `keys`, what the work returned or why it did not.
    """
    found: dict[Key, T | NianbaoError] = {}
    alone: list[Key] = []
    batches = [list(keys[start : start + _BATCH]) for start in range(0, len(keys), _BATCH)]

    def done(ended: Ended[dict[Key, T | NianbaoError]]) -> None:
        batch = batches[ended.place]
        if isinstance(ended.found, NianbaoError):
            alone.extend(batch)  # its child died: who of them it was is found out one by one
        else:
            found.update(ended.found)
            stage(ended, len(batch))

    def done_alone(ended: Ended[T]) -> None:
        found[alone[ended.place]] = ended.found
        stage(ended)

    run([Job(_name(batch[0]), partial(_several, work, batch)) for batch in batches], done)
    run([Job(_name(key), partial(work, key)) for key in alone], done_alone)
    return {key: found[key] for key in keys}


def _several(work: Callable[[Key], T], batch: Sequence[Key]) -> dict[Key, T | NianbaoError]:
    found: dict[Key, T | NianbaoError] = {}
    for key in batch:
        try:
            found[key] = work(key)
        except NianbaoError as error:
            found[key] = error
    return found


def _name(key: Key) -> str:
    return "{} {}".format(*key)
