"""Writes web pages: clean ones, and such as Word and old editorial systems leave behind."""

from __future__ import annotations

import random
from html import escape
from pathlib import Path

from corpus.grids import Grid
from corpus.specimen import Paragraph, Specimen

NAVIGATION = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xxgk">政府信息公开</a></li>'
    '<li><a href="/nb">年度报告</a></li></ul></div>'
    "<div>当前位置：首页 &gt; 信息公开 &gt; 年报</div>"
)
FOOT = "<div><p>主办单位：政务公开办公室　电话：0000-1234567</p><p>备案号12345678号</p></div>"
NOISE = "<!-- 规章 1 2 3 --><script>var t=[1,2,3];</script><style>td{color:red}</style>"


def write(specimen: Specimen, folder: Path, rng: random.Random) -> Path:
    style = specimen.style
    body = "".join(_block(block, style, rng) for block in specimen.flow)
    if style.get("noise"):
        body = NOISE + body.replace("</table>", f"</table>{NOISE}")
    if style.get("layout_table"):
        body = f"<table><tr><td>{body}</td></tr></table>"
        body = f'<table width="900"><tr><td>{body}</td></tr></table>'
    if style.get("navigation"):
        body = f"{NAVIGATION}{body}{FOOT}"
    if style.get("unclosed"):
        for tag in ("td", "th", "tr", "p", "li"):
            body = body.replace(f"</{tag}>", "")
    charset = str(style["charset"])
    declared = style.get("declared", charset)
    meta = f'<meta charset="{declared}">' if declared else ""
    head = f"<head>{meta}<title>{escape(specimen.title)}</title></head>"
    page = f"<!DOCTYPE html>\n<html>{head}<body>{body}</body></html>\n"
    if style.get("markup") == "xhtml":
        named = '<html xmlns="http://www.w3.org/1999/xhtml">'
        page = '<?xml version="1.0"?>\n' + page.replace("<html>", named)
    path = folder / "report.html"
    path.write_bytes(page.encode(charset))
    return path


def _block(block: Paragraph | Grid, style: dict[str, object], rng: random.Random) -> str:
    if isinstance(block, Grid):
        return _table(block, style, rng)
    text = _inline(block.text, style, rng)
    if block.kind == "title":
        return f"<h1>{text}</h1>\n"
    if block.kind == "heading" and style["headings"] != "p":
        tag = style["headings"]
        return f"<h2>{text}</h2>\n" if tag == "h2" else f"<p><strong>{text}</strong></p>\n"
    return f"<p>{text}</p>\n"


def _table(grid: Grid, style: dict[str, object], rng: random.Random) -> str:
    rows = []
    for number, row in enumerate(grid.rows()):
        tag = style["heads"] if number < grid.head else "td"
        cells = []
        for box in row:
            spans = f' colspan="{box.across}"' * (box.across > 1)
            spans += f' rowspan="{box.down}"' * (box.down > 1)
            text = _inline(box.text, style, rng) if box.text else str(style["blank"])
            if style.get("markup") == "office":
                text = f'<p class="MsoNormal" align="center">{text}<o:p></o:p></p>'
            cells.append(f"<{tag}{spans}>{text}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return f'<table border="1">\n{"".join(rows)}</table>\n'


def _inline(text: str, style: dict[str, object], rng: random.Random) -> str:
    markup = style.get("markup")
    if markup in ("word", "letters", "office"):
        pieces, at = [], 0
        while at < len(text):
            size = 1 if markup == "letters" else rng.randint(1, 4)
            pieces.append(text[at : at + size])
            at += size
        tag = {"word": 'span lang="EN-US" style="font-size:12.0pt"', "letters": "font"}
        opening = tag.get(str(markup), "span")
        closing = opening.split()[0]
        return "".join(f"<{opening}>{_escaped(piece)}</{closing}>" for piece in pieces)
    return _escaped(text)


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("\xa0", "&nbsp;")
