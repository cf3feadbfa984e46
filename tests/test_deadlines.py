"""Until when a report must be public: the statute, and local dates in params/."""

from datetime import date

import pytest

from nianbao.deadlines import deadline_of, deadlines
from nianbao.errors import UsageError
from nianbao.register import Agency
from nianbao.workspace import Workspace
from offices import project


def agency(level, name="a"):
    return Agency(name, "甲", level, "", "", "", "")


@pytest.fixture
def place(tmp_path):
    return Workspace(project(tmp_path))


def local(place, text):
    (place.root / "params" / "deadlines.yaml").write_text(text, "utf-8")
    return deadlines(place)


def day(entries, of, year=2024):
    return deadline_of(entries, of, year).date(year)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("ministry", date(2025, 1, 31)),
        ("department", date(2025, 1, 31)),
        ("office", date(2025, 1, 31)),
        ("province", date(2025, 3, 31)),
        ("city", date(2025, 3, 31)),
        ("county", date(2025, 3, 31)),
        ("township", date(2025, 3, 31)),
    ],
)
def test_the_statute_gives_departments_january_and_governments_march(place, level, expected):
    assert day(deadlines(place), agency(level)) == expected


def test_an_agency_without_a_row_has_no_deadline(place):
    assert deadline_of(deadlines(place), agency(""), 2024) is None


def test_the_last_local_entry_that_fits_counts(place):
    entries = local(
        place,
        "deadlines:\n"
        "  - {date: 01-20, levels: [department]}\n"
        "  - {date: 01-25, agencies: [a], years: [2024]}\n",
    )
    assert day(entries, agency("department", "b")) == date(2025, 1, 20)
    assert day(entries, agency("department")) == date(2025, 1, 25)
    assert day(entries, agency("department"), 2023) == date(2024, 1, 20)
    assert day(entries, agency("city", "b")) == date(2025, 3, 31)


def test_the_29th_of_february_is_the_last_of_the_month(place):
    entries = local(place, "deadlines:\n  - {date: 02-29}\n")
    assert day(entries, agency("city"), 2023) == date(2024, 2, 29)
    assert day(entries, agency("city"), 2024) == date(2025, 2, 28)


@pytest.mark.parametrize("text", ["", "deadlines:\n", "# nothing\n"])
def test_an_empty_list_changes_nothing(place, text):
    assert local(place, text) == deadlines(place)
    assert day(local(place, text), agency("city")) == date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("deadlines:\n  - {date: 02-30}\n", "第2行：没有“02-30”这一天"),
        ("deadlines:\n  - {date: 1-31}\n", "第2行"),
        ("deadlines:\n  - {levels: [city]}\n", "缺少应有的名称：date"),
        ("deadlines:\n  - {date: 01-20, levels: [town]}\n", "town"),
        ("deadlines:\n  - {date: 01-20, who: a}\n", "who"),
        ("dates: []\n", "应有且只有 deadlines"),
        ("deadlines: 5\n", "deadlines.yaml"),
        ("- a\n", "应有且只有 deadlines"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(place, text, words):
    with pytest.raises(UsageError, match=r"params/deadlines\.yaml") as caught:
        local(place, text)
    assert words in str(caught.value)
