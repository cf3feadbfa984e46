"""`make accuracy`, `make bench` and `make fuzz`: what they run, and where they cannot."""

import pytest

from nianbao import trials
from nianbao.commands import chores
from nianbao.errors import UsageError


class Ran:
    returncode = 0
    stdout = "## Prose\n\n| table |\n"


@pytest.fixture
def commands(monkeypatch, tmp_path):
    for package in ("bench", "corpus", "fuzz", "passages", "damage"):
        (tmp_path / "tests" / package).mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "accuracy.md").write_text("# Accuracy\n", "utf-8")
    ran = []

    def run(command, **options):
        ran.append((command[2:], options["cwd"].name))
        return Ran()

    monkeypatch.setattr(trials.subprocess, "run", run)
    return ran


def test_accuracy_measures_reading_prose_and_suspects_into_one_page(commands, tmp_path, capsys):
    assert trials.measure_accuracy(tmp_path) == 0
    assert [command[0] for command, _ in commands] == ["corpus", "passages", "damage"]
    assert "2000" in commands[0][0]
    page = (tmp_path / "docs" / "accuracy.md").read_text("utf-8")
    assert page == "# Accuracy\n" + 2 * "\n## Prose\n\n| table |\n"
    assert "## Prose" in capsys.readouterr().out


def test_fuzzing_is_bounded_to_two_minutes(commands, tmp_path):
    assert trials.fuzz(tmp_path) == 0
    assert commands == [(["fuzz", "--seconds", "120"], "tests")]


def test_the_bench_takes_its_options_along(commands, tmp_path, monkeypatch):
    assert trials.bench(tmp_path) == 0
    monkeypatch.setattr(chores, "_root", lambda: tmp_path)
    with pytest.raises(SystemExit) as ended:
        chores.bench.main(["--rounds", "1", "--only", "start"], standalone_mode=False)
    assert ended.value.code == 0
    assert commands == [(["bench"], "tests"), (["bench", "--rounds=1", "--only=start"], "tests")]


def test_all_need_a_source_checkout(tmp_path):
    for trial in (trials.measure_accuracy, trials.bench, trials.fuzz):
        with pytest.raises(UsageError, match="tests"):
            trial(tmp_path)
