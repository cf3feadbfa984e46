import re
from pathlib import Path

import pytest

from builders import figures, read, render, texts
from nianbao.notice import notice
from nianbao.notice.unreadable import office
from notice.said import damaged, say, with_note

CLEAN = damaged()
INWARD = re.compile("未知|按“无法读取”处理|源文件|逐格读取|短行|不等于0|读取和显示|params")
SOURCES = Path(__file__).parents[2] / "src" / "nianbao"


def written(**cells):
    values = texts(figures(5, density=0.9))
    return read(render(values | {name.replace("__", "."): text for name, text in cells.items()}))


def texts_of(made):
    return "\n".join(
        [line for item in made.items for line in (*item.place, *item.found, *item.advice)]
        + list(made.hints)
    )


def test_an_unreadable_cell_has_to_be_supplied():
    made = notice(written(t3__granted__natural="约20"), [])
    (item,) = made.unread.items
    assert item.place[0] == "表三“（一）予以公开”行“自然人”列"
    assert item.found == ("写的是“约20”，不能读作数字（不是数字）。",)
    assert made.status == "returned"


def test_an_empty_cell_is_asked_about():
    made = notice(written(t4__direct__other="/"), [])
    (item,) = made.warnings.items
    assert item.found[0].startswith("没有填写数字：写作“/”，按勾稽关系推算为")


def test_many_empty_cells_are_one_question():
    cells = {f"t3__deny_{n}__business": "" for n in range(1, 9)}
    made = notice(written(**cells), [])
    (item,) = made.warnings.items
    assert item.found[0].startswith("表三有8格没有填写数字：按勾稽关系推算")
    assert not INWARD.search(texts_of(made))


def test_an_amount_in_yuan_is_asked_about():
    made = notice(written(t2__fees__amount_10k="251000元"), [])
    (item,) = made.warnings.items
    assert "25.1万元" in item.found[0] and "万元" in item.advice[0]


@pytest.mark.parametrize(
    "name",
    [
        "short-rows-and-a-wrong-number",
        "short-rows-with-two-fillings",
        "short-rows-with-one-filling",
        "blanks-that-nothing-forces",
        "blank-that-is-forced",
    ],
)
def test_no_fixture_brings_words_of_the_reading_into_the_letter(name):
    text = (Path(__file__).parents[1] / "fixtures" / f"{name}.txt").read_text("utf-8")
    made = notice(read(text), [])
    assert made.items or made.hints
    assert not INWARD.search(texts_of(made))


def test_what_the_rules_settle_needs_no_answer():
    text = (Path(__file__).parents[1] / "fixtures" / "short-rows-with-one-filling.txt").read_text(
        "utf-8"
    )
    made = notice(read(text), [])
    assert made.status == "clear"
    assert "只有一种填法" in made.hints[0]


@pytest.mark.parametrize(
    "message",
    [
        "某格：写有“1”，但源文件没有显示它只属于这一格（合并或被分页切断），列为未知。",
        "表三“甲”行在源文件中没有找到，各格列为未知。",
        "表三“甲”行在源文件中出现不止一次且数字不同，各格列为未知。",
        "表三“甲”行的列名或列序与法定格式不同，各格列为未知。",
        "表三“甲”行的数字可能被折成两行或被分页切断，各格列为未知。请对照原文。",
        "表三“甲”行的数字与列数对不上，无法确定各属哪一列，各格列为未知。",
        "源文件中没有找到表四“某表”，各格列为未知。请补充这张表。",
        "表三“甲”行写有“三件”，不能读作数字；它可能所在的格列为未知，勾稽关系推出的数不能代替它。",
    ],
)
def test_messages_of_the_reading_are_said_as_the_office_sees_them(message):
    said = office(message)
    assert not INWARD.search(said)
    assert said.endswith("。") and "；。" not in said and "，。" not in said
    assert not said.endswith("。。")


def test_the_words_of_every_message_are_known_to_the_tests():
    # The messages above are those of the source: a changed one has to be looked at again.
    source = (SOURCES / "notes" / "rows.py").read_text("utf-8")
    cells = (SOURCES / "notes" / "cells.py").read_text("utf-8")
    for words in ("列为未知。", "它可能所在的格列为未知，勾稽关系推出的数不能代替它。"):
        assert words in source + cells
    assert "，各格见逐格读取" in cells and "按勾稽关系只能是" in cells


def test_notes_about_the_project_are_left_out():
    report = with_note(CLEAN, "agency_unregistered", "warning", "params/agencies.csv 中没有……")
    assert notice(report, []).silent


def test_a_form_of_another_year_is_told_once():
    message = "2022年的报告用的是某格式；应使用另一格式。请填报机关改用应使用的格式。"
    report = with_note(CLEAN, "form_year", "warning", message)
    assert len(notice(report, []).items) == 1
    told = notice(report, [say("F-1", found="用的是某格式；应使用另一格式")])
    assert len(told.items) == 1


def test_an_error_note_that_is_not_known_is_still_told():
    made = notice(with_note(CLEAN, "new_kind", "error", "某处不清楚。"), [])
    (item,) = made.unread.items
    assert item.found == ("某处不清楚。",) and item.advice
    assert item.place == ("全文", "（报送文件第3行）")
