"""Shows the report's own words, in order, as paragraphs and sub-headings."""

from __future__ import annotations

import re

from nianbao.fragments import Fragment, render
from nianbao.labels import read_label
from nianbao.report import Paragraph, Report

_LEAD = re.compile(r"\s*[（(][一二三四五六七八九十]+[）)][^。：:，,；;]{2,24}[。：:]")


def section(report: Report, number: int) -> Fragment:
    """Show the prose of one section as it was published.

    Parameters
    ----------
    report : Report
        The report.
    number : int
        1–6, as the law orders them.

    Returns
    -------
    Fragment
        Says so where the report has no such section; is empty for a section of tables alone.
    """
    found = report.section(number)
    spec = next(s for s in report.form.sections if s.number == number)
    tabled = any(table.section == number for table in report.form.tables)
    altered = found is not None and read_label(found.title).core != read_label(spec.title).core
    return render(
        "prose",
        spec.title,
        title=found.title if found and altered else "",
        paragraphs=[_parts(p) for p in found.paragraphs] if found else [],
        absent=found is None,
        tabled=tabled,
    )


def opening(report: Report) -> Fragment:
    """Show what stands before the first section, where the report has such words."""
    found = next((s for s in report.sections if s.number is None), None)
    paragraphs = [_parts(p) for p in found.paragraphs] if found else []
    return render("prose", title="", paragraphs=paragraphs, absent=False, tabled=True)


def _parts(paragraph: Paragraph) -> tuple[int, str, str]:
    """Split a paragraph that begins with its own heading: (level, heading, rest)."""
    lead = None if paragraph.level else _LEAD.match(paragraph.text)
    cut = lead.end() if lead else 0
    return paragraph.level, paragraph.text[:cut], paragraph.text[cut:]
