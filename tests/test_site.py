"""The pages on many reports: one that cannot be made does not stop the others."""

import re

import pytest

from builders import figures
from nianbao.errors import BuildError
from nianbao.front import front_page
from nianbao.ledger import Ledger
from nianbao.links import overview_page
from nianbao.progress import Progress
from nianbao.site import write_site
from nianbao.workspace import Workspace
from offices import file_report, project


@pytest.fixture
def place(tmp_path):
    root = project(tmp_path)
    file_report(root, "office", 2022, figures(3))
    return Workspace(root)


def test_a_missing_notebook_is_named_and_the_front_page_is_written(place):
    told = []
    failed = write_site(place, [(2022, "office")], Progress(told.append))
    assert [type(error) for error in failed] == [BuildError, BuildError]
    assert "notebooks/trend.ipynb" in str(failed[0])
    assert "notebooks/overview.ipynb" in str(failed[1])
    assert (place.output / "index.html").is_file()
    assert any("未完成" in words for words in told)


def test_a_page_that_fails_leaves_its_last_good_state(place):
    page = place.output / overview_page(2022)
    page.parent.mkdir(parents=True)
    page.write_text("good", "utf-8")
    write_site(place, [(2022, "office")], Progress(lambda _: None))
    assert page.read_text("utf-8") == "good"


def test_what_cannot_be_written_is_an_error_of_the_build(place):
    place.output.mkdir()
    (place.output / "index.html").mkdir()
    (*_, error) = write_site(place, [(2022, "office")], Progress(lambda _: None))
    assert isinstance(error, BuildError) and "index.html" in str(error)


def test_an_unreadable_report_of_a_built_year_is_not_said_to_wait(place):
    """Regression: what can never be built was said to be not built yet."""
    (place.root / "data" / "raw" / "2022" / "broken.txt").write_bytes(b"\0\1\2")
    page = place.output / overview_page(2022)
    page.parent.mkdir(parents=True)
    page.write_text("x", "utf-8")
    row = re.search(r'data-text="broken.*?</tr>', front_page(Ledger(place, published=True)))
    assert "无法读取" in row[0]
