"""`make bench`: what is measured is what is said, and all sides make the same pages."""

import hashlib
import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import nbformat
import pytest

from bench import __main__ as command
from bench import breakdown, clocks, groups, machine, prose, rival, sides
from bench.city import FORMATS, make
from bench.feeding import targets
from bench.measure import FailedError, Usage, alternate, end, middle, run
from bench.memory import family, share_of
from bench.page import page
from bench.sizes import worst_share
from bench.table import Found, Row, Sides, exit_code, goals, last_line, runs
from bench.trial import Trial
from nianbao.reading import read_report
from nianbao.workspace import Workspace

pytestmark = pytest.mark.many
ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


def hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return make(tmp_path_factory.mktemp("city") / "project", 40)


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    return make(tmp_path_factory.mktemp("one") / "project", 1)


def test_equal_seeds_give_equal_files_and_others_do_not(tmp_path):
    first, again, other = (
        hashes(make(tmp_path / name, 6, seed)) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == again
    assert first.keys() != other.keys() or first != other


@pytest.mark.parametrize("reports", [1, 5, 40])
def test_a_project_holds_as_many_reports_as_asked_for(tmp_path, reports):
    root = make(tmp_path / "project", reports)
    assert len(Workspace(root).reports()) == len(targets(root)) == reports


def test_generated_reports_come_in_every_format_and_all_can_be_read(city):
    kinds = {path.suffix[1:] for path in Workspace(city).reports().values()}
    assert kinds == set(FORMATS)
    sizes = []
    for (year, agency), path in list(Workspace(city).reports().items())[::2]:
        report = read_report(path, agency, year, Workspace(city))
        assert report.state_count("number") > 150, path
        assert {1, 5, 6} <= {section.number for section in report.sections if section.paragraphs}
        sizes.append(report.value("t3.new.total") or 0)
    assert min(sizes) == 0 and max(sizes) > 500


def test_the_prose_says_what_the_tables_say():
    import random

    figures = {f"t3.{row}.total": 7 for row in ("new", "carried_in", "total", "granted")}
    told = prose.sections(random.Random(1), 2024, figures, {})
    assert "新收政府信息公开申请7件，上年结转7件" in "".join(told[1])
    parts = re.search(r"共主动公开政府信息(\d+)条，其中(.*?)。", "".join(told[1]))
    assert int(parts[1]) == sum(map(int, re.findall(r"(\d+)条", parts[2])))


def test_no_side_compiles_what_it_imports_again_and_again(monkeypatch):
    """Regression: a shell that forbids Python to keep what it compiles doubled a cold build."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in sides.environment(ROOT)


def test_a_command_is_measured_with_all_that_it_starts(tmp_path):
    """Regression: memory is looked at every 0.2 s, and what Python shares counted in part."""
    busy = "import time; held = b'x' * 30_000_000\nwhile time.process_time() < 0.8: pass"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    told = []
    usage = run([PYTHON, "-c", f"{both}; print(7)"], tmp_path, os.environ, look=True, told=told)
    assert usage.cpu >= 0.8
    assert usage.peak > 30_000_000
    assert told == ["7\n"]


def test_a_command_that_fails_is_an_error_with_its_words(tmp_path):
    failing = [PYTHON, "-c", "import sys; sys.exit('no such thing')"]
    with pytest.raises(FailedError, match="no such thing"):
        run(failing, tmp_path, os.environ)
    assert run(failing, tmp_path, os.environ, allowed=(1,)).seconds > 0


def test_ending_a_command_ends_what_it_started_in_sessions_of_their_own():
    parent = "import os, time\nif os.fork() == 0: os.setsid()\ntime.sleep(600)"
    process = subprocess.Popen([PYTHON, "-c", parent], text=True, start_new_session=True)
    while not family(process.pid):
        time.sleep(0.01)
    (child,) = family(process.pid)
    end(process)
    assert process.returncode == -signal.SIGKILL
    while share_of(child):  # the signal is on its way
        time.sleep(0.01)


def test_sides_take_turns_and_each_round_begins_with_the_next():
    order = []

    def side(name):
        order.append(name)
        return Usage(1)

    found = alternate({name: partial(side, name) for name in "abc"}, 4, lambda words: None)
    assert "".join(order) == "abcbcacababc"
    assert {name: len(usages) for name, usages in found.items()} == {"a": 4, "b": 4, "c": 4}


def test_medians_are_taken_of_each_quantity_by_itself():
    assert middle([Usage(1, 9, 4), Usage(3, 1, 6), Usage(2, 5, 5)]) == Usage(2, 5, 5)


@pytest.mark.parametrize(
    ("row", "goal", "sign"),
    [
        (Row("a", 6.0, least=6, aim=8), "≥ 6.00 (aim 8.00)", "✓"),
        (Row("a", 5.99, least=6), "≥ 6.00", "✗"),
        (Row("a", 0.5, most=0.5), "≤ 0.50", "✓"),
        (Row("a", 15.2, "{:.1f} s", most=15), "≤ 15.0 s", "✗"),
        (Row("a", 3.0), "", ""),
    ],
)
def test_a_row_says_its_goal_and_whether_it_is_reached(row, goal, sign):
    assert (row.goal, row.sign) == (goal, sign)
    assert goals([row])[-1].endswith(f"| {goal} | {sign} |")
    assert exit_code([row]) == (sign == "✗")


def test_the_last_line_is_the_ratio_and_nothing_without_it():
    rows = [Row("other", 2.0), Row("ratio", 8.1234, least=6, key="ratio")]
    assert last_line(rows) == "ratio: 8.12"
    assert last_line(rows[:1]) == ""


def test_runs_are_told_with_rate_and_spread():
    told = runs(
        [Sides("t", 40, {"build": [Usage(12, 20, 10**8), Usage(10), Usage(20, 20, 10**8)]})]
    )
    assert told[-1] == "| build | 40 | 3 | 12.00 | 10.00–20.00 | 200.0 | 0.50 | 100 |"


def test_the_page_holds_goals_runs_notes_breakdown_and_machine():
    found = [Found([Row("m", 1.0, most=2)], [Sides("s", 2, {"x": [Usage(1)]})], ["a note"])]
    text = page(found, machine.facts(), 3, ["| part |"])
    for words in (
        "| m | 1.00 | ≤ 2.00 | ✓ |",
        "**s**",
        "- a note",
        "| part |",
        "medians of 3 rounds",
    ):
        assert words in text
    for name in ("processor", "memory", "system", "Python", "commit"):
        assert f"- {name}: " in text


def _pages(root):
    """Return the pages made, but for the id that papermill draws for the cell of parameters."""
    drawn = re.compile(r"(代码 <code>)[0-9a-f]{8}(</code>)")
    texts = {
        path.relative_to(root): path.read_text("utf-8")
        for folder in sides.made(root)
        for path in folder.glob("*.html")
    }
    return {name: drawn.sub(r"\1injected-parameters\2", text) for name, text in texts.items()}


@pytest.fixture(scope="module")
def built(one):
    sides.checked(sides.build, one, 1)
    assert not (one / "output" / "index.html").exists()
    return _pages(one)


def test_what_is_measured_against_is_installed_apart():
    """Regression: beside papermill it was imported by each of papermill's commands."""
    assert importlib.util.find_spec("ploomber_engine") is None
    named = [line for line in rival.entries().splitlines() if line[:1].isalpha()]
    assert any(line.startswith(f"{rival.NAME}==") for line in named)
    assert not any(line.startswith("papermill==") for line in named)


@pytest.mark.parametrize("name", [n for n in sides.SIDES if n not in ("build", groups.PLOOMBER)])
def test_every_side_makes_the_same_pages(one, built, name):
    usage = sides.checked(sides.SIDES[name], one, 1)
    assert usage.seconds > 0
    assert _pages(one) == built
    assert len(built) == 2


def test_a_side_that_makes_too_little_is_no_measure(one):
    with pytest.raises(FailedError, match="0 of 1 reports"):
        sides.checked(lambda root: sides.emptied(root) and Usage(1), one, 1)


def test_the_largest_share_of_a_stock_page_is_told(tmp_path):
    shares = {}
    for name, size in (("small", 1000), ("large", 90_000)):
        folder = tmp_path / name
        folder.mkdir()
        cell = nbformat.v4.new_markdown_cell("年报")
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / "report.ipynb")
        (folder / "report.html").write_bytes(b"x" * size)
        shares[name] = worst_share([folder])
    assert shares["large"] == pytest.approx(90 * shares["small"])
    assert worst_share(tmp_path.iterdir()) == shares["large"]


def test_clocks_count_a_part_without_what_runs_inside_it(monkeypatch):
    now = iter([0.0, 1.0, 3.0, 6.0, 10.0, 15.0])
    monkeypatch.setattr(clocks, "_now", lambda: next(now))
    counting = clocks.Clocks()
    counting.start("outer")
    counting.start("inner")
    counting.stop()
    counting.stop()
    counting.start("last")
    assert counting.spent == {clocks.REST: 1 + 5, "outer": 2 + 4, "inner": 3}


def test_the_breakdown_adds_up_to_the_whole_report(one):
    found = breakdown.measure(one)
    assert sum(seconds for _, seconds in found.parts) == pytest.approx(found.report)
    names = [part for part, _ in found.parts]
    assert "rendering report.html" in names and names[-1].startswith("parts below")
    assert found.start > 0 and found.ahead > 0
    assert breakdown.lines(found)[-1].startswith("| parts below 1% each |")


def test_the_breakdown_is_of_a_report_and_not_of_all():
    left = [{"kind": "start", "spent": {"x": 3.0}}, {"kind": "ahead", "spent": {"x": 1.0}}]
    left += [{"kind": "report", "spent": {"a": 2.0, "b": 0.01}}] * 2
    found = breakdown.summed(left)
    assert (found.start, found.ahead, found.report) == (3.0, 0.5, 2.01)
    assert found.parts == [("a", 2.0), ("parts below 1% each", pytest.approx(0.01))]


def test_only_a_run_of_everything_is_kept():
    assert command.arguments([]).write == ROOT / "docs" / "benchmarks.md"
    for given in (["--rounds=2"], ["--scale=0.1"], ["--only=start"]):
        assert command.arguments(given).write is None
    assert command.arguments(["--only=start,single"]).groups == ["start", "single"]


@pytest.mark.parametrize("given", [["--only=strat"], ["--rounds=0"], ["--scale=0"]])
def test_what_cannot_be_measured_is_refused(given, capsys):
    with pytest.raises(SystemExit) as stopped:
        command.arguments(given)
    assert stopped.value.code == 2
    assert "strat" in capsys.readouterr().err or "strat" not in given[0]


def test_a_try_prints_goals_and_returns_one_where_a_goal_is_missed(monkeypatch, capsys):
    missed = Found([Row("m", 1.5, least=6, key="ratio")])
    monkeypatch.setattr(sys, "argv", ["bench", "--only=start"])
    monkeypatch.setattr(command, "warm_up", lambda trial: None)
    monkeypatch.setattr(command, "GROUPS", {"start": lambda trial: missed})
    assert command.main() == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[-1] == "ratio: 1.50"
    assert "1 goals missed" in told.out
    assert "tried only" in told.err


def test_numbers_of_reports_follow_the_scale(tmp_path):
    trial = Trial(tmp_path, 1, 0.05, lambda words: None)
    assert [trial.count(number) for number in (40, 20, 1)] == [2, 1, 1]
    assert Trial(tmp_path, 3, 1, print).count(1000) == 1000


def test_growth_and_unchanged_reports_are_rows_of_the_right_runs(monkeypatch, tmp_path):
    trial = Trial(tmp_path, 3, 1, lambda words: None)
    monkeypatch.setattr(Trial, "project", lambda self, reports: Path(str(reports)))
    monkeypatch.setattr(sides, "checked", lambda side, root, reports: side(root))
    monkeypatch.setattr(sides, "build", lambda root, look: Usage(int(root.name) / 4, 0, 100))
    monkeypatch.setattr(sides, "limit", lambda root, look: Usage(20))
    monkeypatch.setattr(sides, "whole_build", lambda root: Usage(500))
    monkeypatch.setattr(sides, "again", lambda root: Usage(9))
    assert [row.value for row in groups.growth(trial).rows] == pytest.approx(
        [1.0, 1.0, 0.8, 20 / 75]
    )
    (row,) = groups.unchanged(trial).rows
    assert (row.value, row.sign) == (9, "✓")


def test_the_panel_is_measured_where_its_tests_say_how(monkeypatch, tmp_path):
    trial = Trial(tmp_path, 3, 1, lambda words: None)
    monkeypatch.setattr(sides, "TESTS", tmp_path)
    assert groups.panel(trial).rows == ()
    assert "not measured" in groups.panel(trial).notes[0]
    speed = tmp_path / "panel" / "speed.py"
    speed.parent.mkdir()
    figures = '{"seconds": 4.5, "cpu_seconds": 4, "peak_bytes": 2500000000}'
    speed.write_text(f"print('[{figures}]')\n", "utf-8")
    assert [(row.value, row.sign) for row in groups.panel(trial).rows] == [(4.5, "✓"), (2.5, "✗")]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_whatever_ends_the_bench_ends_what_it_runs(sign):
    environment = sides.environment(ROOT)
    process = subprocess.Popen(
        [PYTHON, "-m", "bench", "--only=single"], cwd=ROOT / "tests", env=environment, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    for line in process.stderr:
        if "warming up" in line:
            break
    while not family(process.pid):
        time.sleep(0.01)
    process.send_signal(sign)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped" in told
    assert not family(process.pid)
