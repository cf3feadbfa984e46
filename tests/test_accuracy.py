"""Reads generated documents of every format with every trouble: the promise, measured."""

from decimal import Decimal

import pytest

from corpus.accuracy import measure_all
from corpus.figures import balanced, completed, names, published
from corpus.plan import TROUBLES, Name, make, plan
from corpus.scoring import judge
from corpus.shipped import REPORTS, specimen
from corpus.specimen import Truth
from corpus.statute import BLOCKS, COLUMNS, FORMS, RESULTS, codes, details, rows
from corpus.trouble import FORMATS

pytestmark = pytest.mark.many

COUNT, SEED, JOBS = 120, 1, 2
FIVE = Truth("number", Decimal(5), "5")
BLANK = Truth("blank", behind=Decimal(5))


@pytest.fixture(scope="module")
def measured():
    return measure_all(plan(COUNT, SEED), JOBS)


def differing(measured, word):
    return {
        str(name): [d for d in outcome.differences if d.startswith(word)][:3]
        for name, _, outcome in measured
        if any(d.startswith(word) for d in outcome.differences)
    }


def test_no_cell_is_silently_wrong(measured):
    assert differing(measured, "wrong") == {}


def test_every_known_cell_is_read(measured):
    assert differing(measured, "missed") == {}


def test_no_whole_document_is_refused_and_none_ends_in_an_error_of_the_program(measured):
    assert differing(measured, "refused") | differing(measured, "crashed") == {}


def test_year_and_form_are_told(measured):
    assert differing(measured, "year") | differing(measured, "form") == {}


def test_mixtures_of_two_forms_are_noted(measured):
    assert differing(measured, "note") == {}


def test_the_slice_covers_every_format_and_every_trouble():
    chosen = plan(COUNT, SEED)
    assert {name.format for name in chosen} == set(FORMATS)
    assert {name.trouble for name in chosen} == set(TROUBLES)
    assert len(set(chosen)) == COUNT


def test_a_name_always_makes_the_same_document():
    for name in plan(20, SEED + 1):
        assert make(name)[0] == make(name)[0]


@pytest.mark.parametrize(
    ("truth", "state", "value", "verdict"),
    [
        (FIVE, "number", 5, "right"),
        (FIVE, "number", 6, "wrong"),
        (FIVE, "inferred", 5, "missed"),
        (FIVE, "unknown", None, "missed"),
        (FIVE, "unreadable", None, "missed"),
        (FIVE, "blank", None, "wrong"),
        (BLANK, "blank", None, "right"),
        (BLANK, "number", 0, "wrong"),
        (BLANK, "inferred", 5, "wrong"),
        (BLANK, "dash", None, "missed"),
        (FIVE.lost(), "unknown", None, "unknown"),
        (FIVE.lost(), "inferred", 5, "recovered"),
        (FIVE.lost(), "inferred", 6, "wrong"),
        (FIVE.lost(), "blank", None, "wrong"),
        (BLANK.lost(), "blank", None, "recovered"),
        (BLANK.lost(), "inferred", 5, "recovered"),
        (BLANK.lost(), "inferred", 0, "wrong"),
        (Truth("unreadable", written="12 3x"), "number", 12, "wrong"),
        (Truth("dash", written="-"), "number", 0, "wrong"),
    ],
)
def test_a_verdict_never_excuses_a_wrong_figure(truth, state, value, verdict):
    assert judge(truth, state, value, truth.written) == verdict


@pytest.mark.parametrize("variant", FORMS)
def test_generated_figures_satisfy_every_rule(variant):
    import random

    assert unbalanced(balanced(random.Random(variant), variant), variant) == []


@pytest.mark.parametrize("name", names())
def test_published_figures_are_complete_and_satisfy_every_rule(name):
    raw, printed = published(name)
    variant = raw["form"]
    assert set(printed) == set(codes(variant))
    assert unbalanced(completed(printed, variant), variant) == []


def unbalanced(found, variant):
    """Name the rules that figures break, stated by hand."""
    broken = []
    for c in COLUMNS:
        parts = sum(found[f"t3.{row}.{c}"] for row in details(variant))
        left = found[f"t3.new.{c}"] + found[f"t3.carried_in.{c}"]
        right = found[f"t3.total.{c}"] + found[f"t3.carried_out.{c}"]
        broken += [c] * (parts != found[f"t3.total.{c}"] or left != right)
    for row in rows(variant):
        parts = sum(found[f"t3.{row}.{c}"] for c in COLUMNS[:-1])
        broken += [row] * (parts != found[f"t3.{row}.total"])
    for block in BLOCKS:
        parts = sum(found[f"t4.{block}.{result}"] for result in RESULTS[:-1])
        broken += [block] * (parts != found[f"t4.{block}.total"])
    return broken


@pytest.mark.parametrize("name", REPORTS)
def test_shipped_reports_say_whose_figures_they_carry_and_nothing_else(name):
    found = specimen(name)
    sentences = [b.text for b in found.flow if getattr(b, "kind", "") == "text"]
    assert len(sentences) == 1
    assert str(published(name)[0]["source"]) in sentences[0]


def test_names_of_documents_can_be_given_back():
    assert str(Name("html", "clean", 10_001)) == "html:clean:10001"
