"""Where a build finds reports, leaves pages and does its jobs: here, or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nianbao.commands.printing import relative, say
from nianbao.errors import UsageError
from nianbao.threads import forbid_threads

if TYPE_CHECKING:
    from nianbao.pool import Runner
    from nianbao.storage.place import Place
    from nianbao.workspace import Workspace


def data_and_output(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options --data and --output."""
    data = click.option("--data", help="Folder or address (s3://…) in place of data/raw.")
    output = click.option("--output", help="Folder or address (s3://…) in place of output.")
    return data(output(command))


@dataclass(frozen=True)
class Where:
    """The project as jobs see it, and what stands behind it.

    Attributes
    ----------
    workspace : Workspace
        The project's folder, or one that stands for it with other data or output.
    place : Place or None
        What that one stands for; None for the project's own folder.
    """

    workspace: Workspace
    place: Place | None = None

    def pull(self) -> None:
        """Fetch what has changed elsewhere."""
        if self.place:
            self.place.pull(say)

    def shown(self, path: Path) -> str:
        """Name something of the output as people reach it."""
        found = self.place.reached(path) if self.place else path
        return found if isinstance(found, str) else relative(found)

    def runner(self, jobs: int | None, cluster: str | None) -> Runner:
        """Return what does the jobs.

        Parameters
        ----------
        jobs : int, optional
            How many at once on this machine; by default as many as there are processors.
        cluster : str, optional
            Address of a Dask scheduler whose workers do them. They share the project's folder,
            unless both data and output lie on a store.

        Raises
        ------
        UsageError
            Where the two are given together, or the address is none.
        """
        place = self.place
        if cluster is None:
            from nianbao.pool import run_jobs

            run: Runner = partial(run_jobs, workers=jobs)
        else:
            if jobs is not None:
                raise UsageError(
                    "JOBS 只用于本机，不能与 CLUSTER 同时使用；"
                    "集群同时做几份由 worker 的 --nworkers 和 --nthreads 决定。"
                )
            run = self._cluster(cluster)
        if place is None or place.mirror is None:
            return run
        from nianbao.storage.sending import Publishing, Sending

        afar = cluster is not None and place.data
        return Sending(place, run, say) if afar else Publishing(place.mirror, run)

    def _cluster(self, address: str) -> Runner:
        from nianbao.cluster.moving import Moving
        from nianbao.cluster.runner import Cluster

        place = self.place
        if place and place.data and place.output:
            moving = Moving(place.workspace.root, place.name)
            return Cluster(address, self.workspace, say, moving)
        return Cluster(address, self.workspace, say)


def where(data: str | None = None, output: str | None = None) -> Where:
    """Find the project, with its data and output at other places if any are given.

    Raises
    ------
    UsageError
        Where there is no project, no such folder, or no software for addresses.
    """
    from nianbao.workspace import find_workspace

    forbid_threads()
    project = find_workspace()
    if data is None and output is None:
        return Where(project)
    from nianbao.cluster.runner import demand_cluster
    from nianbao.storage.place import elsewhere
    from nianbao.storage.store import is_address

    if any(given and is_address(given) for given in (data, output)):
        demand_cluster(["fsspec", "obstore"])
        import_module("nianbao.storage.s3")  # once, before processes are forked that need it
    place = elsewhere(project, data, output)
    return Where(place.workspace, place)
