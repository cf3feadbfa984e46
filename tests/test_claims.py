"""What ``claims`` gives: the contract's shapes, offsets into the input, all kinds together."""

import json

from nianbao.claims import claims
from nianbao.documents.plain.encoding import decode
from nianbao.narrative.verdicts import verdicts

PARAGRAPH = (
    "2023年，本机关共收到政府信息公开申请12件，其中当面8件和网络8件。\n"
    "网络申请8件，占66.7%。2022年，我局认真贯彻落实条例。"
)


def test_the_json_has_the_keys_of_the_contract():
    data = json.loads(claims(PARAGRAPH, 2023).json())
    assert list(data) == ["sums", "statements", "percentages", "years"]
    place = {"text", "section", "start", "end"}
    assert set(data["sums"][0]) == {"whole", "parts", "unit", "exhaustive", "holds"} | place
    assert data["sums"][0]["parts"] == [
        {"value": 8, "label": "当面"},
        {"value": 8, "label": "网络"},
    ]
    assert set(data["statements"][0]) == {"readings", "matched", "value", "holds"} | place
    assert set(data["percentages"][0]) == {"value", "numerator", "denominator", "holds"} | place
    assert data["percentages"][0]["value"] == "66.7"
    assert set(data["years"][0]) == {"value", "expected", "holds"} | place


def test_a_paragraph_has_no_tables_and_its_offsets_are_its_own():
    found = claims(PARAGRAPH, 2023)
    assert [told.found.holds for told in found.statements] == [None]
    (total,) = found.sums
    assert total.found.broken
    for claim in (*found.sums, *found.statements, *found.percentages, *found.years):
        assert found.input == PARAGRAPH
        assert PARAGRAPH[claim.start : claim.end] == claim.text
        assert claim.section is None


def test_without_a_year_no_year_is_called_wrong():
    assert claims(PARAGRAPH).years == ()


def test_nothing_to_say_gives_empty_lists():
    assert claims("", 2023).record() == {
        "sums": [],
        "statements": [],
        "percentages": [],
        "years": [],
    }


def test_the_real_report_has_no_false_alarm_and_its_doubled_words(real_report, real_bytes):
    source = decode(real_bytes, "report.txt")
    for found in (claims(real_report, source=source), claims(real_report)):
        every = (*found.sums, *found.statements, *found.years, *found.fees, *found.repetitions)
        assert all(found.input[claim.start : claim.end] == claim.text for claim in every)
        assert not [claim for claim in found.sums if claim.found.broken]
        assert [claim.found.holds for claim in found.statements] == [True]
        assert all(year.found.holds for year in found.years)
        assert [twice.text for twice in found.repetitions] == ["安全管理安全管理"]
        assert [total.found.whole for total in found.sums] == [872, 45000, 32, 36]
        assert not found.remnants
    assert claims(real_report, source=source).input == source


def test_a_verdict_names_its_rule_and_the_words(real_report):
    told = verdicts(claims(real_report), real_report.form)
    assert {verdict.rule for verdict in told} == {"X-1", "X-7", "X-10", "X-13"}
    (doubled,) = [verdict for verdict in told if verdict.status == "failed"]
    assert (doubled.rule, doubled.severity) == ("X-13", "")  # as heavy as the catalogue says
    assert "安全管理" in doubled.message
    assert len({(verdict.rule, verdict.scope) for verdict in told}) == len(told)
