"""Tells what is to be said of the source as a whole: its form, its year, its parts."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.forms import Form, form_of_year
from nianbao.recognize import Recognition
from nianbao.report import Note

_NUMERALS = "一二三四五六"


def source_notes(recognition: Recognition) -> Iterator[Note]:
    """Yield what the reader of the file had to say, and which sections were not found."""
    for remark in recognition.remarks:
        yield Note(remark.code, "warning", remark.message, (), remark.origin)
    yield from _mixture(recognition.form)
    yield from _missing_sections(recognition)


def _mixture(form: Form) -> Iterator[Note]:
    if form.hybrid:
        second, third = form.table("t2").form, form.table("t3")
        single = "t3.other.total" in form.cells
        row = "（其他处理只有一行，是2019年格式的行）" if single and third.form == "2021" else ""
        message = (
            f"各表使用的格式不一致：表二是{second}年格式，表三是{third.form}年格式{row}。"
            "各表按其实际格式读取。"
        )
        yield Note("hybrid", "warning", message)


def _missing_sections(recognition: Recognition) -> Iterator[Note]:
    found = {section.number for section in recognition.sections} - {None}
    if not found:
        message = "源文件中没有六个部分的标题，只读取了表格。"
        yield Note("section_missing", "warning" if recognition.sections else "hint", message)
        return
    for spec in recognition.form.sections:
        if spec.number not in found:
            message = f"没有找到第{_NUMERALS[spec.number - 1]}部分“{spec.title}”的标题。"
            if spec is recognition.form.sections[-1]:
                message += "这是最后一部分，文件可能没有取全，请与报告原文核对。"
            yield Note("section_missing", "warning", message)


def identity_notes(form: Form, year: int, stated: int | None) -> Iterator[Note]:
    """Tell where the year of the title, or of the form, is not the report's year."""
    if stated is not None and stated != year:
        yield Note("year_conflict", "warning", f"标题写的是{stated}年，本报告按{year}年处理。")
    if not form.serves(year):
        yield Note("form_year", "warning", form_message(form, year))


def form_message(form: Form, year: int) -> str:
    """Say which form a report is filed on, and which its year asks for."""
    used = f"{year}年的报告用的是{form.basis}的格式"
    own = form_of_year(year)
    if own is None:
        return f"{used}，该格式自{form.since}年度起施行。"
    return f"{used}；{year}年度应使用{own.basis}的格式。请填报机关改用应使用的格式。"
