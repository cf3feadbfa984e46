"""One finding a rule: its id, its words, both sides with their numbers."""

import hashlib
import re
from dataclasses import replace

import pytest

from boards import VARIANTS, amounts, boards, by_rule, cells, flat, report
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
from nianbao.balance import balance_findings
from nianbao.findings import FINDING_FIELDS, check_beyond_balance, check_report, record
from nianbao.surroundings import ALONE

VALUES = figures(13, density=0.5)
REPORT = read(render(texts(VALUES)))
FOUND = findings(REPORT)


def damaged(code="t3.granted.business", by=4):
    return findings(read(render(texts(VALUES | {code: VALUES[code] + by}))))


def test_there_is_one_finding_for_each_rule_in_the_forms_order():
    found = [f.rule.id for f in check_report(REPORT) if f.balances]
    assert found == list(equations())


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


def found_in(variant, year, written=None):
    return by_rule(report(boards(written or amounts(variant), variant), year))


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_form_of_another_year_is_a_warning_that_stands_last(variant):
    own = 2020 if variant == "2019" else 2022
    assert "F-1" not in found_in(variant, own)
    found = found_in(variant, 2022 if variant == "2019" else 2020)
    assert list(found)[-1] == "F-1"
    row = record(found["F-1"])
    assert (row["severity"], row["status"], row["cells"]) == ("warning", "failed", [])
    assert (row["left"], row["right"], row["imbalance"]) == ("", "", "")
    assert row["message"] and row["basis"]
    assert not found["F-1"].balances


def test_the_form_of_another_year_can_be_waived():
    made = report(boards(amounts("2019"), "2019"), 2022)
    key = by_rule(made)["F-1"].id
    assert key == hashlib.sha256(b"F-1|test|2022|").hexdigest()[:12]
    waived = by_rule(replace(made, parameters={"waivers": [{"finding": key}]}))
    assert [name for name, f in waived.items() if f.waived] == ["F-1"]


@pytest.mark.parametrize(("variant", "terms"), [("2019", 20), ("2021", 22)])
def test_the_rule_of_outcomes_has_the_rows_of_its_own_form(variant, terms):
    found = found_in(variant, 2020 if variant == "2019" else 2022)
    for column in COLUMNS:
        assert len(found[f"T3-2:{column}"].rule.cells) == terms
    assert ("T3-3:other" in found) == (variant == "2019")
    assert ("T3-3:other_1" in found) == (variant == "2021")


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_wrong_figure_of_any_form_is_found_where_it_stands(variant):
    row = "other" if VARIANTS[variant][1] is VARIANTS["2019"][1] else "other_2"
    written = amounts(variant)
    code = f"t3.{row}.research"
    found = found_in(variant, 2020 if variant == "2019" else 2022, written | {code: "999"})
    failed = {name for name, f in found.items() if f.status == "failed"}
    assert failed == {"T3-2:research", f"T3-3:{row}"}


def test_blank_totals_of_2019_do_not_fail_where_they_are_forced():
    written = amounts("2019")
    blank = [c for c in written if c.startswith("t3.") and c.endswith(".total")][2:-2]
    found = found_in("2019", 2020, written | dict.fromkeys(blank, ""))
    assert {f.status for f in found.values()} == {"passed"}
    assert found["T3-3:granted"].implied == ("t3.granted.total",)


def with_sum(more=0, blank=()):
    written = amounts()
    parts = [f"deny_{i}" for i in range(1, 9)]
    sums = [str(sum(int(written[f"t3.{r}.{c}"]) for r in parts) + more) for c in COLUMNS]
    tables = boards(written | dict.fromkeys(blank, ""))
    rows = flat(tables[3])
    tables[3] = [*rows[:15], cells("", "", "小计", *sums), *rows[15:]]
    return report(tables)


def test_an_added_sum_has_a_finding_of_its_own_after_the_rules():
    found = by_rule(with_sum())
    assert list(found)[:42] == list(equations())
    assert list(found)[42:] == [f"T3-6:deny:{column}" for column in COLUMNS]
    for column in COLUMNS:
        finding = found[f"T3-6:deny:{column}"]
        row = record(finding)
        assert row["cells"] == [f"t3.deny_{i}.{column}" for i in range(1, 9)]
        name = f"{row['rule']}|test|2022|{' '.join(row['cells'])}"
        assert row["id"] == hashlib.sha256(name.encode()).hexdigest()[:12]
        assert row["left"] == row["right"]


def test_a_wrong_added_sum_is_a_hard_failure_with_both_sides():
    row = record(by_rule(with_sum(more=-2))["T3-6:deny:legal"])
    assert (row["severity"], row["status"], row["imbalance"]) == ("error", "failed", "-2")
    assert int(row["left"]) + 2 == int(row["right"])
    assert "少2" in row["message"]


def test_an_added_sum_never_tells_what_a_blank_must_be():
    """The sum of the office is checked, and proves nothing."""
    blank = [f"t3.deny_{i}.{c}" for i in (1, 2) for c in ("natural", "business")]
    made = with_sum(blank=blank)
    assert not set(blank) & set(made.implied)
    assert by_rule(made)["T3-6:deny:natural"].status == "undecided"


def test_the_balance_rules_and_all_others_make_up_the_findings():
    damage = {"t3.granted.business": "", "t3.new.natural": VALUES["t3.new.natural"] + 1}
    for made in (REPORT, read(render(texts(VALUES | damage)))):
        balance = balance_findings(made)
        others = check_beyond_balance(made, ALONE, [found.outcome for found in balance])
        assert check_report(made) == (*balance, *others)
        assert balance and others
