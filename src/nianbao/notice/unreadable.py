"""Turns notes on the reading into problems, in words that an office can act on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from nianbao.forms.wording import place_words
from nianbao.notice.contents import Item
from nianbao.notice.problem import plain, sentence
from nianbao.report import Note, Report
from nianbao.telling import untold

_NUMERAL = "请填写阿拉伯数字；没有发生的，请填“0”。"
_EACH_ROW = "请核对各行是否缺少一格；没有发生的，请填“0”，不要留空。"
_HEADS = "请按法定格式恢复列名和列的次序。"
_PICTURE = "请改报可以复制文字的 Word 或网页原件。"
_DEFAULT = "请对照原件核对、补正；原件完整、清楚的，请注明。"
_ADVICE = {
    "cell_unclear": "请核对这一格的数字，不要与其他格合并填写。",
    "cell_unreadable": _NUMERAL,
    "row_illegible": _NUMERAL,
    "line_missing": "请补充这一行；没有发生的各格，请填“0”。",
    "line_repeated": "请核对后只保留数字正确的一行。",
    "heads_altered": _HEADS,
    "row_torn": "请核对这一行，不要折行或者跨页断开。",
    "line_surplus": "请核对这一行各数所在的列，删去多出的数字。",
    "table_missing": "请补充这张表。",
    "short_rows_open": _EACH_ROW,
    "short_rows_limit": _EACH_ROW,
    "short_rows_unbalanced": _EACH_ROW,
    "several_reports": "请把各年度（各机关）的报告分开报送。",
    "cells_empty": "请填写数字；没有发生的，请填“0”。",
    "cell_spaced": "请核对；两个数字写在一格的，请分开填写。",
    "unit_converted": "请核对金额，并按法定格式以万元为单位填写。",
    "label_near": "请核对行名，并按法定格式填写。",
    "head_near": _HEADS,
    "row_unplaced": "请核对这一行属于法定格式的哪一行。",
    "section_missing": "请核对报告是否完整，并按法定格式列出各部分标题。",
    "year_conflict": "请核对标题中的年度。",
    "agency_conflict": "请核对标题中的机关名称。",
    "hybrid": "请核对各表所用的格式，统一改用本年度应使用的格式。",
    "form_year": "请改用本年度应使用的格式。",
    "revisions": "请处理全部修订后重新报送。",
    "pictures": _PICTURE,
    "page_picture": _PICTURE,
    "loose_figures": "请核对表格中的数字是否完整。",
}
"""What to do, by the note's code; of the warnings only these are the office's to answer."""

# What the reading says of itself is left out, or said as the office sees it.
_WORDS = (
    (r"短行与不平并存[。：]", ""),
    (r"；未改动原文，短行各格仍列为未知", ""),
    (r"行短行", "行"),
    (r"短行", "缺格的行"),
    (r"，?按“无法读取”处理", ""),
    (r"源文件没有显示它只属于这一格", "不能确定它只属于这一格"),
    (r"(它可能所在的)?(这些|各)?格?(均)?列为未知", "未能读取"),
    (r"；未能读取，勾稽关系推出的数不能代替它", ""),
    (r"源文件", "报告"),
    (r"，不等于0", ""),
    (r"^表.有1格没有填写数字：“.*”(?=空白|写作“)", "没有填写数字："),
    (r"按勾稽关系只能是", "按勾稽关系推算为"),
    (r"按勾稽关系，", "按勾稽关系推算，"),
    (r"格只能是(0|另一个数)", r"格为\1"),
    (r"；第一处是(“.*”)，各格见逐格读取", r"；第一处是\1"),
    (r"，本报告按(\d+)年处理", r"，报送的是\1年度的报告"),
    (r"，本报告按登记的“(.*?)”处理，请核对是否放错文件", r"，报送单位是“\1”"),
    (r"；本次只读取“.*”", ""),
    (r"，按(?:法定格式|最接近|所在位置|千位分隔)[^，；。]*", ""),
    (
        r"请(填报机关|补充这张表|对照原|先核对|确认修订|换用|取得|向发布机关|把它们|改用)[^。]*。",
        "",
    ),
    (r"，?请核对(?=。|$)", ""),
    (r"，只读取了表格", ""),
    (r"；如果是两个数字写在了一格，请更正", ""),
    (r"各表按其实际格式读取。", ""),
    (r"，按全部接受后的样子读取", ""),
    (r"，文件可能没有取全，请与报告原文核对", ""),
)
_PATTERNS = tuple((re.compile(pattern), words) for pattern, words in _WORDS)


def unread_items(report: Report, told: Collection[str]) -> Iterator[Item]:
    """Yield what of a report could not be read and has to be supplied.

    Parameters
    ----------
    report : Report
        The report.
    told : collection of str
        Codes of notes whose matter is told elsewhere.
    """
    for note in report.notes:
        if note.severity == "error" and note.code not in told:
            yield _item(report, note)


def doubted_items(report: Report, failed: Sequence[str]) -> Iterator[Item]:
    """Yield what was read, but has to be verified; not what the rules in ``failed`` tell."""
    for note in untold(report, failed):
        if note.severity == "warning" and note.code in _ADVICE:
            yield _item(report, note)


def reading_hints(report: Report) -> Iterator[str]:
    """Yield what the office may want to know and need not answer."""
    for note in report.notes:
        if note.code == "short_rows":
            yield (
                f"{_told(report, note)}按勾稽关系只有一种填法，各格的数可以确定；"
                "原件没有缺格的，不需要处理。"
            )


def _item(report: Report, note: Note) -> Item:
    place = place_words(report.form, note.cells) if note.cells else _whole(note)
    origin = (f"（报送文件{plain(note.origin)}）",) if note.origin else ()
    return Item(
        place=(plain(place), *origin),
        found=(_told(report, note),),
        advice=(_ADVICE.get(note.code, _DEFAULT),),
    )


def _whole(note: Note) -> str:
    return "标题" if note.code in ("year_conflict", "agency_conflict") else "全文"


def _told(report: Report, note: Note) -> str:
    """Say what was found without what was done about it."""
    text = note.message
    if note.code.startswith("short_rows"):
        text = text.partition("。")[0]
    if len(note.cells) == 1:
        text = text.removeprefix(f"{report.form.cells[note.cells[0]].label}：")
    return sentence(office(text))


def office(text: str) -> str:
    """Say as the office sees it what was told of the reading."""
    for pattern, words in _PATTERNS:
        text = pattern.sub(words, text)
    return text
