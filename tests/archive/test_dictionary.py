"""The data dictionary tells every column and every word of both tables."""

import csv
import io

from nianbao.archive.dictionary import FIELDS, dictionary
from nianbao.finding import FINDING_FIELDS
from nianbao.findings import check_report
from nianbao.records import cells_csv, findings_csv
from nianbao.report import CELL_FIELDS

ROWS = list(csv.DictReader(io.StringIO(dictionary().decode())))


def words(file, column):
    return {row["value"] for row in ROWS if (row["file"], row["column"]) == (file, column)} - {""}


def test_every_column_is_described_once_in_order():
    described = [(row["file"], row["column"]) for row in ROWS if not row["value"]]
    cells = [("cells.csv", name) for name in CELL_FIELDS]
    assert described == cells + [("findings.csv", name) for name in FINDING_FIELDS]
    assert all(row["meaning"] for row in ROWS)
    assert list(ROWS[0]) == list(FIELDS)


def test_every_word_of_a_real_report_is_in_it(real_report):
    cells = list(csv.DictReader(io.StringIO(cells_csv(real_report))))
    findings = list(csv.DictReader(io.StringIO(findings_csv(check_report(real_report)))))
    for file, rows, columns in (
        ("cells.csv", cells, ("state", "cell")),
        ("findings.csv", findings, ("severity", "status", "waived")),
    ):
        for column in columns:
            assert {row[column] for row in rows} <= words(file, column), column
    rules = {row["rule"].partition(":")[0] for row in findings}
    assert rules <= words("findings.csv", "rule")


def test_cells_have_their_unit_and_their_form():
    fees = [row for row in ROWS if row["value"] == "t2.fees.amount_10k"]
    assert [(row["form"], row["unit"]) for row in fees] == [("2021", "万元")]
    assert len(words("cells.csv", "cell")) > 200
