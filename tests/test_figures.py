"""How a row's values are fitted to its columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ROW_LABELS, figures, render, row_codes, texts
from nianbao.documents.plain.text import read_text
from nianbao.figures import Fit, read_lines
from nianbao.forms import load_form
from nianbao.heads import Frames
from nianbao.walk import place

FORM = load_form("2021")
TEXT = render(texts(figures(1)), "ragged")
LABEL = ROW_LABELS["refuse_2"]
LINE = next(line for line in TEXT.split("\n") if LABEL in line)


def reading(cells, text=TEXT):
    line = "\t".join([LABEL, *cells])
    document = read_text(text.replace(LINE, line).encode(), "a.txt")
    placing = place(document, FORM)
    lines = read_lines(placing, FORM, Frames(placing, FORM))
    return next(r for r in lines if r.line.codes == tuple(row_codes("refuse_2")))


def fit(cells):
    return reading(cells).fit


SEVEN = ["1", "2", "3", "4", "5", "6", "21"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (SEVEN, Fit.EXACT),
        (["", "", *SEVEN], Fit.EXACT),
        ([*SEVEN, "", ""], Fit.EXACT),
        (["1", "", "3", "4", "5", "6", "19"], Fit.EXACT),
        (["1", "-", "/", "无", "5", "6", "12"], Fit.EXACT),
        (["", "", "", "", "", "", ""], Fit.EXACT),
        (SEVEN[:6], Fit.SHORT),
        (["", *SEVEN[:6], ""], Fit.SHORT),
        (["", "1", "", "3", "", "", ""], Fit.SHORT),
        ([*SEVEN, "8"], Fit.SURPLUS),
    ],
)
def test_a_row_fits_or_not(cells, expected):
    assert fit(cells) is expected


def test_an_interior_blank_keeps_its_place():
    values = [w.text for w in reading(["1", "", "3", "4", "5", "6", "19"]).values]
    assert values == ["1", "", "3", "4", "5", "6", "19"]


def test_a_short_row_keeps_its_values_in_order_with_their_places():
    found = reading(["", *SEVEN[:6]]).values
    assert [w.text for w in found] == SEVEN[:6]
    assert all(w.origin.startswith("第") and w.origin.endswith("格") for w in found)


@given(st.lists(st.sampled_from(["", "0", "3", "-", "/"]), max_size=10))
def test_a_reading_never_adds_or_reorders_values(cells):
    found = reading(cells)
    kept = [w.text for w in found.values if w.text]
    assert kept == [cell for cell in cells if cell]
    if found.fit is Fit.EXACT:
        assert len(found.values) == 7
    if found.fit is Fit.SHORT:
        assert len(kept) < 7
    if found.fit is Fit.SURPLUS:
        assert len(kept) > 7


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff"])
def test_an_invisible_character_in_a_cell_is_no_value(mark):
    assert fit([*SEVEN, mark]) is Fit.EXACT
    assert fit([*SEVEN[:6], mark]) is fit([*SEVEN[:6], ""])
