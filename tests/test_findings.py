"""One finding a rule: its id, its words, both sides with their numbers."""

import hashlib
import re
from dataclasses import replace

import pytest

from builders import (
    BLOCK_LABELS,
    COLUMN_LABELS,
    COLUMNS,
    ROW_LABELS,
    ROWS,
    equations,
    figures,
    findings,
    read,
    render,
    texts,
)
from nianbao.findings import FINDING_FIELDS, check_report, record

VALUES = figures(13, density=0.5)
REPORT = read(render(texts(VALUES)))
FOUND = findings(REPORT)


def damaged(code="t3.granted.business", by=4):
    return findings(read(render(texts(VALUES | {code: VALUES[code] + by}))))


def test_there_is_one_finding_for_each_rule_in_the_forms_order():
    assert [f.rule.id for f in check_report(REPORT)] == list(equations())


def test_an_id_is_the_hash_of_rule_agency_year_and_cells():
    for finding in FOUND.values():
        name = f"{finding.rule.id}|test|2022|{' '.join(finding.rule.cells)}"
        assert finding.id == hashlib.sha256(name.encode()).hexdigest()[:12]
    assert len({finding.id for finding in FOUND.values()}) == 42


def test_ids_of_the_real_document_are_these(real_report):
    ids = {f.rule.id: f.id for f in check_report(replace(real_report, agency="luoyang-gaj"))}
    cells = "t3.new.natural t3.carried_in.natural t3.total.natural t3.carried_out.natural"
    name = f"T3-1:natural|luoyang-gaj|2022|{cells}"
    assert ids["T3-1:natural"] == hashlib.sha256(name.encode()).hexdigest()[:12]


def test_ids_survive_another_reading_and_other_figures():
    assert {n: f.id for n, f in damaged().items()} == {n: f.id for n, f in FOUND.items()}


def test_ids_differ_between_agencies_and_years():
    other = {f.id for f in check_report(replace(REPORT, agency="other"))}
    later = {f.id for f in check_report(replace(REPORT, year=2023))}
    own = {f.id for f in FOUND.values()}
    assert not own & other and not own & later and not other & later


def test_a_record_has_the_fields_of_the_contract():
    for finding in damaged().values():
        row = record(finding)
        assert tuple(row) == FINDING_FIELDS
        assert row["cells"] == list(finding.rule.cells)
        assert row["severity"] == "error"
        assert row["status"] in ("passed", "failed", "undecided")
        assert row["waived"] is False
        assert row["basis"]


def test_sides_are_plain_decimals_and_imbalance_is_left_minus_right():
    row = record(damaged()["T3-3:granted"])
    assert re.fullmatch(r"\d+", row["left"]) and re.fullmatch(r"\d+", row["right"])
    assert int(row["imbalance"]) == int(row["left"]) - int(row["right"]) == -4


def test_sides_are_empty_where_a_rule_is_undecided():
    values = VALUES | {"t4.direct.total": 90}
    blank = dict.fromkeys(["t4.direct.upheld", "t4.direct.pending"], "")
    row = record(findings(read(render(texts(values) | blank)))["T4-2"])
    assert row["status"] == "undecided"
    assert (row["left"], row["right"], row["imbalance"]) == ("", "", "")


@pytest.mark.parametrize("code", ["t3.granted.business", "t3.total.natural", "t4.after.total"])
def test_a_failed_rule_names_both_sides_and_the_gap(code):
    for finding in damaged(code).values():
        if finding.status == "failed":
            assert "不成立" in finding.message
            gap = abs(finding.outcome.imbalance)
            assert f"{gap}" in finding.message
            assert f"{'多' if finding.outcome.imbalance > 0 else '少'}{gap}" in finding.message


def test_every_number_that_is_not_zero_stands_in_the_message():
    for name, (left, right) in equations().items():
        message = FOUND[name].message
        for code in (*left, *right):
            if VALUES[code]:
                assert re.search(rf" {VALUES[code]}(?!\d)", message), (name, code)


def test_a_column_is_named_in_the_official_words():
    for column, label in zip(COLUMNS, COLUMN_LABELS, strict=True):
        for rule in ("T3-1", "T3-2"):
            assert f"表三“{label}”列" in FOUND[f"{rule}:{column}"].message


def test_a_row_is_named_in_the_official_words():
    """Quotation marks inside quotation marks are single ones."""
    for row in ROWS:
        message = FOUND[f"T3-3:{row}"].message
        assert message.startswith("表三")
        assert re.sub("[“”‘’]", "", ROW_LABELS[row]) in re.sub("[“”‘’]", "", message)


def test_a_block_of_table_four_is_named_in_the_official_words():
    """Three blocks have a 总计: without its name nobody could tell which one failed."""
    for number, label in enumerate(BLOCK_LABELS, start=1):
        assert label in FOUND[f"T4-{number}"].message


def test_the_terms_of_the_printed_identity_are_named_with_their_numbers():
    for column in COLUMNS:
        message = FOUND[f"T3-1:{column}"].message
        names = {
            "new": "一、本年新收政府信息公开申请数量",
            "carried_in": "二、上年结转政府信息公开申请数量",
            "total": "（七）总计",
        }
        names["carried_out"] = "四、结转下年度继续办理"
        for row, name in names.items():
            assert f"{name} {VALUES[f't3.{row}.{column}']}" in message


def test_an_undecided_rule_names_the_cells_without_a_number():
    blank = dict.fromkeys(["t3.new.natural", "t3.new.business"], "")
    blank |= dict.fromkeys(["t3.carried_in.natural", "t3.carried_in.business"], "")
    found = findings(read(render(texts(VALUES) | blank)))
    finding = found["T3-3:new"]
    assert finding.status == "undecided"
    assert "自然人" in finding.message and "商业企业" in finding.message
    assert "（空白）" in finding.message


def test_a_waiver_marks_its_finding_and_no_other():
    key = FOUND["T4-1"].id
    waiver = {"finding": key, "who": "某", "when": "2023-02-01", "why": "已核"}
    report = replace(REPORT, parameters={"waivers": [waiver]})
    assert [f.rule.id for f in check_report(report) if f.waived] == ["T4-1"]


def test_a_rule_broken_beside_a_blank_in_the_same_table_is_not_hushed_up():
    """A blank that row and column want different: the contradiction must show somewhere."""
    printed = texts(VALUES | {"t3.refuse_2.total": VALUES["t3.refuse_2.total"] + 5})
    report = read(render(printed | {"t3.refuse_2.research": ""}))
    statuses = {name: f.status for name, f in findings(report).items()}
    assert "failed" in statuses.values() or any(n.severity == "error" for n in report.notes)
