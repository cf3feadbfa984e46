"""What archives and readers aloud need of a PDF: its claims, tags, fonts, bookmarks, links."""

import io
import re
from itertools import pairwise
from xml.etree import ElementTree

import pikepdf
import pytest
from printed import structure

NAMES = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
BLOCKS = ("H1", "H2", "H3", "P", "Table", "Figure", "L", "Title")


@pytest.fixture
def made(printed_report, named):
    year, agency = named
    return printed_report(year, agency)


@pytest.fixture
def pdf(made):
    with pikepdf.open(io.BytesIO(made[2])) as opened:
        yield opened


def metadata(pdf):
    return ElementTree.fromstring(pdf.Root.Metadata.read_bytes())


def told(pdf, name):
    (element,) = metadata(pdf).iterfind(f".//{name}", NAMES)
    return "".join(element.itertext())


def test_it_claims_pdf_a_2a_and_pdf_ua_1(pdf):
    assert told(pdf, "pdfaid:part") == "2"
    assert told(pdf, "pdfaid:conformance") == "A"
    assert told(pdf, "pdfuaid:part") == "1"
    assert pdf.pdf_version <= "1.7"


def test_it_is_marked_and_says_its_language_title_and_colours(pdf, made):
    report = made[0]
    root = pdf.Root
    assert bool(root.MarkInfo.Marked) and not bool(root.MarkInfo.get("/Suspects", False))
    assert str(root.Lang) == "zh-CN"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    title = f"{report.name}{report.year}年政府信息公开工作年度报告"
    assert told(pdf, "dc:title") == title == str(pdf.docinfo["/Title"])
    assert told(pdf, "dc:creator") == report.name
    (intent,) = root.OutputIntents
    assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.read_bytes()
    assert len(pdf.trailer.ID) == 2


def test_its_date_is_the_reports_and_not_todays(pdf, made):
    # Where nothing is known of its publication, the last day that the law allows (条例 49).
    assert told(pdf, "xmp:CreateDate") == f"{made[0].year + 1}-01-31T00:00:00Z"
    assert told(pdf, "xmp:ModifyDate") == told(pdf, "xmp:CreateDate")


def test_every_font_is_embedded_as_a_subset(pdf):
    fonts = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    fonts = [each for each in fonts if each.get("/Type") == "/FontDescriptor"]
    assert fonts
    for font in fonts:
        assert "+" in str(font.FontName)
        assert any(f"/FontFile{kind}" in font for kind in ("", "2", "3"))
    assert not any(each.get("/Subtype") == "/Type3" for each in pdf.objects if _is_font(each))


def _is_font(each):
    return isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"


def test_nothing_in_it_acts_or_leads_outside(pdf):
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Dictionary):
            continue
        assert each.get("/S") not in ("/JavaScript", "/URI", "/Launch", "/GoToR", "/SubmitForm")
        for name in ("/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/Encrypt"):
            assert name not in each


def test_links_lead_to_pages_and_say_where(pdf):
    links = [a for page in pdf.pages for a in page.get("/Annots", ()) if a.Subtype == "/Link"]
    assert links
    for link in links:
        assert "/Dest" in link or link.A.S == "/GoTo"
        assert str(link.Contents).strip()
        assert "/StructParent" in link


def test_all_pages_are_a4_and_tabbed_by_structure(pdf):
    assert len(pdf.pages) > 4
    for page in pdf.pages:
        *_, width, height = (float(side) for side in page.MediaBox)
        assert (width, height) == pytest.approx((595.28, 841.89), abs=0.01)
        assert page.get("/Tabs") in ("/S", None) and ("/Annots" not in page or "/Tabs" in page)


def test_bookmarks_name_the_six_sections_and_what_was_checked(pdf, made):
    with pdf.open_outline() as outline:
        names = [item.title for item in outline.root]
    sections = [spec.title for spec in made[0].form.sections]
    assert [name.split("、", 1)[1] for name in names if "、" in name[:2]] == sections
    assert names[0] == "年度概况" and names[-2:] == ["核验", "来源与出处"]


def test_the_statutory_tables_have_heads_and_rows(made):
    report, _, pdf = made
    tables = list(structure(pdf).all("Table"))
    for table, spec in zip(tables, report.form.tables, strict=False):
        heads = [head for head in table.all("TH") if head.attributes.get("Scope") == "/Column"]
        labels = [node for block in spec.blocks for node in block.columns]
        assert len(heads) >= len(labels)
        figures = [code for code in report.cells if code.startswith(f"{spec.id}.")]
        assert len(list(table.all("TD"))) >= len(figures)
        assert next(table.all("THead")).children and list(table.all("TBody"))
        assert all(row.children for row in table.all("TR"))
    assert len(tables) >= 3


def test_figures_stand_under_their_heads(printed_report):
    _, _, pdf = printed_report(2024, "suqian")
    three = list(structure(pdf).all("Table"))[1]
    figure = list(three.all("TD"))[-1]
    assert "U" in str(figure.attributes["Headers"])


def test_every_picture_says_what_it_shows(made):
    figures = list(structure(made[2]).all("Figure"))
    assert figures
    for figure in figures:
        assert len(figure.alt) > 10 and re.search("图|柱", figure.alt)


def test_no_heading_stands_two_levels_below_the_one_before(made):
    levels = [int(node.kind[1]) for node in structure(made[2]).all("H1", "H2", "H3", "H4")]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_there_is_one_title_before_all_else(made):
    kinds = [node.kind for node in structure(made[2]).all(*BLOCKS)]
    assert kinds[0] == "Title" and kinds.count("Title") == 1
