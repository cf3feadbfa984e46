"""pandas and DuckDB read the files; the examples of docs/panel.md run as they stand."""

import re
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from nianbao.ledger import Ledger
from nianbao.panel.foreign import check_cells
from nianbao.panel.project import check_project
from nianbao.panel.schemas import SHEETS
from nianbao.progress import Progress
from oracle.project import FIGURES, Project, following
from panel.speed import measure, write_cells

DOCS = Path(__file__).parents[2] / "docs" / "panel.md"
EXAMPLES = re.findall(r"^```(python|sql)\n(.*?)^```$", DOCS.read_text("utf-8"), re.M | re.S)
FEES = "t2.fees.amount_10k"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    place = Project(tmp_path_factory.mktemp("readers") / "project")
    place.register("bureau,测试局,department,,,,", "other,另一局,department,,,,")
    place.report(2022, figures=FIGURES | {"t3.granted.legal": 999, FEES: "1234567.8901"})
    place.report(2023, figures=following(FIGURES) | {"t3.granted.legal": ""})
    place.write("data/raw/2022/other.txt", b"\0\1")
    check_project(Ledger(place.workspace), place.workspace.select(), Progress(lambda _: None))
    return place.root


@pytest.fixture(autouse=True)
def _inside(root, monkeypatch):
    monkeypatch.chdir(root)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_all_readers_see_the_same(sheet):
    path = f"output/{sheet.file}"
    expected = pq.read_table(path).to_pylist()
    with_pandas = pd.read_parquet(path, dtype_backend="pyarrow")
    names = ", ".join(f'"{name}"' for name in sheet.schema.names)
    with_duckdb = duckdb.sql(f"SELECT {names} FROM '{path}'").fetchall()
    assert [dict(zip(sheet.schema.names, row, strict=True)) for row in with_duckdb] == expected
    assert list(with_pandas.columns) == sheet.schema.names
    for name in sheet.schema.names:
        values = [None if isinstance(v, type(pd.NA)) else v for v in with_pandas[name]]
        own = [list(v) if name == "cells" and v is not None else v for v in values] \
            if sheet.name == "findings" else values  # fmt: skip
        assert own == [row[name] for row in expected]


def test_counts_are_whole_and_money_is_exact():
    cells = pd.read_parquet("output/cells.parquet", dtype_backend="pyarrow")
    assert str(cells["value"].dtype) == "int64[pyarrow]"
    (fees,) = cells[(cells["cell"] == FEES) & (cells["year"] == 2022)]["amount"]
    assert fees == Decimal("1234567.8901")
    kinds = dict(
        duckdb.sql(
            "SELECT column_name, column_type FROM (DESCRIBE FROM 'output/cells.parquet')"
        ).fetchall()
    )
    assert (kinds["value"], kinds["amount"], kinds["year"]) == (
        "BIGINT",
        "DECIMAL(38,12)",
        "SMALLINT",
    )
    query = f"SELECT sum(amount) FROM 'output/cells.parquet' WHERE year = 2022 AND cell = '{FEES}'"
    assert duckdb.sql(query).fetchall() == [(Decimal("1234567.8901"),)]


def test_there_are_examples_for_both():
    assert {kind for kind, _ in EXAMPLES} == {"python", "sql"}


def test_the_python_examples_run(capsys):
    scope = {}
    for kind, code in EXAMPLES:
        if kind == "python":
            exec(compile(code, "docs/panel.md", "exec"), scope)
    new = scope["wide"].loc[("bureau", 2022), "t3.new.total"]
    assert new == FIGURES["t3.new.total"]
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 3 and "表三“法律服务机构”列：（七）总计" in told[0]


@pytest.mark.parametrize("query", [code for kind, code in EXAMPLES if kind == "sql"])
def test_the_sql_examples_give_rows(query):
    assert duckdb.sql(query).fetchall()


def test_the_example_of_reports_names_the_one_that_could_not_be_read():
    query = next(code for kind, code in EXAMPLES if "reason" in code)
    ((agency, year, reason),) = duckdb.sql(query).fetchall()
    assert (agency, year) == ("other", 2022) and "other.txt" in reason


def test_generated_reports_are_counted_alike_by_duckdb(tmp_path):
    path = tmp_path / "cells.parquet"
    write_cells(path, 2100, seed=3)
    check_cells(path, tmp_path / "out")
    given = duckdb.sql(f"SELECT count(DISTINCT (agency, year)) FROM '{path}'").fetchall()
    assert given == [(2100,)]
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/reports.parquet'").fetchall() == given
    checked = f"""
        SELECT count(*) FROM (
            SELECT agency, year FROM '{path}'
            WHERE cell LIKE 't4.review.%' GROUP BY ALL
            HAVING count(coalesce(value, implied)) = 5
            AND sum(CASE WHEN cell = 't4.review.total' THEN -1 ELSE 1 END
                    * coalesce(value, implied)) <> 0)"""
    failed = f"""
        SELECT sum(failed) - (SELECT count(*) FROM '{tmp_path}/out/findings.parquet'
            WHERE rule = 'T4-1' AND status = 'failed' AND imbalance IS NULL)
        FROM '{tmp_path}/out/rules.parquet' WHERE rule = 'T4-1'"""
    assert duckdb.sql(checked).fetchall() == duckdb.sql(failed).fetchall() != [(0,)]


def test_the_measurement_measures_what_it_says():
    (found,) = measure(300, rounds=1, seed=2)
    assert found["reports"] == 300 and 0 < found["objections"] < 300
    assert found["seconds"] > 0 and found["cpu_seconds"] > 0 and found["peak_bytes"] > 10**7
