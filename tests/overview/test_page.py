"""The page as a whole: its size, its ids and links, what it does with hostile words."""

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest
from lxml import html as parser

from nianbao import overview
from nianbao.exporters import clean
from nianbao.fragments import Fragment
from nianbao.ledger import Entry
from nianbao.overview.agencies import anchor
from nianbao.pages import page
from nianbao.standing import Failure
from overview.books import SUMS, YEAR, agency, book, city, entry, missing, standing, unread, waiting

PARTS = (
    overview.title, overview.needing, overview.matrix, overview.totals, overview.comparison,
    overview.broken, overview.tree,
)  # fmt: skip
HEADINGS = ("problems", "all", "levels", "rates", "rules", "tree")
EVIL = '<img src=x onerror="a()">&"\'</td>'


def shown(year):
    fragments = [part(year) for part in PARTS]
    assert all(isinstance(each, Fragment) for each in fragments)
    first, *rest = (each.html for each in fragments)
    titled = [
        f'<section id="{id}"><h2>{id}</h2></section>{each}'
        for id, each in zip(HEADINGS, rest, strict=True)
    ]
    return "\n".join([first, *titled])


@pytest.fixture(scope="module")
def large():
    return shown(city(300))


def test_three_hundred_agencies_fit_into_a_megabyte(large):
    assert len(page("总览", large, "overview").encode()) < 1_000_000


def test_the_same_year_gives_the_same_bytes(large):
    assert shown(city(300)) == large


def test_sanitizing_takes_nothing_away(large):
    def kept(markup):
        tree = parser.fromstring(f"<div>{markup}</div>")
        return [(each.tag, sorted(each.attrib.items())) for each in tree.iter()]

    assert kept(clean(large)) == kept(large)


def test_ids_are_single_and_links_within_the_page_arrive(large):
    tree = parser.fromstring(f"<div>{large}</div>")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    inner = [link for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert inner and {unquote(link[1:]) for link in inner} <= set(ids)
    labels = {name for each in tree.xpath("//@aria-labelledby") for name in each.split()}
    assert labels <= set(ids)


def test_links_to_reports_are_given_where_pages_are(large):
    built = {each.agency.id for each in city(300).entries if each.built}
    links = [link for link in re.findall(r'href="([^"#]+)', large) if link]
    named = {re.match(r"(?:\.\./trend/)?([^/]+?)(?:\.html|/)", link)[1] for link in links}
    assert named == built


def test_headings_form_an_outline(large):
    levels = [int(each) for each in re.findall(r"<h(\d)", large)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_heads_with_a_scope(large):
    tree = parser.fromstring(f"<div>{large}</div>")
    for table in tree.xpath("//table"):
        assert table.xpath("caption") and table.xpath("thead//th")
        assert not table.xpath(".//th[not(@scope)]")


def hostile():
    rows = [agency(f'x y"{n}#?%<b>', EVIL, level) for n, level in enumerate(("city", "department"))]
    rule, label, severity, chapter = SUMS
    failed = Failure("0" * 12, rule, label, severity, False, chapter, EVIL, EVIL, EVIL)
    known = [
        standing(
            row.id, name=EVIL, misfit=EVIL, errors=1, failures=(failed,), problems=((EVIL, EVIL),)
        )
        for row in rows
    ]
    child = missing(agency("kind", EVIL, parent=rows[0].id))
    lost = entry(standing("lost"), row=agency("lost", EVIL, parent=EVIL))
    stranger = entry(
        standing(EVIL.replace("/", ""), name=EVIL), row=agency(EVIL.replace("/", ""), level="")
    )
    return book(
        *(entry(each, row=row) for each, row in zip(known, rows, strict=True)),
        child, lost, stranger, unread(agency("bad", EVIL), EVIL), waiting(agency("w", EVIL)),
    )  # fmt: skip


def test_hostile_words_stay_words():
    markup = shown(hostile())
    assert "<img src=x" not in markup and 'onerror="' not in markup
    tree = parser.fromstring(f"<div>{markup}</div>")
    assert not tree.xpath("//*[@onerror]")
    assert not [each for each in tree.xpath("//@id") if re.search(r"\s", each)]
    before = tree.xpath("//a/@href")
    after = parser.fromstring(f"<div>{clean(markup)}</div>").xpath("//a/@href")
    assert before == after
    inner = {unquote(link[1:]) for link in before if link.startswith("#")}
    assert inner <= set(tree.xpath("//@id"))


def test_anchors_never_meet():
    ids = ["a b", "a_b", "a-b", "a_20_b", "甲", "甲 ", '"', "#", "%20", "A", "a"]
    assert len({anchor(each) for each in ids}) == len(ids)
    assert not re.search(r"[\s\"'#<>&%]", "".join(map(anchor, ids)))


@pytest.mark.parametrize(
    "year",
    [
        book(),
        book(missing(agency("a"))),
        book(unread(agency("a"))),
        book(waiting(agency("a"))),
        book(entry(standing("x"), row=agency("x", level=""))),
        book(Entry(agency("a"), missing(agency("a")).filing)),
        book(entry(standing("a", figures={}, tallies=()))),
        book(entry(standing("a"), built=False)),
        city(2),
    ],
)
def test_any_year_makes_a_page(year):
    markup = shown(year)
    assert f"<h1>{YEAR}年政府信息公开工作年度报告总览</h1>" in markup
    assert "None" not in markup and "nan" not in markup
    for part in PARTS:
        assert part(year).html and repr(part(year))
