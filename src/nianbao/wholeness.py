"""Refuses a document that is no annual report, or that breaks off."""

from __future__ import annotations

from nianbao.documents.structure import Boundary, Document
from nianbao.errors import UnreadableError
from nianbao.forms import Form
from nianbao.placing import Placing
from nianbao.report import Section

_SENTENCE_ENDS = "。！？；.!?）)”》"


def demand_whole(
    document: Document, form: Form, placing: Placing, sections: tuple[Section, ...]
) -> None:
    """Refuse a document that is no such report, or that breaks off.

    A source of tables alone, with or without titles (a workbook, a CSV), may hold only some of
    them, and an office may leave one out; but prose that ends before its last section, with a
    table missing, was cut.

    Raises
    ------
    UnreadableError
        Saying what is missing, and how far the file could be read.
    """
    missing = [table for table in form.tables if not placing.found(table.id)]
    places = [block.origin for block in document.blocks if not isinstance(block, Boundary)]
    end = places[-1] if places else "开头"
    if len(missing) == len(form.tables):
        raise UnreadableError(
            f"{document.name}：没有找到三张法定表格（表二、表三、表四）中的任何一张，"
            f"文件读到{end}为止。请确认这是一份政府信息公开工作年度报告，且表格不是图片。"
        )
    numbers = {section.number for section in sections} - {None}
    closing = {form.sections[-2].number, form.sections[-1].number}
    unfinished = document.lines and document.lines[-1].text[-1] not in _SENTENCE_ENDS
    lost = closing - numbers
    if not any(section.paragraphs for section in sections if section.number):
        return
    if missing and numbers and form.sections[-1].number in lost:
        names = "、".join(f"{table.name}（{table.caption}）" for table in missing)
        raise UnreadableError(
            f"{document.name}：没有找到{names}的数字行，文件读到{end}为止。"
            "文件可能不完整，请重新获取报告全文。"
        )
    if numbers and (lost == closing or (form.sections[-1].number in lost and unfinished)):
        titles = "、".join(f"“{s.title}”" for s in form.sections if s.number in lost)
        raise UnreadableError(
            f"{document.name}：文件读到{end}中断，缺少{titles}部分。请重新获取报告全文。"
        )
