"""A cells table of any origin is checked a piece at a time, and refused where it is none."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from nianbao.errors import UnreadableError
from nianbao.panel import foreign
from nianbao.panel.figures import batch_of
from nianbao.panel.foreign import check_cells, pieces
from nianbao.panel.results import balance_rows
from panel.speed import write_cells
from panel.taken import generated


@pytest.fixture(scope="module")
def table():
    return generated(50, 2)


def written(folder, table, **options):
    path = folder / "given.parquet"
    pq.write_table(table, path, **options)
    return path


def findings(folder, path):
    found = check_cells(path, folder / "out")
    return found, pq.read_table(folder / "out" / "findings.parquet")


@pytest.mark.parametrize("rows", [7, 199, 200, 1 << 18])
@pytest.mark.parametrize("group", [333, 1 << 20])
def test_pieces_do_not_change_what_is_found(tmp_path, table, monkeypatch, rows, group):
    monkeypatch.setattr(foreign, "_ROWS", rows)
    path = written(tmp_path, table, row_group_size=group)
    found, rows_found = findings(tmp_path, path)
    expected = balance_rows(batch_of(table), {})[0]
    assert rows_found.to_pylist() == expected.to_pylist()
    errors = {(r["year"], r["agency"]) for r in expected.to_pylist() if r["status"] == "failed"}
    assert (found.reports, found.objections) == (50, len(errors))
    assert sum(piece.num_rows for piece in pieces(path)) == table.num_rows


def test_only_what_was_judged_is_said_to_be(tmp_path, table):
    findings(tmp_path, written(tmp_path, table))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [
        "codebook.json", "codebook.md", "findings.parquet", "reports.parquet", "rules.parquet",
    ]  # fmt: skip
    text = (tmp_path / "out" / "codebook.md").read_text("utf-8")
    assert "只核验了同一份报告内的勾稽关系" in text and "cells.parquet\n" not in text
    states = pq.read_table(tmp_path / "out" / "reports.parquet")["state"].unique().to_pylist()
    assert states == ["balance"]


def test_a_table_written_by_duckdb_is_taken(tmp_path, table):
    import duckdb

    source, other = written(tmp_path, table), tmp_path / "duck.parquet"
    duckdb.sql(f"COPY (SELECT * FROM '{source}' ORDER BY year, agency) TO '{other}'")
    assert findings(tmp_path, other)[1].num_rows == findings(tmp_path, source)[1].num_rows > 0


def test_a_table_written_by_pandas_is_taken(tmp_path, table):
    import pandas as pd

    source, other = written(tmp_path, table), tmp_path / "pandas.parquet"
    pd.read_parquet(source, dtype_backend="pyarrow").to_parquet(other)
    assert findings(tmp_path, other)[1].equals(findings(tmp_path, source)[1])


def test_whole_numbers_that_became_fractions_are_refused(tmp_path, table):
    import pandas as pd

    source, other = written(tmp_path, table), tmp_path / "pandas.parquet"
    pd.read_parquet(source).to_parquet(other)
    with pytest.raises(UnreadableError, match=r"列 value 的类型是 double，应为整数.*dtype_backend"):
        check_cells(other, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("name", ["agency", "year", "form", "cell", "value", "amount", "state"])
def test_a_missing_column_is_named(tmp_path, table, name):
    with pytest.raises(UnreadableError, match=f"缺少列.*{name}.*codebook.md"):
        check_cells(written(tmp_path, table.drop_columns([name])), tmp_path / "out")


def test_a_column_that_is_there_twice_is_refused(tmp_path, table):
    twice = table.append_column("value", table["value"])
    with pytest.raises(UnreadableError, match="列名重复"):
        check_cells(written(tmp_path, twice), tmp_path / "out")


def test_numbers_that_are_too_large_are_refused(tmp_path, table):
    huge = pa.array([2**64 - 1] * table.num_rows, pa.uint64())
    place = table.column_names.index("value")
    with pytest.raises(UnreadableError, match=r"given\.parquet"):
        check_cells(written(tmp_path, table.set_column(place, "value", huge)), tmp_path / "out")


@pytest.mark.parametrize("year", [0, -1, 10_000, 70_000])
def test_a_year_that_is_none_is_refused(tmp_path, table, year):
    years = pa.array([year] * table.num_rows, pa.int64())
    place = table.column_names.index("year")
    with pytest.raises(UnreadableError, match="year 应是四位整数"):
        check_cells(written(tmp_path, table.set_column(place, "year", years)), tmp_path / "out")


@pytest.mark.parametrize("name", ["agency", "state"])
def test_text_that_is_none_is_refused(tmp_path, table, name):
    rows = table.num_rows
    offsets = pa.array(range(0, 2 * rows + 2, 2), pa.int32()).buffers()[1]
    text = pa.py_buffer(b"\xff\xfe" * rows)
    broken = pa.Array.from_buffers(pa.string(), rows, [None, offsets, text])
    place = table.column_names.index(name)
    with pytest.raises(UnreadableError, match="UTF-8"):
        check_cells(written(tmp_path, table.set_column(place, name, broken)), tmp_path / "out")


def test_a_report_that_comes_again_is_named(tmp_path, table):
    twice = pa.concat_tables([table, table.slice(0, batch_rows(table))])
    with pytest.raises(UnreadableError, match=r"2019 agency-0000000 .*按 year、agency 排序并去重"):
        check_cells(written(tmp_path, twice), tmp_path / "out")


def batch_rows(table):
    return pc.sum(pc.equal(table["agency"], "agency-0000000")).as_py()


def test_one_report_without_end_is_refused_before_it_fills_the_memory(tmp_path, table):
    endless = pa.concat_tables([table.slice(0, 190)] * 2000)
    with pytest.raises(UnreadableError, match="超过1000行"):
        check_cells(written(tmp_path, endless), tmp_path / "out")


def test_too_large_a_group_of_rows_is_refused(tmp_path, table, monkeypatch):
    monkeypatch.setattr(foreign, "_GROUP", 1000)
    with pytest.raises(UnreadableError, match="较小的行组"):
        check_cells(written(tmp_path, table), tmp_path / "out")


def test_too_many_reports_are_refused(tmp_path, table, monkeypatch):
    monkeypatch.setattr(foreign, "_REPORTS", 49)
    with pytest.raises(UnreadableError, match="超过49份报告"):
        check_cells(written(tmp_path, table), tmp_path / "out")


@pytest.mark.parametrize("damage", ["text", "cut", "bytes", "empty", "folder"])
def test_a_damaged_file_is_refused_and_nothing_is_written(tmp_path, table, damage):
    path = written(tmp_path, table)
    content = path.read_bytes()
    if damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(
            {
                "text": b"agency,year\n",
                "cut": content[: len(content) // 2],
                "bytes": content[:2000]
                + bytes(byte ^ 0x5A for byte in content[2000:4000])
                + content[4000:],
                "empty": b"",
            }[damage]
        )
    with pytest.raises(UnreadableError, match=r"given\.parquet"):
        check_cells(path, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_no_report_is_an_empty_panel(tmp_path, table):
    found, rows = findings(tmp_path, written(tmp_path, table.slice(0, 0)))
    assert (found.reports, rows.num_rows) == (0, 0)


def test_memory_holds_one_piece_and_not_the_file(tmp_path):
    path = tmp_path / "many.parquet"
    write_cells(path, 3000, seed=5)
    sizes = [piece.num_rows for piece in pieces(path)]
    assert len(sizes) >= 3 and max(sizes) < 1.2 * 200 * 1024
