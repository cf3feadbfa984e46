import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from nianbao.findings import check_report
from nianbao.reading import read_report
from nianbao.records import cells_csv, check_json, findings_csv, read_json
from nianbao.shelf import load

GOLDEN = Path(__file__).parent / "golden" / "2022" / "luoyang-gaj"


@pytest.fixture(scope="module")
def report():
    return load("luoyang-gaj", 2022)


def test_cells_of_the_real_document_are_the_golden_ones(report):
    assert cells_csv(report) == (GOLDEN / "cells.csv").read_text("utf-8")


def test_findings_of_the_real_document_are_the_golden_ones(report):
    assert findings_csv(check_report(report)) == (GOLDEN / "findings.csv").read_text("utf-8")


def test_the_golden_cells_are_those_of_the_document():
    """Counted from the document by hand; a new golden file must still say this."""
    text = (GOLDEN / "cells.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    found = {row["cell"]: row["value"] for row in rows if row["value"] not in ("", "0")}
    handled = {"granted": "1", "unable_1": "27", "refuse_5": "1", "other_3": "3"}
    totals = {"new": "32", "total": "32"}
    assert found == {
        "t2.normative_docs.issued": "2",
        "t2.normative_docs.repealed": "3",
        "t2.normative_docs.in_force": "10",
        "t2.licences.decisions": "1927308",
        "t2.penalties.decisions": "444354",
        "t2.coercion.decisions": "7553",
        "t2.fees.amount_10k": "10267.34",
        "t4.review.corrected": "1",
        "t4.review.total": "1",
    } | {
        f"t3.{row}.{column}": value
        for row, value in (handled | totals).items()
        for column in ("natural", "total")
    }
    assert [row["state"] for row in rows].count("inferred") == 147
    assert len(rows) == 200


def test_columns_follow_the_contract(report):
    cells = cells_csv(report).partition("\n")[0]
    assert cells == "agency,year,form,cell,label,value,state,written,origin"
    findings = findings_csv(check_report(report)).partition("\n")[0]
    assert findings == ("id,rule,severity,status,left,right,imbalance,cells,message,basis,waived")


def test_csv_survives_commas_quotes_and_line_ends(report):
    rows = list(csv.reader(io.StringIO(findings_csv(check_report(report)))))
    assert {len(row) for row in rows} == {11}


def test_json_keeps_counts_as_integers_and_money_as_a_string(report):
    data = json.loads(read_json(report))
    cells = {cell["cell"]: cell["value"] for cell in data["cells"]}
    assert cells["t3.new.total"] == 32
    assert cells["t2.fees.amount_10k"] == "10267.34"
    assert Decimal(cells["t2.fees.amount_10k"]) == report.value("t2.fees.amount_10k")


def test_json_of_a_reading_has_the_shape_of_the_contract(report):
    data = json.loads(read_json(report))
    assert set(data) == {"report", "cells", "sections"}
    assert set(data["report"]) == {"agency", "year", "form", "source", "sha256", "notes"}
    assert [s["number"] for s in data["sections"]] == [1, 2, 3, 4, 5, 6]
    assert data["sections"][0]["paragraphs"][0].startswith("2022年，在市委")


def test_json_of_a_check_lists_cells_and_booleans(report):
    data = json.loads(check_json(report, check_report(report)))
    first = data["findings"][0]
    assert first["cells"][0] == "t3.new.natural"
    assert first["waived"] is False
    assert len(data["findings"]) == len(check_report(report)) > 42


def test_a_check_names_the_suspect_cells():
    path = Path(__file__).parent / "fixtures" / "one-cell-wrong.txt"
    report = read_report(path, year=2022)
    found = json.loads(check_json(report, check_report(report)))
    (only,) = found["suspects"]
    assert only["cells"] == ["t3.granted.natural"]
    assert only["implied"] == {"t3.granted.natural": 1}
    assert (only["rank"], found["structural"], found["localizable"]) == (1, None, True)
