"""Rows of findings say what `findings.csv` says, for what did not pass."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from nianbao.balance import balance_findings
from nianbao.finding import record
from nianbao.panel.figures import batch_of
from nianbao.panel.reports import balance_counts
from nianbao.panel.results import balance_rows
from nianbao.panel.schemas import FINDINGS
from nianbao.panel.tally import Tally
from panel.taken import generated, reports, rows_by_report


def expected(report):
    for finding in balance_findings(report):
        if finding.status != "passed":
            row = record(finding)
            sides = {n: Decimal(row[n]) if row[n] else None for n in ("left", "right", "imbalance")}
            named = {"agency": report.agency, "year": report.year, "form": report.form.key}
            yield {n: (row | sides | named | {"message": None})[n] for n in FINDINGS.schema.names}


@pytest.mark.parametrize("options", [{}, {"high": 10**15}, {"empty": 1, "wrong": 1}])
def test_rows_are_the_records_of_the_findings_that_did_not_pass(options):
    table = generated(120, 9, **options)
    rows, places = balance_rows(batch_of(table), {})
    known = reports(table)
    assert rows.schema == FINDINGS.schema
    assert rows.to_pylist() == [row for report in known for row in expected(report)]
    assert [known[place].agency for place in places] == rows["agency"].to_pylist()
    assert rows.num_rows > 20 and set(rows["status"].to_pylist()) == {"failed", "undecided"}


def test_sums_beyond_int64_are_written_exactly():
    table = generated(4, 1, empty=0, wrong=0, placed=0)
    bound = pc.starts_with(table["cell"].cast(pa.string()), "t3.")
    huge = pc.if_else(bound, 2**63 - 1, table["value"])
    table = table.set_column(table.column_names.index("value"), "value", huge)
    rows = balance_rows(batch_of(table), {})[0].to_pylist()
    row = next(row for row in rows if row["rule"] == "T3-3:new")
    largest = 2**63 - 1
    assert (row["left"], row["right"]) == (largest, 6 * largest)
    assert row["imbalance"] == -5 * largest


def test_a_waiver_marks_its_finding_alone():
    table = generated(30, 4, wrong=1)
    batch = batch_of(table)
    rows = balance_rows(batch, {})[0].to_pylist()
    chosen = rows[3]
    place = batch.agencies.index(chosen["agency"])
    marked = balance_rows(batch, {place: [chosen["id"]], place + 1: []})[0].to_pylist()
    assert [row["id"] for row in marked if row["waived"]] == [chosen["id"]]
    assert [row | {"waived": False} for row in marked] == rows


def test_counts_by_rule_and_by_report_are_those_of_the_findings():
    table = generated(150, 6, empty=0.5)
    batch, tally = batch_of(table), Tally()
    for figures in batch.figures:
        tally.add_judged(figures, batch.years)
    counts = {
        (row["year"], row["form"], f"{row['rule']}:{row['scope']}".rstrip(":")): row
        for row in tally.table().to_pylist()
    }
    known = reports(table)
    assert len(known) == len(rows_by_report(table)) == 150
    by_report = {name: counts.tolist() for name, counts in balance_counts(batch).items()}
    for place, report in enumerate(known):
        own = {name: counts[place] for name, counts in by_report.items()}
        for finding in balance_findings(report):
            row = counts[report.year, report.form.key, finding.rule.id]
            row[finding.status] -= 1
            own[finding.status] -= 1
            own["errors"] -= finding.status == "failed"
        assert set(own.values()) == {0}
    columns = ("passed", "failed", "waived", "undecided", "not_applicable")
    assert not any(row[name] for row in counts.values() for name in columns)


def test_no_failure_is_no_row():
    table = generated(20, 6, empty=0, wrong=0, placed=0)
    assert balance_rows(batch_of(table), {})[0].num_rows == 0
