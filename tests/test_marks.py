from dataclasses import replace
from random import Random

import pytest

from builders import T3_CODES, figures, read, render, row_codes, texts
from nianbao.findings import check_report
from nianbao.marks import legend, marks
from nianbao.reading import read_report
from nianbao.suspects import PartSuspicion, Structural, SuspectSet, Suspicion, suspect

VALUES = figures(5, density=0.35, high=60)


def reported(**changes):
    return read(render(texts(VALUES | changes)))


def marked(report):
    return marks(check_report(report), suspect(report))


def shifted():
    codes = row_codes("unable_1")
    row = [VALUES[code] for code in codes]
    assert len({*row}) > 3
    return reported(**dict(zip(codes, [0, *row[:-1]], strict=True)))


def warned(report, cells, **changes):
    """Make a failed finding about these cells out of one that passed."""
    found = next(f for f in check_report(report) if f.rule.id == "T3-8")
    rule = replace(found.rule, cells=cells)
    outcome = replace(found.outcome, status="failed", rule=rule)
    return replace(found, outcome=outcome, **changes)


def test_a_clean_report_has_no_marks():
    assert marked(reported()) == {}


def test_the_one_suspect_cell_says_what_it_would_have_to_be():
    code = "t3.granted.natural"
    (mark,) = [*marked(reported(**{code: VALUES[code] + 7})).items()]
    assert mark[0] == code
    assert mark[1].lines == ("✗ 疑似", f"若为{VALUES[code]}")
    assert not mark[1].tied


@pytest.mark.parametrize("block", ["review", "direct", "after"])
def test_the_five_cells_of_a_block_are_marked_alike_and_none_as_the_culprit(block):
    code = f"t4.{block}.total"
    found = marked(reported(**{code: VALUES[code] + 2}))
    assert {*found} == {c for c in VALUES if c.startswith(f"t4.{block}.")}
    assert {mark.lines[:2] for mark in found.values()} == {("✗ 疑似", "几种之一")}
    assert found[code].lines[2] == f"若为{VALUES[code]}"


def test_a_shifted_row_is_marked_in_other_words():
    report = shifted()
    assert suspect(report).structural.kind == "row_shifted"
    found = marked(report)
    assert {*found} == {*suspect(report).structural.cells}
    assert {mark.lines[0] for mark in found.values()} == {"✗ 疑为错位"}
    assert all(f"若为{VALUES[code]:,}" in mark.lines for code, mark in found.items())


def test_faults_that_cannot_be_told_apart_are_marked_as_several():
    fault = Structural("表三", "rows_shifted", ("t3.new.natural",), {"t3.new.natural": 1}, "甲", 1)
    other = replace(fault, cells=("t3.new.other",), implied={"t3.new.other": 2})
    counted = replace(fault, kind="subtotal_counted")
    part = PartSuspicion("表三", (), (), False, replace(fault, alternatives=(other,)), True, ())
    found = marks((), Suspicion((part,)))
    assert {*found} == {"t3.new.natural", "t3.new.other"}
    assert {mark.lines[:2] for mark in found.values()} == {("✗ 疑为错位", "几种之一")}
    (mark,) = marks((), Suspicion((replace(part, structural=counted),))).values()
    assert mark.lines == ("✗ 疑为重计", "若为1")


def test_beside_a_fault_of_layout_no_smallest_set_is_marked():
    report = shifted()
    assert suspect(report).sets
    named = {code for each in suspect(report).sets for code in each.cells}
    assert not {*marked(report)} & (named - {*suspect(report).structural.cells})


def test_what_could_not_be_localized_is_not_marked():
    part = PartSuspicion("表三", ("T3-1:natural",), (), False, None, False, ("表三：不能定位",))
    assert marks((), Suspicion((part,))) == {}


def test_a_cell_of_several_sets_names_what_it_would_be_in_each():
    def sets(*values):
        return tuple(
            SuspectSet("表三", ("t3.new.natural",), {"t3.new.natural": v} if v else {}, None, 1, "")
            for v in values
        )

    def value(*values):
        part = PartSuspicion("表三", (), sets(*values), False, None, True, ())
        return marks((), Suspicion((part,)))["t3.new.natural"].lines[-1]

    assert value(8) == "若为8"
    assert value(3000, 8) == "若为8或3,000"
    assert value(3, 8, 9) == "若为3或8等"
    assert value(None) == "可取多个数"


@pytest.mark.parametrize("seed", range(12))
def test_the_marked_cells_are_those_of_the_sets_and_each_links_to_a_set_of_its_own(seed):
    rng = Random(seed)
    codes = rng.sample(T3_CODES, rng.choice([1, 2, 3]))
    report = reported(**{code: VALUES[code] + rng.randint(1, 30) for code in codes})
    suspicion = suspect(report)
    found = marks((), suspicion)
    for number, part in enumerate(suspicion.parts, start=1):
        if part.structural:
            continue
        for code in {code for each in part.sets for code in each.cells}:
            at = int(found.pop(code).target.removeprefix(f"suspect-{number}-"))
            assert code in part.sets[at - 1].cells
            assert not any(code in each.cells for each in part.sets[: at - 1])
    moved = {code for part in suspicion.parts if part.structural for code in part.structural.cells}
    assert {*found} <= moved


def test_a_number_that_may_stand_in_several_cells_is_no_single_culprit():
    cells = ("t3.new.natural", "t3.new.business")
    implied = dict.fromkeys(cells, 3)
    settled = SuspectSet("表三", cells, implied, None, 1, "", tuple((code,) for code in cells))
    part = PartSuspicion("表三", (), (settled,), False, None, True, ())
    assert not any(mark.tied for mark in marks((), Suspicion((part,))).values())
    open_part = replace(part, sets=(replace(settled, places=(cells,)),))
    assert all(mark.tied for mark in marks((), Suspicion((open_part,))).values())


def test_numbers_of_short_rows_are_marked_in_cells_that_show_no_figure(tmp_path):
    lost = {f"t3.{row}.nonprofit" for row in ("granted", "partial", "deny_1", "unable_1")}
    written = texts(VALUES | {"t3.unable_1.total": VALUES["t3.unable_1.total"] + 20})
    path = tmp_path / "short.txt"
    path.write_text(render(written, layout="skeleton", lost=lost), "utf-8")
    report = read_report(path, "short", 2022, None)
    found = marks((), suspect(report))
    assert "t3.unable_1.total" in found
    assert report.value("t3.unable_1.total") is None


def test_a_failed_finding_about_one_or_two_cells_leaves_a_small_mark():
    report = reported()
    found = warned(report, ("t3.new.total", "t3.carried_out.total"), severity="warning")
    made = marks([found], Suspicion())
    assert {*made} == {*found.rule.cells}
    assert made["t3.new.total"].lines == ("△",)
    assert made["t3.new.total"].target == f"finding-{found.id}"
    assert "提醒" in made["t3.new.total"].words
    error = replace(found, id="e" * 12, severity="error")
    both = marks([found, error], Suspicion())["t3.new.total"]
    assert both.words == "另有核验意见（错误等2条），见核验"
    assert both.target == f"finding-{'e' * 12}"


@pytest.mark.parametrize(
    "changes",
    [{"severity": "hint"}, {"waived": True}, {"cells": tuple(T3_CODES[:3])}, {"cells": ()}],
)
def test_hints_waived_findings_and_wide_ones_leave_no_mark(changes):
    report = reported()
    cells = changes.pop("cells", ("t3.new.total",))
    found = warned(report, cells, **{"severity": "warning", **changes})
    assert marks([found], Suspicion()) == {}


def test_a_suspect_cell_carries_no_second_mark():
    code = "t3.granted.natural"
    report = reported(**{code: VALUES[code] + 7})
    found = marks([warned(report, (code,), severity="error")], suspect(report))
    assert found[code].kind == "suspect"


def test_the_legend_counts_each_kind_and_is_silent_without_marks():
    assert legend([]) == ()
    code = "t4.review.total"
    (told,) = legend(marked(reported(**{code: VALUES[code] + 2})).values())
    assert told == "标“✗ 疑似”“几种之一”的5格，是几种可能之一，不认定哪一格有误；数字照录原文。"
