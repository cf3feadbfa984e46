import re

from lxml import html as parser

from nianbao.filing import STATE_WORDS
from nianbao.ledger import Entry
from nianbao.overview.agencies import anchor
from nianbao.overview.matrix import matrix
from overview.books import agency, book, city, entry, failure, figures, missing, standing, unread


def rows(year):
    return parser.fromstring(matrix(year).html).xpath("//tbody/tr")


def texts(row):
    return [" ".join(cell.text_content().split()) for cell in row]


def test_every_agency_has_a_row_in_the_order_of_the_register():
    year = city(60)
    found = rows(year)
    assert [row.get("id") for row in found] == [anchor(e.agency.id) for e in year.entries]
    for row, each in zip(found, year.entries, strict=True):
        assert row.get("data-text") == f"{each.name} {each.agency.id}"
        assert row.get("data-level") == each.agency.level
        states = ["unread" if each.error and s == "misfiled" else s for s in each.filing.states]
        assert row.get("data-state").split() == states
        assert len(row) == 10


def test_the_counts_of_a_report():
    known = standing(
        errors=2, warnings=1, doubts=2, undecided=3, waived=4, settled=("t3.new.total",),
        failures=(failure(), failure("X-1", "warning", number=7)), problems=(("cell-1", "甲处"),),
    )  # fmt: skip
    (row,) = rows(book(entry(known)))
    words = [text.partition("处：")[0] for text in texts(row)[3:9]]
    assert words == ["2", "3", "3", "4", "100", "98"]
    links = [cell.xpath("./a/@href") for cell in row[3:7]]
    assert links == [
        ["a/report.html#cell-1"],
        ["a/report.html#finding-000000000007"],
        ["a/report.html#equations-title"],
        [],
    ]
    assert row[7].get("class") == "inferred" and row[8].get("class") is None
    assert row.get("data-result") == "errors warnings undecided"
    assert "甲处" in texts(row)[2]


def test_zero_is_quiet_unknown_is_said_and_no_report_is_neither():
    known = standing(figures={"t3.new.total": 0})
    clean, absent = rows(book(entry(known), missing(agency("m"))))
    assert [cell.get("class") for cell in clean[3:8]] == ["zero"] * 5
    assert texts(clean)[8] == "未知"
    assert clean.get("data-result") == "clean" and absent.get("data-result") == "none"
    assert all(text == "—没有报告" for text in texts(absent)[3:9])
    assert not absent.xpath(".//a")


def test_what_is_explained_alone_is_no_error():
    known = standing(waived=2, status="failed", failures=(failure(waived=True),))
    (row,) = rows(book(entry(known)))
    assert row.get("data-result") == "clean"
    assert texts(row)[3] == "0" and texts(row)[6] == "2"


def test_what_the_reader_doubts_is_a_warning_too():
    (row,) = rows(book(entry(standing(doubts=2))))
    assert row.get("data-result") == "warnings"
    assert row[4].xpath("./a/@href") == ["a/report.html#notes-title"]


def test_the_reason_of_a_state_stands_beside_it():
    (row,) = rows(book(unread(agency("u"), "u.pdf：文件打不开")))
    assert texts(row)[2] == "无法读取u.pdf：文件打不开"


def test_links_are_told_apart_by_the_agency():
    year = city(6)
    for row, each in zip(rows(year), year.entries, strict=True):
        for link in row.xpath("./td[last()]/a"):
            assert link.text_content().endswith(f"：{each.name}")


def test_pages_that_are_not_there_are_not_linked_to():
    (row,) = rows(book(entry(standing(errors=1, failures=(failure(),)), built=False)))
    assert not row.xpath(".//a/@href")


def test_facets_count_what_rows_carry():
    year = city(300)
    tree = parser.fromstring(f"<div>{matrix(year).html}</div>")
    lists = tree.xpath('//ul[@class="facets"]')
    assert [each.get("data-facet") for each in lists] == ["state", "result", "level"]
    for facet in lists:
        assert facet.get("data-for") == "agencies"
        carried = [r.get(f"data-{facet.get('data-facet')}").split() for r in rows(year)]
        for item in facet:
            count = sum(item.get("data-value") in values for values in carried)
            assert item.xpath('string(span[@class="count"])') == str(count) != "0"


def test_a_facet_of_one_value_filters_nothing_and_is_left_out():
    assert 'class="facets"' not in matrix(book(entry(standing()))).html


def test_sorting_by_state_follows_the_order_of_states():
    order = [
        matrix(book(Entry(agency(s), type(missing(agency("x")).filing)((s,))))).html
        for s in STATE_WORDS
    ]
    ranks = [int(re.search(r'class="state" data-value="(\d+)"', html)[1]) for html in order]
    assert ranks == sorted(ranks) and len(set(ranks)) == len(ranks)


def test_a_register_without_agencies():
    assert matrix(book()).html.startswith("<p>登记表中没有机关")


def test_figures_are_grouped():
    (row,) = rows(book(entry(standing(figures=figures(123456, 0, 1, 0)))))
    assert texts(row)[7] == "123,456"
