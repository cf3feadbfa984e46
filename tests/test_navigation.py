"""Where a page stands: the year, the agency, the one above, the readable ones beside."""

import re

import pytest

from builders import figures
from nianbao import history, navigation, yearbook
from nianbao.shelf import load
from nianbao.workspace import Workspace
from offices import file_report, project

REGISTER = """\
city,测试市人民政府,city,,,,
first,甲<b>局,department,city,,,
broken,坏局,department,city,,,
third,丙局,department,city,,,
none,丁局,department,city,,,
"""


@pytest.fixture
def place(tmp_path):
    root = project(tmp_path, REGISTER)
    for agency in ("city", "first", "third", "第五#局"):
        file_report(root, agency, 2022, figures(3))
    (root / "data" / "raw" / "2022" / "broken.txt").write_bytes(b"\0\1\2")
    return Workspace(root)


def links(fragment):
    return dict(re.findall(r'<a href="([^"]+)">([^<]+)</a>', fragment.html))


def of(place, agency):
    return links(navigation.of_report(load(agency, 2022, place), place))


def test_a_report_leads_to_its_year_its_agency_the_one_above_and_its_neighbours(place):
    assert of(place, "third") == {
        "../../index.html": "全部年报",
        "../index.html": "2022年总览",
        "../../trend/third.html": "本机关历年",
        "../city/report.html": "上级：测试市人民政府",
        "../first/report.html": "上一份：甲&lt;b&gt;局",
        "../%E7%AC%AC%E4%BA%94%23%E5%B1%80/report.html": "下一份：第五#局",
    }


def test_what_cannot_be_read_is_no_neighbour(place):
    found = of(place, "first")
    assert "../broken/report.html" not in found and "../third/report.html" in found


def test_the_first_and_the_last_turn_one_way_only(place):
    assert not [words for words in of(place, "city").values() if words.startswith("上一份")]
    assert not [words for words in of(place, "第五#局").values() if words.startswith("下一份")]


def test_pages_on_many_reports_lead_to_the_front(place):
    assert links(navigation.of_year(yearbook.load(2022, place))) == {"../index.html": "全部年报"}
    assert links(navigation.of_agency(history.load("first", place))) == {
        "../index.html": "全部年报"
    }
