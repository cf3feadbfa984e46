"""What the six charts say, or which sentence stands in their place."""

import re

import pytest

from nianbao.charts import (
    Chart,
    applicants,
    balance,
    decisions,
    disputes,
    outcomes,
    publications,
)
from nianbao.fragments import Fragment

ALL = (balance, outcomes, applicants, publications, disputes, decisions)


def said(shown):
    assert isinstance(shown, Fragment)
    assert shown._repr_html_().startswith('<p class="chart-sentence">')
    return repr(shown)


def test_the_real_report(real_report):
    assert balance(real_report).title == "应办理的32件全部办结，两边相等"
    assert outcomes(real_report).title == (
        "32件办理结果中“无法提供：本机关不掌握相关政府信息”最多，27件，占84%"
    )
    assert said(applicants(real_report)) == "32件新收申请全部来自自然人。"
    assert publications(real_report).title == (
        "发布政府信息共872条，《警务资讯》栏目最多，420条，占48%"
    )
    assert "872=420+414+23+10+5" in publications(real_report).source
    assert said(disputes(real_report)) == "本年行政复议1件，结果纠正；没有行政诉讼。"
    assert decisions(real_report).title == (
        "行政许可最多，1,927,308件；行政处罚444,354件、行政强制7,553件"
    )


def test_a_large_report_is_drawn_in_full(large):
    assert balance(large).title == "应办理的2,100件中，2,046件办结，54件结转下年度，两边相等"
    assert outcomes(large).title == "2,046件办理结果中“予以公开”最多，800件，占39%"
    assert applicants(large).title == "2,000件新收申请中“自然人”最多，1,700件，占85%"
    assert disputes(large).title == "行政复议66件、行政诉讼9件；已审结的70件中14件被纠正"
    assert decisions(large).title == "行政处罚最多，250,000件；行政强制1,000件、行政许可903件"


def test_titles_and_alternative_texts_hold_the_numbers(large):
    for chart in (balance(large), outcomes(large)):
        assert "予以公开800件" in chart.alt
        assert chart.title in chart.alt
    assert "法人或其他组织：其他40件" in applicants(large).alt
    assert "没有行政诉讼·复议后起诉" in disputes(large).alt
    assert "行政许可903件" in decisions(large).alt


@pytest.mark.parametrize(
    ("figures", "title"),
    [
        ({"t3.carried_in.total": 2}, "新收与上年结转共34件，办理结果与结转下年度共32件，去向少2件"),
        (
            {"t3.carried_out.total": 3},
            "新收与上年结转共32件，办理结果与结转下年度共35件，去向多3件",
        ),
        ({"t3.new.total": 0}, "新收与上年结转共0件，办理结果与结转下年度共32件，去向多32件"),
        (
            {"t3.unable_1.total": 25},
            "新收与上年结转共32件，办理结果与结转下年度共30件，去向少2件"
            "（办理结果各项相加为30件，办理总计写为32件，两数不符，请核对原表）",
        ),
        (
            {"t3.total.total": 31},
            "应办理的32件全部办结，两边相等"
            "（办理结果各项相加为32件，办理总计写为31件，两数不符，请核对原表）",
        ),
    ],
)
def test_books_that_do_not_agree_are_said_not_to(altered, figures, title):
    assert balance(altered(figures)).title == title


def test_all_carried_over(altered, zeros, real_report):
    figures = dict.fromkeys(real_report.cells, 0)
    figures |= {"t3.new.total": 5, "t3.carried_out.total": 5}
    assert balance(altered(figures)).title == "应办理的5件全部结转下年度，两边相等"
    assert said(outcomes(altered(figures))) == "本年没有办理完毕的申请。"


def test_nothing_at_all_is_a_sentence(zeros):
    assert said(balance(zeros)) == "本年没有新收申请，也没有上年结转，没有需要办理的申请。"
    assert said(outcomes(zeros)) == "本年没有办理完毕的申请。"
    assert said(applicants(zeros)) == "本年没有新收申请。"
    assert said(disputes(zeros)) == "本年没有因政府信息公开被申请行政复议、提起行政诉讼。"
    assert said(decisions(zeros)) == "本年没有行政许可、行政处罚、行政强制的处理决定。"


def test_a_few_cases_are_a_sentence(altered, zeros, real_report):
    few = dict.fromkeys(real_report.cells, 0) | {
        "t3.new.natural": 2,
        "t3.new.business": 1,
        "t3.new.total": 3,
        "t3.granted.total": 1,
        "t3.deny_1.total": 2,
        "t3.total.total": 3,
        "t4.direct.upheld": 2,
        "t4.direct.total": 2,
        "t2.coercion.decisions": 4,
    }
    report = altered(few)
    assert said(balance(report)) == (
        "应办理共3件（本年新收3件），去向共3件（予以公开1件、不予公开2件），两边相等。"
    )
    assert said(outcomes(report)) == "本年办理结果共3件：不予公开：属于国家秘密2件、予以公开1件。"
    assert said(applicants(report)) == "本年新收申请3件：自然人2件、商业企业1件。"
    assert said(disputes(report)) == (
        "本年行政诉讼·未经复议直接起诉2件，均为结果维持；没有行政复议、行政诉讼·复议后起诉。"
    )
    assert (
        said(decisions(report)) == "本年处理决定：行政强制4件，没有行政许可、行政处罚的处理决定。"
    )


def test_one_kind_is_a_sentence(altered, zeros, real_report):
    none = dict.fromkeys(real_report.cells, 0)
    one = altered(none | {"t3.new.other": 1, "t3.new.total": 1})
    assert said(applicants(one)) == "1件新收申请来自法人或其他组织：其他。"
    same = altered(none | {"t3.deny_3.total": 40, "t3.total.total": 40})
    assert said(outcomes(same)) == "40件办理结果全部是“不予公开：危及‘三安全一稳定’”。"


UNKNOWN = {
    balance: ("t3.carried_in.total", "上年结转"),
    outcomes: ("t3.deny_3.total", "不予公开：危及‘三安全一稳定’"),
    applicants: ("t3.new.legal", "法律服务机构"),
    disputes: ("t4.after.pending", "行政诉讼·复议后起诉：尚未审结"),
    decisions: ("t2.coercion.decisions", "行政强制"),
}


@pytest.mark.parametrize(("draw", "unknown"), UNKNOWN.items())
@pytest.mark.parametrize("value", [None, -1])
def test_what_is_not_known_is_said_and_never_drawn_as_zero(altered, large, draw, unknown, value):
    code, name = unknown
    text = said(draw(altered({code: value})))
    assert f"“{name}”没有可用的数字" in text
    assert "请核对原表" in text
    assert not re.search(r"(?<!\d)0件", text)


def test_many_unknown_cells_are_counted(altered, real_report):
    text = said(disputes(altered(dict.fromkeys(real_report.cells, None))))
    assert "等12项没有可用的数字" in text


def test_the_stated_total_stands_for_outcomes_that_are_not_all_known(altered):
    chart = balance(altered({"t3.deny_3.total": None}))
    assert chart.title == "应办理的32件全部办结，两边相等"
    assert ("办理总计", "32") in chart.data.rows
    assert said(balance(altered({"t3.deny_3.total": None, "t3.total.total": None}))).startswith(
        "表三“总计”列中“办理总计”没有可用的数字"
    )


def test_shares_only_from_thirty_on(altered, real_report):
    some = altered({"t3.unable_1.total": 24, "t3.new.total": 29, "t3.total.total": 29})
    assert "%" not in repr(outcomes(some)) + str(outcomes(some).data)
    assert "%" in repr(outcomes(real_report))


def test_ties_are_told(altered):
    two = {"t3.granted.total": 27}
    assert "和“无法提供：本机关不掌握相关政府信息”并列最多，各27件" in outcomes(altered(two)).title
    same = {"t3.new.natural": 16, "t3.new.business": 16}
    assert applicants(altered(same)).title == "32件新收申请中2项一样多，各16件"
    level = {"t2.penalties.decisions": 7553, "t2.licences.decisions": 7553}
    assert decisions(altered(level)).title == "行政许可、行政处罚、行政强制一样多，各7,553件"
    top = {"t2.penalties.decisions": 100, "t2.licences.decisions": 100, "t2.coercion.decisions": 90}
    assert decisions(altered(top)).title == "行政许可和行政处罚最多，各100件；行政强制90件"


def test_parts_that_do_not_add_up_are_said_not_to(altered):
    claim = "总计写为40件，两数不符，请核对原表"
    assert claim in said(applicants(altered({"t3.new.total": 40})))
    assert "办理总计写为31件，两数不符" in outcomes(altered({"t3.total.total": 31})).subtitle
    assert "总计写为2件，两数不符" in said(disputes(altered({"t4.review.total": 2})))


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ({"pending": 9}, "均尚未审结"),
        ({"upheld": 9}, "已审结的9件中没有被纠正的"),
        ({"corrected": 9}, "已审结的9件全部被纠正"),
    ],
)
def test_disputes_of_one_result(altered, results, words):
    figures = {f"t4.review.{result}": 0 for result in ("upheld", "corrected", "other", "pending")}
    figures |= {f"t4.review.{result}": number for result, number in results.items()}
    chart = disputes(altered(figures | {"t4.review.total": 9}))
    assert chart.title == f"行政复议9件、没有行政诉讼；{words}"


def test_publications_take_the_first_whole_with_three_parts(telling):
    pair = "全年收到申请32件，其中网上26件、信函6件。"
    three = "网站共发布信息60条，其中要闻30条、公告20条、通知10条。"
    assert publications(telling(pair, three)).data.rows[0] == ("要闻", "30", "50%")
    assert publications(telling(pair)).data.rows[-1] == ("合计", "32", "100%")


@pytest.mark.parametrize(
    "text", ["本年工作平稳。", "网站共发布信息61条，其中要闻30条、公告20条、通知10条。"]
)
def test_no_publications_without_a_whole_that_adds_up(telling, text):
    assert publications(telling(text))._repr_html_() == ""


def test_no_publications_without_a_first_section(altered):
    assert publications(altered({}, sections=()))._repr_html_() == ""


def test_every_form_is_short_in_a_terminal(real_report, large, zeros):
    for report in (real_report, large, zeros):
        for draw in ALL:
            assert len(repr(draw(report))) < 120
            assert "\n" not in repr(draw(report))
    assert isinstance(balance(large), Chart)
