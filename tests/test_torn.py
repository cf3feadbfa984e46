"""Rows cut in two by a page or a narrow column are never read as whole ones."""

import pytest

from builders import ROW_LABELS, codes_of_notes, figures, read, render, row_codes, texts, wrong

VALUES = figures(51, density=0.7)
LABEL = ROW_LABELS["new"]
TEXT = render(texts(VALUES), "ragged")
LINE = next(line for line in TEXT.split("\n") if line.startswith(LABEL))


def cut(upper, lower):
    return read(TEXT.replace(LINE, "\n".join([upper, lower])))


@pytest.mark.parametrize("between", ["", "— 3 —\n"])
def test_digits_cut_from_every_number_of_a_row_leave_it_unknown(between):
    numbers = LINE.split("\t")[1:]
    upper = "\t".join(["一、本年新收", *(n[:-1] or n for n in numbers)])
    lower = "\t".join(["政府信息公开申请数量", *(n[-1:] for n in numbers)])
    report = cut(upper, between + lower)
    assert {report.cells[code].state for code in row_codes("new")} == {"unknown"}
    assert wrong(report, VALUES) == {}
    assert "row_torn" in codes_of_notes(report)


def test_bare_figures_below_a_row_leave_it_unknown():
    numbers = LINE.split("\t")[1:]
    upper = "\t".join([LABEL, *(n[:-1] or n for n in numbers)])
    report = cut(upper, "\t".join(n[-1:] for n in numbers))
    assert {report.cells[code].state for code in row_codes("new")} == {"unknown"}
    assert wrong(report, VALUES) == {}


def test_a_label_broken_over_two_rows_is_joined_where_one_of_them_holds_the_figures():
    numbers = "\t".join(LINE.split("\t")[1:])
    for upper, lower in (
        (f"一、本年新收政府信息\t{numbers}", "公开申请数量\t\t"),
        ("一、本年新收政府信息\t\t", f"公开申请数量\t{numbers}"),
    ):
        report = cut(upper, lower)
        assert report.state_count("number") == 200
        assert wrong(report, VALUES) == {}


def test_a_page_number_between_rows_tears_nothing():
    report = cut(LINE, "- 3 -")
    assert report.state_count("number") == 200


def test_a_row_without_figures_and_places_is_not_blank():
    report = read(TEXT.replace(LINE, LABEL))
    assert {report.cells[code].state for code in row_codes("new")} <= {"inferred", "unknown"}
