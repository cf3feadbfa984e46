"""The catalogue with its counts."""

from builders import figures
from nianbao.catalogue import catalogue
from nianbao.forms import load_form
from nianbao.tallies import table, tally
from nianbao.workspace import Workspace
from offices import file_report, project

VALUES = figures(13, density=0.5)

LOCAL = """
rules:
  - {id: LOCAL-1, label: 行政许可决定不为0, left: [t2.licences.decisions], relation: "!=",
     right: [0], severity: warning, basis: 本地要求}
"""


def place(tmp_path):
    root = project(tmp_path)
    file_report(root, "office", 2022, VALUES | {"t2.licences.decisions": 0})
    file_report(root, "office", 2023, VALUES | {"t2.licences.decisions": 7})
    (root / "params" / "rules.yaml").write_text(LOCAL, "utf-8")
    return Workspace(root)


def test_every_rule_has_a_line_and_its_counts(tmp_path):
    found = tally(place(tmp_path))
    counts = {each.spec.id: each.counts for each in found.rules}
    assert found.reports == 2
    assert list(counts) == [
        *(spec.id for spec in load_form("2021").rules),
        *(spec.id for spec in catalogue()),
        "LOCAL-1",
    ]
    assert counts["T3-3"]["passed"] == 50
    assert counts["LOCAL-1"] == {"failed": 1, "passed": 1}
    assert counts["Y-1"]["undecided"] == 7  # 2021 is missing; 2023 has 2022 beside it


def test_the_table_marks_local_rules_and_aligns_the_numbers(tmp_path):
    lines = table(tally(place(tmp_path))).splitlines()
    (own,) = [line for line in lines if line.startswith("LOCAL-1")]
    assert own.split()[:5] == ["LOCAL-1", "提醒", "1", "1", "0"]
    assert "行政许可决定不为0（本地）" in own
    assert lines[-1] == "以上是2份报告的核验结果，按处计数。"


def test_a_report_that_cannot_be_read_is_named_and_the_others_are_counted(tmp_path):
    there = place(tmp_path)
    (there.root / "data" / "raw" / "2023" / "broken.docx").write_bytes(b"no package")
    found = tally(there)
    assert found.reports == 2
    assert ["broken.docx" in str(error) for error in found.failed] == [True]
