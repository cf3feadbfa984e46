import json
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao import cli
from nianbao.commands import ending

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw" / "2022" / "luoyang-gaj.txt"
GOLDEN = ROOT / "tests" / "golden" / "2022" / "luoyang-gaj"


@pytest.fixture(autouse=True)
def _project(monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(ROOT))


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["biuld"], "build"),
        (["build", "--yaer", "2022"], "--year"),
        (["build", "--year", "20x2"], "四位整数"),
        (["build", "--year", ""], "四位整数"),
        (["build", "--year", "2032"], "202"),
        (["build", "--agency", "luoyang-gja"], "luoyang-gaj"),
        (["build", "--agency", ""], "luoyang-gaj"),
        (["build", "--agency", "../../etc"], "没有机关"),
        (["--make-variables=YEAR AGNECY", "build"], "AGENCY"),
        (["--make-variables=year", "build"], "YEAR"),
        (["--make-variables=YEAR", "clean"], "PYTHON"),
        (["--make-variables=CLUTSER", "build"], "CLUSTER"),
        (["--make-variables=OUTPTU DATA", "plan"], "OUTPUT"),
        (["build", "--data", "no/such/folder"], "DATA"),
        (["build", "--output", "s3://key:secret@bucket/out"], "AWS_ACCESS_KEY_ID"),
        (["build", "--cluster", "scheduler"], "tcp://scheduler:8786"),
        (["build", "--cluster", "tcp://a:1", "--jobs", "2"], "JOBS"),
        (["build", "extra"], "extra"),
        (["read"], "FILE"),
        (["read", str(RAW), "--format", "xml"], "csv"),
        (["read", str(RAW), "--year", "22"], "四位整数"),
        (["check"], "--agency"),
        (["check", "--agency", "luoyang-gaj"], "--year"),
    ],
)
def test_wrong_usage_ends_with_two_and_names_what_is_right(command, monkeypatch, arguments, hint):
    from nianbao import build as building

    monkeypatch.setattr(building, "build_all", lambda *a: pytest.fail("something was built"))
    code, out, err = command(*arguments)
    assert code == 2
    assert hint in err
    assert out == ""
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("noise.txt", bytes(range(256)) * 8),
        ("cut.txt", RAW.read_bytes()[:3000]),
        ("poem.txt", "床前明月光，疑是地上霜。\n".encode()),
        ("report.doc", b"\xd0\xcf\x11\xe0"),
        ("missing.txt", None),
    ],
)
def test_what_cannot_be_read_ends_with_three_and_one_message(command, tmp_path, name, content):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = command("read", path, "--year", "2022")
    assert code == 3
    assert out == ""
    assert name in err
    assert len(err.strip().splitlines()) == 1


def test_a_folder_is_not_a_report(command, tmp_path):
    code, _, err = command("read", tmp_path)
    assert code == 3
    assert "Traceback" not in err


def test_cells_are_printed_for_other_programs(command):
    code, out, err = command("read", RAW)
    assert code == 0
    assert out == (GOLDEN / "cells.csv").read_text("utf-8")
    assert "21行" in err


def test_findings_are_printed_for_other_programs(command):
    code, out, _ = command("check", "--agency", "luoyang-gaj", "--year", "2022", "--format", "csv")
    assert code == 0
    assert out == (GOLDEN / "findings.csv").read_text("utf-8")


def test_json_goes_to_standard_output_alone(command):
    _, out, _ = command("check", RAW, "--format", "json")
    assert len(json.loads(out)["findings"]) > 42
    _, out, _ = command("read", RAW, "--format", "json")
    assert len(json.loads(out)["cells"]) == 200


def test_a_check_in_words_shows_the_verdict_first(command):
    code, out, _ = command("check", RAW)
    assert code == 0
    assert out.startswith("✓ 42条勾稽关系全部成立")


def test_a_loose_file_takes_agency_and_year_from_itself(command, tmp_path):
    path = tmp_path / "somewhere.txt"
    path.write_bytes(RAW.read_bytes())
    _, out, _ = command("check", path, "--format", "json")
    report = json.loads(out)["report"]
    assert (report["agency"], report["year"]) == ("somewhere", 2022)


def test_a_failed_rule_ends_a_check_with_one(command, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(RAW.read_bytes().replace(b"0\t1\t0\t0\t1\t0", b"0\t1\t0\t0\t2\t0"))
    code, out, _ = command("check", path)
    assert code == 1
    assert "表四“行政复议”" in out
    assert "左边比右边多1" in out


@pytest.mark.parametrize(
    ("codes", "gravest"),
    [([0, 0], 0), ([0, 1], 1), ([1, 3, 0], 3), ([3, 4, 1], 4), ([4, 2, 3], 2)],
)
def test_a_batch_ends_with_the_gravest_code(codes, gravest):
    assert ending.gravest(codes) == gravest


def test_help_is_quick_to_import():
    """Heavy libraries are loaded by the commands that need them."""
    code = (
        "import sys, nianbao.cli; "
        "print(sorted({'pandas', 'matplotlib', 'ortools', 'papermill'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"


def test_claims_of_a_paragraph_come_from_standard_input():
    text = "2022年，本机关共收到申请32件，其中自然人26件、法人6件。"
    run = subprocess.run(
        [sys.executable, "-m", "nianbao", "claims", "-", "--year", "2022"],
        input=text.encode(),
        capture_output=True,
    )
    found = json.loads(run.stdout)
    assert run.returncode == 0
    assert set(found) == {"sums", "statements", "percentages", "years"}
    (whole,) = found["sums"]
    assert (whole["whole"], whole["holds"], whole["exhaustive"]) == (32, True, False)
    assert all(text[c["start"] : c["end"]] == c["text"] for kind in found.values() for c in kind)


def test_claims_of_a_report_are_held_against_its_table(command):
    code, out, _ = command("claims", str(RAW))
    found = json.loads(out)
    assert code == 0
    assert [s["holds"] for s in found["statements"]] == [True]
    text = RAW.read_text("utf-8")
    assert all(text[c["start"] : c["end"]] == c["text"] for kind in found.values() for c in kind)


def test_an_interrupt_inside_the_import_of_a_compiled_module_is_an_interrupt(capsys):
    """Regression: Ctrl-C while the solver was loaded ended with an ImportError's traceback."""

    def run():
        raise ImportError("initialization failed") from KeyboardInterrupt()

    assert cli._guarded(run) == 130
    with pytest.raises(ImportError):
        cli._guarded(lambda: (_ for _ in ()).throw(ImportError("no such module")))
