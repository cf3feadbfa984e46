"""Short rows beside a wrong number: what is suspect, and that nothing is placed or corrected."""

from pathlib import Path

import pytest

from nianbao import solve
from nianbao.findings import check_report
from nianbao.reading import read_report
from nianbao.suspects import suspect

REAL = Path(__file__).parents[1] / "data" / "raw" / "2022" / "luoyang-gaj.txt"

FIXTURE = Path(__file__).parent / "fixtures" / "short-rows-and-a-wrong-number.txt"
LABELS = {
    "new": "一、本年新收",
    "granted": "予以公开",
    "unable_1": "不掌握相关政府信息",
    "refuse_5": "重新出具",
    "other_3": "3.其他\t",
    "total": "总计\t\t",
    "deny_1": "1.属于国家秘密",
    "carried_out": "四、结转下年度",
}


def report(tmp_path, *changes, source=REAL):
    """Read a document with some numbers changed: (row, which number from 0, what is written)."""
    lines = source.read_text(encoding="utf-8").split("\n")
    for row, place, written in changes:
        (at,) = (i for i, line in enumerate(lines) if LABELS[row] in line and "\t0\t" in line)
        cells = lines[at].split("\t")
        figures = [i for i, cell in enumerate(cells) if cell.isdigit()]
        cells[figures[place]] = written
        lines[at] = "\t".join(cells)
    path = tmp_path / "test.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_report(path, "test", 2022)


def test_the_wrong_number_of_a_whole_row_is_named_and_the_short_rows_are_placed_in_words_alone():
    read = read_report(FIXTURE, "test", 2022)
    found = suspect(read)
    (only,) = found.sets
    assert (only.cells, only.implied) == (("t3.new.natural",), {"t3.new.natural": 2})
    assert (only.explanation, only.rank, only.size) == ("一位数字有误", 1, 1)
    head, told = found.messages
    assert head.startswith("表三：短行与不平并存。有21行的数字少于列数")
    assert "只有一种" in head and "未改动原文，短行各格仍列为未知" in head
    assert told == (
        "表三“一、本年新收政府信息公开申请数量”行“自然人”列，原文为 5，若为 2（一位数字有误），"
        "则表三全部勾稽关系成立；这时短行的数字归位为："
        "“（一）予以公开”行“自然人”列 1、“总计”列 1，其余各列 0；"
        "“（四）无法提供 · 1.本机关不掌握相关政府信息”行“自然人”列 1、“总计”列 1，其余各列 0；"
        "其余19行短行各列均为 0"
    )
    assert found.localizable and found.structural is None


def test_nothing_is_placed_and_the_rules_over_short_rows_stay_undecided():
    read = read_report(FIXTURE, "test", 2022)
    suspect(read)
    short = {code for row in read.short_rows for code in row.codes}
    assert len(read.short_rows) == 21 and len(short) == 147
    assert {read.cells[code].state for code in short} == {"unknown"}
    assert read.implied == {}
    balances = [finding for finding in check_report(read) if finding.balances]
    touched = [finding for finding in balances if not short.isdisjoint(finding.rule.cells)]
    assert len(touched) == 28 and {finding.status for finding in touched} == {"undecided"}


def test_the_rows_are_kept_in_order_with_their_cells_and_their_place_in_the_source(tmp_path):
    rows = report(tmp_path, ("new", 0, "33")).short_rows
    row = next(row for row in rows if row.codes[0] == "t3.unable_1.natural")
    assert (row.values, row.origin) == ((27, 0, 0, 0, 0, 27), "第66行")
    assert row.codes[-1] == "t3.unable_1.total" and len(row.codes) == 7


def test_rows_that_could_be_placed_are_not_kept(real_report):
    assert real_report.short_rows == ()
    assert suspect(real_report).parts == ()


def test_at_the_limit_nothing_is_known_to_be_wrong(tmp_path, monkeypatch):
    monkeypatch.setattr(solve, "_EFFORT", 0.0)
    read = report(tmp_path, ("unable_1", 0, "28"))
    assert "short_rows_limit" in {note.code for note in read.notes}
    assert read.short_rows == ()


@pytest.mark.parametrize(
    ("row", "place", "written", "cell", "value"),
    [
        ("new", 0, "23", "natural", 32),
        ("new", 6, "31", "total", 32),
        ("total", 0, "33", "natural", 32),
        ("total", 6, "320", "total", 32),
        ("carried_out", 2, "1", "research", 0),
    ],
)
def test_a_wrong_number_of_a_whole_row_is_its_cell(tmp_path, row, place, written, cell, value):
    (only,) = suspect(report(tmp_path, (row, place, written))).sets
    assert only.cells == (f"t3.{row}.{cell}",)
    assert only.implied == {only.cells[0]: value}
    assert only.places == (only.cells,)


@pytest.mark.parametrize(
    ("row", "place", "written", "figures"),
    [
        ("unable_1", 0, "28", {"natural": 27, "business": 0}),
        ("unable_1", 5, "72", {"other": 0, "total": 27}),
        ("granted", 2, "1", {"research": 0, "nonprofit": 0}),
        ("refuse_5", 0, "2", {"natural": 1, "business": 0}),
        ("other_3", 5, "30", {"other": 0, "total": 3}),
        ("deny_1", 5, "1", {"other": 0, "total": 0}),
    ],
)
def test_a_wrong_number_of_a_short_row_is_named_by_its_row(tmp_path, row, place, written, figures):
    """Its column is not settled: every one in which some filling has it is given."""
    found = suspect(report(tmp_path, (row, place, written)))
    (only,) = found.sets
    assert only.implied == {f"t3.{row}.{column}": value for column, value in figures.items()}
    assert only.cells == tuple(only.implied) and only.places == (only.cells,) and only.size == 1
    assert f"的第{place + 1}个数，原文为 {written}，" in only.message
    assert "应有7个数，只有6个：" in only.message


def test_what_a_number_would_have_to_be_is_told_for_each_column_the_likelier_first(tmp_path):
    (only,) = suspect(report(tmp_path, ("unable_1", 5, "72"))).sets
    assert only.explanation == "相邻两位数字颠倒"
    assert (
        "行（应有7个数，只有6个：27、0、0、0、0、72）的第6个数，原文为 72，"
        "若在“总计”列则为 27（相邻两位数字颠倒），若在“其他”列则为 0，则表三"
    ) in only.message
    assert "相关政府信息”行“自然人”列 27、“总计”列 27，其余各列 0；" in only.message


def test_columns_that_cannot_be_told_apart_are_said_to_be(tmp_path):
    (only,) = suspect(report(tmp_path, ("granted", 2, "1"))).sets
    assert (
        "若为 0（一位数字有误）（可能在“科研机构”列或“社会公益组织”列，不能区分）" in only.message
    )


def test_two_wrong_numbers_are_one_set(tmp_path):
    found = suspect(report(tmp_path, ("unable_1", 0, "28"), ("new", 1, "4")))
    sizes = {each.size for each in found.sets}
    assert sizes == {2} and "至少有2个数有误" in found.messages[0]
    places = {frozenset(each.places) for each in found.sets}
    unable = ("t3.unable_1.natural", "t3.unable_1.business")
    assert frozenset({("t3.new.business",), unable}) in places
    assert "2个数都改，则表三" in found.sets[0].message


def test_a_row_with_something_illegible_stays_out_and_that_is_said(tmp_path):
    read = report(tmp_path, ("granted", 0, "1?"), ("new", 0, "33"))
    assert len(read.short_rows) == 20
    found = suspect(read)
    assert found.sets[0].cells == ("t3.new.natural",)
    assert "另有1行未能读出，未参与核对" in found.messages[0]


def test_where_only_an_illegible_row_speaks_against_the_rules_nothing_is_localized(tmp_path):
    read = report(tmp_path, ("granted", 1, "一"), ("granted", 0, "9"))
    found = suspect(read)
    assert len(read.short_rows) == 20 and found.sets == () and not found.localizable
    (told,) = found.messages
    assert told.endswith("不看另外1行未能读出的数，其余各数可以归位。请先核对这1行。")


def test_a_short_line_of_table_four_ties_its_blocks(tmp_path):
    text = REAL.read_text(encoding="utf-8").replace(
        "0\t1\t0\t0\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0", "0\t1\t0\t0\t3\t0\t0\t0\t0\t0\t0\t0\t0\t9"
    )
    path = tmp_path / "test.txt"
    path.write_text(text, encoding="utf-8")
    found = suspect(read_report(path, "test", 2022))
    (part,) = found.parts
    assert part.part == "表四" and part.sets
    assert "表四数字行（应有15个数，只有14个：" in part.sets[0].message
    assert all(code.startswith("t4.") for each in part.sets for code in each.cells)


def test_the_record_is_as_the_contract_of_check_says(tmp_path):
    record = suspect(report(tmp_path, ("unable_1", 0, "28"))).record()
    assert record == {
        "suspects": [
            {
                "cells": ["t3.unable_1.natural", "t3.unable_1.business"],
                "implied": {"t3.unable_1.natural": 27, "t3.unable_1.business": 0},
                "explanation": "一位数字有误",
                "rank": 1,
            }
        ],
        "structural": None,
        "localizable": True,
    }
