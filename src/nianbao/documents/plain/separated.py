"""Reads CSV: the project's own list of cells, or tables as a spreadsheet saves them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from nianbao.documents.plain.encoding import decode
from nianbao.documents.plain.listing import Record, is_listing, read_listing
from nianbao.documents.plain.tokens import has_stop, is_figure, is_sentence, is_title
from nianbao.documents.structure import Document, Line, Row
from nianbao.errors import UnreadableError
from nianbao.labels import read_label
from nianbao.values import INVISIBLE

MAX_COLUMNS = 60
"""The widest statutory table has 15 columns."""
MAX_ROWS = 2_000
"""A report has some 50 rows of tables, a list of its cells 200."""
MAX_FIELD = 10_000
"""Characters; the longest paragraph of a report has a few thousand."""

_DELIMITERS = "\t;,，"
"""In the order of trust where two are equally frequent: commas also stand in numbers and prose."""
_SAMPLE = 200
_SHEET = 16_384
"""Columns of the widest spreadsheet: more are not even looked at, empty or not."""
_LEVELS = {"section", "group"}


def read_csv(content: bytes, name: str) -> Document:
    """Read a CSV file.

    Parameters
    ----------
    content : bytes
        UTF-8, UTF-16 with a mark, or GB18030; cells set apart by commas, semicolons or tabs.
    name : str
        The file's name, for messages.

    Returns
    -------
    Document
        With ``listing`` and no blocks where the file is a ``cells.csv``; else rows of grids,
        a new grid after every paragraph; blank rows stand inside tables, too.

    Raises
    ------
    UnreadableError
        Where the bytes are no text, the quotes do not match, or a limit is exceeded.
    """
    text = decode(content, name, ".csv").removeprefix("\ufeff")
    delimiter = _delimiter(text)
    records = _records(text, delimiter, name)
    filled = [record for record in records if any(field.strip() for field in record[1])]
    if filled and is_listing([field.strip() for field in filled[0][1]]):
        return read_listing(filled, name)
    paragraphs = [delimiter.join(fields) for _, fields in records]
    blocks = _blocks(_narrowed(records, name), paragraphs, delimiter)
    return Document(name, tuple(blocks))


def _records(text: str, delimiter: str, name: str) -> list[Record]:
    """Parse the text strictly, within the limits."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    records: list[Record] = []
    line = 1
    try:
        for fields in reader:
            if len(records) == MAX_ROWS:
                raise UnreadableError(
                    f"{name}：超过 {MAX_ROWS:,} 行，不像一份报告的表格。请检查是否选错文件。"
                )
            _demand_bounded(fields, line, name)
            records.append((line, fields))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(
            f"{name}：第{line}行起不合 CSV 格式（引号不成对，或引号后有多余的字符）。"
            "请用电子表格软件打开后重新另存为 .csv。"
        ) from error
    return records


def _demand_bounded(fields: Sequence[str], line: int, name: str) -> None:
    if len(fields) > _SHEET:
        raise _too_wide(line, name)
    longest = max(map(len, fields), default=0)
    if longest > MAX_FIELD:
        raise UnreadableError(
            f"{name}：第{line}行有一格长达 {longest:,} 个字符（上限 {MAX_FIELD:,}），"
            "可能引号不成对。请检查这一行。"
        )


def _delimiter(text: str) -> str:
    """Find the sign that sets cells apart on most lines, outside quotes."""
    lines = Counter[str]()
    quoted = False
    for number, line in enumerate(io.StringIO(text)):
        if number == _SAMPLE:
            break
        parts = line.split('"')
        outside = "".join(parts[1 if quoted else 0 :: 2])
        quoted ^= len(parts) % 2 == 0
        lines.update(sign for sign in _DELIMITERS if sign in outside)
    best = max("\t;,", key=lambda sign: lines[sign])
    # A full-width comma is everyday punctuation: it counts only where it is far more frequent.
    return "，" if lines["，"] > 2 * lines[best] else best if lines[best] else ","


def _narrowed(records: Sequence[Record], name: str) -> list[Record]:
    """Clean the fields, and drop the columns at the right edge that are empty in all rows."""
    cleaned = [
        (line, [INVISIBLE.sub("", field).strip() for field in fields]) for line, fields in records
    ]
    ends = [i + 1 for _, fields in cleaned for i, field in enumerate(fields) if field]
    width = max(ends, default=0)
    if width > MAX_COLUMNS:
        line = next(n for n, fields in cleaned if any(fields[MAX_COLUMNS:]))
        raise _too_wide(line, name)
    return [(line, fields[:width]) for line, fields in cleaned]


def _too_wide(line: int, name: str) -> UnreadableError:
    return UnreadableError(
        f"{name}：第{line}行超过 {MAX_COLUMNS} 列，不像法定表格。请检查分隔符和引号。"
    )


def _blocks(
    records: Sequence[Record], paragraphs: Sequence[str], delimiter: str
) -> Iterator[Line | Row]:
    """Give rows their grids, and put paragraphs together again that their own commas cut."""
    grid = 1
    used = False
    prose = _prose(records)
    for (line, fields), whole, is_prose in zip(records, paragraphs, prose, strict=True):
        origin = f"第{line}行"
        if any(fields) and not is_prose:
            yield Row(tuple(fields), origin, grid)
            used = True
            continue
        if any(fields):
            text = INVISIBLE.sub("", whole).strip().strip(delimiter)
            yield Line(text.replace("\n", " ").strip(), origin)
            grid, used = grid + used, False


def _prose(records: Sequence[Record]) -> list[bool]:
    """Tell paragraphs from rows: sentences, titles, and numbered sub-heads above sentences."""
    found: list[bool] = []
    below = False
    for _, fields in reversed(records):
        filled = [field for field in fields if field]
        alone = len(filled) == 1
        sub_head = alone and below and read_label(filled[0]).style in _LEVELS
        whole = alone and (is_sentence(filled[0]) or is_title(filled[0]))
        cut = any(map(has_stop, filled)) and not any(map(is_figure, filled))
        found.append(sub_head or whole or (cut and bool(fields[0])))
        below = found[-1] or (below and not filled)
    return found[::-1]
