"""An exported workbook runs nothing, loses nothing unseen, and is the same in every run."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from workbooks import figure, opened

from builders import figures, read, render, texts
from nianbao.errors import BuildError
from nianbao.export import workbook, write_workbook
from nianbao.export.book import Book, Sheet
from nianbao.export.figures import exact
from nianbao.export.styles import style
from nianbao.export.text import LIMIT, formula_like, lines, plain
from nianbao.findings import check_report
from nianbao.report import Cell, Note
from nianbao.shelf import load

FORMULAS = [
    '=HYPERLINK("http://example.com","x")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "\t=1+1",
    "＝1+1",
    "{=1+1}",
]


def hostile(text):
    """Return a report that says a text in every place that comes from outside."""
    found = read(render(texts(figures(3))))
    code = "t3.granted.natural"
    cells = dict(found.cells) | {code: Cell(code, None, "unreadable", text, text)}
    cells |= {"t3.granted.other": Cell("t3.granted.other", None, "word", text, text)}
    return replace(
        found,
        agency=text,
        name=text,
        title=text,
        source=text,
        cells=cells,
        notes=(Note("x", "warning", text),),
        parameters={"source": text},
    )


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link(text):
    found = hostile(text)
    content = workbook(found, check_report(found))
    for name, xml in parts(content).items():
        assert not re.search(r"<f[ >/]", xml), name
        assert 'TargetMode="External"' not in xml and "externalLink" not in name
    book = load_workbook(io.BytesIO(content))
    cell = figure(book, "t3.granted.other")
    assert (cell.data_type, cell.value) == ("s", plain(text))
    assert cell.quotePrefix == formula_like(plain(text))


def test_a_text_that_looks_like_a_formula_stays_text_when_its_cell_is_edited():
    assert [formula_like(text) for text in FORMULAS] == [True] * 7 + [False]
    assert not formula_like("规章") and not formula_like("12")


def test_control_characters_are_shown_and_what_no_file_can_hold_is_replaced():
    assert plain("甲\x00乙\x1b\x7f") == "甲␀乙␛␡"
    assert plain("\ud800\ufffe\u202e1") == "\ufffd\ufffd\ufffd1"
    assert plain("一\r\n二\r三\u2028四\t五") == "一\n二\n三\n四\t五"
    found = hostile("\x00\x0b\ud800甲\uffff")
    assert figure(opened(found, ()), "t3.granted.other").value == "␀␋\ufffd甲\ufffd"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    for sign in ("甲", "𠮷"):
        told = plain(sign * 40_000)
        assert len(told.encode("utf-16-le")) // 2 <= LIMIT
        assert told.startswith(sign * 16_000) and "全文40000字" in told
    assert plain("甲" * LIMIT) == "甲" * LIMIT
    found = hostile("甲" * 40_000)
    assert "全文40000字" in figure(opened(found), "t3.granted.other").value


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_comes_back_as_it_was_made_plain(text):
    book = Book("书")
    Sheet(book, "页", (10.0,)).text(0, 0, text, style("body"))
    cell = load_workbook(io.BytesIO(book.content()))["页"]["A1"]
    assert cell.data_type in ("s", "n")
    assert (cell.value or "") == plain(text)


@pytest.mark.parametrize("name", ["甲&乙&", "&&" * 200, "2022年", "甲\n乙", "&C" * 100])
def test_a_name_cannot_change_the_footer(name):
    found = replace(read(render(texts(figures(3)))), name=name)
    for xml in parts(workbook(found, ())).values():
        for footer in re.findall("<oddFooter>([^<]*)</oddFooter>", xml):
            footer = footer.replace("&amp;", "&")
            assert len(footer) <= 255
            bare = footer.replace("&&", "")
            assert re.sub(r"&[LCR]&9|&[PN]", "", bare).count("&") == 0
            assert [m for m in re.findall(r"&([LCR])", bare)] == ["L", "C", "R"]


def test_figures_are_called_exact_only_if_a_double_keeps_them():
    for text in ("0.1", "8.95", "59237.2449", "1000000000000", "999999999999.123"):
        assert exact(Decimal(text)) and Decimal(repr(float(text))) == Decimal(text)
    assert not exact(Decimal("999999999999.1234"))
    assert not exact(Decimal("0.0000000000000001"))


def test_the_room_for_a_text_grows_with_it():
    assert lines("", 100, 10) == 1
    assert lines("甲" * 10, 141.5, 10) == 1
    assert lines("甲" * 11, 141.5, 10) == 2
    assert lines("a" * 20, 141.5, 10) == 1
    assert lines("甲\n乙\n丙", 141.5, 10) == 3


SCRIPT = """
import hashlib
from nianbao.export import workbook
from nianbao.findings import check_report
from nianbao.shelf import load
found = load("luoyang-gaj", 2022)
print(hashlib.sha256(workbook(found, check_report(found))).hexdigest())
"""


def test_another_zone_folder_locale_and_hash_seed_give_the_same_bytes(real_report, tmp_path):
    here = hashlib.sha256(workbook(real_report, check_report(real_report))).hexdigest()
    own = {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "77",
        "LC_ALL": "C",
        "TMPDIR": str(tmp_path),
    }
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == here


def test_no_clock_shows(real_report, monkeypatch):
    findings = check_report(real_report)
    first = workbook(real_report, findings)
    with monkeypatch.context() as patch:
        patch.setattr("time.time", lambda: 4_000_000_000.0)
        patch.setattr("time.localtime", lambda *_: (2096, 1, 1, 0, 0, 0, 0, 1, 0))
        assert workbook(real_report, findings) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    times = re.findall(r"\d{4}-\d\d-\d\dT[^<]*", parts(first)["docProps/core.xml"])
    assert set(times) == {"1980-01-01T00:00:00Z"}


@pytest.mark.parametrize("year", [2023, 2024])
def test_two_runs_give_the_same_bytes(year):
    found = load("suqian", year)
    findings = check_report(found)
    assert workbook(found, findings) == workbook(found, findings)


def test_a_workbook_is_written_whole_into_a_folder_that_is_made(tmp_path):
    found = read(render(texts(figures(3))))
    path = tmp_path / "output" / "2022" / "test.xlsx"
    write_workbook(found, (), path)
    assert path.read_bytes() == workbook(found, ())
    assert [entry.name for entry in path.parent.iterdir()] == ["test.xlsx"]


def test_a_file_that_cannot_be_replaced_is_told_and_left_alone(tmp_path):
    path = tmp_path / "test.xlsx"
    path.mkdir()
    with pytest.raises(BuildError, match=r"test\.xlsx：文件写不进去.*先关闭"):
        write_workbook(read(render(texts(figures(3)))), (), path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["test.xlsx"]
