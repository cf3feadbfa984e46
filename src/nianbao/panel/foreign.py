"""Checks cells that were read before: a cells table of any origin and any number of reports.

The file is taken as it comes, a group of rows at a time, so that memory does not grow with it;
what is no such table is refused with what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.errors import UnreadableError
from nianbao.panel.codebook import Coverage
from nianbao.panel.figures import Batch, batch_of
from nianbao.panel.files import panel
from nianbao.panel.reports import Checked, balance_table
from nianbao.panel.results import balance_rows
from nianbao.panel.rows import short
from nianbao.panel.schemas import CELLS, FINDINGS, REPORTS

_ROWS: Final = 1 << 18
_GROUP: Final = 2**30
"""Bytes of a group of rows in a file."""
_REPORTS: Final = 5_000_000
_USUAL, _LONGEST = 250, 1000
"""Rows of one report: no form has more than the first; with more than the second it is none."""
_WORDS: Final = ("agency", "form", "cell", "state")
_NEEDED: Final = (*_WORDS, "year", "value", "amount")
_OPTIONAL: Final = ("implied",)


def check_cells(path: Path, folder: Path) -> Checked:
    """Check the balance rules of all reports of a cells table and write what did not pass.

    Parameters
    ----------
    path : Path
        A Parquet file with the columns of `nianbao.panel.schemas.CELLS`.
    folder : Path
        Where findings, counts by rule, the list of reports and the codebook go.

    Raises
    ------
    UnreadableError
        Where the file is no such table, or does not hold whole reports.
    BuildError
        Where the files cannot be written.
    """
    found = Checked()
    seen: set[tuple[int, str]] = set()
    with panel(folder, Coverage(cells=False, beyond=False)) as files:
        for rows in pieces(path):
            batch = batch_of(rows, path.name, len(seen))
            _demand_new(batch, seen, path.name)
            for figures in batch.figures:
                files.tally.add_judged(figures, batch.years)
            files.write(FINDINGS, balance_rows(batch, {})[0])
            reports = balance_table(batch)
            files.write(REPORTS, reports)
            found.add(reports)
    return found


def _demand_new(batch: Batch, seen: set[tuple[int, str]], name: str) -> None:
    for key in zip(batch.years, batch.agencies, strict=True):
        if key in seen:
            told = f"{key[0]} {short(key[1])}"
            raise UnreadableError(
                f"{name}：{told} 的行分散在几处，或这份报告出现了两次。"
                "请先按 year、agency 排序并去重。"
            )
        seen.add(key)
    if len(seen) > _REPORTS:
        raise UnreadableError(f"{name}：超过{_REPORTS:,}份报告。请分成几个文件。")


def pieces(path: Path) -> Iterator[pa.Table]:
    """Yield the rows of a cells table in groups of whole reports.

    Raises
    ------
    UnreadableError
        Where the file is no such table.
    """
    try:
        with pq.ParquetFile(path) as file:
            columns = _demanded(file, path.name)
        with pq.ParquetFile(
            path, read_dictionary=list(_WORDS), pre_buffer=False, buffer_size=1 << 20
        ) as file:
            rest = None
            for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
                table = pa.Table.from_batches([batch])
                table = pa.concat_tables([rest, table]) if rest is not None else table
                cut = _begin_of_last(table, path.name)
                if cut:
                    yield table.slice(0, cut)
                rest = table.slice(cut)
            if rest is not None and rest.num_rows:
                yield rest
    except UnicodeDecodeError:
        raise UnreadableError(f"{path.name}：有不是 UTF-8 的文字。请另存为 UTF-8。") from None
    except (pa.ArrowException, OSError, MemoryError) as error:
        reason = getattr(error, "strerror", None) or "不是有效的 Parquet 文件，或已损坏"
        raise UnreadableError(f"{path.name}：无法读取（{reason}）。请检查文件。") from error


def _demanded(file: pq.ParquetFile, name: str) -> list[str]:
    """Return the columns to read, if the file has them with types that fit."""
    schema = file.schema_arrow
    missing = [column for column in _NEEDED if schema.names.count(column) != 1]
    if missing:
        raise UnreadableError(
            f"{name}：缺少列（或列名重复）：{'、'.join(missing)}。"
            f"应有的列：{'、'.join(CELLS.schema.names)}，说明见 codebook.md。"
        )
    columns = [*_NEEDED, *(column for column in _OPTIONAL if column in schema.names)]
    for column in columns:
        _demand_type(schema.field(column), name)
    for group in range(file.metadata.num_row_groups):
        if file.metadata.row_group(group).total_byte_size > _GROUP:
            raise UnreadableError(
                f"{name}：一个行组（row group）超过{_GROUP >> 20} MB。请以较小的行组另存，"
                "例如每组20万行。"
            )
    return columns


def _demand_type(field: pa.Field, name: str) -> None:
    kind = field.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if field.name in _WORDS:
        fits, wanted = pa.types.is_string(kind) or pa.types.is_large_string(kind), "字符串"
    elif field.name == "amount":
        fits, wanted = pa.types.is_decimal(kind), "decimal"
    else:
        fits, wanted = pa.types.is_integer(kind), "整数"
    if not fits:
        raise UnreadableError(
            f"{name}：列 {field.name} 的类型是 {short(str(field.type))}，应为{wanted}。"
            '用 pandas 读写时请加 dtype_backend="pyarrow"，以免整数变成小数。'
        )


def _begin_of_last(table: pa.Table, name: str) -> int:
    """Return the row at which the last report begins: more of it may follow."""
    for length in (_USUAL, _LONGEST):
        tail = table.slice(max(table.num_rows - length, 0)).select(["agency", "year"])
        keys = list(zip(*(tail.column(n).to_pylist() for n in tail.column_names), strict=True))
        for row in range(len(keys) - 1, 0, -1):
            if keys[row] != keys[row - 1]:
                return int(table.num_rows) - len(keys) + row
    if len(keys) == _LONGEST:
        agency, year = keys[-1]
        raise UnreadableError(
            f"{name}：{year} {short(str(agency))} 一份报告超过{_LONGEST}行。每格应只有一行。"
        )
    return 0
