"""Writes the four published reports that the repository ships: `python -m corpus.shipped FOLDER`.

Only the figures of their tables are carried over; one sentence in each file says so.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from corpus import figures
from corpus.specimen import Paragraph, Specimen, build
from corpus.writers import WRITERS, pdf

REPORTS = {
    # figures: agency in the title, id of the agency, file's format
    "suqian-2023": ("宿迁市", "suqian", "docx"),
    "suqian-2024": ("宿迁市", "suqian", "html"),
    "shanghai-office-2019": ("上海市人民政府办公厅", "shanghai-office", "xlsx"),
    "huaian-2024": ("淮安市", "huaian", "pdf"),
}
STYLES: dict[str, dict[str, object]] = {
    "docx": {"headings": "style", "header_row": True},
    "html": {"headings": "h2", "heads": "th", "blank": "", "charset": "utf-8"},
    "xlsx": {"sheets": "each", "typed": True},
    "pdf": {
        "font": "Noto Serif SC",
        "size": 10.5,
        "margin": 26,
        "repeat": True,
        "pages": "- 1 -",
    },
}
NOTE = "说明：本文件只转录已公布报告中三张表格的数字，不含其文字；数字来源：{}。"
FIXED = datetime(2025, 1, 1, tzinfo=UTC)
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
AUTHOR = re.compile(rb"<(dc:creator|dc:description|cp:lastModifiedBy)>[^<]*")


def specimen(name: str) -> Specimen:
    """Return a published report with its figures and no prose but the one sentence."""
    agency, _, form = REPORTS[name]
    raw, printed = figures.published(name)
    variant, year = str(raw["form"]), int(str(raw["year"]))
    behind = figures.completed(printed, variant)
    found = build(variant, year, agency, name, behind, printed, random.Random(0))
    kept = [b for b in found.flow if not (isinstance(b, Paragraph) and b.kind == "text")]
    found.flow = [kept[0], Paragraph(NOTE.format(raw["source"])), *kept[1:]]
    found.style = dict(STYLES[form])
    return found


def fixed(data: bytes) -> bytes:
    """Return a zip package with fixed dates and a fixed order of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w") as written:
        for name in package.namelist():
            content = package.read(name)
            if name == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>2025-01-01T00:00:00Z", content)
                content = AUTHOR.sub(rb"<\g<1>>", content)
            part = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            written.writestr(part, content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


def content(name: str) -> bytes:
    """Return a shipped report's bytes: the same at every call."""
    found, form = specimen(name), REPORTS[name][2]
    if form == "pdf":
        source = pdf.source(found, random.Random(0))
        return pdf.compile_pdf(source, timestamp=int(FIXED.timestamp()))
    with tempfile.TemporaryDirectory() as folder:
        path = WRITERS[form](found, Path(folder), random.Random(0))
        data = path.read_bytes()
    return fixed(data) if form in ("docx", "xlsx") else data


def main(folder: Path) -> None:
    for name, (_, agency, form) in REPORTS.items():
        year = str(figures.published(name)[0]["year"])
        path = folder / year / f"{agency}.{form}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(name))
        print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
