import re
from dataclasses import replace

from nianbao.prose import opening, section
from nianbao.report import Paragraph, Section


def test_paragraphs_are_shown_unchanged_and_in_order(real_report):
    html = section(real_report, 1).html
    words = re.sub(r"<[^>]+>|\n", "", html)
    assert words == "".join(p.text for p in real_report.section(1).paragraphs)


def test_sub_headings_are_headings_and_run_in_ones_are_leads(real_report):
    html = section(real_report, 1).html
    assert "<h3>(四) 依申请公开办理工作</h3>" in html
    assert '<p><span class="lead">(一) 网站公开情况。</span>2022年' in html


def test_a_script_in_a_report_stays_text(real_report):
    evil = Section(1, "一、总体情况", (Paragraph("<script>alert(1)</script>"),))
    html = section(replace(real_report, sections=(evil,)), 1).html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html


def test_a_missing_section_is_said_to_be_missing(real_report):
    html = section(replace(real_report, sections=()), 5).html
    assert "没有找到这一部分" in html


def test_a_section_of_tables_alone_needs_no_words(real_report):
    assert section(real_report, 3).html == ""


def test_an_altered_title_is_shown_as_it_was(real_report):
    altered = Section(5, "五、工作中的不足", (Paragraph("一是不足。"),))
    assert "原题：五、工作中的不足" in section(replace(real_report, sections=(altered,)), 5).html


def test_words_before_the_first_section_are_kept(real_report):
    preface = Section(None, "前言", (Paragraph("根据条例编制本报告。"),))
    shown = opening(replace(real_report, sections=(preface, *real_report.sections)))
    assert "<p>根据条例编制本报告。</p>" in shown.html
    assert opening(real_report).html == ""
