import re

from builders import figures, read, render, texts
from nianbao.findings import check_report
from nianbao.summary import tiles, title, year_in_figures


def by_label(report):
    return {tile.label: tile for tile in tiles(report)}


def test_the_figures_of_the_real_document(real_report):
    shown = {tile.label: (tile.shown + tile.unit, tile.line) for tile in tiles(real_report)}
    assert shown == {
        "本年新收申请": ("32件", "全部来自自然人"),
        "办理完毕": ("32件", "本年度办理结果总计"),
        "公开与部分公开": ("1件", "予以公开1件，部分公开0件"),
        "结转下年度": ("0件", "应办理的申请全部办结"),
        "行政复议": ("1件", "纠正1件"),
        "行政诉讼": ("0件", "全年没有案件"),
        "现行有效规范性文件": ("10件", "本年制发2件，废止3件"),
        "行政许可决定": ("1,927,308件", "行政处罚444,354件，行政强制7,553件"),
    }
    assert [t.label for t in tiles(real_report) if t.inferred] == ["公开与部分公开"]


def test_every_figure_is_computed_from_the_cells():
    values = figures(11, density=0.8, high=900)
    found = by_label(read(render(texts(values))))
    assert found["行政诉讼"].number == values["t4.direct.total"] + values["t4.after.total"]
    disclosed = values["t3.granted.total"] + values["t3.partial.total"]
    assert found["公开与部分公开"].number == disclosed
    natural, total = values["t3.new.natural"], values["t3.new.total"]
    assert found["本年新收申请"].line == f"自然人{natural:,}件，法人或其他组织{total - natural:,}件"


def test_a_blank_makes_a_figure_unknown_and_not_zero():
    written = texts(figures(4)) | {"t4.direct.total": "", "t2.normative_docs.in_force": "/"}
    found = by_label(read(render(written)))
    for label in ("行政诉讼", "现行有效规范性文件"):
        assert (found[label].shown, found[label].unit) == ("未知", "")


def test_the_sentence_says_the_four_sides_of_the_balance(real_report):
    assert year_in_figures(real_report).text == (
        "2022年，洛阳市公安局新收政府信息公开申请32件，上年结转0件；"
        "办理完毕32件，结转下年度继续办理0件。"
    )


def test_the_title_block_links_its_verdict_to_the_details(real_report):
    html = title(real_report, check_report(real_report)).html
    assert re.search(r"<h1>洛阳市公安局<br>2022年政府信息公开工作年度报告</h1>", html)
    assert '<a href="#verification"><span class="sign">✓</span> 42条勾稽关系全部成立</a>' in html
    assert real_report.sha256 in html
    assert "2022年1月1日—2022年12月31日" in html
