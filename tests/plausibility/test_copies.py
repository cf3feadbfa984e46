"""Columns, rows and totals that are copies of others."""

import pytest

from corpus import statute
from nianbao.plausibility.copies import copies
from plausibility.offices import report_of, years

CITY = years(3, size=3000)[0]


def judged(figures, variant="2021"):
    return {(each.rule, each.scope): each for each in copies(report_of(variant, figures))}


def failed(found):
    return [key for key, each in found.items() if each.status == "failed"]


def with_column(figures, to, source):
    rows = statute.rows("2021")
    return figures | {f"t3.{row}.{to}": figures.get(f"t3.{row}.{source}", 0) for row in rows}


def column(name, *, new, **outcomes):
    figures = {f"t3.{row}.{name}": count for row, count in outcomes.items()}
    return figures | {f"t3.new.{name}": new, f"t3.total.{name}": new}


def test_a_city_has_no_copies():
    found = judged(CITY)
    assert {each.status for each in found.values()} == {"passed"}
    assert {rule for rule, _ in found} == {"P-4", "P-5", "P-6"}


def test_a_column_copied_to_another():
    found = judged(with_column(CITY, "legal", "business"))
    assert failed(found) == [("P-4", "business-legal")]
    told = found["P-4", "business-legal"]
    assert told.place == "表三“商业企业”列与“法律服务机构”列"
    assert len(told.cells) == 50 and told.left == told.right >= 10


@pytest.mark.parametrize("count", [1, 9])
def test_a_few_requests_may_be_alike(count):
    figures = column("legal", new=count, granted=count) | column("other", new=count, granted=count)
    assert not failed(judged(figures))


def test_from_ten_requests_on_they_are_copies():
    figures = column("legal", new=10, granted=10) | column("other", new=10, granted=10)
    assert failed(judged(figures)) == [("P-4", "legal-other")]
    few = {f"t3.{row}.{name}": 10 for row in ("total", "granted") for name in ("legal", "other")}
    assert not judged(few)


def test_one_column_or_row_has_nothing_beside_it():
    assert not judged(column("legal", new=10, granted=10))
    row = {"t3.granted.natural": 30, "t3.granted.business": 9}
    assert not judged(row)


def test_all_zero_columns_are_not_compared():
    assert not judged({})


def test_a_total_that_repeats_the_first_column():
    found = judged(with_column(CITY, "total", "natural"))
    assert ("P-5", "") in failed(found)
    assert "“商业企业”" in found["P-5", ""].found


def test_only_people_asked_and_the_total_is_theirs():
    figures = column("natural", new=32, granted=5, unable_1=27)
    assert ("P-5", "") not in judged(with_column(figures, "total", "natural"))


def test_a_stray_figure_is_no_applicant():
    figures = column("natural", new=32, granted=5, unable_1=27)
    stray = with_column(figures, "total", "natural") | {"t3.new.business": 3}
    assert ("P-5", "") not in judged(stray)


def test_an_outcome_copied_to_another():
    row = dict(zip(statute.COLUMNS, (30, 6, 0, 0, 2, 0, 38), strict=True))
    figures = {f"t3.{r}.{c}": n for r in ("granted", "unable_1") for c, n in row.items()}
    found = judged(figures)
    assert failed(found) == [("P-6", "granted-unable_1")]
    told = found["P-6", "granted-unable_1"]
    assert told.place == "表三“（一）予以公开”行与“（四）无法提供 · 1.本机关不掌握相关政府信息”行"
    assert "30、6、0、0、2、0" in told.found
    assert told.left == told.right == 38


@pytest.mark.parametrize(("beside", "told"), [(4, []), (5, [("P-6", "granted-unable_1")])])
def test_how_many_stand_beside_the_largest_figure(beside, told):
    rows = ("granted", "unable_1")
    figures = {f"t3.{row}.natural": 20 for row in rows}
    assert failed(judged(figures | {f"t3.{row}.legal": beside for row in rows})) == told


@pytest.mark.parametrize(
    "row",
    [
        (25, 1, 0, 0, 1, 0, 27),  # found in an office that copied nothing
        (40, 0, 0, 0, 0, 0, 40),
        (6, 6, 0, 0, 0, 0, 12),
        (3, 4, 0, 0, 0, 0, 7),
    ],
)
def test_rows_that_are_alike_by_chance(row):
    cells = dict(zip(statute.COLUMNS, row, strict=True))
    figures = {f"t3.{r}.{c}": n for r in ("granted", "unable_1") for c, n in cells.items()}
    assert not failed(judged(figures))


def test_the_single_row_of_2019_is_compared_as_well():
    row = dict(zip(statute.COLUMNS, (30, 6, 0, 0, 2, 0, 38), strict=True))
    figures = {f"t3.{r}.{c}": n for r in ("granted", "other") for c, n in row.items()}
    assert failed(judged(figures, "2019")) == [("P-6", "granted-other")]
