"""Waivers: a finding explained stays in sight, and stops counting; an idle one is told."""

import json
import random
from dataclasses import replace

import pytest

from nianbao.errors import UsageError
from nianbao.findings import check_report
from nianbao.records import findings_csv
from oracle.command import run
from oracle.project import FIGURES, Project, following
from oracle.worlds import world

pytestmark = pytest.mark.many

NEXT = following(FIGURES)
SHIFTED = {"t3.carried_in.natural": 9, "t3.new.natural": -9}
"""A figure that contradicts last year's report and still balances in its own column."""
TOTALS = {code.replace("natural", "total"): by for code, by in SHIFTED.items()}
WRONG = NEXT | {code: NEXT[code] + by for code, by in (SHIFTED | TOTALS).items()}
SUM = "全年收到咨询100件，其中网上咨询30件、电话咨询60件、其他咨询20件。"
"""It claims to be whole, and its parts are 110."""
REQUESTS = "本机关2022年共收到政府信息公开申请3件。"


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path / "project")
    made.report(2022)
    made.report(2023, figures=WRONG)
    return made


def failed(found, prefix=""):
    return {n: f for n, f in found.items() if f.status == "failed" and n.startswith(prefix)}


def exits(project, monkeypatch, capture, year=2023):
    arguments = ("check", "--agency", "bureau", "--year", year, "--format", "json")
    code, printed, _ = run(project, monkeypatch, capture, *arguments)
    return code, {f["rule"]: f for f in json.loads(printed)["findings"]}


def test_an_error_across_years_counts_until_it_is_waived(project, monkeypatch, capfdbinary):
    code, found = exits(project, monkeypatch, capfdbinary)
    hard = [f for f in found.values() if f["severity"] == "error"]
    names = [f["rule"] for f in hard if f["status"] == "failed"]
    assert code == 1 and set(names) == {"Y-1:natural", "Y-1:total"}
    project.waive(found["Y-1:natural"]["id"], year=2023)
    assert exits(project, monkeypatch, capfdbinary)[0] == 1
    project.waive(*(found[name]["id"] for name in names), year=2023)
    code, again = exits(project, monkeypatch, capfdbinary)
    assert code == 0
    for name in names:
        assert again[name] == found[name] | {"waived": True}
    assert {name for name, f in again.items() if f["waived"]} == set(names)


def test_a_waived_finding_stands_in_the_csv_as_failed_and_waived(project):
    name = "Y-1:natural"
    project.waive(project.check(year=2023)[name].id, year=2023)
    rows = findings_csv(tuple(project.check(year=2023).values())).splitlines()
    (row,) = [row for row in rows if f",{name}," in row]
    assert ",error,failed," in row and row.endswith(",true")


def test_a_waiver_for_every_failed_finding_leaves_no_objection(project):
    project.report(2022, figures=FIGURES | {"t3.granted.legal": 999}, prose=SUM)
    found = failed(project.check())
    assert any(f.objection for f in found.values())
    project.waive(*(f.id for f in found.values()))
    again = project.check()
    assert set(failed(again)) == set(found)
    assert not any(f.objection for f in again.values())
    assert {n for n, f in again.items() if f.waived} == set(found)
    assert not [n for n in again if n.startswith("W-1")]


def test_ids_are_the_same_in_every_run_and_with_other_figures(project):
    first = {n: f.id for n, f in project.check(year=2023).items()}
    assert {n: f.id for n, f in project.check(year=2023).items()} == first
    project.report(2023, figures=NEXT)
    later = {n: f.id for n, f in project.check(year=2023).items()}
    shared = {n for n in first if not n.startswith("X")}
    assert {n: later[n] for n in shared} == {n: first[n] for n in shared}


@pytest.mark.parametrize("block", range(4))
def test_no_two_findings_of_a_report_have_the_same_id(block):
    for seed in range(1000 + block * 10, 1010 + block * 10):
        made = world(seed)
        ids = [f.id for f in check_report(made.sheet.report(), made.around())]
        assert len(set(ids)) == len(ids)


def test_a_waiver_that_matches_nothing_is_told(project, monkeypatch, capfdbinary):
    project.report(2023, figures=NEXT)
    project.waive("deadbeef0000", year=2023)
    found = project.check(year=2023)["W-1:deadbeef0000"]
    assert (found.status, found.severity, found.waived) == ("failed", "warning", False)
    assert "deadbeef0000" in found.message and found.advice
    assert exits(project, monkeypatch, capfdbinary)[0] == 0


def test_a_waiver_of_a_finding_that_holds_now_is_told(project):
    key = project.check(year=2023)["Y-1:natural"].id
    project.report(2023, figures=NEXT)
    project.waive(key, year=2023)
    found = project.check(year=2023)
    told = found[f"W-1:{key}"]
    assert found["Y-1:natural"].status == "passed"
    assert (told.status, told.severity) == ("failed", "hint")
    assert "Y-1:natural" in told.message and key in told.message


def test_a_waiver_of_a_finding_that_became_undecided_is_told(project):
    key = project.check(year=2023)["Y-1:natural"].id
    project.waive(key, year=2023)
    (project.root / "data/raw/2022/bureau.txt").unlink()
    found = project.check(year=2023)
    assert found["Y-1:natural"].status == "undecided"
    assert f"W-1:{key}" in found


def test_a_waiver_is_for_one_office_and_one_year(project):
    project.register("bureau,测试局,department,,,,", "office,测试办公室,office,,,,")
    project.report(2023, "office", WRONG)
    key = project.check(year=2023)["Y-1:natural"].id
    project.waive(key, year=2023, agency="office")
    found = project.check("office", 2023)
    assert not [f for f in found.values() if f.waived] and f"W-1:{key}" in found


def test_the_same_waiver_twice_is_one(project):
    key = project.check(year=2023)["Y-1:natural"].id
    project.waive(key, key, year=2023)
    found = project.check(year=2023)
    assert [n for n, f in found.items() if f.waived] == ["Y-1:natural"]
    assert not [n for n in found if n.startswith("W-1")]


def test_the_same_idle_waiver_twice_is_told_once():
    waivers = [{"finding": "deadbeef0000", "who": "某", "when": "2023", "why": "已核"}] * 2
    report = replace(world(1).sheet.report(), parameters={"waivers": waivers})
    ids = [f.id for f in check_report(report)]
    assert len(set(ids)) == len(ids)


def test_an_id_that_yaml_takes_for_a_number_is_refused_with_what_to_do(project):
    project.write(
        "params/2023/bureau.yaml",
        "waivers:\n  - {finding: 012345670123, who: 某, when: 2023-02-01, why: 已核}\n",
    )
    with pytest.raises(UsageError, match="引号"):
        project.check(year=2023)


@pytest.mark.parametrize(
    "content",
    [
        "waivers: yes\n",
        "waivers: [a]\n",
        "waivers: [{finding: a}]\n",
        "waivers: [{finding: a, who: b, when: c, why: d, more: e}]\n",
        "waiver: []\n",
        "waivers: [\n",
    ],
)
def test_waivers_written_wrongly_end_with_two(project, monkeypatch, capfdbinary, content):
    project.write("params/2023/bureau.yaml", content)
    with pytest.raises(UsageError) as raised:
        project.check(year=2023)
    assert "params/2023/bureau.yaml" in str(raised.value)
    given = ("check", "--agency", "bureau", "--year", 2023)
    assert run(project, monkeypatch, capfdbinary, *given)[0] == 2


SURROUNDED = [
    "今年新增一句话。{}",
    "今年新增一段话。\n\n{}",
    "另有一句：2021年共收到申请5件。{}后面再加一句。",
    "{}\n后面再加一段，其中有3件。",
    "共办理7件，其中网上3件、其他5件。{}",
]


@pytest.mark.parametrize("around", SURROUNDED)
@pytest.mark.parametrize(("sentence", "rule"), [(SUM, "X-12"), (REQUESTS, "X-1")])
def test_a_waiver_of_a_sentence_stands_as_long_as_the_sentence(project, around, sentence, rule):
    project.report(2022, prose=sentence)
    ((name, first),) = failed(project.check(), rule + ":").items()
    project.waive(first.id)
    project.report(2022, prose=around.format(sentence))
    found = project.check()
    assert (found[name].id, found[name].waived) == (first.id, True)
    assert not [n for n in found if n.startswith("W-1")]
    others = [n for n in failed(found, rule + ":") if n != name]
    assert not [n for n in others if found[n].waived]


@pytest.mark.parametrize(("sentence", "rule"), [(SUM, "X-12"), (REQUESTS, "X-1")])
def test_a_waiver_of_a_sentence_stands_with_other_tables(project, sentence, rule):
    project.report(2022, prose=sentence)
    ((name, first),) = failed(project.check(), rule + ":").items()
    project.waive(first.id)
    project.report(2022, figures=NEXT, prose=sentence)
    assert project.check()[name].waived


@pytest.mark.parametrize("changed", ["30件", "100件"])
def test_another_number_in_the_sentence_is_another_finding(project, changed):
    project.report(2022, prose=SUM)
    ((name, first),) = failed(project.check(), "X-12:").items()
    project.waive(first.id)
    project.report(2022, prose=SUM.replace(changed, "77件"))
    found = project.check()
    assert name not in found and f"W-1:{first.id}" in found
    assert not [f for f in found.values() if f.waived]


def test_sentences_in_any_order_keep_their_findings(project):
    sentences = [SUM, REQUESTS, "全年发布信息50条，分别为网站20条、公众号40条。"]
    rng, seen = random.Random(5), []
    for _ in range(4):
        project.report(2022, prose="".join(sentences))
        seen.append({f.id for n, f in failed(project.check(), "X").items()})
        rng.shuffle(sentences)
    assert len(seen[0]) == 3 and all(ids == seen[0] for ids in seen)
