"""What is kept of a report is equal to the report, and is never taken for another."""

from decimal import Decimal

import pytest

from builders import figures
from nianbao.reading import read_report
from nianbao.shelf import read_kept
from nianbao.workspace import Workspace
from offices import file_report, project

VALUES = figures(13, density=0.5)


@pytest.fixture
def place(tmp_path):
    return Workspace(project(tmp_path))


def kept(place, path, year=2022):
    return read_kept(path, "office", year, place)


def test_every_shipped_report_comes_back_equal(real_path, tmp_path):
    shipped = Workspace(real_path.parents[3])
    for (year, agency), path in shipped.reports().items():
        read = read_report(path, agency, year, shipped)
        for _ in range(2):
            found = read_kept(path, agency, year, shipped)
            assert found == read
            assert [type(c.value) for c in found.cells.values()] == [
                type(c.value) for c in read.cells.values()
            ]


def test_money_comes_back_as_it_was_printed(place):
    path = file_report(place.root, "office", 2022, VALUES | {"t2.fees.amount_10k": "12.50"})
    for _ in range(2):
        value = kept(place, path).value("t2.fees.amount_10k")
        assert isinstance(value, Decimal) and str(value) == "12.50"


def test_a_changed_file_is_read_anew(place):
    path = file_report(place.root, "office", 2022, VALUES)
    before = kept(place, path).value("t2.licences.decisions")
    file_report(place.root, "office", 2022, VALUES | {"t2.licences.decisions": before + 1})
    assert kept(place, path).value("t2.licences.decisions") == before + 1


def test_changed_parameters_and_register_count_at_once(place):
    path = file_report(place.root, "office", 2022, VALUES)
    assert kept(place, path).parameters == {}
    (place.root / "params" / "2022").mkdir()
    (place.root / "params" / "2022" / "office.yaml").write_text("source: 网站\n", "utf-8")
    assert kept(place, path).parameters == {"source": "网站"}
    register = place.root / "params" / "agencies.csv"
    register.write_text(register.read_text("utf-8").replace("测试局", "新名局"), "utf-8")
    assert kept(place, path).name == "新名局"


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"[1,2]", b"\xff\xfe", b"null"])
def test_rubbish_in_the_cache_is_read_past(place, rubbish):
    path = file_report(place.root, "office", 2022, VALUES)
    read = kept(place, path)
    (entry,) = place.cache.glob("*.json")
    entry.write_bytes(rubbish)
    assert kept(place, path) == read


def test_a_kept_report_of_other_cells_is_read_past(place):
    path = file_report(place.root, "office", 2022, VALUES)
    read = kept(place, path)
    (entry,) = place.cache.glob("*.json")
    entry.write_bytes(entry.read_bytes().replace(b"t3.new.natural", b"t3.new.nobody"))
    assert kept(place, path) == read


def test_a_cache_that_cannot_be_written_only_costs_time(place):
    place.output.mkdir()
    place.cache.write_text("in the way", "utf-8")
    path = file_report(place.root, "office", 2022, VALUES)
    assert kept(place, path).value("t3.new.total") == VALUES["t3.new.total"]
