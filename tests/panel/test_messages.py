"""Words are made when a finding is read, and are those of the report's own findings."""

import pytest

from nianbao.balance import balance_findings
from nianbao.errors import UnreadableError, UsageError
from nianbao.panel.figures import batch_of
from nianbao.panel.messages import message
from nianbao.panel.results import balance_rows
from panel.taken import generated, reports, rows_by_report


@pytest.mark.parametrize("seed", range(3))
def test_balance_rules_are_told_as_in_the_findings(seed):
    table = generated(40, seed, empty=0.6, wrong=0.3)
    cells = rows_by_report(table)
    expected = {
        (report.agency, finding.rule.id): finding.message
        for report in reports(table)
        for finding in balance_findings(report)
    }
    rows = balance_rows(batch_of(table), {})[0].to_pylist()
    assert len(rows) > 20
    for row in rows:
        own = cells[row["year"], row["agency"]]
        assert message(row, own) == expected[row["agency"], row["rule"]]


def test_rows_may_come_from_pandas():
    import pandas as pd

    table = generated(12, 2, wrong=1, empty=1)
    rows, cells = balance_rows(batch_of(table), {})[0], rows_by_report(table)
    told = [message(row, cells[row["year"], row["agency"]]) for row in rows.to_pylist()]
    assert len(told) > 20
    for frame, found in (
        (table.to_pandas(), rows.to_pandas()),
        (table.to_pandas(types_mapper=pd.ArrowDtype), rows.to_pandas(types_mapper=pd.ArrowDtype)),
    ):
        own = {
            key: group.to_dict("records")
            for key, group in frame.groupby(["year", "agency"], observed=True)
        }
        again = [message(row, own[row["year"], row["agency"]]) for row in found.to_dict("records")]
        assert again == told


def test_a_stored_message_needs_no_cells():
    assert message({"message": "文字。"}, []) == "文字。"


def test_cells_of_another_report_are_refused():
    table = generated(30, 2, wrong=1)
    row = balance_rows(batch_of(table), {})[0].to_pylist()[0]
    cells = rows_by_report(table)
    other = next(rows for key, rows in cells.items() if key != (row["year"], row["agency"]))
    own = cells[row["year"], row["agency"]]
    with pytest.raises(UsageError, match=row["agency"]):
        message(row, other)
    with pytest.raises(UsageError, match="T9-9"):
        message(row | {"rule": "T9-9"}, own)
    for wrong in ([], own[1:], [*own, own[0]], [*own, *other]):
        with pytest.raises(UnreadableError, match="一份报告的全部单元格"):
            message(row, wrong)


def test_a_count_that_pandas_may_have_rounded_is_refused():
    table = generated(30, 2, wrong=1)
    row = balance_rows(batch_of(table), {})[0].to_pylist()[0]
    own = rows_by_report(table)[row["year"], row["agency"]]
    counted = next(place for place, each in enumerate(own) if each["value"] is not None)
    own[counted] |= {"value": float(2**53)}
    with pytest.raises(UnreadableError, match="dtype_backend"):
        message(row, own)
