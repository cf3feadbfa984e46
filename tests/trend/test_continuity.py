"""Whether the years join, and the one line that says so."""

from dataclasses import replace

import pytest

from nianbao.chapters import YEARS
from nianbao.standing import Failure, Tally
from nianbao.trend.continuity import continuity
from nianbao.trend.joints import joints, remarks


def failure(severity="error", rule="Y-1", chapter=YEARS.id, waived=False, number=1):
    return Failure(
        f"{number:012x}", rule, "规则", severity, waived, chapter, "表三“总计”列", "1 ≠ 2", "a"
    )


def with_failures(history, year, *failures):
    entry = history.entries[year]
    standing = entry.standing
    kept = tuple(t for t in standing.tallies if t.chapter != YEARS.id)
    tally = Tally("Y-1", "规则", "error", YEARS.id, passed=3, failed=len(failures))
    changed = replace(entry, standing=_changed(standing, failures=failures, tallies=(*kept, tally)))
    return replace(history, entries={**history.entries, year: changed})


def _changed(standing, **changes):
    fields = {name: getattr(standing, name) for name in standing.__struct_fields__}
    return type(standing)(**(fields | changes))


def verdict(history):
    return continuity(history, joints(history))


def test_years_that_join_are_said_to_join(sound):
    found = verdict(sound)
    assert (found.status, found.sign, found.headline) == ("passed", "✓", "各年衔接一致")
    assert found.detail == "核对42条跨年关系，全部成立"  # 14 of each of three pairs of years


def test_each_pair_of_years_counts_for_itself(torn):
    found = joints(torn)
    assert [joint.years for joint in found] == ["2021—2022年", "2022—2023年", "2023—2024年"]
    assert [joint.status for joint in found] == ["passed", "error", "warning"]
    assert [len(joint.failures) for joint in found] == [0, 3, 1]
    told = verdict(torn)
    assert (told.sign, told.headline) == ("✗", "2处不衔接，另有2处需要核对")
    assert told.detail == "核对42条跨年关系：4条不成立，38条成立"


def test_what_cannot_be_checked_never_counts_as_holding(gapped):
    found = joints(gapped)
    assert [joint.obstacle for joint in found] == [
        "缺2022年报告",
        "缺2022年报告",
        "2024年报告未能读取",
        "2024年报告未能读取",
    ]
    told = verdict(gapped)
    assert (told.status, told.sign) == ("undecided", "○")
    assert told.headline == "缺2022年报告、2024年报告未能读取，前后衔接无法核对"
    assert not told.detail


def test_the_first_year_is_not_held_against_the_year_before_it(sound):
    assert [joint.year for joint in joints(sound)] == [2022, 2023, 2024]
    assert sum(t.undecided for t in sound.entries[2021].standing.tallies if "Y-" in t.rule) > 0


def test_one_report_is_said_to_be_alone(alone, unread):
    assert verdict(alone).headline == "只有2022年一份报告，没有相邻年度可以核对"
    assert verdict(unread).headline == "没有可以读取的报告，无法核对"
    assert {verdict(alone).sign, verdict(unread).sign} == {"○"}


@pytest.mark.parametrize(
    ("failures", "sign", "headline"),
    [
        ([failure("hint")], "✓", "各年衔接一致"),
        ([failure("warning")], "△", "1处衔接需要核对"),
        ([failure(), failure("warning")], "✗", "1处不衔接，另有1处需要核对"),
        ([failure(waived=True)], "✗", "1处不衔接（已说明）"),
        ([failure(waived=True), failure()], "✗", "2处不衔接（其中1处已说明）"),
        ([failure("warning", waived=True)] * 2, "△", "2处衔接需要核对（均已说明）"),
    ],
)
def test_the_verdict_is_that_of_the_gravest_failure(sound, failures, sign, headline):
    told = verdict(with_failures(sound, 2023, *failures))
    assert (told.sign, told.headline) == (sign, headline)


def test_rules_that_cannot_be_decided_are_counted(sound):
    entry = sound.entries[2022]
    tally = Tally("Y-1", "规则", "error", YEARS.id, passed=3, undecided=4)
    standing = _changed(entry.standing, tallies=(tally,))
    history = replace(sound, entries={**sound.entries, 2022: replace(entry, standing=standing)})
    assert verdict(history).headline == "4条跨年关系无法判定"
    assert joints(history)[0].status == "undecided"


def test_nothing_checked_is_not_called_whole(sound):
    entries = {
        year: replace(entry, standing=_changed(entry.standing, tallies=()))
        for year, entry in sound.entries.items()
    }
    told = verdict(replace(sound, entries=entries))
    assert (told.sign, told.headline) == ("○", "没有可以核对的跨年关系")


def test_many_lacking_years_are_counted(tmp_path):
    from trend.histories import filed, reports

    found = reports(1, dict.fromkeys(range(2018, 2026), "2021"))
    history = filed(tmp_path, {2018: found[2018], 2025: found[2025]})
    assert verdict(history).headline == "6个年度没有可用的报告，前后衔接无法核对"


def test_other_remarks_on_the_year_before_are_no_joints(sound):
    jump = failure("hint", "Y-5", "check-plausibility", number=2)
    local = failure("error", "Y-99", "check-local", number=3)
    history = with_failures(sound, 2023, failure(), jump, local)
    assert remarks(history) == [(2023, jump)]
    assert joints(history)[1].failures == (failure(),)
