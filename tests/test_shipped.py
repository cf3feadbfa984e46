"""The reports in `data/raw` read back to the published figures that they were written from."""

import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import shipped
from corpus.figures import published
from nianbao.findings import check_report
from nianbao.reading import read_report
from nianbao.verdict import judge
from nianbao.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
REPORTS = {
    "suqian-2023": "2023/suqian.docx",
    "suqian-2024": "2024/suqian.html",
    "shanghai-office-2019": "2019/shanghai-office.xlsx",
    "huaian-2024": "2024/huaian.pdf",
}


@pytest.fixture(params=REPORTS)
def report(request):
    path = ROOT / "data" / "raw" / REPORTS[request.param]
    found = read_report(path, workspace=Workspace(ROOT))
    return request.param, found


def test_every_cell_is_as_published(report):
    name, found = report
    raw, printed = published(name)
    assert (found.form.id, found.year) == (raw["form"], raw["year"])
    assert {code: cell.written for code, cell in found.cells.items()} == printed
    for code, cell in found.cells.items():
        text = printed[code]
        assert cell.state == ("number" if text else "blank"), code
        if text and not text.endswith("元"):
            assert Decimal(cell.value) == Decimal(text), code
        assert cell.origin


def test_their_rules_hold_or_are_told_undecided(report):
    name, found = report
    verdict = judge(found, check_report(found))
    expected = (39, 0, 1) if name == "shanghai-office-2019" else (42, 0, 0)
    assert (verdict.passed, verdict.failed, verdict.undecided) == expected


def test_the_amount_in_yuan_is_converted_and_told(report):
    name, found = report
    if name == "shanghai-office-2019":
        assert found.value("t2.procurement.amount") == Decimal("25.1")
        assert "unit_converted" in {note.code for note in found.notes}


def test_the_files_are_what_the_kept_script_writes(tmp_path):
    shipped.main(tmp_path)
    for name, place in REPORTS.items():
        agency, form = Path(place).stem, Path(place).suffix
        (written,) = tmp_path.rglob(f"{Path(place).parent.name}/{agency}{form}")
        kept = ROOT / "data" / "raw" / place
        if form in (".docx", ".xlsx"):
            # Another zlib may pack the same parts into other bytes.
            assert _parts(written) == _parts(kept), name
        else:
            assert written.read_bytes() == kept.read_bytes(), name


def _parts(path):
    with zipfile.ZipFile(path) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}
