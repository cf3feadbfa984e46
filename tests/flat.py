"""Writes a report's three tables in every flat form that text comes in."""

import csv
import io

from builders import TITLES, figures, render, texts
from nianbao.documents.plain.text import read_text
from nianbao.documents.structure import Row
from nianbao.forms import load_form
from nianbao.recognize import recognize


def sample(seed=1, density=0.3, high=40):
    values = figures(seed, density, high)
    return values, texts(values)


def without(written, codes, blank=""):
    return {code: blank if code in codes else text for code, text in written.items()}


def cells_of(line):
    return line.split("\t")


def filled(line):
    return [cell for cell in cells_of(line) if cell]


def rewritten(written, row, layout="grid"):
    """Render a report and write every row of its tables anew."""
    lines = render(written, layout).split("\n")
    return "\n".join(row(line) if "\t" in line else line for line in lines)


def spaced(written):
    return rewritten(written, lambda line: "     ".join(filled(line)))


def single_spaced(written):
    return rewritten(written, lambda line: " ".join(filled(line)))


def framed(written):
    return rewritten(written, lambda line: f"| {' | '.join(filled(line))} |")


def barred(written):
    return rewritten(written, lambda line: " | ".join(filled(line)))


def stacked(written):
    return rewritten(written, lambda line: "\n".join(filled(line)))


def stacked_with_gaps(written):
    return rewritten(written, lambda line: line.replace("\t", "\n"))


def labels_above(written):
    def row(line):
        cells = filled(line)
        words = [c for c in cells if c != "/" and not c.replace(".", "").isdigit()]
        numbers = [c for c in cells if c not in words]
        return "\n".join([*words, " ".join(numbers)] if numbers else words)

    return rewritten(written, row)


FORMS = {
    "spaced": spaced,
    "single_spaced": single_spaced,
    "framed": framed,
    "barred": barred,
    "stacked": stacked,
    "stacked_with_gaps": stacked_with_gaps,
    "labels_above": labels_above,
}


def grids(written):
    """Return the three tables as full grids, as a spreadsheet holds them."""
    lines = render(written, "grid").split("\n")
    tables, rows = [], []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(cells_of(line))
        elif rows:
            width = max(map(len, rows))
            tables.append([row + [""] * (width - len(row)) for row in rows])
            rows = []
    return tables


def markdown(written):
    """Write the report with Markdown tables of full width."""
    parts = ["# 测试局2022年政府信息公开工作年度报告", ""]
    for number, title in TITLES.items():
        parts += [f"## {title}", ""]
        if number in (2, 3, 4):
            rows = grids(written)[number - 2]
            drawn = [f"| {' | '.join(row)} |" for row in rows]
            parts += [drawn[0], "|" + "---|" * len(rows[0]), *drawn[1:], ""]
        else:
            parts += ["2022年，**本机关**认真做好政府信息公开工作。", "", "---", ""]
    return "\n".join(parts)


def separated(written, delimiter=","):
    """Write the report as one sheet saved as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    blank = [""] * 15
    writer.writerow(["测试局2022年政府信息公开工作年度报告", *blank[1:]])
    for number, title in TITLES.items():
        writer.writerow([title, *blank[1:]])
        if number in (2, 3, 4):
            for row in grids(written)[number - 2]:
                writer.writerow((row + blank)[:15])
            writer.writerow(blank)
        else:
            writer.writerow(["2022年，本机关认真做好政府信息公开工作。", *blank[1:]])
    return text.getvalue()


def recognised(document):
    """Recognise a document; `recognize` unstacks it."""
    return recognize(document, load_form("2021"))


def cells(text, name="a.txt"):
    return recognised(read_text(text.encode(), name)).cells


def wrong(found, values):
    """Return the cells that carry a figure other than the true one, or one where none stands."""
    return {
        code: (str(cell.value), str(values[code]))
        for code, cell in found.items()
        if cell.state in ("number", "inferred") and str(cell.value) != str(values[code])
    }


def states(found):
    return {cell.state for cell in found.values()}


def rows(document):
    return [block for block in document.blocks if isinstance(block, Row)]
