"""Title, sections and sub-headings in the prose."""

import pytest

from builders import TITLES, figures, render, texts
from nianbao.documents.plain.text import read_text
from nianbao.forms import load_form
from nianbao.outline import sections_of, title_of

FORM = load_form("2021")
TEXT = render(texts(figures(1)))
ALIASES = [
    (1, "政府信息公开工作总体情况"),
    (1, "2022年政务公开总体情况"),
    (1, "2022年度政府信息公开工作总体情况"),
    (1, "政府信息公开总体情况"),
    (1, "概述"),
    (1, "基本情况"),
    (2, "主动公开情况"),
    (2, "政府信息主动公开情况"),
    (2, "行政机关主动公开政府信息情况"),
    (3, "行政机关收到和处理政府信息公开申请情况"),
    (3, "依申请公开情况"),
    (3, "依申请公开政府信息情况"),
    (4, "因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    (4, "因政府信息公开工作被申请行政复议提起行政诉讼情况"),
    (4, "行政复议和行政诉讼情况"),
    (4, "政府信息公开行政复议及行政诉讼情况"),
    (4, "政府信息公开行政复议诉讼情况"),
    (5, "存在问题及改进情况"),
    (5, "政府信息公开工作存在的主要问题及改进情况"),
    (5, "存在的主要问题和改进措施"),
    (5, "工作中存在的主要问题和改进情况"),
    (5, "主要问题及改进措施"),
    (6, "其它需要报告的事项"),
    (6, "其他报告事项"),
    (6, "其他需要汇报事项"),
    (6, "需要报告的其他事项"),
]


def outline(text):
    return sections_of(read_text(text.encode(), "a.txt"), FORM)


def numbers(text):
    return [section.number for section in outline(text) if section.number]


def test_the_six_sections_are_found_in_order_with_their_paragraphs():
    sections = {s.number: s for s in outline(TEXT)}
    assert [n for n in sections if n] == [1, 2, 3, 4, 5, 6]
    assert {n: s.title for n, s in sections.items()} == TITLES
    assert [(p.text, p.level) for p in sections[1].paragraphs] == [
        ("2022年，本机关认真做好政府信息公开工作。", 0),
        ("（一）主动公开情况", 3),
        ("全年主动公开政府信息若干条。", 0),
    ]
    assert len(sections[5].paragraphs) == len(sections[6].paragraphs) == 1


def test_what_stands_before_section_one_is_kept_without_a_number():
    opening = outline(TEXT.replace(TITLES[1], "根据条例编制本报告。\n" + TITLES[1]))[0]
    assert (opening.number, opening.paragraphs[0].text) == (None, "根据条例编制本报告。")


@pytest.mark.parametrize(("number", "alias"), ALIASES)
def test_a_title_seen_in_real_reports_opens_its_section(number, alias):
    written = TITLES[number][:2] + alias
    assert numbers(TEXT.replace(TITLES[number], written)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("numeral", ["一、 ", "一．", "1、 ", "1.", "（一）", ""])
def test_a_faulty_numbering_seen_in_real_reports_still_opens_section_one(numeral):
    assert numbers(TEXT.replace(TITLES[1], numeral + "总体情况")) == [1, 2, 3, 4, 5, 6]


def test_sections_all_numbered_in_brackets_are_found():
    text = TEXT.replace("（一）主动公开情况\n", "")
    for title in TITLES.values():
        text = text.replace(title, f"（{title[0]}）{title[2:]}")
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_a_skipped_number_is_only_a_hint():
    text = TEXT.replace(TITLES[5], "六、" + TITLES[5][2:])
    text = text.replace(TITLES[6], "七、" + TITLES[6][2:])
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_a_sub_heading_named_like_a_section_does_not_open_it():
    assert numbers(TEXT) == [1, 2, 3, 4, 5, 6]
    assert next(s for s in outline(TEXT) if s.number == 2).title == TITLES[2]


def test_a_sub_heading_numbered_like_a_section_does_not_swallow_the_next_one():
    """Inside section one: 二、依申请公开情况, whose words fit section three and number two."""
    text = TEXT.replace("（一）主动公开情况", "二、依申请公开情况")
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_a_title_repeated_as_a_caption_opens_no_second_section():
    text = TEXT.replace(TITLES[3], TITLES[3] + "\n" + TITLES[3])
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_the_title_is_the_line_that_says_so():
    text = "〔2023〕5号\n测试局2022年政府信息公开工作\n测试局2022年度政府信息公开工作年度报告\n"
    assert title_of(read_text(text.encode(), "a.txt")) == "测试局2022年度政府信息公开工作年度报告"


def test_a_title_broken_within_a_word_is_joined():
    """Regression: the first sentence that spoke of a 年度报告 became the title."""
    prose = "一、总体情况\n根据《中华人民共和国政府信息公开条例》，现公布2022年度报告。\n"
    for title in (
        "测试局2022年政府信息公开工作年度\n报告\n",
        "测试局2022年政府信息公开工作年\n度报告\n",
    ):
        found = title_of(read_text((title + prose).encode(), "a.txt"))
        assert found == title.replace("\n", "")


def test_a_document_of_tables_alone_has_no_title():
    assert title_of(read_text(b"a\tb\n", "a.txt")) == ""


def test_prose_that_only_mentions_a_title_opens_nothing():
    text = TEXT.replace(
        "全年主动公开政府信息若干条。", "五、存在的主要问题及改进情况将在下文详述，此处不再赘述。"
    )
    assert numbers(text) == [1, 2, 3, 4, 5, 6]


def test_the_real_document_has_its_six_sections_with_their_paragraphs(real_report):
    sections = real_report.sections
    assert [s.number for s in sections] == [1, 2, 3, 4, 5, 6]
    assert [s.title for s in sections] == list(TITLES.values())
    assert [len(s.paragraphs) for s in sections] == [12, 0, 0, 0, 2, 4]
    starts = [[p.text[:4] for p in s.paragraphs] for s in sections]
    assert starts[4] == ["一是政府", "二是信息"]
    assert starts[5] == ["(一) ", "2022", "(二) ", "依据《政"]
    headings = [p.text for s in sections for p in s.paragraphs if p.level]
    assert headings == [
        "(四) 依申请公开办理工作",
        "(五) 政府信息资源的规范化、标准化管理",
        "(六) 政府信息公开平台建设",
        "(七) 政府信息公开监督保障及教育培训工作",
        "(一) 人大代表建议、政协委员提案公开答复情况",
        "(二) 政府信息公开信息处理费收取情况",
    ]


def test_no_word_of_the_real_documents_prose_is_lost(real_report, real_bytes):
    prose = [line.strip() for line in real_bytes.decode().split("\n") if "\t" not in line]
    kept = [real_report.title]
    for section in real_report.sections:
        kept += [section.title, *(p.text for p in section.paragraphs)]
    assert kept == [line for line in prose if line]
