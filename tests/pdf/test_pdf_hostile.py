"""Whatever a report says stays text, and is shown whole: no code, nothing over the edge."""

import io
import random
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pytest
from printed import bodies, faces, inked, plain, structure, words

import boards
import builders
from nianbao.findings import check_report
from nianbao.pdf import render
from nianbao.pdf.characters import shown
from nianbao.report import Cell, Note, Paragraph, Section

pytestmark = pytest.mark.many

CODE = [
    '#import "@preview/cetz:0.3.0": *',
    '#panic("stop")',
    '#read("/etc/passwd")',
    "#set page(width: 1mm)",
    "$sum_(i=0)^n$ @label <label> `raw` *strong* _emph_ = heading",
    "\\#{ } \\u{41} ]} [ // /* */ ~ -- --- ... 'x' \"y\"",
    '"}, {"kind": "official", "to": "nowhere"',
    "<script>alert(1)</script> &lt;b&gt; &#35;",
    "%PDF-1.7 endobj /JS (x) endstream",
]


def set_prose(report, *texts):
    """Return the report with these paragraphs in its first section."""
    paragraphs = tuple(Paragraph(text) for text in texts)
    first = report.section(1)
    sections = (Section(1, first.title, paragraphs), *[s for s in report.sections if s != first])
    return replace(report, sections=sections)


def printed(report, project, **options):
    return render(report, check_report(report), project, **options)


def test_what_looks_like_code_stays_text(real_report, project):
    text = words(printed(set_prose(real_report, *(f"前{each}后" for each in CODE)), project))
    for each in CODE:
        assert plain(f"前{each}后") in text


def test_code_stays_text_in_every_other_place(real_report, project):
    text = CODE[0] + CODE[4]
    cells = dict(real_report.cells)
    cells["t2.regulations.issued"] = Cell("t2.regulations.issued", None, "unreadable", text)
    odd = replace(
        real_report,
        name=f"某局{text}",
        source=f"{text}.txt",
        cells=cells,
        notes=(Note("x", "warning", text, (), text),),
        parameters={"source": text},
        sections=(
            *[s for s in real_report.sections if s.number not in (None, 5)],
            Section(None, "", (Paragraph(text),)),
            Section(5, text, (Paragraph(text, 3), Paragraph(f"（一）{CODE[4][:9]}。{text}"))),
        ),
    )
    assert words(printed(odd, project)).count(plain(text)) >= 8


LACKING = [
    ("甲\x00乙\x1b丙\x7f丁", "甲〓乙〓丙〓丁"),
    ("好😀的👨‍👩‍👧", "好〓的〓〓〓"),
    ("甲\ud800乙", "甲〓乙"),
    ("反\u202e向\u2066的\u200b字\ufeff符\u00ad", "反向的字符"),
    ("葛\U000e0100城", "葛〓城"),
    ("全\u3000角 空\u00a0格", "全 角 空 格"),
    ("䶮㛃㑇𬱖𫍯①Ⅱ‰㎡ ✓✗△※", "䶮㛃㑇𬱖𫍯①Ⅱ‰㎡ ✓✗△※"),
    ("עברית", "〓〓〓〓〓"),
]


@pytest.mark.parametrize(("given", "wanted"), LACKING)
def test_what_the_fonts_lack_is_told_by_a_mark(given, wanted):
    assert shown({"runs": [{"text": given}]}) == {"runs": [{"text": wanted}]}


def test_the_marks_are_set(real_report, project):
    text = words(printed(set_prose(real_report, *(given for given, _ in LACKING)), project))
    for _, wanted in LACKING:
        assert plain(wanted) in text


def test_every_character_that_is_let_through_has_a_glyph(real_report, project):
    rng = random.Random(7)
    ranges = [(0x20, 0x17FF), (0x2000, 0x33FF), (0x3400, 0x9FFF), (0xA000, 0xFFFF)]
    ranges += [(0x1F000, 0x1FAFF), (0x20000, 0x2FFFF)]
    texts = ["".join(chr(rng.randint(*of)) for _ in range(700)) for of in ranges * 2]
    made = printed(set_prose(real_report, *texts), project)
    # typst refuses a document in which a character has no glyph; and no other font helps out.
    assert faces(made) <= {"NotoSerifSC-Regular", "NotoSansSC-Regular", "DejaVuSansMono"}
    assert inked(made) == []


def test_nothing_stands_over_the_edge(real_report, project):
    address = "https://example.org/" + "a1-b2_" * 60
    texts = [address, "9" * 400, "Ω" * 300, "〓" * 300, "，" * 90, "（" * 90]
    made = printed(set_prose(real_report, *(f"见{text}。" for text in texts)), project)
    told = words(made)
    for text in texts:
        assert plain(f"见{text}。") in told
    assert inked(made) == []


def test_long_prose_is_set_whole(real_report, project):
    rng = random.Random(3)
    letters = "政府信息公开申请办理结果主动公开目录，网站。答复；第2022条（一）"
    texts = ["".join(rng.choices(letters, k=n)) for n in (20_000, 3000, 3000, *[400] * 60)]
    made = printed(set_prose(real_report, *texts), project)
    text = words(made)
    assert all(plain(each) in text for each in texts)
    assert len(inked(made)) == 0


def test_many_headings_at_odd_levels_are_set(real_report, project):
    section = Section(1, "总体情况", tuple(Paragraph(f"小标题{n}", 4 - n % 2) for n in range(60)))
    odd = replace(real_report, sections=(section, *real_report.sections[2:]))
    kinds = [node.kind for node in structure(printed(odd, project)).all("H1", "H2", "H3", "H4")]
    levels = [int(kind[1]) for kind in kinds]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def written(**changes):
    texts = boards.amounts("2021")
    return boards.report(
        boards.boards(texts | {k.replace("__", "."): v for k, v in changes.items()})
    )


ODD = {
    "t3__granted__natural": "约十余件左右，详见附件说明",
    "t3__deny_1__legal": "/",
    "t3__deny_2__legal": "—",
    "t3__deny_3__legal": "",
    "t3__new__total": "1234567890",
    "t3__unable_1__natural": "5,000",
    "t4__review__total": "999999999999",
    "t2__regulations__issued": "123456789012345678901234567890",
}


def test_all_states_of_cells_stay_apart(project):
    report = written(**ODD)
    made = printed(report, project)
    text = words(made)
    assert plain("“约十余件左右，详见附件说明”") in text
    row = [report.cells[code] for code in builders.row_codes("deny_1")]
    assert plain("".join("/" if c.state == "slash" else f"{c.value:,}" for c in row)) in text
    row = [report.cells[code] for code in builders.row_codes("deny_2")]
    assert plain("".join("—" if c.state == "dash" else f"{c.value:,}" for c in row)) in text
    row = [report.cells[code] for code in builders.row_codes("deny_3")]
    assert [cell.state for cell in row].count("blank") == 1
    assert plain("".join("" if c.state == "blank" else f"{c.value:,}" for c in row)) in text
    for figure in ("1,234,567,890", "999,999,999,999", "5,000"):
        assert figure in text
    assert inked(made) == []


def test_a_table_over_two_pages_repeats_its_head_and_tears_no_row(project):
    made = printed(written(**ODD), project)
    heads = [page.count("本列数据的勾稽关系为") for page in bodies(made)]
    assert sum(heads) > 1 and max(heads) == 1
    with pdfplumber.open(io.BytesIO(made)) as opened:
        sides = [find_rows(opened.pages[n]) for n, count in enumerate(heads) if count]
    assert all(row for rows in sides for row in rows)


def find_rows(page):
    """Return the rows of the statutory tables on a page, each as the words of its cells."""
    tables = [table for table in page.extract_tables() if len(table[0]) >= 10]
    return ["".join(cell or "" for cell in row) for table in tables for row in table]


@pytest.mark.parametrize("variant", sorted(boards.VARIANTS))
def test_every_form_and_mixture_is_set(variant, project):
    texts = boards.amounts(variant)
    report = boards.report(boards.boards(texts, variant), 2020 if variant == "2019" else 2022)
    text = words(printed(report, project))
    for code, figure in texts.items():
        assert f"{report.value(code):,}" in text, code
        assert figure == str(report.value(code))


@pytest.mark.parametrize("lost", [1, 3, 6])
def test_short_rows_beside_a_wrong_number_are_set_with_their_marks(lost, project):
    values = builders.figures(4, density=0.5)
    texts = builders.texts(values | {"t3.new.natural": values["t3.new.natural"] + 4})
    report = builders.read(
        builders.render(texts, "skeleton", {f"t3.deny_{n}.business" for n in range(1, lost + 1)})
    )
    text = words(printed(report, project, draft=True))
    assert "疑似" in text and "✗" in text


def test_a_report_without_sections_is_set(real_report, project):
    text = words(printed(replace(real_report, sections=()), project))
    assert text.count("源文件中没有找到这一部分的标题") == 6


def test_fixtures_of_damage_are_set(project):
    from nianbao.reading import read_report

    for name in ("one-cell-wrong", "blanks-that-nothing-forces", "short-rows-with-two-fillings"):
        report = read_report(
            project.root / "tests" / "fixtures" / f"{name}.txt", "test", 2022, None
        )
        assert words(printed(report, project))


def test_a_page_of_prose_has_22_lines_of_28_characters(real_report, project):
    made = printed(set_prose(real_report, "政府信息公开工作" * 900), project)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        page = opened.pages[3]
        assert page.width == pytest.approx(210 / 25.4 * 72, abs=0.1)
        lines = page.crop((0, 100, page.width, page.height - 97)).extract_text().splitlines()
        first = page.chars[0]
    assert [len(line) for line in lines] == [28] * 22
    # The first line stands at the foot of the upper margin, 37 mm; the page is a left one.
    assert first["top"] == pytest.approx(37 / 25.4 * 72, abs=4)
    assert first["x0"] == pytest.approx(26 / 25.4 * 72, abs=1.5)


def test_a_paragraph_begins_two_characters_in(real_report, project):
    made = printed(set_prose(real_report, "政府信息公开工作" * 200), project)
    with pdfplumber.open(io.BytesIO(made)) as opened:
        lines = [line for page in opened.pages[:2] for line in page.extract_text_lines()]
    begin = next(
        n for n, line in enumerate(lines) if line["text"].startswith("政府信息公开工作政府")
    )
    first, second = lines[begin : begin + 2]
    assert len(first["text"]) == 26 and len(second["text"]) == 28
    assert first["x0"] - second["x0"] == pytest.approx(2 * 15.75, abs=0.5)
