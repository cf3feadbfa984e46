"""Writes web pages as offices publish them, around the statutory tables."""

from statutory import FORM_THREE, FORMS

from builders import TITLES

TITLE = "测试局2022年政府信息公开工作年度报告"

_HEADS = [
    (
        "一",
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        ["规章", "规范性文件"],
    ),
    ("五", ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政许可"]),
    ("六", ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"], ["行政处罚", "行政强制"]),
    ("八", ["信息内容", "上一年项目数量", "本年增/减"], ["行政事业性收费"]),
    ("九", ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购"]),
]


def _old_two():
    """表二 of the form of 2019, with the last column of short heads two wide."""
    spans, row = [], 0
    for item, heads, labels in _HEADS:
        spans.append((row, 0, 1, 4, f"第二十条第（{item}）项"))
        lines = [heads, *([label, *(f"{row}{c}" for c in heads[1:])] for label in labels)]
        for line in lines:
            row += 1
            wide = 5 - len(line)
            last = len(line) - 1
            spans += [(row, c, 1, wide if c == last else 1, t) for c, t in enumerate(line)]
        row += 1
    return spans, row, 4


def _old_three():
    """表三 of the form of 2019: （六）其他处理 is one row instead of three."""
    spans = []
    for row, column, down, right, text in FORM_THREE:
        if text == "三、本年度办理结果":
            down = 20
        if text == "（六）其他处理":
            down, right = 1, 2
        dropped = row in (24, 25) or (row == 23 and text.startswith("1."))
        if not dropped:
            spans.append((row - 2 if row > 25 else row, column, down, right, text))
    return spans, 26, 10


TABLES = {**FORMS, "2019年表二": _old_two(), "2019年表三": _old_three()}


def plain(text, columns, rows):
    """Write a cell the short way."""
    spans = (f" colspan={columns}" if columns > 1 else "") + (
        f" rowspan={rows}" if rows > 1 else ""
    )
    return f"<td{spans}>{text or '&nbsp;'}</td>"


def word(text, columns, rows):
    """Write a cell as Word does: every character in a span and a font of its own."""
    marks = "".join(
        f"<span lang=EN-US style='font-size:9.0pt;color:black'><font face=宋体>{sign}"
        "<o:p></o:p></font></span><!--[if !mso]><!--><!--<![endif]-->"
        for sign in text
    )
    return (
        f"<TD WIDTH=61 COLSPAN={columns} ROWSPAN='{rows}' STYLE='border:none'>\r\n  "
        f"<P CLASS=MsoNormal>{marks}<o:p>&nbsp;</o:p></P>\r\n</TD>"
    )


def unclosed(text, columns, rows):
    """Write a cell whose tags are never closed."""
    return f'<td colspan="{columns}" rowspan="{rows}"><p><span><b>{text}'


def table(spans, cell=plain, height=0):
    """Write a table of spans; a row without cells of its own stays an empty row."""
    height = height or 1 + max(row for row, *_ in spans)
    end = "" if cell is unclosed else "</tr>"
    lines = [
        "".join(cell(text, right, down) for row, _, down, right, text in sorted(spans) if row == y)
        for y in range(height)
    ]
    return "<table>" + "".join(f"<tr>{line}{end}" for line in lines) + "</table>"


def statutory(cell=plain):
    """Write the three tables of the form in force."""
    return [table(spans, cell) for spans, _, _ in FORMS.values()]


def report(tables=None):
    """Write the report itself: title, sections, tables."""
    two, three, four = tables or statutory()
    return (
        f"<h1>{TITLE}</h1><p>{TITLES[1]}</p><p>2022年，本机关认真做好政府信息公开工作。</p>"
        "<p>（一）主动公开情况</p><p>全年主动公开政府信息若干条。</p>"
        f"<p>{TITLES[2]}</p>{two}<p>{TITLES[3]}</p>{three}<p>{TITLES[4]}</p>{four}"
        f"<p>{TITLES[5]}</p><p>一是公开方式有待丰富。下一步，将丰富解读形式。</p>"
        f"<p>{TITLES[6]}</p><p>本机关2022年收取信息处理费为0元。</p>"
    )


def page(content, charset="utf-8"):
    """Wrap a body as a file."""
    head = f'<head><meta charset="{charset}"><title>{TITLE}-测试市人民政府</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{content}</body></html>"
