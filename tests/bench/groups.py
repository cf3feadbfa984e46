"""What is measured, by groups: each makes its projects, runs its sides and gives its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bench import sides
from bench.measure import Usage, alternate, middle
from bench.sizes import worst_share
from bench.table import Found, Row, Sides
from bench.trial import Trial

BUILD, WHOLE = "build", "build and its pages on years and agencies"
COMMANDS, STOCK = "papermill and nbconvert commands", "papermill.execute_notebook"
PLOOMBER, LIMIT = "ploomber-engine", "limit"
STARTS = 5
"""Least rounds of what takes a fraction of a second."""


def times(found: Sides, one: str, other: str) -> float:
    """Return how many times as long as one side the other takes."""
    return middle(found.runs[other]).seconds / middle(found.runs[one]).seconds


def start(trial: Trial) -> Found:
    """Importing the package, and its help."""
    turns = {
        "import nianbao": sides.python("-c", "import nianbao"),
        "python -m nianbao --help": sides.python("-m", "nianbao", "--help"),
    }
    found = Sides("start", 0, alternate(turns, max(STARTS, trial.rounds), trial.said))
    rows = [
        Row(f"`{name}`", middle(usages).seconds, "{:.2f} s", most=0.3)
        for name, usages in found.runs.items()
    ]
    return Found(rows, [found])


def single(trial: Trial) -> Found:
    """One report cold, whole processes."""
    found = trial.compare(1, (BUILD, WHOLE, COMMANDS), "one report cold")
    return Found(
        [
            Row("one report cold: share of the commands' time",
                times(found, COMMANDS, BUILD), most=0.5),
            Row("the same with its year, its agency and the front page",
                times(found, COMMANDS, WHOLE)),
        ],
        [found],
    )  # fmt: skip


def throughput(trial: Trial) -> Found:
    """The commands, `build` and the limit."""
    reports = trial.count(40)
    found = trial.compare(reports, (BUILD, COMMANDS, LIMIT, WHOLE), f"{reports} reports cold")
    ratio = times(found, BUILD, COMMANDS)
    return Found(
        [
            Row(f"{reports} reports: times the reports per minute of the commands", ratio,
                least=6, aim=8, key="ratio"),
            Row("the same with the pages on years and agencies, which the commands do not make",
                times(found, WHOLE, COMMANDS)),
            Row(f"{reports} reports: share of the limit, starting included",
                times(found, BUILD, LIMIT)),
        ],
        [found],
    )  # fmt: skip


def engines(trial: Trial) -> Found:
    """Other engines that loop in as many processes."""
    reports = trial.count(20)
    found = trial.compare(reports, (BUILD, PLOOMBER, STOCK), f"{reports} reports, engines")
    return Found(
        [
            Row(f"{reports} reports: share of ploomber-engine's time",
                times(found, PLOOMBER, BUILD), most=0.75),
            Row(f"{reports} reports: share of a stock `papermill.execute_notebook` loop's time",
                times(found, STOCK, BUILD), most=0.25),
        ],
        [found],
    )  # fmt: skip


def growth(trial: Trial) -> Found:
    """Three times as many reports, with a look at the memory; and the limit once more."""
    few, many = trial.count(100), trial.count(300)
    small, large = trial.project(few), trial.project(many)
    build, limit = partial(sides.build, look=True), partial(sides.limit, look=True)
    turns: dict[str, Callable[[], Usage]] = {
        f"{BUILD}, {few}": partial(sides.checked, build, small, few),
        f"{LIMIT}, {few}": partial(sides.checked, limit, small, few),
        f"{BUILD}, {many}": partial(sides.checked, build, large, many),
        f"{LIMIT}, {many}": partial(sides.checked, limit, large, many),
    }
    runs = alternate(turns, trial.rounds, trial.said)
    one, least, three, least_three = (middle(usages) for usages in runs.values())
    parts = [Sides(f"growth: {few} reports", few), Sides(f"growth: {many} reports", many)]
    for name, usages in runs.items():
        parts[name.endswith(f", {many}")].runs[name.partition(",")[0]] = usages
    return Found(
        [
            Row(f"{many} reports against {few}: time per report",
                three.seconds / many / (one.seconds / few), most=1.1),
            Row(f"{many} reports against {few}: peak memory", three.peak / one.peak, most=1.05),
            Row(f"{few} reports: share of the limit, starting included",
                least.seconds / one.seconds),
            Row(f"{many} reports: share of the limit, starting included",
                least_three.seconds / three.seconds, least=0.85, aim=0.95),
        ],
        parts,
    )  # fmt: skip


def unchanged(trial: Trial) -> Found:
    """A second `build` with nothing to do; the first is made once and not timed."""
    reports = trial.count(1000)
    root = trial.project(reports)
    trial.said(f"building {reports} reports once")
    first = sides.checked(sides.whole_build, root, reports)
    runs = alternate({"nothing changed": partial(sides.again, root)}, trial.rounds, trial.said)
    found = Sides(f"{reports} reports", reports, {f"first time, {WHOLE}": [first], **runs})
    seconds = middle(runs["nothing changed"]).seconds
    return Found(
        [Row(f"{reports} reports, nothing changed", seconds, "{:.1f} s", most=15)], [found]
    )


def sizes(trial: Trial) -> Found:
    """Bytes of a page against the stock template, for the same executed notebooks."""
    root = trial.project(trial.count(40))
    sides.checked(sides.build, root, trial.count(40))
    share = worst_share(sides.made(root))
    told = "bytes of `report.html` against the stock `lab` template, the largest share"
    return Found([Row(told, share, most=0.5)])


def panel(trial: Trial) -> Found:
    """Checking without rendering, by the panel's own measure of its speed."""
    if not (sides.TESTS / "panel" / "speed.py").is_file():
        return Found(notes=["Checking without rendering is not measured: no tests/panel/speed.py."])
    reports = trial.count(100_000)
    trial.said(f"checking {reports} reports without rendering")
    usages = sides.panel(reports, trial.rounds)
    usage = middle(usages)
    return Found(
        [
            Row(f"{reports} reports checked without rendering", usage.seconds, "{:.1f} s", most=10),
            Row("the same: peak memory", usage.peak / 1e9, "{:.2f} GB", most=2),
        ],
        [Sides("checking without rendering", reports, {"nianbao.panel": usages})],
    )


GROUPS: dict[str, Callable[[Trial], Found]] = {
    group.__name__: group
    for group in (start, single, throughput, engines, growth, unchanged, sizes, panel)
}
"""All groups, by the names that ``--only`` takes."""
