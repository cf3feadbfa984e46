"""Hostile files: read within limits, or refused in one sentence. `python -m hostile` has all."""

import time

import pytest

from hostile import offices, pages, prints
from hostile.__main__ import CASES
from hostile.meter import SECONDS, cuts, oddities, run, write
from nianbao.errors import NianbaoError, UnreadableError
from nianbao.reading import read_report

pytestmark = pytest.mark.many

QUICK = [case for case in CASES if case.quick]
WHOLE = {
    "a.docx": offices.word(offices.document("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>")),
    "a.xlsx": offices.excel(
        offices.sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    ),
    "a.pdf": prints.one_page(prints.text(b"(a)Tj")),
    "a.html": pages.spans()[:2_000],
    "a.txt": "一、总体情况\n1\t2\t3\n".encode(),
    "a.md": "# 一、总体情况\n\n|a|b|\n|-|-|\n|1|2|\n".encode(),
    "a.csv": b'code,value\nt3.1.1,"1"\n',
}


def ends_well(path):
    """Read a file as the commands do; a report or a foreseen error comes of it, in time."""
    start = time.monotonic()
    try:
        read_report(path, year=2022)
    except NianbaoError as error:
        assert str(error).isprintable()
        return error
    finally:
        assert time.monotonic() - start < SECONDS
    return None


@pytest.mark.parametrize("case", QUICK, ids=lambda case: case.name)
def test_a_hostile_file_is_read_or_refused_in_time(case, tmp_path):
    error = ends_well(write(case, tmp_path))
    assert (error.exit_code if error else 0) in case.codes


@pytest.mark.parametrize("name", ["entities.docx", "line-19mb.txt", "loop-of-pages.pdf"])
def test_the_command_line_says_one_sentence(name, tmp_path):
    case = next(case for case in CASES if case.name == name)
    assert not list(run(write(case, tmp_path)).faults(case.codes))


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_cut_short_is_read_or_refused(name, tmp_path):
    for content in cuts(WHOLE[name]):
        path = tmp_path / name
        path.write_bytes(content)
        ends_well(path)


def test_what_is_no_plain_file_is_refused(tmp_path):
    for path in oddities(tmp_path).values():
        assert isinstance(ends_well(path), UnreadableError)
