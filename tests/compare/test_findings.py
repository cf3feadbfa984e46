"""Findings: new, gone, turned, reworded and the same, by id; with both sentences."""

import pytest

from compare.made import finding, findings, results
from nianbao.compare import differences
from nianbao.compare.findings import finding_changes, gravest_first
from nianbao.compare.page import page
from nianbao.compare.text import text


def test_findings_are_told_apart_by_id():
    before = findings(finding("a" * 12), finding("b" * 12), finding("c" * 12))
    after = findings(finding("c" * 12, status="failed"), finding("a" * 12), finding("d" * 12))
    found = finding_changes(before, after)
    assert [each.id[0] for each in found.new] == ["d"]
    assert [each.id[0] for each in found.gone] == ["b"]
    assert [each.after.id[0] for each in found.changed] == ["c"]
    assert found.unchanged == 1


@pytest.mark.parametrize(
    ("more", "turned", "fields"),
    [
        ({"status": "failed"}, True, ("status",)),
        ({"waived": "true"}, True, ("waived",)),
        ({"severity": "warning"}, True, ("severity",)),
        ({"left": "13", "message": "13 = 13"}, False, ("left", "message")),
        ({"basis": "另一文件"}, False, ("basis",)),
    ],
)
def test_a_finding_that_came_out_otherwise_is_told_from_one_in_other_words(more, turned, fields):
    (change,) = finding_changes(findings(finding()), findings(finding(**more))).changed
    assert (change.turned, change.fields) == (turned, fields)


def test_the_text_counts_findings_and_gives_both_sentences():
    before = findings(finding("a" * 12), finding("b" * 12, message="甲成立。"), finding("c" * 12))
    after = findings(
        finding("a" * 12, status="failed", message="表三“自然人”列：15 ≠ 12。"),
        finding("c" * 12),
        finding("d" * 12, status="undecided", message="乙无法判定。"),
    )
    told = text(differences(results(findings_csv=before), results(findings_csv=after)), ("A", "B"))
    assert "核验结果：1条新出现，1条不再有，1条结论改变，1条相同" in told
    assert "✓ 成立 → ✗ 不成立（错误）  T3-1:natural" in told
    assert "原：表三“自然人”列：12 = 12，成立。" in told
    assert "现：表三“自然人”列：15 ≠ 12。" in told
    assert "新出现 ○ 无法判定 T3-1:natural  乙无法判定。" in told
    assert "不再有 ✓ 成立 T3-1:natural  甲成立。" in told


def test_the_order_is_the_same_from_both_sides():
    one = findings(*(finding(id) for id in "abcd"))
    other = findings(*(finding(id, status="failed") for id in "cadb"))
    forth, back = finding_changes(one, other), finding_changes(other, one)
    assert [c.after.id for c in forth.changed] == [c.after.id for c in back.changed]
    assert [c.after.id for c in forth.changed] == list("acbd")


def test_a_basis_alone_is_told_with_both_sides():
    after = findings(finding(basis="另一文件"))
    told = text(
        differences(results(findings_csv=findings(finding())), results(findings_csv=after)),
        ("A", "B"),
    )
    assert "依据：某某文件 → 另一文件" in told and "结论未变而内容不同" in told


def test_a_rule_that_now_fails_is_told_before_many_that_cannot_be_decided():
    """Regression: of 31 findings that turned 20 were told, and one of the two failures was not."""
    before = [finding(f"{n:012}") for n in range(41)]
    after = [row | {"status": "undecided"} for row in before[:-1]]
    failed = before[-1] | {"status": "failed", "message": "总计 31 ≠ 自然人 32。"}
    found = differences(
        results(findings_csv=findings(*before)), results(findings_csv=findings(*after, failed))
    )
    shown = page(found, ("A", "B"))
    assert "总计 31 ≠ 自然人 32。" in text(found, ("A", "B"))
    assert shown.index("✗ 不成立") < shown.index("○ 无法判定")


def test_failures_are_ordered_by_how_grave_they_are():
    rows = [
        finding("a", status="passed"),
        finding("b", status="undecided"),
        finding("c", status="failed", waived="true"),
        finding("d", status="failed", severity="hint"),
        finding("e", status="failed", severity="error"),
        finding("f", status="failed", severity="warning"),
    ]
    found = finding_changes(findings(), findings(*rows)).new
    assert "".join(each.id for each in gravest_first(found)) == "efdcba"


def test_a_new_failure_is_told_before_what_turned_undecided():
    """Regression: a table that cannot balance stood below sixty lines of what follows from it."""
    before = findings(finding("a"))
    after = findings(finding("a", status="undecided"), finding("b", status="failed"))
    found = differences(results(findings_csv=before), results(findings_csv=after))
    for told in (text(found, ("A", "B")), page(found, ("A", "B"))):
        assert told.index("✗ 不成立") < told.index("○ 无法判定")
