"""Several reports in one file are told apart; the one that was asked for is read."""

from builders import T2_CODES, figures, render, texts
from nianbao.documents.plain.text import read_text
from nianbao.editions import chosen, editions
from nianbao.reading import read_report

FIRST, SECOND = figures(41, density=0.6), figures(42, density=0.6)
TEXT = render(texts(FIRST)) + render(texts(SECOND)).replace("2022年", "2023年")


def test_a_file_with_one_report_has_no_editions():
    assert editions(read_text(render(texts(FIRST)).encode(), "a.txt")) == []


def test_a_title_that_is_only_mentioned_opens_no_report():
    text = render(texts(FIRST)).replace(
        "全年主动公开", "2021年政府信息公开工作年度报告\n全年主动公开"
    )
    assert editions(read_text(text.encode(), "a.txt")) == []


def test_each_report_has_its_title_and_year():
    found = editions(read_text(TEXT.encode(), "a.txt"))
    assert [edition.year for edition in found] == [2022, 2023]
    assert chosen(found, 2023, "").year == 2023
    assert chosen(found, None, "").year == 2022


def test_the_report_of_the_year_asked_for_is_read_and_the_others_are_told(tmp_path):
    path = tmp_path / "two.txt"
    path.write_text(TEXT, "utf-8")
    for year, values in ((2022, FIRST), (2023, SECOND), (None, FIRST)):
        report = read_report(path, year=year)
        assert [str(report.value(code)) for code in T2_CODES] == [str(values[c]) for c in T2_CODES]
        (note,) = [note for note in report.notes if note.code == "several_reports"]
        assert note.severity == "error"
        assert "year_conflict" not in {note.code for note in report.notes}
