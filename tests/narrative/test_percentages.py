"""Shares and growth are recomputed as printed, from every denominator that may be meant."""

import pytest

from nianbao.narrative import Base, percentages


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("收到申请32件，其中网上26件，占81.3%。", True),
        ("收到申请30件，其中网上20件，占66.6%。", None),
        ("收到申请32件，其中网上26件，占71.3%。", False),
        ("网上26件，占81%；信函6件，占19%。", True),
        ("收到申请32件，较上年减少8件，下降20%。", True),
        ("收到申请32件，比2022年的25件增长28%。", True),
        ("收到申请32件，比2022年的25件增长35%。", False),
    ],
)
def test_a_share_or_growth_is_what_the_numbers_give(text, holds):
    assert [share.holds for share in percentages(text, None, 2023)][:1] == [holds]


def test_a_share_may_be_of_a_total_that_only_the_tables_give():
    (share,) = percentages("予以公开12件，占36.4%。", Base(done=(33,)))
    assert (share.holds, share.numerator, share.denominator) == (True, 12, 33)


def test_last_years_report_gives_the_earlier_number():
    (share,) = percentages("新收申请32件，同比增长28%。", Base(previous=((32, 25),)))
    assert (share.holds, share.numerator, share.denominator, share.growth) == (True, 7, 25, True)


@pytest.mark.parametrize(
    "text",
    [
        "办结率100%，满意率99.5%。",
        "受理32件，答复30件，按期答复率100%。",
        "考核中政务公开占4%。",
        "访问量12.8万人次，同比增长15.3%。",
        "收到申请32件，同比增长28%。",
        "约30件，占40%。",
    ],
)
def test_what_cannot_be_recomputed_is_left_alone(text):
    assert percentages(text, None, 2023) == []
