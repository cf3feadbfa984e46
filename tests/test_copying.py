"""Likeness (雷同, X-15): a copy with new figures is named, offices of one trade are left alone."""

import random
import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

import nianbao.copying as module
from corpus.figures import balanced
from nianbao.copying import HINTED, WARNED, copying
from nianbao.findings import check_report
from nianbao.kinship import alike, relative
from nianbao.narrative import likeness, stretches
from nianbao.report import Paragraph, Report, Section
from oracle.worlds import Sheet, beside

FOLDER = Path(__file__).parent
PROSE = FOLDER / "oracle" / "prose"
OPENING = (PROSE / "opening.txt").read_text("utf-8").strip()
PATTERN = ("forms", "housing")
"""Two offices that filled in the same pattern; all others wrote for themselves."""
BLANK = Sheet("2021", 2022, balanced(random.Random(1), "2021"), {}).report()


def office(name):
    """Return an office's name, where it sits, and the prose of its report."""
    head, _, body = (PROSE / f"{name}.txt").read_text("utf-8").partition("\n")
    return *head.split(), body.strip()


NAMES = sorted(path.stem for path in PROSE.glob("*.txt") if path.stem != "opening")
PAIRS = list(permutations(NAMES, 2))


def opening(name, year=2022):
    who, place, _ = office(name)
    number = NAMES.index(name)
    return OPENING.format(
        year=year, name=who, place=place, code=123400 + number, phone=f"0371-6{number}12345"
    )


def report(text, agency="test", year=2022, before=""):
    """Return a report with that prose in its first section, and words before it."""
    paragraphs = tuple(Paragraph(line) for line in text.splitlines())
    first = Section(None, "", (Paragraph(before),)) if before else Section(None, "")
    sections = (first, Section(1, "一、总体情况", paragraphs))
    return replace(BLANK, agency=agency, name=f"{agency}局", year=year, sections=sections)


def against(own: Report, *others: Report, previous: Report | None = None):
    return copying(own, beside(own, previous, siblings=tuple(map(relative, others))))


def renumbered(text):
    """Return the same words with other figures."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 7), text)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "veterans"])
def test_last_years_words_with_new_figures_are_a_copy(name):
    _, _, text = office(name)
    own, last = report(text), report(renumbered(text), year=2021)
    (found,) = against(own, previous=last)
    assert (found.rule, found.scope, found.status) == ("X-15", "2021", "failed")
    assert not found.severity  # the catalogue's: a warning
    assert "文字有100%与2021年报告相同" in found.found
    assert "（" in found.found and found.advice
    named = {f.rule.id: f for f in check_report(own, beside(own, last))}["X-15:2021"]
    assert (named.severity, named.objection) == ("warning", False)


def test_another_offices_words_are_a_copy_with_its_name():
    _, _, text = office("water")
    copy = text.replace("临溪县水利局", "某局").replace("临溪", "青石")
    own = report(copy, "own")
    found = against(own, report(text, "alike"), report(office("town")[2], "unlike"))
    assert [(f.scope, f.status) for f in found] == [("alike", "failed"), ("unlike", "passed")]
    assert "alike局的报告" in found[0].found
    quoted = re.findall("“([^”]+)”（[0-9]+字）", found[0].found)
    assert 1 <= len(quoted) <= 3
    for words in quoted:
        begin = words.split("……")[0]
        assert begin.replace(" ", "") in copy.replace("\n", "").replace("“", "‘").replace("”", "’")


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_offices_of_all_kinds_are_left_in_peace(one, other):
    """Their words have the same subject, and often the same turns of phrase."""
    share = likeness(office(one)[2], office(other)[2]).share
    assert share >= HINTED if {one, other} == set(PATTERN) else share < HINTED / 2


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_statutory_opening_before_the_first_section_counts_for_nothing(one, other):
    if {one, other} == set(PATTERN):
        return
    own = report(office(one)[2], "one", before=opening(one))
    found = against(own, report(office(other)[2], "other", before=opening(other)))
    assert {f.status for f in found} <= {"passed"}


def test_the_invented_offices_of_the_labelled_passages_are_left_in_peace():
    texts: dict[str, str] = {}
    for half in ("development", "measurement"):
        name = ""
        for line in (FOLDER / "passages" / f"{half}.txt").read_text("utf-8").splitlines():
            if line.startswith("== "):
                name = line[3:]
            elif name and line and not line.startswith((" ", "#")):
                texts[name] = texts.get(name, "") + line + "\n"
    assert len(texts) == 8
    for one, other in permutations(texts, 2):
        assert likeness(texts[one], texts[other]).share < HINTED / 3


def test_the_shipped_report_is_like_none_of_them(real_report):
    others = [report(f"{opening(name)}\n{office(name)[2]}", name) for name in NAMES]
    found = against(real_report, *others)
    assert [f.status for f in found] == ["passed"] * len(NAMES)
    assert {f.found for f in found} == {f"文字与{name}局的报告没有大段相同" for name in NAMES}


@pytest.mark.parametrize("share", [0.35, 0.36, 0.4, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("length", [320, 600, 1500])
def test_the_quick_look_passes_over_nothing_that_is_mentioned(share, length):
    """Copied passages of the least length that counts, anywhere in the text."""
    pool = "".join(office(name)[2] for name in NAMES).replace("\n", "")
    for at in range(0, len(pool) - length, 97):
        own = pool[at : at + length]
        other = office("statistics")[2][:200] + own[: int(length * share) + 1]
        if likeness(own, other).share >= HINTED:
            assert alike(stretches(own), stretches(other))


def mixed(share, least=1500):
    """Return two texts of which about so much is the same."""
    kept = [name for name in NAMES if name not in (*PATTERN, "statistics")]
    pool = "".join(office(name)[2] for name in kept).replace("\n", "")
    return pool[:least], pool[: int(least * share)] + office("statistics")[2]


@pytest.mark.parametrize(
    ("share", "status", "severity"),
    [
        (0.2, "passed", "hint"),
        (0.3, "passed", "hint"),
        (0.4, "failed", "hint"),
        (0.55, "failed", "hint"),
        (0.65, "failed", ""),
        (0.9, "failed", ""),
    ],
)
def test_how_much_is_the_same_decides_how_it_is_told(share, status, severity):
    own, other = mixed(share)
    (found,) = against(report(own), report(other, "other"))
    assert (found.status, found.severity) == (status, severity)
    told = int(re.search(r"有(\d+)%", found.found)[1])
    assert abs(told - 100 * share) <= 3


def test_it_is_the_share_of_the_reports_own_words():
    """A short report that is contained in a long one is a copy; not the other way round."""
    short = office("town")[2]
    long = short + "".join(office(n)[2] for n in ("water", "street", "education", "transport"))
    own, other = report(short, "short"), report(long, "long")
    assert against(own, other)[0].status == "failed"
    assert against(other, own)[0].status == "passed"


def test_a_few_words_are_no_copy():
    text = office("veterans")[2]
    assert len(text) < 300
    assert not against(report(text), report(text, "other"), previous=report(text, year=2021))


def test_titles_and_sub_headings_are_no_words_of_the_office():
    titles = tuple(
        Paragraph("（一）加强组织领导，健全政府信息公开工作机制" * 3, 3) for _ in range(9)
    )
    own = replace(BLANK, sections=(Section(1, "一、总体情况" * 90, titles),))
    assert not against(own, replace(own, agency="other"))


def test_last_years_report_without_words_is_like_nothing():
    own = report(office("water")[2])
    (found,) = against(own, previous=replace(BLANK, year=2021, sections=()))
    assert found.status == "passed" and "没有大段相同" in found.found


def test_a_copy_in_other_sections_order_is_still_one():
    lines = office("street")[2].splitlines()
    own = report("\n".join(lines))
    (found,) = against(own, report("\n".join(reversed(lines)), "other"))
    assert found.status == "failed" and not found.severity


def test_fifty_offices_are_each_told_in_their_order():
    own = report(office("water")[2], "own")
    others = [report(office(NAMES[i % len(NAMES)])[2], f"o{i}") for i in range(50)]
    found = against(own, *others)
    assert [f.scope for f in found] == [f"o{i}" for i in range(50)]
    copies = [f"o{i}" for i in range(50) if NAMES[i % len(NAMES)] == "water"]
    assert [f.scope for f in found if f.status == "failed"] == copies


def test_hostile_words_are_quoted_and_nothing_else():
    text = "<script>alert(1)</script>“坏”\t\u202e" * 30
    (found,) = against(report(text), report(text, "other"))
    assert found.status == "failed" and "\n" not in found.found and "\t" not in found.found


def small(length):
    """Return the opening, and after it so many characters of an office's own."""
    own = office("veterans")[2].replace("\n", "")[:length]
    return f"{opening('veterans')}\n{own}", f"{opening('town')}\n{office('town')[2]}"


@pytest.mark.parametrize("name", ["town", "veterans"])
def test_the_statutory_opening_in_the_first_section_counts_for_nothing(name):
    """Section one begins with it in many reports; of a short one it is half of the words."""
    own = report(f"{opening(name)}\n{office(name)[2]}", "own")
    other = report(f"{opening('water')}\n{office('water')[2]}", "other")
    assert not [found for found in against(own, other) if found.status != "passed"]


def test_a_tiny_report_with_the_statutory_opening_is_no_copy():
    own, other = small(70)
    assert likeness(own, other).share >= WARNED, "a warning, were the opening counted"
    assert not against(report(own, "own"), report(other, "other"))


def test_thresholds_are_those_that_these_figures_were_measured_with():
    assert (HINTED, WARNED, module._LEAST) == (0.35, 0.6, 300)
