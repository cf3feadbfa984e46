"""The front page: every year and agency, what each report came to, and the way to it."""

import re

import pytest

from builders import figures
from nianbao import yearbook
from nianbao.front import front_page
from nianbao.ledger import STANDING, Ledger
from nianbao.links import overview_page, report_page, trend_page
from nianbao.workspace import Workspace
from offices import file_report, project

REGISTER = """\
good,好局,department,,,,
wrong,错<i>局,department,,,,
none,无局,department,,,,
young,新局,department,,,2023,
"""
VALUES = figures(13, density=0.5)


@pytest.fixture
def place(tmp_path):
    root = project(tmp_path, REGISTER)
    file_report(root, "good", 2022, VALUES)
    file_report(root, "good", 2023, VALUES)
    file_report(root, "wrong", 2022, VALUES | {"t3.new.total": VALUES["t3.new.total"] + 9})
    (root / "data" / "raw" / "2022" / "broken.txt").write_bytes(b"\0\1\2")
    return Workspace(root)


def rows(page):
    """Return the cells of each agency's row, as text."""
    table = page[page.index('id="agencies"') :]
    found = {}
    for row in re.findall(r"<tr data-text.*?</tr>", table, re.DOTALL):
        head, *cells = (re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<t[hd].*?</t[hd]>", row))
        found[head] = cells
    return found


def test_every_agency_has_every_year_the_latest_first(place):
    assert rows(front_page(Ledger(place))) == {
        "好局": ["✗ 5处错误", "△ 1条提醒"],
        "错&lt;i&gt;局": ["○ 缺报", "✗ 2处错误"],
        "无局": ["○ 缺报", "○ 缺报"],
        "新局": ["○ 缺报", "— 当年无报告义务"],
        "broken": ["— 无报告", "✗ 无法读取"],
    }


def test_what_was_not_built_is_said_to_wait_and_is_no_link(place):
    page = front_page(Ledger(place, published=True))
    assert rows(page)["好局"] == ["○ 尚未生成", "○ 尚未生成"]
    assert 'href="2022' not in page and 'href="trend' not in page


def test_pages_that_are_there_are_links(place):
    standing = yearbook.load(2022, place).by_id["wrong"].standing
    for target in (overview_page(2022), trend_page("wrong"), report_page(2022, "wrong")):
        path = place.output / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    (place.output / "2022" / "wrong" / STANDING).write_bytes(standing.json())
    page = front_page(Ledger(place, published=True))
    links = re.findall(r'<a href="([^"#]+(?:#problems)?)">', page)
    assert links == [
        "2022/index.html",
        "2022/index.html#problems",
        "trend/wrong.html",
        "2022/wrong/report.html",
    ]


def test_a_project_without_reports_has_a_front_page(tmp_path):
    page = front_page(Ledger(Workspace(project(tmp_path))))
    assert "还没有任何报告" in page and "<table" not in page
