"""Makes a project of generated reports on disk: cities, their departments, two years each."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from bench import prose
from corpus import plan, specimen, styles
from corpus.specimen import Paragraph, Specimen
from corpus.trouble import TROUBLES
from corpus.writers import WRITERS
from offices import HEAD
from plausibility import offices

SOURCE = Path(__file__).resolve().parents[2]
YEARS = (2023, 2024)
FAMILY = 20
"""Agencies of a city: its government and the departments below it."""
FORMATS = {"html": 45, "docx": 25, "pdf": 10, "txt": 10, "xlsx": 10}
"""What reports are filed as, of a hundred."""
SIZES = {0: 15, 3: 25, 15: 25, 60: 20, 400: 10, 1500: 5}
"""About how many requests a department receives, of a hundred departments."""
TROUBLED = 0.25
"""The share of reports with something unusual in them."""
USUAL = (
    "row_aliases", "spaces_in_labels", "half_width_signs", "labels_unmerged", "section_aliases",
    "title_varied", "dashes", "blank_cells", "short_row", "word_markup", "navigation_around",
    "tracked_changes", "numbers_as_text", "header_repeated", "full_width_digits", "quotes_lost",
)  # fmt: skip
"""What is unusual about them: reports of the corpus, by name; all of them can be read."""
SLIPS = 0.08
"""The share of reports in which one figure is wrong, so that rules fail."""
_ROOTS = "青云北东南安平永宁海江河山林泉石明新广长"
_ENDS = "川源溪阳州城"
_OFFICES = (
    "公安局", "水利局", "教育局", "民政局", "财政局", "交通运输局", "住房和城乡建设局",
    "卫生健康委员会", "应急管理局", "人力资源和社会保障局", "自然资源和规划局", "生态环境局",
    "市场监督管理局", "农业农村局", "文化广电和旅游局", "发展和改革委员会", "统计局",
    "审计局", "司法局",
)  # fmt: skip
Figures = dict[str, int | Decimal]


def make(folder: Path, reports: int, seed: int = 1) -> Path:
    """Make a project of so many reports; equal numbers and seeds give equal bytes.

    Parameters
    ----------
    folder : Path
        Must not exist yet.
    reports : int
        How many: half of them of each year; of an odd number the last agency files once.
    seed : int
        What all is drawn from.
    """
    (folder / "params").mkdir(parents=True)
    shutil.copytree(SOURCE / "notebooks", folder / "notebooks")
    shutil.copy(SOURCE / "requirements.lock", folder)
    wanted, rows, left = (reports + 1) // 2, [], reports
    for number in range(-(-wanted // FAMILY)):
        size = min(FAMILY, wanted - number * FAMILY)
        for agency, name, level, parent, years in _city(seed, number, size):
            rows.append(f"{agency},{name},{level},{parent},,,\n")
            for year, figures, before in years[:left]:
                _file(folder, agency, name, year, figures, before, seed)
            left -= len(years[:left])
    (folder / "params" / "agencies.csv").write_text(HEAD + "".join(rows), "utf-8")
    return folder


Filed = tuple[int, Figures, Figures]


def _city(seed: int, number: int, size: int) -> Iterator[tuple[str, str, str, str, list[Filed]]]:
    """Yield the agencies of a city with their figures by year, the government first."""
    name = f"{_ROOTS[number % len(_ROOTS)]}{_ENDS[number // len(_ROOTS) % len(_ENDS)]}市"
    city = f"c{number:03d}"
    departments = [_years(f"{seed}:{city}:{place}") for place in range(1, size)]
    own = _years(f"{seed}:{city}:0", 60)
    parts = [own, *departments]
    codes = list(dict.fromkeys(code for part in parts for year in part for code in year))
    whole = [{c: sum(part[at].get(c, 0) for part in parts) for c in codes} for at in (0, 1)]
    yield city, f"{name}人民政府", "city", "", _filed(whole)
    for place, figures in enumerate(departments, start=1):
        office = _OFFICES[(place - 1) % len(_OFFICES)]
        yield f"{city}-{place:02d}", f"{name}{office}", "department", city, _filed(figures)


def _filed(figures: list[Figures]) -> list[Filed]:
    return [(YEARS[0], figures[0], {}), (YEARS[1], figures[1], figures[0])]


def _years(seed: str, size: int | None = None) -> list[Figures]:
    """Return two years of a department, which makes no 规章; some receive no request at all."""
    rng = random.Random(seed)
    if size is None:
        size = rng.choices(list(SIZES), list(SIZES.values()))[0]
    drawn = offices.years(rng.getrandbits(32), size=size or 1)
    kept = [{c: 0 if ".regulations." in c else v for c, v in each.items()} for each in drawn]
    quiet = [{c: 0 if c[:2] in ("t3", "t4") else v for c, v in each.items()} for each in kept]
    return kept if size else quiet


def _file(
    root: Path, agency: str, name: str, year: int, figures: Figures, before: Figures, seed: int
) -> None:
    """Write the report of an agency and a year as it files it."""
    rng = random.Random(f"{seed}:{agency}:{year}")
    form = rng.choices(list(FORMATS), list(FORMATS.values()))[0]
    made = _written(rng, name, year, figures, before)
    made.style = styles.harmless(form, rng)
    if rng.random() < TROUBLED:
        _befall(made, form, rng)
    folder = root / "data" / "raw" / str(year)
    folder.mkdir(parents=True, exist_ok=True)
    path = WRITERS[form](made, folder, rng)
    path.rename(path.with_stem(agency))


def _written(
    rng: random.Random, name: str, year: int, figures: Figures, before: Figures
) -> Specimen:
    """Return a report with its prose; in some of them one figure is wrong."""
    behind = {code: Decimal(value) for code, value in figures.items()}
    printed = {code: str(value) for code, value in figures.items()}
    if rng.random() < SLIPS:
        code = rng.choice([c for c in printed if c.startswith(("t3.", "t4."))])
        printed[code] = str(int(behind[code]) + rng.choice((1, 2, 9, 10, 90)))
    made = specimen.build("2021", year, name, "bench", behind, printed, rng)
    words = prose.sections(rng, year, figures, before)
    kept = [
        block for block in made.flow if not (isinstance(block, Paragraph) and block.kind == "text")
    ]
    flow = []
    for block in kept:
        flow.append(block)
        if isinstance(block, Paragraph) and block.kind == "heading":
            flow += [
                Paragraph(text, "text", block.section) for text in words.get(block.section, ())
            ]
    return replace(made, flow=flow)


def _befall(made: Specimen, form: str, rng: random.Random) -> None:
    """Let something usual befall a report."""
    assert plan  # it registers the troubles
    found = TROUBLES[rng.choice([name for name in USUAL if form in TROUBLES[name].formats])]
    made.style |= dict(found.style)
    found.change(made, rng)
