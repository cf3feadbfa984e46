"""Rows of whole reports become arrays by form; anything else is refused, with its place."""

from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import VARIANTS
from nianbao.balance import balance_findings
from nianbao.errors import UnreadableError
from nianbao.forms import load_form
from nianbao.panel import figures as arrays
from nianbao.panel.figures import batch_of
from nianbao.panel.matrix import Matrix
from nianbao.rules import expand
from panel.taken import generated, reports, rows_by_report


def outcomes(table):
    batch = batch_of(table)
    found = {}
    for figures in batch.figures:
        for column, place in enumerate(figures.places.tolist()):
            found[place] = figures.judged.outcomes(column)
    return batch, [found[place] for place in sorted(found)]


@pytest.mark.many
@given(
    st.integers(0, 10**6),
    st.sampled_from([3, 60, 10**15]),
    st.sampled_from([0, 0.3, 1]),
    st.sampled_from([0, 0.5, 1]),
)
def test_the_matrix_says_of_each_report_what_its_findings_say(seed, high, wrong, empty):
    table = generated(12, seed, high=high, wrong=wrong, empty=empty)
    batch, found = outcomes(table)
    known = reports(table)
    assert batch.agencies == tuple(report.agency for report in known)
    assert batch.years == tuple(report.year for report in known)
    assert batch.forms == [report.form.key for report in known]
    assert found == [[each.outcome for each in balance_findings(report)] for report in known]


def test_all_forms_and_mixtures_are_told_by_their_cells():
    assert set(batch_of(generated(400)).forms) == set(VARIANTS)


def test_the_order_of_cells_within_a_report_does_not_matter():
    table = generated(6, 5)
    shuffled = table.take(
        pa.array([i for rows in _places(table) for i in sorted(rows, key=lambda i: i * 7919 % 211)])
    )
    assert shuffled.column("cell").to_pylist() != table.column("cell").to_pylist()
    assert outcomes(shuffled)[1] == outcomes(table)[1]


def _places(table):
    start = 0
    for rows in rows_by_report(table).values():
        yield range(start, start + len(rows))
        start += len(rows)


def test_text_may_be_plain_or_in_dictionaries_and_in_pieces():
    table = generated(6, 5)
    plain = pa.table(
        {
            name: table.column(name).cast(pa.string())
            if pa.types.is_dictionary(table.schema.field(name).type)
            else table.column(name)
            for name in table.column_names
        }
    )
    halves = pa.concat_tables([plain.slice(0, 333), plain.slice(333)])
    pieces = pa.concat_tables([table.slice(0, 333), table.slice(333)])
    assert outcomes(plain)[1] == outcomes(halves)[1] == outcomes(pieces)[1] == outcomes(table)[1]


def test_a_report_without_implied_values_is_judged_without_them():
    table = generated(60, 2, empty=1)
    bare = table.drop_columns(["implied", "written", "origin", "label"])
    judged = {o.status for found in outcomes(table)[1] for o in found}
    undecided = [
        sum(o.status == "undecided" for f in outcomes(t)[1] for o in f) for t in (table, bare)
    ]
    assert judged == {"passed", "failed", "undecided"} and undecided[0] < undecided[1]


def test_money_that_a_rule_binds_is_judged_exactly(monkeypatch):
    given = next(rule for rule in expand("2021") if rule.id == "T4-1")
    rule = replace(given, left=(FEES,), right=(FEES, FEES), cells=(FEES,))
    only = Matrix(load_form("2021"), (rule,), (FEES,))
    monkeypatch.setattr(arrays, "matrix_of", lambda _: only)
    table = generated(60, 3, empty=0)
    fees = {row["agency"]: row["amount"] for row in table.to_pylist() if row["cell"] == FEES}
    with_fees = pc.is_in(table["agency"].cast(pa.string()), pa.array(list(fees)))
    batch = batch_of(table.filter(with_fees))
    assert len(fees) == len(batch.agencies) > 20 and len(set(fees.values())) > 3
    for each in batch.figures:
        for column, place in enumerate(each.places.tolist()):
            (outcome,) = each.judged.outcomes(column)
            amount = fees[batch.agencies[place]]
            assert (outcome.left, outcome.right) == (amount, 2 * amount)
            assert isinstance(outcome.left, Decimal)


def test_no_rows_are_no_reports():
    assert batch_of(generated(2).slice(0, 0)).agencies == ()


def changed(table, name, row, value):
    values = table.column(name).to_pylist()
    values[row] = value
    return table.set_column(
        table.column_names.index(name), table.schema.field(name).name, pa.array(values)
    )


FEES = "t2.fees.amount_10k"


def row_of(table, cell, state="number", at=-1):
    rows = pc.and_(pc.equal(table["cell"], cell), pc.equal(table["state"], state)).to_pylist()
    return [place for place, there in enumerate(rows) if there][at]


@pytest.mark.parametrize(
    ("cell", "name", "value", "words"),
    [
        ("t3.new.natural", "value", None, "状态是 number，却没有数字"),
        ("t3.new.natural", "state", "blank", "状态是 blank，却有数字"),
        ("t3.new.natural", "state", "numbr", "最接近的是 number"),
        ("t3.new.natural", "cell", "t3.new.nature", "最接近的是 t3.new.natural"),
        ("t3.new.natural", "cell", "t3.new.total", "t3.new.total 不止一行"),
        ("t3.new.natural", "cell", "t3.other.natural", "缺少1格，例如 t3.new.natural"),
        ("t3.new.natural", "form", "2019", "form 列与其他格不一致"),
        ("t3.new.natural", "form", "2014", "2019、2021"),
        ("t3.new.natural", "value", -1, "不应是负数"),
        ("t3.new.natural", "implied", 3, "不应有推定值"),
        ("t3.new.natural", "agency", None, "列 agency 有空值"),
        ("t3.new.natural", "year", None, "列 year 有空值"),
        (FEES, "value", 5, "是金额，应填在 amount 列"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(cell, name, value, words):
    table = generated(8, 3, empty=0, placed=0, wrong=0)
    with pytest.raises(UnreadableError, match=words):
        batch_of(changed(table, name, row_of(table, cell), value), "x.parquet")


def test_a_wrong_value_is_placed_by_report_year_and_agency():
    table = generated(8, 3, empty=0, placed=0, wrong=0)
    wrong = changed(table, "value", row_of(table, "t3.new.natural"), -1)
    with pytest.raises(UnreadableError) as refused:
        batch_of(wrong, "x.parquet", 100)
    assert "x.parquet：第108份报告（2024 agency-0000007）的单元格 t3.new.natural" in str(
        refused.value
    )


def test_a_change_of_items_may_be_negative():
    table = generated(40, 3, empty=0)
    row = row_of(table, "t2.licences.change", at=0)
    assert len(batch_of(changed(table, "value", row, -5)).agencies) == 40


def test_a_missing_row_is_named():
    table = generated(3, 3)
    with pytest.raises(UnreadableError, match="缺少1格，例如 t2"):
        batch_of(table.slice(1))
    with pytest.raises(UnreadableError, match="每份报告应有该格式的全部单元格"):
        batch_of(table.slice(0, table.num_rows - 1))


def test_foreign_words_in_messages_are_short_and_on_one_line():
    table = generated(2, 3)
    with pytest.raises(UnreadableError) as refused:
        batch_of(changed(table, "state", 0, "x\n\x1b[31m" * 1000))
    assert len(str(refused.value)) < 300 and str(refused.value).isprintable()
