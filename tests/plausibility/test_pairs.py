"""Which figures of two years count the same thing."""

import pytest

from nianbao.plausibility.pairs import comparable, pair
from plausibility.offices import report_of, with_figures


@pytest.mark.parametrize(
    ("then", "now", "code", "same"),
    [
        ("2021", "2021", "t2.fees.amount_10k", True),
        ("2019", "2019", "t2.fees.prev_items", True),
        ("2019", "2021", "t3.new.total", True),
        ("2019", "2021", "t4.after.upheld", True),
        ("2019", "2021", "t2.licences.decisions", True),
        ("mixed", "2021", "t2.penalties.decisions", True),
        ("2019", "2021", "t2.normative_docs.in_force", False),
        ("2019", "2021", "t3.other_3.total", False),
        ("2021", "hybrid", "t3.other_3.total", False),
        ("2021", "hybrid", "t3.other.total", False),
    ],
)
def test_only_what_the_bridge_joins(then, now, code, same):
    report, previous = report_of(now, {}, 2021), report_of(then, {}, 2020)
    assert comparable(report, previous, code) is same
    assert pair(report, previous, code) == ((0, 0) if same else None)


def test_a_blank_is_no_figure():
    report = report_of("2021", {"t3.new.total": 4})
    blank = with_figures(report, {"t3.new.total": None})
    assert pair(report, blank, "t3.new.total") is None
    assert pair(report, report, "t3.new.total") == (4, 4)
