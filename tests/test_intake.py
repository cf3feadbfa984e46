"""Reports are read ahead: the wanted ones and those that they are compared with, once each."""

import time

import pytest

from builders import figures
from nianbao.errors import BuildError
from nianbao.families import Families
from nianbao.intake import never_built, read_ahead, read_meanwhile
from nianbao.kinship import Family, alike
from nianbao.ledger import Ledger
from nianbao.plan import PUBLISHED
from nianbao.progress import Progress
from nianbao.shelf import is_kept
from nianbao.workspace import Workspace
from offices import file_report, project

REGISTER = """\
city,测试市人民政府,city,,,,
a,甲局,department,city,,,
b,乙局,department,city,,,
far,远局,department,,,,
"""


def place_with(tmp_path, *filed):
    root = project(tmp_path, REGISTER)
    for year, agency in filed:
        file_report(root, agency, year, figures(year + len(agency)))
    return Ledger(Workspace(root))


def kept(ledger):
    return {
        (year, agency)
        for (year, agency), path in ledger.paths.items()
        if is_kept(path, agency, year, ledger.workspace)
    }


def test_what_a_report_is_compared_with_is_read_and_nothing_else(tmp_path):
    filed = [(2022, name) for name in ("city", "a", "b", "far")] + [(2021, "a"), (2021, "b")]
    ledger = place_with(tmp_path, *filed)
    read_ahead(ledger, [(2022, "a")], Progress(print))
    assert kept(ledger) == {(2022, "a"), (2021, "a"), (2022, "city"), (2022, "b")}


def test_what_cannot_be_read_stops_nothing(tmp_path):
    ledger = place_with(tmp_path, (2022, "a"))
    (ledger.workspace.root / "data" / "raw" / "2022" / "b.txt").write_bytes(b"\0\1")
    fresh = Ledger(ledger.workspace)
    read_ahead(fresh, [(2022, "b"), (2022, "a")], Progress(print))
    assert kept(fresh) == {(2022, "a")}
    assert list(Families(fresh.workspace, fresh.register, fresh.paths).beside("a", 2022)) == [
        "b False"
    ]


def test_a_family_finds_whom_a_look_at_each_pair_finds():
    samples = {
        "a": frozenset(range(100)),
        "b": frozenset(range(86, 400)),
        "c": frozenset(range(84, 200)),
        "d": frozenset(range(500, 700)),
        "e": frozenset({1}),
    }
    family = Family(samples)
    for name, own in samples.items():
        expected = {n for n, other in samples.items() if n != name and alike(own, other)}
        assert family.alike(name) == expected


def test_reports_never_built_are_read_beside_what_goes_on(tmp_path):
    ledger = place_with(tmp_path, (2022, "a"), (2022, "b"))
    place = ledger.workspace
    assert never_built(place, [(2022, "a"), (2022, "b")]) == [(2022, "a"), (2022, "b")]
    published = place.output / "2022" / "a" / PUBLISHED
    published.parent.mkdir(parents=True)
    published.touch()
    assert never_built(place, [(2022, "a"), (2022, "b")]) == [(2022, "b")]
    with read_meanwhile(ledger, [(2022, "b")], Progress(lambda _: None)):
        pass
    assert is_kept(ledger.paths[2022, "b"], "b", 2022, place)


def test_reading_beside_ends_with_what_it_was_beside(tmp_path):
    ledger = place_with(tmp_path, (2022, "a"))
    began = time.monotonic()

    def slow(jobs, done):
        time.sleep(60)

    beside = read_meanwhile(ledger, [(2022, "a")], Progress(lambda _: None), slow)
    with pytest.raises(KeyboardInterrupt), beside:
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30


def test_what_goes_wrong_in_reading_beside_is_told_to_whoever_asks_next(tmp_path):
    ledger = place_with(tmp_path, (2022, "a"))

    def broken(jobs, done):
        raise BuildError("坏了")

    with read_meanwhile(ledger, [(2022, "a")], Progress(lambda _: None), broken):
        pass
