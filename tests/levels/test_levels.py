"""A government's report beside those of its subordinate bodies: what adds up, and what does not."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from levels.bodies import (
    CITY,
    FEES,
    SUMMED,
    balanced,
    body,
    by_status,
    judged,
    keyed,
    report_of,
    told,
    total,
)
from nianbao.levels import levels

seeds = st.integers(0, 10**6)
counts = st.integers(1, 6)


def bodies(seed, count, density=0.3, high=40):
    return [balanced(seed * 10 + i, density, high) for i in range(count)]


def of_table_three(found):
    return {key: judgement for key, judgement in found.items() if key.startswith("L-1:")}


@given(seeds, counts, st.sampled_from([0.0, 0.1, 0.6]))
def test_the_sum_of_all_bodies_passes_everywhere(seed, count, density):
    parts = bodies(seed, count, density)
    found = told(total(parts), parts)
    assert len(found) == len(SUMMED) + 1
    assert by_status(found, "passed") == set(found)
    assert not any(judgement.advice or judgement.severity for judgement in found.values())


def expected(own, parts, code, tolerance=Decimal(0)):
    """State once more, plainly, how one figure has to come out."""
    known = [part[code] for part in parts if part is not None and part[code] is not None]
    if own[code] is None:
        return "undecided"
    gap = Decimal(own[code]) - sum(Decimal(figure) for figure in known)
    if len(known) < len(parts):
        return "failed" if gap + tolerance < 0 else "undecided"
    return "passed" if -tolerance <= gap <= tolerance else "failed"


@given(seeds, st.integers(2, 6))
def test_every_figure_comes_out_as_a_plain_restatement_says(seed, count):
    rng = random.Random(seed)
    parts = bodies(seed, count)
    own = total(parts)
    # Amounts with four decimals each: half a unit of the last one for each body that has any.
    for code in rng.sample(SUMMED, 40):
        if code != FEES:
            own[code] = rng.choice([None, own[code] + rng.randint(0, 9), rng.randint(0, 60)])
    for part in parts:
        part.update(dict.fromkeys(rng.sample([c for c in SUMMED if c != FEES], 5)))
    shown = [part if index < 1 or rng.random() < 0.8 else None for index, part in enumerate(parts)]
    found = told(own, shown)
    by_code = {code: judgement for judgement in found.values() for code in judgement.cells}
    fees = [part[FEES] for part in shown if part]
    tolerance = Decimal("0.00005") * sum(map(bool, fees))
    assert set(by_code) == set(SUMMED)
    for code, judgement in by_code.items():
        allowed = tolerance if code == FEES else Decimal(0)
        assert judgement.status == expected(own, shown, code, allowed), code
        assert judgement.left == own[code]
        known = [part[code] for part in shown if part and part[code] is not None]
        complete = len(known) == len(shown)
        wanted = sum(known) if judgement.status == "failed" or complete else None
        assert judgement.right == wanted


@pytest.mark.many
@given(seeds, st.sampled_from([0.05, 0.4]), st.sampled_from([1, 9999]))
def test_whatever_misses_each_failure_has_both_sides_and_each_rule_a_leading_one(seed, dense, high):
    rng = random.Random(seed)
    parts = bodies(seed, rng.randint(1, 6), dense, high)
    own = total([part for part in parts for _ in range(rng.choice([0, 1, 1, 2]))] or parts)
    counted = [code for code in SUMMED if code != FEES]
    own.update({code: rng.choice([None, 0, 5]) for code in rng.sample(counted, rng.choice([0, 9]))})
    shown = [
        None
        if rng.random() < 0.2
        else part | dict.fromkeys(rng.sample(counted, rng.choice([0, 0, 3, 150])))
        for part in parts
    ]
    found = told(own, shown).values()
    failed = [judgement for judgement in found if judgement.status == "failed"]
    assert all(None not in (each.left, each.right) for each in failed)
    assert all(each.left != each.right for each in failed)
    assert not any("None" in each.message or "；。" in each.message for each in found)
    for rule in {each.rule for each in failed} - {"L-7"}:
        assert any(not each.severity for each in failed if each.rule == rule)


@given(seeds, st.integers(3, 6), st.integers(1, 3), st.data())
def test_bodies_left_out_are_named(seed, count, many, data):
    parts = bodies(seed, count)
    out = sorted(data.draw(st.permutations(range(count)))[: min(many, count - 1)])
    found = told(total([p for i, p in enumerate(parts) if i not in out]), parts)
    failed = [judgement for judgement in found.values() if judgement.status == "failed"]
    in_three = [judgement for judgement in failed if judgement.rule == "L-1"]
    names = "、".join(f"第{i + 1}局" for i in out)
    assert f"表三各格的差额恰好等于{names}的数" in in_three[0].found
    assert f"，可能少计入{names}" in in_three[0].found
    assert all(f"同其他各格，可能少计入{names}" in each.found for each in in_three[1:])
    assert all(f"少计入{names}" in each.advice for each in in_three)
    # The same bodies are named in the other tables, where their figures alone might fit others.
    assert all(f"可能少计入{names}" in each.found for each in failed)


@given(seeds, st.integers(2, 6), st.data())
def test_a_body_counted_twice_is_named(seed, count, data):
    parts = bodies(seed, count)
    twice = data.draw(st.integers(0, count - 1))
    found = of_table_three(told(total([*parts, parts[twice]]), parts))
    failed = [judgement for judgement in found.values() if judgement.status == "failed"]
    name = f"第{twice + 1}局"
    assert f"表三各格的差额恰好等于{name}的数，可能重复计入{name}" in failed[0].found
    assert all(f"重复计入{name}" in each.advice for each in failed)


@pytest.mark.many
@given(seeds, st.integers(3, 6))
def test_a_body_taken_for_another_is_named(seed, count):
    parts = bodies(seed, count)
    found = of_table_three(told(total([parts[1], *parts[1:]]), parts))
    first = next(each for each in found.values() if each.status == "failed")
    assert "第2局与第1局两机关的数之差，可能少计入第1局、重复计入第2局" in first.found


@given(seeds, st.integers(2, 6), st.data())
def test_a_missing_report_leaves_open_just_what_it_would_have_to_show(seed, count, data):
    parts = bodies(seed, count)
    gone = data.draw(st.integers(0, count - 1))
    shown = [None if i == gone else part for i, part in enumerate(parts)]
    found = told(total(parts), shown)
    assert by_status(found, "undecided") == set(found)
    for judgement in found.values():
        if judgement.rule == "L-5":
            continue
        (code,) = judgement.cells
        unit = "万元" if code == FEES else "件"
        assert judgement.right is None
        assert f"缺第{gone + 1}局的报告" in judgement.found
        assert f"差额{parts[gone][code]}{unit}应为该机关的数，无法判定" in judgement.found
        assert "取得所缺的报告" in judgement.advice


@given(seeds)
def test_two_missing_reports_share_what_is_left_open(seed):
    parts = bodies(seed, 4)
    found = told(total(parts), [None, parts[1], None, parts[3]])
    judgement = found["L-1:new.total"]
    open_ = parts[0]["t3.new.total"] + parts[2]["t3.new.total"]
    assert judgement.status == "undecided"
    assert f"缺第1局、第3局的报告；差额{open_}件应为这2个机关的合计数" in judgement.found


@pytest.mark.many
@given(seeds)
def test_no_missing_report_mends_a_sum_that_is_less_than_the_known_ones(seed):
    parts = bodies(seed, 4)
    own = total(parts[2:])
    found = told(own, [None, *parts[1:]])
    for key, judgement in of_table_three(found).items():
        (code,) = judgement.cells
        assert judgement.status == ("failed" if parts[1][code] else "undecided"), key
        # A report that misses cannot account for this table alone: nothing is said of its figures.
        assert "应为该机关的数" not in judgement.found
        if judgement.status == "failed":
            assert f"本报告少{parts[1][code]}件；缺第1局的报告" in judgement.found
            assert "不能使两边相等" in judgement.found
    first = next(each for each in found.values() if each.status == "failed")
    assert "恰好等于第2局的数（所缺的报告按0计），可能少计入第2局" in first.found


def test_what_a_missing_report_leaves_open_may_also_be_another_body_counted_twice():
    parts = bodies(5, 4)
    found = told(total([*parts[1:], parts[2]]), [None, *parts[1:]])
    assert by_status(found, "failed") == set()
    assert "与第3局的数逐格相同，也请核对是否重复计入" in found["L-1:new.natural"].found


def test_a_failure_beside_an_unknown_figure_does_not_hide_behind_what_a_missing_report_leaves():
    # What is comparable is open (a report misses), what failed is not comparable.
    parts = bodies(5, 4)
    own = total([*parts[1:], parts[2]])
    own["t3.granted.natural"] = 0
    shown = [None, parts[1] | {"t3.granted.natural": None}, *parts[2:]]
    shown[3] = shown[3] | {"t3.granted.natural": 7}
    found = of_table_three(told(own, shown))
    assert by_status(found, "failed") == {"L-1:granted.natural"}
    text = found["L-1:granted.natural"].found
    assert "第2局的报告此格没有可用的数字" in text and text.endswith("不成立")


def test_most_differences_may_be_open_and_only_one_failed():
    parts = bodies(5, 4, 0.6)
    own = total([*parts[1:], parts[2]])
    odd = next(c for c in SUMMED if c.startswith("t3.") and all(part[c] for part in parts))
    own[odd] = 0
    found = of_table_three(told(own, [None, *parts[1:]]))
    assert by_status(found, "failed") == {f"L-1:{odd.removeprefix('t3.')}"}


def test_two_bodies_counted_twice_are_no_likely_reading_of_a_missing_report():
    parts = bodies(5, 4)
    found = told(total([*parts[1:], parts[1], parts[2]]), [None, *parts[1:]])
    assert by_status(found, "failed") == set()
    assert not any("重复计入" in each.found for each in found.values())


def test_a_few_figures_of_a_missing_report_may_well_be_those_of_another_body():
    parts = [dict.fromkeys(SUMMED, 0) | {"t2.licences.decisions": 8} for _ in range(2)]
    found = told(total(parts), [None, parts[1]])["L-2:licences"]
    assert found.found.endswith("差额8件应为该机关的数，无法判定")


def test_without_any_report_of_a_body_each_rule_says_so_once():
    parts = bodies(1, 7)
    found = told(total(parts), [None] * 7)
    assert set(found) == {"L-1:", "L-2:", "L-3:", "L-4:", "L-6:", "L-7:"}
    assert by_status(found, "undecided") == set(found)
    assert "第1局、第2局、第3局、第4局、第5局等7个机关没有本年度的报告" in found["L-1:"].found
    assert [code for each in found.values() for code in each.cells if code.startswith("t4.review")]


def test_of_many_missing_bodies_five_are_named_and_the_rest_is_counted():
    parts = bodies(1, 9)
    found = told(total(parts), [parts[0], parts[1], *[None] * 7])
    text = found["L-1:new.total"].found
    assert "缺第3局、第4局、第5局、第6局、第7局等7个机关的报告" in text
    assert "第8局" not in text


@pytest.mark.many
@given(seeds, st.integers(2, 5))
def test_an_unknown_figure_of_a_body_is_what_the_difference_would_have_to_be(seed, count):
    parts = bodies(seed, count)
    own, code = total(parts), "t3.unable_1.natural"
    true, parts[1] = parts[1][code], parts[1] | {code: None}
    found = told(own, parts)
    assert by_status(found, "undecided") == {"L-1:unable_1.natural"}
    text = found["L-1:unable_1.natural"].found
    assert "第2局的报告此格没有可用的数字" in text
    assert f"差额{true}件应为第2局此格的数" in text


@pytest.mark.many
@given(seeds, st.integers(1, 5))
def test_an_unknown_figure_of_the_government_is_shown_what_it_would_be(seed, count):
    parts = bodies(seed, count)
    found = told(total(parts) | {"t4.review.upheld": None}, parts)
    assert by_status(found, "undecided") == {"L-6:upheld"}
    judgement = found["L-6:upheld"]
    right = sum(part["t4.review.upheld"] for part in parts)
    assert (judgement.left, judgement.right) == (None, right)
    assert f"应为{right}件，无法判定" in judgement.found


def test_a_figure_that_the_rules_force_counts_and_is_told_as_such():
    parts = bodies(3, 3)
    code = "t3.granted.total"
    own = replace(report_of(total(parts) | {code: None}), implied={code: total(parts)[code]})
    blank = replace(report_of(parts[0] | {code: None}), implied={code: parts[0][code]})
    found = judged(own, [blank, *(report_of(part) for part in parts[1:])])["L-1:granted.total"]
    assert found.status == "passed"
    assert "件（推定），" in found.found and "件（含推定数），" in found.found


@pytest.mark.parametrize("level", ["ministry", "department", "office"])
def test_a_report_of_itself_alone_sums_up_nothing(level):
    parts = [(body(1), report_of(balanced(1)))]
    assert levels(report_of(balanced(2)), replace(CITY, level=level), parts) == []


def test_without_a_register_row_or_bodies_there_is_nothing_to_compare():
    assert levels(report_of(balanced(2)), None, [(body(1), report_of(balanced(1)))]) == []
    assert levels(report_of(balanced(2)), CITY, []) == []


@pytest.mark.parametrize("level", ["province", "city", "county", "township"])
def test_every_government_sums_up(level):
    part = report_of(balanced(1))
    found = keyed(levels(part, replace(CITY, level=level), [(body(1), part)]))
    assert by_status(found, "passed") == set(found) and len(found) == len(SUMMED) + 1


def test_a_gap_that_many_bodies_explain_is_not_explained():
    ones = {"t2.licences.decisions": 1}
    parts = [dict.fromkeys(SUMMED, 0) | ones for _ in range(40)]
    found = told(total(parts) | {"t2.licences.decisions": 39}, parts)
    assert by_status(found, "failed") == {"L-2:licences"}
    assert found["L-2:licences"].found.endswith("本报告少1件，不成立")


def test_up_to_three_bodies_that_explain_a_gap_are_all_told_and_none_is_the_culprit():
    parts = [dict.fromkeys(SUMMED, 0) | {"t2.penalties.decisions": n} for n in (8, 8, 5, 30)]
    found = told(total(parts) | {"t2.penalties.decisions": 43}, parts)["L-2:penalties"]
    assert "不认定是哪一种：少计入第1局；少计入第2局" in found.found
    assert "第3局" not in found.found


def test_a_pair_that_chance_would_give_explains_nothing():
    rng = random.Random(1)
    numbers = rng.sample(range(1, 200), 30)
    code = "t2.coercion.decisions"
    parts = [dict.fromkeys(SUMMED, 0) | {code: number} for number in numbers]
    gap = numbers[3] + numbers[4]
    assert gap not in numbers
    found = told(total(parts) | {code: sum(numbers) - gap}, parts)["L-2:coercion"]
    assert found.found.endswith(f"本报告少{gap}件，不成立")


def test_a_pair_among_few_bodies_with_large_figures_is_named():
    code = "t2.licences.decisions"
    parts = [dict.fromkeys(SUMMED, 0) | {code: n} for n in (52, 4711, 815, 90)]
    found = told(total(parts) | {code: 142}, parts)["L-2:licences"]
    assert "恰好等于第2局、第3局的数之和，可能少计入第2局、第3局" in found.found


def test_one_body_that_accounts_for_most_differences_is_named_with_how_many():
    parts = bodies(4, 6, 0.6)
    own = total(parts[1:])
    for code in ("t3.granted.natural", "t3.granted.total"):
        own[code] += 500
    found = of_table_three(told(own, parts))
    failed = [each for each in found.values() if each.status == "failed"]
    assert f"{len(failed) - 2}格与少计入第1局相符，2格不符" in failed[0].found
    assert "少计入" not in found["L-1:granted.natural"].found


def test_a_body_that_shows_much_more_than_what_differs_accounts_for_nothing():
    parts = bodies(4, 6, 0.9)
    own = total(parts)
    some = [code for code in SUMMED if code.startswith("t3.") and parts[0][code]][:20]
    own |= {code: own[code] - parts[0][code] for code in some}
    found = of_table_three(told(own, parts))
    assert len(by_status(found, "failed")) == 20
    assert not any("格与少计入" in each.found for each in found.values())


def test_many_differences_without_one_reason_are_not_explained_one_by_one():
    parts = bodies(4, 3, 0.9)
    some = [c for c in SUMMED if c.startswith("t3.") and all(part[c] for part in parts)][:15]
    own = total(parts)
    own |= {code: own[code] - parts[i % 3][code] for i, code in enumerate(some)}
    found = of_table_three(told(own, parts))
    assert len(by_status(found, "failed")) == 15
    assert not any("少计入" in each.found for each in found.values())
    first = found[f"L-1:{some[0].removeprefix('t3.')}"]
    assert first.found.endswith("表三共15格本报告较少")
    few = told(total(parts) | {code: own[code] for code in some[:3]}, parts)
    assert "差额恰好等于第1局的数" in few[f"L-1:{some[0].removeprefix('t3.')}"].found


def test_bodies_that_the_register_lacks_are_one_matter_and_told_as_such():
    parts = bodies(4, 6, 0.6)
    found = of_table_three(told(total(parts), parts[:2]))
    failed = [each for each in found.values() if each.status == "failed"]
    assert len(failed) > 100
    assert f"表三共{len(failed)}格本报告较多，没有一格较少，下级机关可能登记不全" in failed[0].found
    assert [each.severity for each in failed] == ["", *["hint"] * (len(failed) - 1)]
    assert all("请补 params/agencies.csv" in each.advice for each in failed)


def test_differences_both_ways_are_counted_both_ways():
    parts = bodies(4, 6, 0.6)
    found = of_table_three(told(total([*parts[2:], balanced(99, 0.6)]), parts))
    failed = [each for each in found.values() if each.status == "failed"]
    more = sum(each.left > each.right for each in failed)
    assert 0 < more < len(failed)
    words = f"表三共{len(failed)}格不等，其中{more}格本报告较多，{len(failed) - more}格较少"
    assert failed[0].found.endswith(words)


def test_one_reason_for_many_differences_is_one_warning():
    parts = bodies(4, 6, 0.6)
    found = told(total(parts[1:]), parts)
    for rule in ("L-1", "L-2", "L-6"):
        failed = [e for e in found.values() if e.rule == rule and e.status == "failed"]
        assert [each.severity for each in failed] == ["", *["hint"] * (len(failed) - 1)]


def test_two_bodies_taken_for_each_other_do_not_show_in_a_few_figures():
    parts = [dict.fromkeys(SUMMED, 0) for _ in range(2)]
    parts[0] |= {"t2.licences.decisions": 50, "t2.penalties.decisions": 9}
    parts[1] |= {"t2.licences.decisions": 8, "t2.penalties.decisions": 20}
    found = told(total([parts[0], parts[0]]), parts)
    assert by_status(found, "failed") == {"L-2:licences", "L-2:penalties"}
    assert "少计入第2局、重复计入第1局" not in found["L-2:licences"].found


def test_while_reports_are_missing_one_figure_alone_is_not_explained():
    parts = bodies(4, 3, 0.9)
    code = "t3.granted.natural"
    own = total(parts) | {code: parts[1][code]}
    found = told(own, [*parts[:2], None])["L-1:granted.natural"]
    assert found.status == "failed"
    assert found.found.endswith("不能使两边相等，不成立")


def test_a_table_that_is_one_of_the_bodies_is_told_to_be_so():
    parts = bodies(4, 6, 0.6)
    found = told(parts[2], parts)
    texts = [each.found for each in found.values() if "逐格相同" in each.found]
    assert len(texts) == 1
    assert "第3局的表三与本报告逐格相同，请核对是否误用了下级机关的表" in texts[0]


def test_one_body_with_all_the_requests_is_no_copy():
    busy, idle = balanced(4, 0.6), balanced(5, 0.0)
    found = told(total([busy, idle]), [busy, idle])
    assert by_status(found, "passed") == set(found)


@pytest.mark.parametrize("block", ["direct", "after"])
def test_suits_that_the_bodies_count_more_often_are_a_hint_at_the_second_defendant(block):
    parts = bodies(1, 3, 0.6)
    own = total(parts)
    own[f"t4.{block}.total"] -= 1
    own["t4.review.total"] -= 1
    found = told(own, parts)
    suit, review = found[f"L-7:{block}.total"], found["L-6:total"]
    assert (suit.status, suit.severity) == ("failed", "hint")
    assert "共同被告" in suit.advice and "〔2016〕201号" in suit.advice
    assert (review.status, review.severity) == ("failed", "")


def test_more_suits_than_the_bodies_count_are_no_hint_at_a_second_defendant():
    parts = bodies(1, 3, 0.6)
    own = total(parts)
    own["t4.after.total"] += 1
    suit = told(own, parts)["L-7:after.total"]
    assert (suit.status, suit.severity) == ("failed", "")
    assert "共同被告" not in suit.advice


def test_only_what_was_carried_in_is_told_to_break_when_bodies_merge():
    parts = bodies(1, 2, 0.6)
    found = told(total(parts) | {"t3.new.legal": 99999, "t3.carried_in.legal": 99999}, parts)
    advice = {key: "合并" in found[f"L-1:{key}.legal"].advice for key in ("new", "carried_in")}
    assert advice == {"new": False, "carried_in": True}


def test_findings_come_by_rule_each_in_form_order():
    parts = bodies(1, 3)
    found = list(told(total(parts), parts).values())
    assert [each.rule for each in found] == sorted(each.rule for each in found)
    codes = list(report_of({}).cells)
    for rule in ("L-1", "L-2", "L-4", "L-6", "L-7"):
        places = [codes.index(each.cells[0]) for each in found if each.rule == rule]
        assert places == sorted(places) and len(places) == len(set(places))


def test_the_words_name_table_row_and_column_and_all_numbers():
    parts = bodies(1, 2, 0.6)
    own = total(parts)
    own["t3.carried_in.legal"] += 3
    found = told(own, parts)["L-1:carried_in.legal"]
    left, right = own["t3.carried_in.legal"], own["t3.carried_in.legal"] - 3
    assert found.message.startswith(
        "表三“二、上年结转政府信息公开申请数量”行“法律服务机构”列："
        f"本报告{left}件，2个下级机关的报告合计{right}件，本报告多3件，不成立"
    )
    assert "上年结转可能不相衔接" in found.message
    assert found.message.endswith("如下级机关登记不全，请补 params/agencies.csv。")
