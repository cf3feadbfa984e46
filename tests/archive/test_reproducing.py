"""Re-runs in many surroundings, and the page that shows them."""

from archive import bags
from nianbao.archive import reproducing
from nianbao.archive.opening import Bag
from nianbao.archive.reproducing import (
    FOLDERS,
    SEEDS,
    USERS,
    WORKERS,
    ZONES,
    digest,
    installed_locales,
    reproduce,
    settings,
    table,
)
from nianbao.archive.rerun import results

LOCALES = ("C.UTF-8", "C", "POSIX")
BAG = Bag(bags.NAME, bags.bag(bags.runnable()), b"zip")


def test_twenty_settings_cover_all_that_is_varied_and_differ():
    wanted = settings(20, LOCALES)
    assert len(set(wanted)) == 20
    assert {each.folder for each in wanted} == set(FOLDERS)
    assert {each.zone for each in wanted} == set(ZONES)
    assert {each.locale for each in wanted} == set(LOCALES)
    assert {each.seed for each in wanted} == set(SEEDS)
    assert {each.workers for each in wanted} == set(WORKERS)
    assert {each.closed for each in wanted} == {True, False}
    assert {each.user for each in wanted} == set(USERS)


def test_three_settings_differ_in_all_that_is_varied():
    wanted = settings(3, LOCALES)
    for name, count in {
        "folder": 2,
        "zone": 3,
        "locale": 3,
        "seed": 3,
        "workers": 2,
        "closed": 2,
        "user": 2,
    }.items():
        assert len({getattr(each, name) for each in wanted}) == count, name


def test_locales_are_three_that_the_system_has():
    found = installed_locales()
    assert len(set(found)) == 3
    assert found[0] == "C.UTF-8" or "UTF-8" in found[0]


def test_where_nothing_tells_of_locales_those_of_every_system_are_taken(monkeypatch):
    monkeypatch.setattr(reproducing.shutil, "which", lambda name: None)
    assert installed_locales() == LOCALES


def test_runs_that_are_the_same_are_shown_as_such(interpreter):
    said = []
    trials = reproduce(BAG, interpreter, settings(3, LOCALES), said.append)
    assert said == ["第1/3次：相同", "第2/3次：相同", "第3/3次：相同"]
    assert {trial.digest for trial in trials} == {digest(results(BAG))}
    page = table(BAG, interpreter, trials)
    assert "**3 of 3 runs are the same.**" in page
    assert page.count(f"`{trials[0].digest[:12]}` same |\n") == 3
    assert page.endswith("|\n")


def test_runs_that_differ_are_shown_as_such(interpreter):
    act = """
if os.environ["TZ"] != "UTC":
    sys.exit("zone")
if os.environ["PYTHONHASHSEED"] == "0":
    given.into.joinpath("2022", "office").mkdir(parents=True)
    given.into.joinpath("2022", "office", "more.csv").touch()
    Path.mkdir = lambda path, parents: None
"""
    bag = Bag(bags.NAME, bags.bag(bags.runnable(act)), None)
    trials = reproduce(bag, interpreter, settings(3, LOCALES), lambda line: None)
    assert [bool(trial.digest) for trial in trials] == [True, False, False]
    assert "more.csv" in "\n".join(trials[0].unlike)
    assert trials[1].unlike == ("以 1 结束（zone）",)
    page = table(bag, interpreter, trials)
    assert "**0 of 3 runs are the same.**" in page
    assert page.count("`none` differ") == 2
    assert page.count(" differ |") == 3
