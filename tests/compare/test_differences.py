"""What is the same is not told, what differs is told from both sides alike, and nothing else."""

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import CODES, broken
from compare.made import (
    PLACE,
    VALUES,
    built,
    cells,
    chart,
    finding,
    findings,
    notebook,
    of_figures,
    prose,
    results,
    swapped,
)
from nianbao.compare import differences
from nianbao.compare.page import page
from nianbao.compare.results import load
from nianbao.compare.shown import shown
from nianbao.compare.text import text

WORDS = st.sampled_from(["甲。", "乙。", "丙。", "共1件。", "共2件。"])
STATES = st.sampled_from(
    [
        {"state": "blank", "value": "", "written": ""},
        {"state": "slash", "value": "", "written": "/"},
        {"state": "number", "value": "0", "written": "0"},
        {"state": "inferred", "value": "0", "written": ""},
        {"origin": "第9行"},
        {"label": "别的名称"},
        {},
    ]
)
STATUSES = st.sampled_from(["passed", "failed", "undecided"])


@st.composite
def runs(draw):
    """Return what a run might have left of a report, with files missing or broken."""
    codes = draw(st.lists(st.sampled_from(["t3.new.natural", "t4.review.upheld"]), unique=True))
    listed = draw(st.lists(st.tuples(st.sampled_from("abc"), STATUSES), max_size=4))
    words = draw(st.lists(WORDS, max_size=9))
    drawn = draw(st.sampled_from([(), (("balance", chart()),), (("balance", chart("另一个")),)]))
    made = results(
        cells_csv=cells(*({"cell": code, **draw(STATES)} for code in codes)),
        findings_csv=findings(*(finding(id, status=status) for id, status in listed)),
        report_ipynb=notebook(("prose-1", f"<p>{''.join(words)}</p>"), *drawn),
        provenance_json=draw(st.sampled_from([b'{"a": 1}', b'{"a": {"b": 2}}', b'{"a": 1 }'])),
        report_html=draw(st.sampled_from([b"a\nb", b"a\nc", b"a"])),
    )
    lost = draw(st.sets(st.sampled_from(sorted(made)), max_size=2))
    kept = {name: content for name, content in made.items() if name not in lost}
    return {**kept, **draw(st.sampled_from([{}, {"2023/other/cells.csv": b"x"}]))}


@given(runs(), runs())
def test_the_other_way_round_the_same_is_told_the_other_way_round(one, other):
    assert differences(other, one) == swapped(differences(one, other))


@given(runs(), runs())
def test_something_is_told_just_where_bytes_differ(one, other):
    found = differences(one, other)
    assert bool(found) == (one != other)
    told = {f"{each.named.place}/{f.name}" for each in found.reports for f in each.files}
    alone = {each.place for each in (*found.new, *found.gone)}
    names = {*one, *other}
    assert told == {
        name
        for name in names
        if one.get(name) != other.get(name) and name.rpartition("/")[0] not in alone
    }


@given(runs())
def test_nothing_differs_from_itself(one):
    found = differences(one, dict(one))
    assert not found and found.same == len({name.rpartition("/")[0] for name in one})


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_sentences_changed_and_kept_make_up_both_texts(one, other):
    found = differences(results(report_ipynb=prose(*one)), results(report_ipynb=prose(*other)))
    changes = found.reports[0].sentences if found else ()
    told = [
        Counter(s for c in changes for s in side(c))
        for side in (lambda c: c.before, lambda c: c.after)
    ]
    assert Counter(one) - told[0] == Counter(other) - told[1]
    assert not told[0] - Counter(one) and not told[1] - Counter(other)


@pytest.mark.parametrize("seed", range(8))
def test_of_generated_figures_just_the_one_that_was_changed_is_told(seed):
    rng = random.Random(seed)
    code = rng.choice([code for code in CODES if code != "t2.fees.amount_10k"])
    values = VALUES | {code: int(VALUES[code]) + rng.randint(1, 9)}
    (found,) = differences(of_figures(VALUES), of_figures(values)).reports
    (change,) = found.cells.changed
    assert (change.code, change.kind) == (code, "figure")
    assert (str(change.before.number), str(change.after.number)) == (
        str(VALUES[code]),
        str(values[code]),
    )
    turned = {c.after.rule for c in found.findings.changed if c.after.status == "failed"}
    assert {rule for rule in turned if rule[:2] in ("T3", "T4")} == broken(values)
    rest = [*found.findings.new, *found.findings.gone]
    about = [*rest, *(side for c in found.findings.changed for side in (c.before, c.after))]
    assert all(code in each.cells.split() for each in about if each.rule[0] == "T")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Two builds of a report in which one figure and one sentence were changed."""
    code = "t3.granted.total"
    values = VALUES | {code: int(VALUES[code]) + 3}
    words = {"解读形式": "解读方式"}
    return [
        built(tmp_path_factory.mktemp("one"), VALUES),
        built(tmp_path_factory.mktemp("other"), values, **words),
    ]


def of_outputs(outputs):
    one, other = load(tuple(map(str, outputs)), None, print)
    return one.results, other.results


def test_of_a_built_report_just_what_follows_from_the_change_is_told(outputs):
    before, after = of_outputs(outputs)
    (found,) = differences(before, after).reports
    assert [c.code for c in found.cells.changed] == ["t3.granted.total"]
    assert found.cells.unchanged == len(CODES) - 1
    turned = {c.after.rule: c.after.status for c in found.findings.changed if c.turned}
    assert {"T3-3:granted"} <= {rule for rule, status in turned.items() if status == "failed"}
    drawn = [
        {d.cell: d.figure for d in shown(side[f"{PLACE}/report.ipynb"]).drawn}
        for side in (before, after)
    ]
    assert {c.cell for c in found.figures} == {
        cell for cell in {*drawn[0], *drawn[1]} if drawn[0].get(cell) != drawn[1].get(cell)
    }
    assert "outcomes" in {c.cell for c in found.figures}
    assert "disputes" in drawn[0] and "disputes" not in {c.cell for c in found.figures}


def test_of_a_built_report_the_changed_sentences_stand_under_their_headings(outputs):
    before, after = of_outputs(outputs)
    (found,) = differences(before, after).reports
    by_heading = {c.heading: c for c in found.sentences}
    own = by_heading["五、存在的主要问题及改进情况"]
    assert own.before == ("下一步，将丰富解读形式。",)
    assert own.after == ("下一步，将丰富解读方式。",)
    assert not {"一、总体情况", "六、其他需要报告的事项"} & set(by_heading)
    pages = [
        re.sub(r"<[^>]+>|\s", "", side[f"{PLACE}/report.html"].decode()) for side in (before, after)
    ]
    for change in found.sentences:
        if "年度概况" not in change.heading:  # tiles, whose parts are set apart by signs
            for page, sentences in zip(pages, (change.before, change.after), strict=True):
                assert all("".join(sentence.split()) in page for sentence in sentences)


def test_all_files_of_a_built_report_that_differ_are_accounted_for(outputs):
    before, after = of_outputs(outputs)
    (found,) = differences(before, after).reports
    assert [each.name for each in found.files] == sorted(
        name.rpartition("/")[2] for name in before if before[name] != after[name]
    )
    assert not found.others
    assert [each.key for each in found.origins] == [("source", "sha256")]


def test_two_builds_of_the_same_are_the_same(outputs, tmp_path):
    again = built(tmp_path / "again", VALUES)
    assert not differences(*of_outputs([outputs[0], again]))


def test_runs_without_a_report_in_common_are_said_not_to_have_been_compared():
    """Regression: one year's report against the next named both, as if all else were the same."""
    one, other = ({f"{year}/office/cells.csv": b"cell\n"} for year in (2023, 2024))
    assert "没有两边都有的报告" in text(differences(one, other), ("A", "B"))
    assert "没有两边都有" not in text(differences({**one, **other}, other), ("A", "B"))


def test_a_report_of_other_content_is_not_drowned_by_an_upgrade_of_the_software():
    """Regression: 150 reports of another version stood before the one of another sentence."""
    one, other = (
        {
            **{
                f"2022/a{n:03}/{name}": content
                for n in range(150)
                for name, content in (
                    ("provenance.json", b'{"software": {"version": "%s"}}' % version),
                    ("report.html", version * n),
                )
            },
            "2023/office/report.ipynb": prose(sentence),
        }
        for version, sentence in ((b"0.1.0", "甲。"), (b"0.2.0", "乙。"))
    )
    found = differences(one, other)
    told, shown = text(found, ("A", "B")), page(found, ("A", "B"))
    assert told.index("现：乙。") < told.index("软件版本：0.1.0 → 0.2.0")
    assert told.count("软件版本") == 2 and len(told.splitlines()) < 40  # report 0 has an empty page
    assert "另有148份报告同样只是这些出处和文件不同，内容相同" in told
    assert shown.index("乙") < shown.index("软件版本") and shown.count("软件版本") == 2
    assert all(f"a{n:03} 2022年" in shown for n in range(150))


def test_reports_that_differ_in_other_files_are_told_apart():
    one = {f"2022/a{n}/{name}": b"x" for n in range(3) for name in ("report.html", "review.html")}
    other = one | {"2022/a0/report.html": b"y", "2022/a2/report.html": b"z"}
    groups = differences(one, other | {"2022/a1/review.html": b"y"}).groups
    assert [(len(group.others), group.report.named.agency) for group in groups] == [
        (1, "a0"),
        (0, "a1"),
    ]


@pytest.mark.parametrize("content", [None, b"{"])
@pytest.mark.parametrize(
    ("name", "words"),
    [("cells.csv", "单元格"), ("findings.csv", "核验结果"), ("report.ipynb", "文字和图")],
)
def test_what_could_not_be_compared_is_not_said_to_be_the_same(name, words, content):
    """Regression: a run without readable cells had "单元格……都相同"."""
    one = {f"{PLACE}/report.html": b"x", f"{PLACE}/{name}": b"{ }"}
    other = {f"{PLACE}/report.html": b"y"} | ({f"{PLACE}/{name}": content} if content else {})
    told = text(differences(one, other), ("A", "B"))
    assert "都相同" not in told and f"其他文件：2个不同；{words}没有比较" in told


def test_the_headline_says_which_differ_in_content_whatever_else_is_there():
    """Regression: beside a report that one run lacks, bytes alone were not said to be that."""
    one = {f"2022/{name}/report.html": b"x" for name in ("a", "b")}
    other = {"2022/a/report.html": b"y"}
    assert "1份报告不同（单元格、核验结果、文字和图都相同" in text(
        differences(one, other), ("", "")
    )
    one |= {"2022/c/report.ipynb": prose("甲。")}
    other |= {"2022/c/report.ipynb": prose("乙。")}
    assert "✗ 2份报告不同（其中1份只是文件不同），1份" in text(differences(one, other), ("", ""))
