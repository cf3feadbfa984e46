"""Who may have 规章 to report."""

import pytest

from nianbao.plausibility.powers import powers
from nianbao.register import LEVELS
from plausibility.offices import agency, report_of, with_figures

FILLED = {"2021": {"t2.regulations.in_force": 6}, "2019": {"t2.regulations.made_new": 6}}


def judged(figures, level, above="", variant="2021"):
    own = agency(level) if level else None
    return list(powers(report_of(variant, figures), own, agency(above) if above else None))


@pytest.mark.parametrize("variant", FILLED)
@pytest.mark.parametrize(
    ("level", "above"),
    [
        ("county", "city"),
        ("county", ""),
        ("township", "county"),
        ("department", "province"),
        ("department", "city"),
        ("department", "county"),
        ("department", "township"),
        ("office", "county"),
        ("office", "township"),
    ],
)
def test_bodies_without_the_power(level, above, variant):
    (found,) = judged(FILLED[variant], level, above, variant)
    assert (found.rule, found.status, found.left, found.right) == ("T2-2", "failed", 6, 0)
    assert found.cells == tuple(FILLED[variant])
    (clean,) = judged({}, level, above, variant)
    assert clean.status == "passed"


@pytest.mark.parametrize("level", ["ministry", "province", "city"])
def test_bodies_with_the_power(level):
    (found,) = judged(FILLED["2021"], level)
    assert found.status == "passed"


@pytest.mark.parametrize(
    ("level", "above"),
    [
        ("", ""),
        ("office", "city"),
        ("office", "province"),
        ("office", ""),
        ("department", ""),
        ("department", "ministry"),
        ("department", "department"),
    ],
)
def test_where_the_register_does_not_tell_nothing_is_said(level, above):
    assert not judged(FILLED["2021"], level, above)


def test_every_level_of_the_register_has_an_answer():
    for level in LEVELS:
        for above in ("", *LEVELS):
            assert all(found.rule == "T2-2" for found in judged(FILLED["2021"], level, above))


def test_blanks_are_not_called_zero():
    report = report_of("2021", {})
    codes = [code for code in report.cells if code.startswith("t2.regulations.")]
    assert not list(powers(with_figures(report, dict.fromkeys(codes)), agency("county"), None))
    some = with_figures(report, {codes[0]: None, codes[2]: 6})
    (found,) = powers(some, agency("county"), None)
    assert (found.status, found.cells) == ("failed", (codes[2],))
