"""Sets up a Word document as an official letter: A4, margins, fonts by name, page numbers."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

BODY = "仿宋_GB2312"
BLACK = "黑体"
TITLE = "方正小标宋简体"
NUMBER = "宋体"

_STYLES = {
    # font, size (pt), line (pt)
    "Normal": (BODY, 12, 20),
    "Heading 1": (TITLE, 20, 29),
    "Heading 2": (BLACK, 12, 22),
}


def new_document() -> Any:
    """Return an empty document on A4 with the styles of an official letter."""
    document = docx.Document()
    language = document.styles.element.find(f".//{qn('w:lang')}")
    # Latin text, which digits are, is not Chinese: else a number may be broken between two lines.
    language.set(qn("w:eastAsia"), "zh-CN")
    for name, (font, size, line) in _STYLES.items():
        _style(document.styles[name], font, size, line)
    heading = document.styles["Heading 1"].paragraph_format
    heading.alignment, heading.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(12)
    document.settings.odd_and_even_pages_header_footer = True
    _page(document.sections[0])
    return document


def set_font(run_properties: Any, font: str) -> None:
    """Name one font for all scripts, quotation marks and digits too."""
    for old in run_properties.findall(qn("w:rFonts")):
        run_properties.remove(old)
    names = " ".join(f'w:{script}="{font}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    element = parse_xml(f'<w:rFonts {nsdecls("w")} w:hint="eastAsia" {names}/>')
    run_properties.insert(0, element)


def _style(style: Any, font: str, size: int, line: int) -> None:
    set_font(style.element.get_or_add_rPr(), font)
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = Pt(line)


def _page(section: Any) -> None:
    # The type area of GB/T 9704 is 156 mm wide and 225 mm high.
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _number(footer: Any, side: Any) -> None:
    """Write the page number between dashes, odd pages right, even pages left (GB/T 9704)."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    add_run(paragraph, "— ", NUMBER, 14)
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>')
    paragraph._p.append(field)
    inner = add_run(paragraph, "1", NUMBER, 14)
    field.append(inner._r)
    add_run(paragraph, " —", NUMBER, 14)


def add_run(paragraph: Paragraph, text: str, font: str = "", size: float = 0) -> Any:
    """Add text to a paragraph, in another font or size where one is named (pt)."""
    run = paragraph.add_run(text)
    if font:
        set_font(run._r.get_or_add_rPr(), font)
    else:
        run._r.get_or_add_rPr().append(parse_xml(f'<w:rFonts {nsdecls("w")} w:hint="eastAsia"/>'))
    if size:
        run.font.size = Pt(size)
    return run


def set_line(paragraph: Paragraph, line: float, indent: float = 0) -> None:
    """Set a paragraph's line height and the indent of its first line (pt)."""
    paragraph.paragraph_format.line_spacing = Pt(line)
    paragraph.paragraph_format.first_line_indent = Emu(Pt(indent))
