"""The words of a PDF: all that the page says, in its order, as it was published."""

import re
from html import unescape

import pytest
from printed import bodies, body, pages, plain

from nianbao import provenance, verification
from nianbao.charts import outcomes
from nianbao.findings import check_report
from nianbao.fragments import grouped
from nianbao.pdf import render
from nianbao.reading import read_report
from nianbao.summary import tiles, title
from nianbao.surroundings import around
from nianbao.suspects import suspect
from nianbao.tables import shown, table_notes

pytestmark = pytest.mark.many

RADICALS = re.compile("[\u2e80-\u2fdf]")


@pytest.fixture
def made(printed_report, named):
    year, agency = named
    return printed_report(year, agency)


def texts(html):
    """Return the pieces of text that a fragment shows, hidden words left out."""
    html = re.sub(r'<(span|p|caption) class="(?:vh|kicker)">.*?</\1>', "", html, flags=re.DOTALL)
    html = re.sub(r"<details class=\"more\"><summary>.*?</summary>", "", html, flags=re.DOTALL)
    return [plain(unescape(piece)) for piece in re.split(r"<[^>]+>", html) if plain(piece)]


def stands_in_order(pieces, text):
    """Say whether the pieces stand in a text one after the other."""
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        assert found >= 0, piece
        place = found + len(piece)


def test_every_paragraph_of_the_prose_stands_there_in_order(made):
    report, _, pdf = made
    told = [p.text for section in report.sections for p in section.paragraphs]
    stands_in_order([plain(text) for text in told], body(pdf))


def test_every_figure_of_the_tables_stands_there_in_order(made):
    report, _, pdf = made
    text = body(pdf)
    for table in report.form.tables:
        begin = text.index(plain(f"{table.name} {table.caption}单位"))
        for _, _, codes in table.lines():
            figures = "".join(shown(report.cells[code]) for code in codes)
            begin = text.index(plain(figures), begin) if figures else begin


def test_the_verdict_and_the_year_in_figures_stand_on_the_first_page(made):
    report, findings, pdf = made
    first = bodies(pdf)[0]
    stands_in_order(texts(title(report, findings, suspect(report)).html), first)
    for tile in tiles(report):
        assert plain(tile.label) in first and plain(tile.shown + tile.unit) in first


def test_all_that_was_checked_stands_there(made, project):
    report, findings, pdf = made
    back = body(pdf)
    back = back[back.rindex("先核对表内的勾稽关系") :]
    beside = around(report, project)
    stands_in_order(texts(verification.suspected(report, findings, suspect(report)).html), back)
    stands_in_order(texts(verification.equations(report, findings).html), back)
    stands_in_order(texts(verification.years(report, findings, beside).html), back)
    stands_in_order(texts(verification.others(report, findings).html), back)
    stands_in_order(texts(verification.notes(report, findings).html), back)
    stands_in_order(texts(provenance.provenance(report, project).html), back)


def test_notes_stand_below_their_tables(made):
    report, findings, pdf = made
    text = body(pdf)
    for table in report.form.tables:
        notes = table_notes(report, table.id, findings, suspect(report))
        begin = text.index(plain(f"{table.name} {table.caption}单位"))
        stands_in_order(texts(notes.html), text[begin:])


def test_no_radical_stands_for_a_character(made):
    assert not RADICALS.search("".join(pages(made[2])))


def test_pages_are_numbered_right_on_odd_and_left_on_even_ones(made):
    for number, text in enumerate(pages(made[2]), start=1):
        assert text.splitlines()[-1] == f"— {number} —"


def test_no_line_begins_with_a_mark_that_may_not(made):
    for page in pages(made[2]):
        assert not re.search(r"^[，。、；：？！）》”’」』】]", page, re.MULTILINE)


def test_no_heading_is_the_last_thing_on_a_page(made):
    report, _, pdf = made
    headings = {f"{'一二三四五六'[spec.number - 1]}、{spec.title}" for spec in report.form.sections}
    for page in pages(pdf):
        *lines, _ = page.splitlines()
        assert lines and lines[-1] not in headings | {"核验", "勾稽关系", "读取说明"}


def test_a_chart_that_draws_only_the_largest_has_its_figures_below(printed_report):
    report, _, pdf = printed_report(2024, "suqian")
    text = body(pdf)
    assert len([row for row in outcomes(report).data.rows if row[1] != "0"]) > 13
    for label, figure, share in outcomes(report).data.rows:
        if figure != "0":
            assert plain(f"{label}，{figure}，{share}") in text


def test_a_draft_says_so_on_every_page(real_report, project):
    findings = check_report(real_report)
    draft = pages(render(real_report, findings, project, draft=True))
    assert all("草稿" in page.replace(" ", "").splitlines()[0] for page in draft)
    assert "本件为草稿" in draft[0]
    finished = pages(render(real_report, findings, project))
    assert not any("草稿" in page for page in finished)
    assert len(finished) == len(draft)


def test_thousands_are_grouped_as_on_the_page(printed_report):
    report, _, pdf = printed_report(2024, "huaian")
    assert grouped(report.value("t2.licences.decisions")) in "".join(pages(pdf))


def test_the_projects_own_reader_finds_the_same_figures(made, tmp_path):
    report, _, pdf = made
    path = tmp_path / f"{report.agency}.pdf"
    path.write_bytes(pdf)
    again = read_report(path, report.agency, report.year, None)
    assert again.form.id == report.form.id
    for code, cell in report.cells.items():
        if report.state_count("inferred"):  # dots below figures look like ruling
            assert again.value(code) in (None, cell.value), code
        else:
            assert again.value(code) == cell.value, code


def test_source_and_provenance_stand_on_one_page(made):
    """Regression: the first or last of their lines stood on a page apart from all others."""
    (last,) = [page for page in pages(made[2]) if "依据下列各项可以重新生成本页" in page]
    assert "来源与出处" in last and "requirements.lock" in last and "report.ipynb" in last
