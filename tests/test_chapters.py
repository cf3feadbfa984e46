import pytest

from builders import figures, read, render, texts
from nianbao.catalogue import catalogue, rule_of
from nianbao.chapters import CHAPTERS, LOCAL, chapter_of, of_chapter
from nianbao.findings import check_report
from nianbao.forms import RuleSpec, load_form


def spec(rule):
    own = next((each for each in load_form("2021").rules if each.id == rule), None)
    return own or rule_of(rule)


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("T3-2", "勾稽关系"),
        ("T3-6", "勾稽关系"),
        ("T2-3", "与上一年度衔接"),
        ("Y-1", "与上一年度衔接"),
        ("Y-4", "与上一年度衔接"),
        ("T2-4", "合理性提示"),
        ("T3-8", "合理性提示"),
        ("T4-5", "文字与表格"),
        ("X-1", "文字与表格"),
        ("X-15", "文字与表格"),
        ("Y-8", "文字与表格"),
        ("F-1", "格式与参数"),
        ("W-1", "格式与参数"),
    ],
)
def test_a_rule_stands_in_the_chapter_of_what_it_compares(rule, title):
    assert chapter_of(spec(rule)).title == title


def test_a_rule_of_the_analyst_is_local_whatever_it_compares():
    own = RuleSpec(
        "LOCAL-1", "", "t3", "", ("new.total",), ("last:new.total",), "error", "",
        kind="comparison", origin="params/rules.yaml",
    )  # fmt: skip
    assert chapter_of(own) == LOCAL


def test_every_rule_has_a_chapter_and_chapters_have_their_own_ids():
    assert all(chapter_of(each) in CHAPTERS for each in catalogue())
    assert len({chapter.id for chapter in CHAPTERS}) == len(CHAPTERS)


def test_chapters_part_the_findings_and_leave_out_what_does_not_apply():
    findings = check_report(read(render(texts(figures(3, density=0)))))
    parted = [f for chapter in CHAPTERS for f in of_chapter(findings, chapter)]
    kept = [f for f in findings if f.status != "not_applicable"]
    assert sorted(f.id for f in parted) == sorted(f.id for f in kept)
    assert len(kept) < len(findings)
