"""Which years there are, and how this is told."""

import pytest

from nianbao.forms import load_form
from nianbao.trend.presence import absence, filed, form_words, period, spans
from trend.histories import REGISTER, reports
from trend.histories import filed as made


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ([], ""),
        ([2021], "2021年"),
        ([2021, 2022], "2021—2022年"),
        ([2019, 2021, 2022, 2024], "2019年、2021—2022年、2024年"),
    ],
)
def test_years_that_follow_one_another_are_named_together(years, told):
    assert spans(years) == told


def test_the_period_names_what_is_lacking_and_why(sound, gapped, alone, unread):
    assert period(sound) == "2021—2024年，共4份报告"
    assert period(gapped) == "2021—2025年，共4份报告，缺2022年，2024年的报告未能读取"
    assert period(alone) == "2022年，共1份报告"
    assert period(unread) == "2021—2022年，共2份报告，2021—2022年的报告未能读取"


def test_a_year_without_duty_is_not_called_missing(tmp_path):
    register = REGISTER.replace(",,,,", ",,,2023,")
    found = reports(5, {2021: "2021", 2022: "2021", 2023: "2021"})
    history = made(tmp_path, {2021: found[2021], 2023: found[2023]}, register)
    assert absence(history, 2022) == "2022年无报告义务"
    assert "2022年无报告义务" in period(history)
    assert "缺2022年" not in period(history)
    assert filed(history) == [2021, 2023]


def test_every_lack_has_its_reason(gapped):
    told = {year: absence(gapped, year) for year in gapped.years}
    assert told == {
        2021: "",
        2022: "缺2022年报告",
        2023: "",
        2024: "2024年报告未能读取",
        2025: "",
    }


def test_a_mixture_of_forms_names_the_table_that_is_of_another_one():
    words = {key: form_words(load_form(key)) for key in ("2019", "2021", "2021+t2:2019")}
    assert words["2019"] == ("2019年格式", "")
    assert words["2021"] == ("2021年格式", "")
    assert words["2021+t2:2019"] == ("2021年格式", "表二用2019年格式")
    assert form_words(load_form("2021+t3:2019"))[1] == "表三用2019年格式"
