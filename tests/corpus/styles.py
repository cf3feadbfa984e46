"""Ways of writing a format: harmless ones drawn by chance, and those that are troubles."""

from __future__ import annotations

import random

from corpus.specimen import Specimen
from corpus.trouble import ANY, BALANCED, styled, trouble


def harmless(form: str, rng: random.Random) -> dict[str, object]:
    """Draw how a document of a format is written where its trouble does not say so."""
    choices: dict[str, dict[str, list[object]]] = {
        "html": {
            "headings": ["h2", "strong", "p"],
            "charset": ["utf-8", "utf-8", "gb18030"],
            "heads": ["td", "th"],
            "blank": ["", "&nbsp;", "\u3000", "<br>"],
        },
        "docx": {"headings": ["style", "bold"], "header_row": [True, False]},
        "xlsx": {"sheets": ["one", "each"], "typed": [True, False], "margin": [0, 0, 1]},
        "pdf": {
            "font": ["Noto Serif SC", "Noto Sans SC"],
            "size": [9, 10.5, 12],
            "margin": [15, 25, 37],
            "repeat": [True, False],
            "pages": ["1", "- 1 -", "第1页", None],
        },
        "txt": {"layout": ["tabs", "tabs", "spaces", "boxes"], "encoding": ["utf-8", "utf-8-sig"]},
        "md": {"layout": ["tables", "tables", "pipes"]},
        "csv": {"encoding": ["utf-8", "utf-8-sig", "gb18030"]},
        "folder": {"holds": ["office", "csv"], "typed": [True, False], "headings": ["style"]},
    }
    return {name: rng.choice(values) for name, values in choices[form].items()}


def flattened(form: str, style: dict[str, object]) -> bool:
    """Say whether this way of writing loses which column a number stood in."""
    return form == "txt" or (form == "md" and style["layout"] == "pipes")


def flatten(specimen: Specimen) -> None:
    """Mark what is lost when a table is flattened: rows with an empty cell, extra columns.

    With one cell a line, the label of a wholly empty row stands straight before the next label:
    whose the following numbers are cannot be seen.
    """
    for grid in specimen.grids:
        doubtful = False
        for row in grid.rows():
            codes = [box.key for box in row if box.is_number]
            if not codes:
                continue
            blanks = [specimen.truth[code].state == "blank" for code in codes]
            if any(blanks) or doubtful:
                specimen.lose(codes)
            doubtful = all(blanks) and specimen.style.get("layout") == "cells"
    if specimen.style.get("columns_too_many"):
        specimen.lose([code for code in specimen.truth if code.startswith("t3.")])


styled("word_markup", "html", markup="word")
styled("office_namespace", "html", markup="office")
styled("gbk", "html", charset="gbk", declared="gbk")
styled("charset_wrongly_utf8", "html", charset="gb18030", declared="utf-8")
styled("charset_wrongly_gb", "html", charset="utf-8", declared="gb2312")
styled("charset_undeclared", "html", charset="gb18030", declared=None)
styled("navigation_around", "html", navigation=True)
styled("layout_table", "html", layout_table=True)
styled("tags_unclosed", "html", unclosed=True)
styled("nbsp_blanks", "html", kinds=("blanks",), blank="&nbsp;")
styled("every_sign_its_own_tag", "html", markup="letters")
styled("xhtml", "html", markup="xhtml")
styled("script_and_comments", "html", noise=True)
styled("runs_split", "docx", runs=True)
styled("tracked_changes", "docx", tracked=True)
styled("grid_after", "docx", grid_after=True)
styled("table_in_table", "docx", nested=True)
styled("sheet_each", "xlsx", sheets="each")
styled("one_sheet", "xlsx", sheets="one")
styled("numbers_as_text", "xlsx", typed=False)
styled("margins", "xlsx", margin=2)
styled("thousands_format", "xlsx", kinds=("large",), typed=True, number_format="#,##0")
styled("header_repeated", "pdf", repeat=True, size=12, margin=37)
styled("header_not_repeated", "pdf", repeat=False, size=12, margin=37)
styled("rows_cut_by_page", "pdf", repeat=False, cut=True, size=14, margin=30)
styled("small_pages", "pdf", paper="a5", size=9, margin=12)
styled("landscape", "pdf", landscape=True)
styled("tabs", "txt", layout="tabs")
styled("spaces", "txt", layout="spaces")
styled("boxes", "txt", layout="boxes")
styled("one_cell_a_line", "txt", layout="cells")
styled("gb18030", "txt", encoding="gb18030")
styled("utf16", "txt", encoding="utf-16")
styled("windows_line_ends", "txt", newline="\r\n")
styled("markdown_tables", "md", layout="tables")
styled("pipes", "md", layout="pipes")
styled("semicolons", "csv", delimiter=";")
styled("csv_gb18030", "csv", encoding="gb18030")
styled("office_folder", "folder", holds="office")
styled("csv_folder", "folder", holds="csv")


@trouble("single_table", formats=("csv",), kinds=ANY)
def single_table(specimen, rng):
    """The file holds one table and nothing else."""
    keep = rng.choice([2, 3, 4])
    specimen.style.update(layout="single", table=keep, refusable=True)
    specimen.lose([c for c in specimen.truth if not c.startswith(f"t{keep}.")])


@trouble("cells_csv", formats=("csv",), variants=("2021", "2019"), kinds=ANY)
def cells_csv(specimen, rng):
    """The file is a cells.csv of this project."""
    specimen.style.update(layout="listing")


@trouble("formulas_without_values", formats=("xlsx",), kinds=BALANCED)
def formulas_without_values(specimen, rng):
    """Totals are formulas whose results were never stored."""
    specimen.style.update(formulas=True)
    specimen.lose([c for c in specimen.truth if c.startswith("t3.") and c.endswith(".total")])
