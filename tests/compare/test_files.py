"""Files: the first byte that differs, the keys of JSON, and what only one run has."""

import json

import pytest

from compare.made import cells, prose, results
from nianbao.compare import differences, wording
from nianbao.compare.page import page
from nianbao.compare.text import text


def files(before, after):
    (found,) = differences(before, after).reports
    return found


@pytest.mark.parametrize(
    ("before", "after", "offset", "line"),
    [
        (b"abc", b"abd", 3, 1),
        (b"a\nbc", b"a\nxc", 3, 2),
        (b"a\n", b"a\nb", 3, 2),
        (b"", b"a", 1, 1),
        (b"x" * 1000 + b"1" + b"y" * 1000, b"x" * 1000 + b"2" + b"z" * 1000, 1001, 1),
    ],
)
def test_the_first_byte_that_differs_is_found(before, after, offset, line):
    found = files(results(report_html=before), results(report_html=after))
    (change,) = found.others
    assert (change.offset, change.line) == (offset, line)
    assert (change.before, change.after) == (len(before), len(after))
    assert f"从第{offset:,}字节（第{line}行）起不同" in wording.file_words(change)


def test_provenance_is_told_key_by_key():
    def known(version, lock):
        return json.dumps({"software": {"version": version}, "lock_sha256": lock}).encode()

    before = results(provenance_json=known("0.1.0", "a" * 64))
    found = files(before, results(provenance_json=known("0.2.0", "b" * 64)))
    told = [(wording.key_words(k), *wording.key_values(k)) for k in found.origins]
    assert told == [
        ("依赖锁定（SHA-256）", "a" * 12 + "…", "b" * 12 + "…"),
        ("软件版本", "0.1.0", "0.2.0"),
    ]
    assert not found.others and not found.in_content


def test_a_key_that_came_or_went_is_told():
    found = files(
        results(provenance_json=b'{"packages": {"a": "1"}}'),
        results(provenance_json=b'{"packages": {"b": "1"}}'),
    )
    assert [(k.key[-1], k.before, k.after) for k in found.origins] == [
        ("a", "1", None),
        ("b", None, "1"),
    ]


@pytest.mark.parametrize("content", [b'{"a": 1 }', b"{", b"\xff"])
def test_provenance_that_differs_in_no_key_or_is_none_is_told_as_bytes(content):
    found = files(results(provenance_json=b'{"a": 1}'), results(provenance_json=content))
    assert [each.name for each in found.others] == ["provenance.json"] and not found.origins


def test_a_file_that_one_run_lacks_is_told():
    found = files(results(report_pdf=b"x", cells_csv=cells()), results(cells_csv=cells()))
    (change,) = found.others
    assert (change.before, change.after) == (1, None)
    assert wording.file_words(change) == "只有“原”有这个文件"


def test_files_that_follow_from_what_is_told_are_counted_only():
    before = results(report_ipynb=prose("甲。"), report_html=b"a")
    found = files(before, results(report_ipynb=prose("乙。"), report_html=b"b"))
    assert not found.others and sum(each.told for each in found.files) == 2


def test_a_listing_that_differs_in_bytes_alone_is_told_although_sentences_differ():
    before = results(report_ipynb=prose("甲。"), cells_csv=cells())
    after = results(report_ipynb=prose("乙。"), cells_csv=cells().replace(b"\n", b"\r\n"))
    assert [each.name for each in files(before, after).others] == ["cells.csv"]


def test_a_notebook_that_is_none_is_told_although_cells_differ():
    before = results(report_ipynb=prose("甲。"), cells_csv=cells())
    zero = cells({"cell": "t3.new.natural", "value": "0", "written": "0"})
    found = files(before, results(report_ipynb=b"{", cells_csv=zero))
    (change,) = found.others
    assert change.name == "report.ipynb"
    assert "内容不是有效的 JSON，只按字节比较" in wording.file_words(change)


def test_a_page_with_its_own_font_is_told_from_one_without():
    (change,) = files(
        results(report_html=b"<style>"), results(report_html=b"<style>data:font/woff2;x")
    ).others
    assert "“现”是内嵌字体的归档版网页" in wording.file_words(change)


def test_files_that_follow_are_named_and_said_not_to_be_compared():
    """Regression: the text passed over them, the page said that they followed from the rest."""
    before = results(report_ipynb=prose("甲。"), report_html=b"a", cells_csv=cells())
    after = results(report_ipynb=prose("乙。"), report_html=b"b", cells_csv=cells())
    found = differences(before, after)
    words = "随以上内容不同的文件2个，没有再逐字比较：report.html、report.ipynb"
    assert words in text(found, ("A", "B")) and words in page(found, ("A", "B"))


def test_long_values_are_told_where_they_part():
    """Regression: a waiver's reason that differed behind 120 characters stood there twice alike."""
    long = "该数为全年累计，" * 30
    one, other = (
        results(provenance_json=json.dumps({"report_parameters": {"waivers": [text]}}).encode())
        for text in (f"{long}共3件", f"{long}共4件")
    )
    for told in (
        text(differences(one, other), ("A", "B")),
        page(differences(one, other), ("", "")),
    ):
        assert "共3件" in told and "共4件" in told and long not in told
