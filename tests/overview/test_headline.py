import pytest

from nianbao.overview.headline import title, verdict
from overview.books import (
    YEAR,
    agency,
    book,
    city,
    entry,
    failure,
    missing,
    standing,
    unread,
    waiting,
)

CLEAN = entry(standing("a"))
FAULTY = entry(standing("b", errors=2, failures=(failure(), failure(number=2))))
OPEN = entry(standing("c", undecided=3))
WAIVED = entry(standing("d", waived=1, failures=(failure(waived=True),), status="failed"))
UNREAD, WAITING, MISSING = unread(agency("e")), waiting(agency("f")), missing(agency("g"))


@pytest.mark.parametrize(
    ("entries", "status", "words"),
    [
        ([CLEAN, MISSING], "passed", "1份报告没有发现错误"),
        ([CLEAN, FAULTY], "failed", "2份报告经核验，1份有错误，共2处"),
        ([FAULTY], "failed", "1份报告经核验，1份有错误，即全部，共2处"),
        ([FAULTY, UNREAD], "failed", "1份有错误，即全部，共2处；另有1份没有核验"),
        ([CLEAN, OPEN], "undecided", "没有发现错误，有1份报告的勾稽关系无法全部判定"),
        ([CLEAN, UNREAD, WAITING], "undecided", "1份报告没有发现错误；另有2份没有核验"),
        ([WAIVED], "passed", "1份报告没有发现错误（1处已说明的除外）"),
        ([UNREAD], "undecided", "1份报告都没有核验"),
        ([MISSING], "undecided", "没有可以核验的报告"),
        ([], "undecided", "没有可以核验的报告"),
    ],
)
def test_the_verdict_calls_well_only_what_was_checked(entries, status, words):
    known = verdict(book(*entries))
    assert known.status == status and words in known.words
    assert known.sign == {"passed": "✓", "failed": "✗", "undecided": "○"}[status]


def test_the_numbers_of_how_agencies_filed():
    late = city(300)
    html = title(late).html
    counts = [sum(e.filing.state == s for e in late.entries) for s in ("missing", "exempt")]
    filed = 300 - sum(counts)
    assert (
        f"登记的300个机关中，{filed}个已报，{counts[0]}个缺报，{counts[1]}个当年无报告义务。"
        in html
    )
    broken = sum(bool(e.error) for e in late.entries)
    misfit = sum("misfiled" in e.filing.states for e in late.entries) - broken
    assert f"{broken}份无法读取，{misfit}份格式不符，" in html


def test_agencies_without_a_row_are_counted_apart():
    stranger = entry(standing("x"), row=agency("x", level=""))
    html = title(book(CLEAN, stranger)).html
    assert "登记的1个机关中，1个已报。" in html
    assert "另有1份报告的机关不在登记表中。" in html


def test_the_heading_is_the_only_one_and_leads_to_the_problems():
    html = title(book()).html
    assert html.count("<h1>") == 1 and f"<h1>{YEAR}年政府信息公开工作年度报告总览</h1>" in html
    assert 'href="#problems"' in html and "登记表中没有机关。" in html
