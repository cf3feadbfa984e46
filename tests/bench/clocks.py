"""``python -m bench.clocks FOLDER``: builds a project's reports and says what the time goes to.

It is the command of `bench.reports` with clocks around its parts; each child leaves a file in
the folder: processor seconds by part, what runs inside another part not counted twice.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import reports

PARTS = {
    ("nianbao.build", "report_depends"): "hashing what it depends on",
    ("nianbao.build", "read_kept"): "reading, for the records",
    ("nianbao.build", "check_report"): "checking, for the records",
    ("nianbao.build", "execute"): "papermill around the cells",
    ("nianbao.build", "write_text"): "writing files",
    ("nianbao.build", "write_bytes"): "writing files",
    ("nianbao.shelf", "load"): "reading, in the notebook",
    ("nianbao.findings", "check_report"): "checking, in the notebook",
    ("nianbao.suspects", "suspect"): "suspects",
    ("nianbao.tables", "official_table"): "official tables",
    ("nianbao.verification", "equations"): "verification",
    ("nianbao.verification", "years"): "verification",
    ("nianbao.verification", "others"): "verification",
    ("nianbao.verification", "notes"): "verification",
    ("nianbao.verification", "records"): "verification",
    ("nianbao.verification", "cell_readings"): "verification",
    ("nianbao.verification", "suspected"): "verification",
    **{
        ("nianbao.charts", name): f"chart {name}"
        for name in (
            "publications", "decisions", "balance", "outcomes", "applicants", "disputes",
        )
    },
}  # fmt: skip
"""Functions with a clock: where they are looked up, and what they do."""
READ_AHEAD, GARBAGE, REST = "reading ahead", "collecting garbage", "everything else"


class Clocks:
    """Processor seconds of this process and its ended children, by part."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._open = [REST]
        self._last = _now()

    def _turn(self) -> None:
        now = _now()
        self.spent[self._open[-1]] += now - self._last
        self._last = now

    def start(self, part: str) -> None:
        self._turn()
        self._open.append(part)

    def stop(self) -> None:
        self._turn()
        self._open.pop()

    def around(self, part: Callable[..., str], work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the work with its clock; ``part`` names it by its arguments."""

        def clocked(*arguments: Any, **options: Any) -> Any:
            self.start(part(*arguments))
            try:
                return work(*arguments, **options)
            finally:
                self.stop()

        return clocked

    def collecting(self, phase: str, _: object) -> None:
        """Count the garbage collector's time by itself (`gc.callbacks`)."""
        if phase == "start":
            self.start(GARBAGE)
        else:
            self.stop()

    def leave(self, folder: Path, kind: str) -> None:
        """Leave what was counted in a file."""
        self._turn()
        told = json.dumps({"kind": kind, "spent": self.spent})
        (folder / f"{kind}-{os.getpid()}-{time.monotonic_ns()}.json").write_text(told, "utf-8")


def _now() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def install(clocks: Clocks) -> None:
    """Put clocks around the parts of a build; a part that is not there is an error."""
    for (module, name), part in PARTS.items():
        place = import_module(module)
        setattr(place, name, clocks.around(lambda *_, part=part: part, getattr(place, name)))
    exporters, shell = import_module("nianbao.exporters"), import_module("nianbao.engines.shell")
    kind = exporters.ReportExporter
    kind.from_notebook_node = clocks.around(
        lambda page, *_: f"rendering {page.page}.html", kind.from_notebook_node
    )
    shell.Shell.run = clocks.around(lambda _, cell: f"cell {cell.id}", shell.Shell.run)


def apart(clocks: Clocks, folder: Path, kind: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """Return a child's work that counts from zero and leaves what it counted."""

    def counted(*arguments: Any, **options: Any) -> Any:
        clocks.__init__()  # type: ignore[misc]
        gc.callbacks.append(clocks.collecting)
        try:
            return work(*arguments, **options)
        finally:
            gc.callbacks.remove(clocks.collecting)
            clocks.leave(folder, kind)

    return counted


def main(folder: Path) -> None:
    """Run the command with clocks, one report at a time."""
    from nianbao.threads import forbid_threads

    forbid_threads()
    from nianbao import build, intake, preload

    clocks = Clocks()
    preload.preload()
    install(clocks)
    clocks.leave(folder, "start")
    build.build = apart(clocks, folder, "report", build.build)
    intake._read = apart(clocks, folder, "ahead", intake._read)
    sys.argv[1:] = ["--jobs", "1"]
    reports.main()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
