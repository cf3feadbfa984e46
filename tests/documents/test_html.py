"""Web pages: their tables cell by cell, and everything that could make a figure a wrong one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import TABLES, TITLE, page, plain, report, statutory, table, unclosed, word
from statutory import expected, merges_of

from nianbao.documents.html import read_html
from nianbao.documents.html.markup import MAX_DEPTH
from nianbao.documents.structure import Line, Row
from nianbao.errors import UnreadableError
from nianbao.values import parse


def opened(content):
    return read_html(content.encode() if isinstance(content, str) else content, "a.html")


def rows(content):
    return [block for block in opened(content).blocks if isinstance(block, Row)]


def lines(content):
    return [line.text for line in opened(content).lines]


def cell(content):
    """Return the text of a cell that stands beside another one."""
    (row,) = rows(f"<table><tr><td>甲</td>{content}</table>")
    assert len(row.cells) == 2
    return row.cells[1]


REPORT = opened(page(report())).blocks


@pytest.mark.parametrize("write", [plain, word, unclosed])
@pytest.mark.parametrize("name", TABLES)
def test_every_cell_and_merge_of_the_statutory_tables_lands_in_its_place(name, write):
    spans, height, width = TABLES[name]
    found = rows(page(f"<div><center>{table(spans, write)}</center></div>"))
    texts, merges = expected(spans, height, width)
    assert [row.cells for row in found] == texts
    assert [merges_of(row) for row in found] == merges
    assert {row.grid for row in found} == {1}
    assert found[2].origin == "表格1第3行"


@pytest.mark.parametrize(
    "content",
    [
        report(statutory(word)),
        f"<div><p><font><b>{report()}",
        report().replace("</p>", ""),
        report().replace("<p>", "<P class='x' data-x=\"</p>\"><span>"),
        report().replace("<p>", "<p>&nbsp;&nbsp;\u3000").replace("</p>", "<!-- x --></p><p></p>"),
        report().replace("<p>", "<div>").replace("</p>", "<br></div>"),
        report().replace("<td>", "<td><script>document.write('9')</script>"),
        report().replace("<td>", "<td><span hidden>9</span><i style='DISPLAY : none'>9</i>"),
        report().replace("<td>", "<td><input type=hidden value=9><style>9</style>\u200b"),
        report()
        .replace("<table>", "<form><table border=1>")
        .replace("</table>", "</table></form>"),
        report().replace("<table>", "<table><colgroup><col><col></colgroup><thead>"),
        f"<table width=100%><tr><td><table><tr><td>{report()}</td></tr></table></td></tr></table>",
        f"<table><tr><td>首页</td></tr><tr><td>{report()}</td></tr></table>",
        f"<table hidden><tr><td>规章<td>9</table>{report()}<p style=display:none>9</p>",
        f"{report()}<template>{report()}</template><noscript>{report()}</noscript>",
        f"<form><select><option>规章<option>9</select><textarea>规章</textarea>{report()}</form>",
        f"<nav><ul><li>政府信息公开年度报告</ul></nav>{report()}<footer>版权所有：测试局</footer>",
        "<a href=1>首页</a> &gt; <a href=2>2022年度报告</a>"
        f"<ul>{'<li><a href=3>政府信息公开年度报告</a>' * 40}</ul>"
        f"{report()}<p>【打印】【关闭】</p><p>上一篇：<a href=1>2021年年度报告</a></p>"
        f"<ul>{'<li><a href=3>一、政府信息公开指南</a>' * 40}</ul><p>主办单位：测试市人民政府</p>",
        f"<p>来源：测试局</p><p>浏览次数：19</p>{report()}",
    ],
)
def test_the_same_report_is_read_however_its_page_is_made(content):
    assert opened(page(content)).blocks == REPORT


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<td>19<span style='font-size:9pt;vertical-align: SUPER'>[1]</span>", "19[¹]"),
        ("<td>19<sub>2</sub>", "19₂"),
        ("<td><del>1</del>9", "1\u03369"),
        ("<td><s>19</s>", "1\u03369\u0336"),
        ("<td><strike>19</strike><ins>20</ins>", "1\u03369\u033620"),
        ("<td><span style='text-decoration:underline line-through red'>1</span>", "1\u0336"),
        ("<td>12<br>7", "12\n7"),
        ("<td><p>12</p><p>7</p>", "12\n7"),
        ("<td><div>12</div>7", "12\n7"),
        ("<td><table><tr><td>12<td>7</table>", "12\n7"),
        ("<td><img src=a.png>", "\ufffc"),
        ("<td>1<img src=a.png>", "1\ufffc"),
        ("<td><input value=5>", "\ufffc"),
        ("<td><svg><text>5</text></svg>", "\ufffc"),
        ("<td>1<img src=a.png>件", "1\ufffc件"),
        ("<td style='text-decoration:line-through'>1", "1\u0336"),
        ("<td><div style='text-decoration:line-through'><p>1</div>", "1\u0336"),
        ("<td><span style=display:block>12</span><span style='display: block'>7</span>", "12\n7"),
        ("<td><span style=float:left>12</span><span style=position:absolute>7</span>", "12\n7"),
        ("<td>\u202e91", "\u202e91"),
    ],
)
def test_what_is_not_plainly_one_number_never_becomes_one(content, text):
    assert cell(content) == text
    assert parse(cell(content)).number is None
    assert parse(cell(content)).state == "unreadable"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<td><span>1</span><font>9</font><o:p></o:p>", "19"),
        ("<td>\n  19\n  ", "19"),
        ("<td>1\u200b9&nbsp;", "19"),
        ("<td>&#49;&#x39;", "19"),
        ("<td>&nbsp;\u3000\u200b<o:p>&nbsp;</o:p>", ""),
        ("<td>", ""),
        ("<td><img src=blank.gif width=1 height=1>", ""),
        ("<td><img src=icon.png>规章", "规章"),
        ("<td>商业<br/>企业", "商业\n企业"),
        ("<td>法律服\n      务机构", "法律服务机构"),
        ("<td><ruby>规<rp>(</rp><rt>gui</rt><rp>)</rp></ruby>章", "规章"),
        ("<td style='visibility:hidden'>9", ""),
        ("<td>19<sup>1</sup>", "19¹"),
        ("<td>19<span style='vertical-align:super'>１</span>", "19¹"),
        ("<td><s style='display:none'>8</s>9", "9"),
        ("<td><span style='display:none;display:inline'>9</span>", "9"),
        ("<td><ins>9</ins>", "9"),
        ("<td style='vertical-align:super'>9", "9"),
        ("<th>9", "9"),
    ],
)
def test_a_cell_shows_what_the_browser_shows(content, text):
    assert cell(content) == text


@pytest.mark.parametrize("span", ["0", "-3", "x", "", "１", "1.9", " 1", "+1px"])
def test_a_span_that_is_no_number_is_one(span):
    found = rows(f'<table><tr><td colspan="{span}">甲<td>乙<tr><td>丙<td>丁</table>')
    assert [row.cells for row in found] == [("甲", "乙"), ("丙", "丁")]


def test_huge_spans_are_cut_to_the_table():
    content = "<table><tr><td rowspan=65534>甲<td colspan=1000000>乙<tr><td>丙<td>丁</table>"
    first, second = rows(content)
    assert first.cells[:3] == ("甲", "乙", "")
    assert second.cells == ("", "丙", "丁")
    assert [row.merged(0).below for row in (first, second)] == [True, False]


def test_a_cell_ends_with_its_group_of_rows_and_the_foot_comes_last():
    content = (
        "<table><caption>表<br>一</caption><tfoot><tr><td>合计<td>3</tfoot>"
        "<thead><tr><td rowspan=9>项目<td>数量</thead><tbody><tr><td rowspan=0>甲<td>1<tr><td>2"
        "</table>"
    )
    document = opened(content)
    assert [b.text if isinstance(b, Line) else b.cells for b in document.blocks] == [
        "表",
        "一",
        ("项目", "数量"),
        ("甲", "1"),
        ("", "2"),
        ("合计", "3"),
    ]


def test_rows_in_which_cells_overlap_are_not_clear():
    found = rows(
        "<table><tr><td>甲<td rowspan=2>乙<td>丙<td>丁"
        "<tr><td colspan=2>5<td>6<td>7<tr><td>1<td>2<td>3<td>4</table>"
    )
    assert [bool(row.unclear) for row in found] == [False, True, False]


SPANS = st.lists(
    st.lists(st.tuples(st.integers(-1, 70), st.integers(-1, 70)), max_size=5), max_size=6
)


@given(SPANS)
def test_any_spans_are_laid_out_within_the_limits(spans):
    content = "".join(
        "<tr>" + "".join(plain("格", columns, depth) for columns, depth in row) for row in spans
    )
    for row in rows(f"<table>{content}</table>"):
        assert len(row.cells) <= 60
        assert set(row.cells) <= {"格", ""}


@st.composite
def tilings(draw):
    """Cut a rectangle into cells at random: a table without holes or overlaps."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 6))
    free = {(y, x) for y in range(height) for x in range(width)}
    spans = []
    for y in range(height):
        for x in range(width):
            if (y, x) not in free:
                continue
            right = down = 1
            while (y, x + right) in free and draw(st.booleans()):
                right += 1
            while y + down < height and draw(st.booleans()):
                if not all((y + down, x + i) in free for i in range(right)):
                    break
                down += 1
            free -= {(y + j, x + i) for j in range(down) for i in range(right)}
            spans.append((y, x, down, right, f"{y}行{x}列"))
    return spans, height, width


@given(tilings(), st.sampled_from([plain, word, unclosed]))
def test_any_well_formed_table_expands_as_it_was_drawn(tiling, write):
    spans, height, width = tiling
    texts, merges = expected(spans, height, width)
    found = rows(table(spans, write, height=height))
    assert [row.cells for row in found] == texts
    assert [merges_of(row) for row in found] == merges


def test_prose_is_cut_at_breaks_and_numbered():
    document = opened("<p>甲<br>乙\n A丙\n <b>丁</b><ul><li>戊<li>己</ul>散<h2>庚</h2>")
    assert document.blocks == tuple(
        Line(text, f"第{number}段")
        for number, text in enumerate(["甲", "乙 A丙丁", "戊", "己", "散", "庚"], start=1)
    )


def test_a_long_note_inside_a_table_of_figures_does_not_break_it_up():
    note = "说明" * 400
    figures = "<tr><td>规章<td>1<td>2<td>3" * 4
    assert len(rows(f"<table>{figures}<tr><td colspan=4>{note}</table>")) == 5


def test_a_layout_table_with_long_prose_is_flowed():
    prose = "公开" * 400
    assert lines(f"<table><tr><td>菜单<td><p>{prose}<p>乙。</table>") == ["菜单", prose, "乙。"]


def test_a_report_pasted_twice_comes_out_twice():
    once, twice = opened(page(report())), opened(page(report() + report()))
    assert len(twice.blocks) == 2 * len(once.blocks)
    assert {row.grid for row in rows(page(report() + report()))} == {1, 2, 3, 4, 5, 6}


def test_an_article_torn_apart_by_stray_tags_keeps_its_last_paragraph():
    torn = report().replace("<p>五、", "</div></div><p>五、").replace("<p>六、", "</div><p>六、")
    assert opened(page(f"<div><div>{torn}<div>版权所有</div>")).blocks == REPORT


def test_the_title_of_the_page_stands_in_where_the_article_has_none():
    without = report().replace(f"<h1>{TITLE}</h1>", "")
    assert lines(page(without))[0] == TITLE


def test_the_reports_own_links_and_single_linked_lines_stay():
    linked = report().replace(
        "<p>2022年，", "<p><a href=x>《条例》</a></p><p><a href=y>2022年</a>，"
    )
    assert "《条例》" in lines(page(linked))
    assert len(lines(page(linked))) == len(lines(page(report()))) + 1


def test_a_list_of_links_within_the_report_stays():
    listed = "".join(f"<li><a href={number}>规定{number}</a>" for number in range(9))
    linked = report().replace("<p>（一）", f"<ul>{listed}</ul><p>（一）")
    assert "规定8" in lines(page(linked))


def test_a_contents_list_of_links_is_no_section():
    listed = "".join(
        f"<li><a href=#{numeral}>{numeral}、总体情况</a>" for numeral in "一二三四五六"
    )
    assert opened(page(report().replace("</h1>", f"</h1><ul>{listed}</ul>"))).blocks == REPORT


def test_other_years_named_above_the_title_are_not_the_title():
    above = "<p>2020年政府信息公开工作年度报告<p>2021年政府信息公开工作年度报告<p>正文"
    assert opened(page(above + report())).blocks == REPORT


def test_an_agency_in_a_line_of_its_own_above_the_title_stays():
    above = "<p>首页<p>测试市人民政府"
    assert lines(page(above + report()))[:2] == ["测试市人民政府", TITLE]


def test_a_heading_in_the_last_section_does_not_end_the_report():
    more = "<p>（一）相关信息公开情况<p>甲。<p>（二）主办单位情况<p>乙。"
    found = lines(page(report() + more + "<p>相关链接<p>外<p>丙。"))
    assert found[-4:] == ["（一）相关信息公开情况", "甲。", "（二）主办单位情况", "乙。"]


def test_a_report_that_is_one_link_as_a_whole_is_kept():
    assert opened(page(f"<a href=x>{report()}</a>")).blocks == REPORT


def test_a_page_without_a_report_is_read_whole():
    content = "<nav><a href=1>首页</a></nav><p>甲<p>版权所有"
    assert lines(content) == ["首页", "甲", "版权所有"]


def test_tables_that_are_pictures_are_said_to_be_so():
    pictures = [f"<p><img src={number}.png width=600></p>" for number in range(3)]
    (remark,) = opened(page(report(pictures))).remarks
    assert remark.code == "pictures"
    assert "图片" in remark.message
    assert not opened(page(f"<img src=logo.png>{report()}<img src=code.png>")).remarks


@pytest.mark.parametrize("broken", ["</td>", "<tr>", "</table>", "</tbody>"])
def test_digits_that_broken_markup_drops_out_of_their_cell_are_not_lost_silently(broken):
    content = page(report().replace("<td>2709</td>", f"<td>27{broken}09</td>", 1))
    (remark,) = opened(content).remarks
    assert remark.code == "loose_figures"
    assert "“09”" in remark.message
    assert any(line.text == "09" and line.origin == remark.origin for line in opened(content).lines)


def test_rows_beyond_the_limit_are_said_to_be_missing():
    document = opened("<table>" + "<tr><td>甲<td>1" * 501 + "</table>")
    assert [remark.code for remark in document.remarks] == ["table_cut"]


def test_damaged_bytes_stay_visible_in_their_cell_and_are_counted():
    content = page(report()).encode().replace(b"<td>201</td>", b"<td>2\xff1</td>")
    document = opened(content)
    assert [remark.code for remark in document.remarks] == ["decoding_gaps"]
    assert "2\ufffd1" in {cell for row in rows(content) for cell in row.cells}


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 100_000,
        "<b>" * 100_000 + "甲",
        "<p>甲" * 200_000,
        "".join(f"<p><font size={size}>甲" for size in range(80_000)),
        "<table><tr><td>" * 11,
        f"<p {' '.join(f'a{number}' for number in range(40_000))}>",
        f"<p>{'字' * 200_001}",
        "<" * 700_000,
        "<script></script></div>" * 20_000 + "<div><!--</div>--><p title='</div>'>" * 20_000,
    ],
)
def test_bombs_are_refused_in_time(content):
    start = time.monotonic()
    try:
        opened(content)
    except UnreadableError as error:
        assert str(error).startswith("a.html：")
        assert str(error).endswith("。")
    assert time.monotonic() - start < 20


def test_nesting_within_the_limit_is_read():
    assert lines("<div>" * (MAX_DEPTH - 1) + "甲") == ["甲"]
    assert lines("<p><span><font>甲" * 3000) == ["甲"] * 3000


MARKS = """
<table> <tr> <td> </td> </table> <p> </p> <div> </div> <s> <sup> </sup> <br> <nav> </nav> <caption>
<tfoot> <li> <!-- --> <script> </script> <title> <svg> <select> <img> &nbsp; < " 12 一、总体情况
2022年年度报告 自然人 总计
"""
SCRAPS = [*MARKS.split(), "<a href=x>", "<td rowspan=3>", "<td colspan=9>", "\0"]


@given(st.lists(st.sampled_from(SCRAPS), max_size=60))
def test_any_soup_of_tags_raises_nothing_but_the_projects_own_error(scraps):
    content = "".join(scraps)
    try:
        assert opened(content) == opened(content)
    except UnreadableError as error:
        assert str(error).startswith("a.html：")


@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing_but_the_projects_own_error(content):
    try:
        opened(content)
    except UnreadableError as error:
        assert str(error).startswith("a.html：")
