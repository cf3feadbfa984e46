"""Numbers in prose: what counts, its value, unit and exactness; what does not count."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.narrative import quantities
from nianbao.narrative.numerals import chinese

READ = [
    ("发布信息872条", 872, "条"),
    ("发布 872 条", 872, "条"),
    ("阅读4.5万次", 45000, "次"),
    ("播放1亿2000万次", 120000000, "次"),
    ("编印1万2300份", 12300, "份"),
    ("点击3.6亿人次", 360000000, "人次"),
    ("许可1,927,308件", 1927308, "件"),
    ("许可2，045件", 2045, "件"),
    ("来信３２件", 32, "件"),
    ("办理三十二件", 32, "件"),
    ("办理两件", 2, "件"),
    ("召开十二次", 12, "次"),
    ("留言一千零五条", 1005, "条"),
    ("发放三万份", 30000, "份"),
    ("收费0元", 0, "元"),
    ("收费10.5元", Decimal("10.5"), "元"),
    ("收费1.2万元", 12000, "元"),
    ("占48.2％", Decimal("48.2"), "%"),
    ("占百分之五十", 50, "%"),
    ("提高3个百分点", 3, "个百分点"),
    ("主办25、协办", 25, ""),
]

APPROXIMATE = [
    "约30件", "近五十件", "超过100件", "逾3万次", "不少于5件", "100余件", "三十多件", "30多万条",
    "20件以上", "20件左右", "数十件", "上百条", "3-5件", "3至5件", "十几件",
]  # fmt: skip

UNCOUNTED = [
    "2022年", "3月5日", "20日内", "5个工作日", "3个月", "第3条", "第三十六条", "第三、四条",
    "〔2019〕60号", "十五届五次会议", "24小时", "《关于3件事的通知》", "“最多跑一次”", "一件事",
    "统一条目", "12345热线", "0379-63312", "2022-01-05", "t20230203", "5G网络", "3.0版", "条例",
    "三公经费", "一是加强", "1,23件以外的编号12,3号", "9" * 40 + "件",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_reads_value_and_unit(text: str, value: int | Decimal, unit: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.value, quantity.unit, quantity.approximate) == (value, unit, False)
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize("text", APPROXIMATE)
def test_approximate_words_are_seen(text: str) -> None:
    assert [quantity.approximate for quantity in quantities(text)] == [True]


@pytest.mark.parametrize("text", UNCOUNTED)
def test_what_counts_nothing_is_left_out(text: str) -> None:
    assert quantities(text) == []


def test_whole_values_are_integers() -> None:
    (quantity,) = quantities("4.0件")
    assert type(quantity.value) is int


@pytest.mark.parametrize(
    ("text", "place"), [("4.5万条", 1000), ("1亿2000万次", 10000), ("45000条", 0), ("三万条", 0)]
)
def test_rounding_is_the_last_written_place(text: str, place: int) -> None:
    assert quantities(text)[0].rounding == place


@pytest.mark.parametrize(
    ("written", "value"),
    [("十", 10), ("二十", 20), ("一百一十", 110), ("三千零六", 3006), ("一万零五十", 10050)],
)
def test_chinese_numerals(written: str, value: int) -> None:
    assert chinese(written) == value


def test_digits_read_one_by_one_are_no_number() -> None:
    assert chinese("二二") is None


@given(st.integers(0, 10**9), st.sampled_from("件条篇次份"))
def test_any_count_is_read(count: int, unit: str) -> None:
    for written in (str(count), f"{count:,}"):
        (quantity,) = quantities(f"发布{written}{unit}")
        assert (quantity.value, quantity.unit) == (count, unit)


@pytest.mark.many
@given(
    st.text(alphabet="0123456789０３,，.。万亿百余约近第年月件条元%《》“”一二十两 \n") | st.text()
)
def test_never_raises_and_offsets_are_true(text: str) -> None:
    end = 0
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start >= end
        end = quantity.end
