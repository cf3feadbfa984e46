"""The panel of a project says what each report's findings say, and what could not be read."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builders import figures
from nianbao import cli
from nianbao.finding import record
from nianbao.findings import check_report
from nianbao.ledger import Ledger
from nianbao.panel import children, project
from nianbao.panel.cells import report_of
from nianbao.panel.messages import message
from nianbao.panel.project import check_project
from nianbao.pool import run_jobs
from nianbao.progress import Progress
from nianbao.shelf import read_kept
from nianbao.surroundings import around
from nianbao.workspace import Workspace
from oracle.project import FIGURES, Project, following
from panel.taken import rows_by_report

ROOT = Path(__file__).parents[2]
TABLES = ("cells", "findings", "rules", "reports")
SIDES = ("left", "right", "imbalance")
LOCAL = """\
rules:
  - {id: LOCAL-1, label: 行政许可决定不为0, left: [t2.licences.decisions], relation: "!=",
     right: [0], severity: error, basis: 本市|<要求>}
"""


def check(workspace, folder, **options):
    targets = options.pop("targets", None) or workspace.select()
    return check_project(
        Ledger(workspace), targets, Progress(lambda _: None), folder=folder, **options
    )


def read(folder):
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in TABLES}


def reports_of(workspace):
    return {
        (year, agency): read_kept(path, agency, year, workspace)
        for (year, agency), path in workspace.reports().items()
    }


def demand_same(workspace, tables):
    """Hold the panel against what the check of each report says."""
    counts, rows = Counter(), []
    known = reports_of(workspace)
    for (year, agency), report in known.items():
        for finding in check_report(report, around(report, workspace)):
            rule, status = finding.rule.spec.id, finding.status
            counts[year, report.form.key, rule, status] += 1
            counts[year, report.form.key, rule, "waived"] += finding.waived and status == "failed"
            if status in ("failed", "undecided"):
                row = record(finding)
                sides = {name: Decimal(row[name]) if row[name] else None for name in SIDES}
                rows.append(
                    {"agency": agency, "year": year, "form": report.form.key, **row, **sides}
                )
    cells = rows_by_report(pq.read_table(tables_folder(tables) / "cells.parquet"))
    told = [
        row | {"message": message(row, cells[row["year"], row["agency"]])}
        for row in tables["findings"]
    ]
    assert told == [{name: row[name] for name in told[0]} for row in rows]
    found = Counter()
    for row in tables["rules"]:
        for status in ("passed", "failed", "waived", "undecided", "not_applicable"):
            found[row["year"], row["form"], row["rule"], status] += row[status]
    assert +found == +counts
    return known


def tables_folder(tables):
    return tables["folder"]


def made(workspace, folder, **options):
    found = check(workspace, folder, **options)
    return found, read(folder) | {"folder": folder}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return made(Workspace(ROOT), tmp_path_factory.mktemp("shipped"))


def test_the_shipped_reports_are_told_as_their_findings_are(shipped):
    found, tables = shipped
    known = demand_same(Workspace(ROOT), tables)
    assert (found.reports, found.objections, found.failed) == (len(known), 0, [])


def test_cells_are_those_of_the_reports_sorted(shipped):
    _, tables = shipped
    rows = iter(tables["cells"])
    for report in reports_of(Workspace(ROOT)).values():
        for expected in report.rows():
            row = next(rows)
            value = row.pop("value") if row["amount"] is None else row["amount"]
            row.pop("value", None), row.pop("amount")
            assert row.pop("implied") == report.implied.get(row["cell"])
            assert value == expected.pop("value") and row == expected
    assert next(rows, None) is None


def test_a_report_comes_back_from_its_rows(shipped):
    _, tables = shipped
    cells = rows_by_report(pq.read_table(tables["folder"] / "cells.parquet"))
    for key, report in reports_of(Workspace(ROOT)).items():
        again = report_of(cells[key][::-1])
        assert again.cells == report.cells and again.form == report.form
        assert again.implied == report.implied


WORDS = "全年收到政府信息公开申请9件。"


@pytest.fixture
def place(tmp_path):
    """Two offices below a city over two years: broken, blank, waived, of old and new forms."""
    found = Project(tmp_path / "project")
    found.register(
        "city,测试市人民政府,city,,,,",
        "bureau,测试局,department,city,,,",
        "other,另一局,department,city,,2023,",
    )
    blank = FIGURES | {"t3.granted.legal": "", "t3.new.other": "/", "t4.after.total": ""}
    found.report(2022, figures=FIGURES | {"t3.granted.legal": 999}, prose=WORDS)
    found.report(2023, figures=following(FIGURES) | {"t3.carried_in.natural": 77})
    found.report(2022, "city", figures(5), name="测试市人民政府")
    found.report(2023, "other", blank, name="另一局")
    found.rules(LOCAL)
    failed = [f.id for f in found.check().values() if f.status == "failed"]
    found.waive(*failed[:2], "deadbeef0000")
    return found


def test_a_project_with_all_kinds_of_findings_is_told_as_its_findings_are(place, tmp_path):
    found, tables = made(place.workspace, tmp_path / "out")
    demand_same(place.workspace, tables)
    rules = {row["rule"].partition(":")[0] for row in tables["findings"]}
    assert {"T3-2", "T3-3", "Y-1", "W-1", "L-1", "X-1"} <= rules
    assert found.objections == sum(row["errors"] > 0 for row in tables["reports"]) > 0
    waived = [row for row in tables["findings"] if row["waived"]]
    assert len(waived) == 2 and {row["status"] for row in waived} == {"failed"}
    assert sum(row["waived"] for row in tables["reports"]) == 2


def test_the_reports_table_counts_the_findings(place, tmp_path):
    _, tables = made(place.workspace, tmp_path / "out")
    for row in tables["reports"]:
        report = read_kept(
            place.workspace.reports()[row["year"], row["agency"]],
            row["agency"],
            row["year"],
            place.workspace,
        )
        own = check_report(report, around(report, place.workspace))
        statuses = Counter(finding.status for finding in own)
        assert {name: row[name] for name in ("passed", "failed", "undecided")} == {
            name: statuses[name] for name in ("passed", "failed", "undecided")
        }
        assert row["errors"] == sum(finding.objection for finding in own)
        assert (row["name"], row["source"]) == (report.name, report.source)
        assert (row["sha256"], row["state"], row["reason"]) == (report.sha256, "checked", None)


@pytest.mark.many
def test_waves_and_workers_change_no_byte(place, tmp_path, monkeypatch):
    check(place.workspace, tmp_path / "one")
    monkeypatch.setattr(project, "WAVE", 2)
    check(place.workspace, tmp_path / "two", run=partial(run_jobs, workers=1))
    monkeypatch.undo()
    check(place.workspace, tmp_path / "three", run=partial(run_jobs, workers=3))
    contents = [
        {path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())}
        for name in ("one", "two", "three")
    ]
    assert contents[0] == contents[1] == contents[2]
    assert len(contents[0]) == 6


def test_the_machine_readable_codebook_knows_each_file(place, tmp_path):
    import hashlib

    check(place.workspace, tmp_path / "out")
    data = json.loads((tmp_path / "out" / "codebook.json").read_text("utf-8"))
    for name, facts in data["files"].items():
        content = (tmp_path / "out" / name).read_bytes()
        assert facts["sha256"] == hashlib.sha256(content).hexdigest()
        assert facts["rows"] == pq.read_metadata(tmp_path / "out" / name).num_rows
    assert set(data["files"]) == {f"{name}.parquet" for name in TABLES}


def test_the_findings_hold_the_counts_by_rule_too(place, tmp_path):
    _, tables = made(place.workspace, tmp_path / "out")
    metadata = pq.read_metadata(tmp_path / "out" / "findings.parquet").metadata
    told = json.loads(metadata[b"nianbao.rules"])
    rows = [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]
    assert rows == [{name: row[name] for name in told["columns"]} for row in tables["rules"]]


def test_what_cannot_be_read_is_in_the_list_with_its_reason(place, tmp_path):
    place.write("data/raw/2022/other.txt", b"\0\1")
    place.write("params/2023/bureau.yaml", "unknown: 1\n")
    found, tables = made(place.workspace, tmp_path / "out")
    lines = {(row["year"], row["agency"]): row for row in tables["reports"]}
    for key, words in {(2022, "other"): "other.txt", (2023, "bureau"): "unknown"}.items():
        assert lines[key]["state"] == "unread" and words in lines[key]["reason"]
        assert lines[key]["form"] is None and lines[key]["passed"] is None
        assert key not in rows_by_report(pq.read_table(tmp_path / "out" / "cells.parquet"))
    assert sorted(error.exit_code for error in found.failed) == [2, 3]
    assert len(lines) == 5 and found.reports == 3


def test_where_nothing_can_be_read_the_list_says_so(tmp_path):
    place = Project(tmp_path / "project")
    place.write("data/raw/2022/bureau.txt", b"\0\1")
    found, tables = made(place.workspace, tmp_path / "out")
    assert (found.reports, len(found.failed)) == (0, 1)
    assert [row["state"] for row in tables["reports"]] == ["unread"]
    assert tables["cells"] == tables["findings"] == tables["rules"] == []


def test_a_report_that_does_not_fit_costs_no_other_its_place(place, tmp_path, monkeypatch):
    def odd(path, agency, year, workspace):
        report = read_kept(path, agency, year, workspace)
        wrong = {"t3.new.natural": 1} if (year, agency) == (2022, "city") else report.implied
        return replace(report, implied=wrong)

    monkeypatch.setattr(children, "read_kept", odd)
    found, tables = made(place.workspace, tmp_path / "out")
    lines = {(row["year"], row["agency"]): row for row in tables["reports"]}
    assert lines[2022, "city"]["state"] == "unread"
    assert "t3.new.natural 已有数字" in lines[2022, "city"]["reason"]
    assert (found.reports, len(found.failed)) == (3, 1)


ALONE = """
import os, sys
from nianbao.commands.panel import check_all
check_all(None, None, None, None, 1)
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_the_parent_of_the_children_opens_no_thread(place):
    environment = os.environ | {"NIANBAO_HOME": str(place.root)}
    told = subprocess.run(
        [sys.executable, "-c", ALONE], env=environment, capture_output=True, check=True, text=True
    )
    assert told.stdout.splitlines()[-1] == "1"


def killing(key, commons, judged):
    def work(*arguments):
        if arguments[-1] == key:
            os.kill(os.getpid(), signal.SIGKILL)
        return children.ask_beyond(*arguments)

    return work


def test_a_report_that_kills_its_child_costs_no_other_its_findings(place, tmp_path, monkeypatch):
    monkeypatch.setattr(project, "ask_beyond", killing((2022, "bureau"), None, None))
    found, tables = made(place.workspace, tmp_path / "out")
    lines = {(row["year"], row["agency"]): row for row in tables["reports"]}
    assert (
        lines[2022, "bureau"]["state"] == "balance" and "SIGKILL" in lines[2022, "bureau"]["reason"]
    )
    assert [row["state"] for key, row in lines.items() if key != (2022, "bureau")] == [
        "checked"
    ] * 3
    own = [
        row["rule"]
        for row in tables["findings"]
        if row["agency"] == "bureau" and row["year"] == 2022
    ]
    assert "T3-2:legal" in own and not any(rule.startswith("X-") for rule in own)
    assert [error.exit_code for error in found.failed] == [4]


def test_a_failure_leaves_the_last_good_files(place, tmp_path, monkeypatch):
    folder = tmp_path / "out"
    check(place.workspace, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    place.report(2022, figures=FIGURES)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(project.Wave, "write", full)
    with pytest.raises(Exception, match="No space left"):
        check(place.workspace, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.fixture
def command(monkeypatch, capfdbinary):
    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["nianbao", "check", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capfdbinary.readouterr()
        return ended.value.code, printed.out.decode(), printed.err.decode()

    return run


def test_the_command_ends_with_the_gravest_code(place, command, monkeypatch):
    monkeypatch.setenv("NIANBAO_HOME", str(place.root))
    code, out, _ = command("--all", "--year", "2022", "--agency", "city")
    assert code == 0 and "核验1份报告" in out
    assert [row["agency"] for row in read(place.workspace.output)["reports"]] == ["city"]
    code, out, _ = command("--all", "--jobs", "2")
    assert code == 1 and "核验4份报告" in out and "codebook.md" in out
    place.write("data/raw/2022/other.txt", b"\0\1")
    code, _, err = command("--all")
    assert code == 3 and "other.txt" in err
    place.write("params/2023/bureau.yaml", "unknown: 1\n")
    assert command("--all", "--into", place.root / "elsewhere")[0] == 2
    assert (place.root / "elsewhere" / "findings.parquet").is_file()


def test_the_cells_can_be_checked_again_elsewhere(place, command, monkeypatch, tmp_path):
    monkeypatch.setenv("NIANBAO_HOME", str(place.root))
    command("--all")
    given, folder = place.workspace.output / "cells.parquet", tmp_path / "again"
    code, _, err = command("--all", "--cells", given)
    assert code == 2 and "--into" in err
    code, out, _ = command("--all", "--cells", given, "--into", folder)
    assert code == 1 and "核验4份报告" in out
    balance = [row for row in read(place.workspace.output)["findings"] if row["message"] is None]
    again = pq.read_table(folder / "findings.parquet").to_pylist()
    assert again == [row | {"waived": False} for row in balance] and again
    (folder / "bad.parquet").write_bytes(b"no")
    code, _, err = command("--all", "--cells", folder / "bad.parquet", "--into", tmp_path / "no")
    assert code == 3 and "bad.parquet" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--all", "report.txt"], "--all"),
        (["--all", "--format", "csv"], "--format"),
        (["--all", "--format", "text"], "--format"),
        (["--all", "--year", "2032"], "2032"),
        (["--all", "--agency", "buerau"], "bureau"),
        (["--all", "--cells", "x.parquet"], "x.parquet"),
        (["--all", "--cells", "x.parquet", "--year", "2022"], "--year"),
        (["--all", "--cells", "x.parquet", "--jobs", "2"], "--jobs"),
        (["--into", "x"], "--all"),
        (["--cells", "x"], "--all"),
        (["--jobs", "2"], "--all"),
    ],
)
def test_options_that_do_not_go_together_are_refused(place, command, monkeypatch, arguments, words):
    monkeypatch.setenv("NIANBAO_HOME", str(place.root))
    code, _, err = command(*arguments)
    assert code == 2 and words in err
    assert not (place.workspace.output / "findings.parquet").exists()
