"""A slip is named for what it is."""

import pytest

from nianbao.suspects.likely import likely_values, slip

REVERSED, TENFOLD, DIGIT = "相邻两位数字颠倒", "相差十倍", "一位数字有误"
MISSING, EXTRA = "漏写一位数字", "多写一位数字"


@pytest.mark.parametrize(
    ("published", "value", "name"),
    [
        (12, 21, REVERSED),
        (1324, 1234, REVERSED),
        (5, 50, TENFOLD),
        (50, 5, TENFOLD),
        (128, 123, DIGIT),
        (13, 123, MISSING),
        (1123, 123, EXTRA),
        (123, 456, ""),
        (11, 99, ""),
    ],
)
def test_slips(published, value, name):
    assert slip(published, value)[0] == name


def test_a_zero_where_a_figure_belongs_may_be_a_blank():
    assert "空白" in slip(0, 37)[0]


@pytest.mark.parametrize("published", [7, 10, 12, 305, 1000])
def test_likely_figures_are_those_that_a_slip_explains(published):
    near = {n for n in range(100_000) if n != published and slip(published, n)[0]}
    # A figure ten times as large is one with a digit missing; nothing else explains more.
    assert near == set(likely_values(published)) | ({published * 10} if published else set())
