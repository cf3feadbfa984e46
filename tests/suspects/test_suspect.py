"""What is told about a damaged report, in the official words."""

import random

import pytest

from damage.truth import report_of, row, true_figures, with_row
from nianbao.suspects import solver, suspect

VARIANT = "2021"


def balanced(seed=1):
    rng = random.Random(seed)
    while True:
        variant, true = true_figures(rng)
        if variant == VARIANT and sum(row(true, "granted")[:6]) > 20:
            return true


def told(figures):
    return suspect(report_of(VARIANT, figures))


def test_one_wrong_cell_is_named_with_both_figures_and_the_slip():
    true = balanced() | {"t4.review.upheld": 0}
    detail = "t3.unable_1.business"
    for code in (detail, "t3.unable_1.total", "t3.total.business", "t3.total.total"):
        true[code] += 21 - true[detail] if code != detail else 0
    for code in ("t3.new.business", "t3.new.total"):
        true[code] += 21 - true[detail]
    true[detail] = 21
    true["t4.review.total"] = sum(true[f"t4.review.{r}"] for r in ("corrected", "other", "pending"))
    found = told(true | {detail: 12})
    (only,) = found.sets
    assert (only.cells, only.implied, only.rank) == ((detail,), {detail: 21}, 1)
    assert only.explanation == "相邻两位数字颠倒"
    assert only.message == (
        "表三“（四）无法提供 · 1.本机关不掌握相关政府信息”行“商业企业”列，原文为 12，"
        "若为 21（相邻两位数字颠倒），则表三全部勾稽关系成立"
    )
    assert found.localizable and found.structural is None
    assert "唯一" in found.messages[0]


def test_the_cells_of_a_block_of_table_four_are_a_tie_and_said_to_be_one():
    block = {f"t4.review.{r}": v for r, v in zip(RESULTS, (30, 40, 50, 60, 180), strict=True)}
    found = told(balanced() | block | {"t4.review.total": 163})
    assert {each.cells for each in found.sets} == {(code,) for code in block}
    assert "不认定哪一组" in found.messages[0] and "不能区分" in found.messages[0]


RESULTS = ("upheld", "corrected", "other", "pending", "total")


def test_an_explained_change_stands_before_an_unexplained_one_and_the_list_says_so():
    block = {f"t4.review.{r}": v for r, v in zip(RESULTS, (31, 40, 50, 60, 181), strict=True)}
    found = told(balanced() | block | {"t4.review.upheld": 13})
    assert found.sets[0].cells == ("t4.review.upheld",)
    assert found.sets[0].rank == 1 < found.sets[1].rank
    assert "仅为提示" in found.messages[0]


def test_each_part_has_its_own_sets():
    true = balanced()
    found = told(
        true | {"t3.deny_2.natural": true["t3.deny_2.natural"] + 7, "t4.after.total": 9999}
    )
    assert [part.part for part in found.parts] == ["表三", "表四“行政诉讼 · 复议后起诉”"]
    assert all(each.rank >= 1 and len(each.cells) == 1 for each in found.sets)


def test_table_two_is_never_suspect():
    true = balanced()
    report = report_of(VARIANT, true | {"t3.deny_2.natural": true["t3.deny_2.natural"] + 7})
    assert not any(code.startswith("t2.") for s in suspect(report).sets for code in s.cells)


def test_what_cannot_be_proved_smallest_is_not_localized_and_the_failing_rules_are_listed(
    monkeypatch,
):
    monkeypatch.setattr(solver, "_EFFORT", 0.0)
    true = balanced()
    wrong = {f"t3.{r}.{c}": true[f"t3.{r}.{c}"] + 3 + n for n, (r, c) in enumerate(SPREAD)}
    found = told(true | wrong)
    assert not found.localizable and found.sets == ()
    assert "不能定位" in found.messages[0] and "行" in found.messages[0]


SPREAD = [
    ("granted", "natural"),
    ("granted", "business"),
    ("granted", "research"),
    ("partial", "legal"),
    ("partial", "other"),
    ("partial", "natural"),
]


def test_more_than_twenty_sets_are_cut_and_the_list_says_so():
    true = balanced()
    for name in ("natural", "business"):
        for each in (
            "deny_1",
            "deny_2",
            "deny_3",
            "deny_4",
            "deny_5",
            "deny_6",
            "deny_7",
            "deny_8",
        ):
            true[f"t3.{each}.{name}"] += 50
            true[f"t3.{each}.total"] += 50
        for each in ("refuse_1", "refuse_2", "refuse_3", "refuse_4", "refuse_5", "unable_1"):
            true[f"t3.{each}.{name}"] += 60
            true[f"t3.{each}.total"] += 60
        for each in ("unable_2", "unable_3", "other_1", "other_2", "other_3", "granted", "partial"):
            true[f"t3.{each}.{name}"] += 70
            true[f"t3.{each}.total"] += 70
        for each in ("total", "new"):
            true[f"t3.{each}.{name}"] += 8 * 50 + 6 * 60 + 7 * 70
            true[f"t3.{each}.total"] += 8 * 50 + 6 * 60 + 7 * 70
    assert told(true).parts == ()
    found = told(
        true
        | {
            "t3.deny_1.natural": true["t3.deny_1.natural"] + 17,
            "t3.deny_1.business": true["t3.deny_1.business"] - 17,
        }
    )
    assert len(found.sets) == 20 and found.parts[0].capped
    assert "超过20组" in found.messages[0]


def test_nothing_is_written_back():
    true = balanced()
    report = report_of(VARIANT, true | {"t3.deny_2.natural": 999})
    before = dict(report.cells)
    suspect(report)
    assert dict(report.cells) == before and report.implied == {}


def test_the_record_is_as_the_contract_of_check_says():
    true = balanced()
    found = told(true | {"t3.deny_2.natural": true["t3.deny_2.natural"] + 7}).record()
    assert set(found) == {"suspects", "structural", "localizable"}
    assert set(found["suspects"][0]) == {"cells", "implied", "explanation", "rank"}
    shifted = [0, *row(true, "granted")[:6]]
    fault = told(with_row(true, "granted", shifted)).record()["structural"]
    assert set(fault) == {"kind", "cells", "implied", "explanation"}
    assert told(true).record() == {"suspects": [], "structural": None, "localizable": True}


@pytest.mark.parametrize(
    ("name", "values", "kind", "word"),
    [
        ("granted", lambda v: [0, *v[:6]], "row_shifted", "右移"),
        ("granted", lambda v: [*v[1:], v[0]], "row_shifted", "左移"),
        ("granted", lambda v: [None, *v[:6]], "row_shifted", "右移"),
        ("granted", lambda v: [*v[:5], v[6], v[5]], "columns_exchanged", "总计"),
    ],
)
def test_a_moved_row_is_one_fault_and_its_figures_are_moved_back(name, values, kind, word):
    true = balanced()
    damaged = with_row(true, name, values(row(true, name)))
    fault = told(damaged).structural
    assert (
        fault.kind == kind and word in fault.explanation and "（一）予以公开" in fault.explanation
    )
    wrong = {code for code in true if damaged[code] != true[code]}
    assert {c: true[c] for c in fault.implied} == dict(fault.implied)
    assert {c for c in wrong if damaged[c] is not None} <= set(fault.cells)


def test_one_wrong_digit_is_never_a_fault_of_layout():
    true = balanced()
    for code, value in list(true.items())[:60]:
        assert told(true | {code: value + 9}).structural is None
