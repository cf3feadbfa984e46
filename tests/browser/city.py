"""One small city on disk: a government, its departments, three years, and what goes wrong there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from builders import CODES, COLUMNS, ROWS, figures, render, texts
from offices import file_report, project

ROOT = Path(__file__).parents[2]
REAL_REPORT = ROOT / "data" / "raw" / "2022" / "luoyang-gaj.txt"
LONG_NAME = "甲市人民政府政务服务和大数据管理局（甲市行政审批局、甲市公共资源交易管理委员会办公室）"
NAMES = {
    "city": "甲市人民政府",
    "police": "甲市公安局",
    "data": LONG_NAME,
    "water": "甲市水利局",
    "emergency": "甲市应急管理局",
}
REGISTER = f"""\
city,{NAMES["city"]},city,,410000,,
police,{NAMES["police"]},department,city,410000,,
data,{NAMES["data"]},department,city,410000,,
water,{NAMES["water"]},department,city,410000,,
emergency,{NAMES["emergency"]},department,city,410000,2023-03-01,
"""
DAMAGED = (2023, "data")
SUSPECT = "t3.granted.natural"
UNREADABLE = (2023, "water")
CLEAN = (2024, "police")
SHORT = (2022, "police")
"""The real report, whose rows lost numbers."""

BUILT = {
    SHORT,
    (2023, "police"),
    CLEAN,
    (2022, "data"),
    DAMAGED,
    (2023, "city"),
}
"""The reports that can be built; no report of the water bureau's can, and it filed only one."""

Figures = dict[str, object]


def _department(seed: int, before: Figures | None = None, stock: int = 20) -> Figures:
    """Return balanced figures of a department, carried on from last year's where there are any.

    ``stock`` is how many normative documents were in force a year before, where that is not said.
    """
    found: Figures = {**figures(seed, density=0.35)}
    found |= {code: 0 for code in CODES if code.startswith("t2.regulations.")}
    found |= {"t2.normative_docs.issued": 3, "t2.normative_docs.repealed": 1}
    stock = stock if before is None else int(before["t2.normative_docs.in_force"])
    found["t2.normative_docs.in_force"] = stock + 3 - 1
    for column in COLUMNS[:-1]:
        total, out = (int(found[f"t3.{row}.{column}"]) for row in ("total", "carried_out"))
        carried = 0 if before is None else int(before[f"t3.carried_out.{column}"])
        if carried > total + out:  # they have to be handled this year, or stay
            out = found[f"t3.carried_out.{column}"] = carried - total
        found[f"t3.carried_in.{column}"] = carried
        found[f"t3.new.{column}"] = total + out - carried
    return _summed(found)


def _summed(values: Figures) -> Figures:
    sums = {f"t3.{r}.total": sum(int(values[f"t3.{r}.{c}"]) for c in COLUMNS[:-1]) for r in ROWS}
    return {**values, **sums}


def _government(parts: Iterable[Figures]) -> Figures:
    """Return the sum of the departments' figures and what the government's own office handled."""
    own = _department(4)
    parts = [*parts, own]
    found: Figures = {code: sum(Decimal(part[code]) for part in parts) for code in CODES}
    return {**found, "t2.regulations.in_force": 7}


def _named(path: Path, name: str, paragraph: str = "") -> None:
    """Let a generated report carry the agency's name, and say more in its first section."""
    text = path.read_text("utf-8").replace("测试局", name)
    path.write_text(text.replace("本机关认真做好", f"{paragraph}本机关认真做好", 1), "utf-8")


def make_city(folder: Path) -> Path:
    """Make the project of the city: register, parameters, reports, notebooks, lock."""
    root = project(folder, REGISTER)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    police_2022 = root / "data" / "raw" / "2022" / "police.txt"
    police_2022.parent.mkdir()
    shutil.copy(REAL_REPORT, police_2022)

    police = _department(2, stock=10)  # as the real report of 2022 says
    data_2022 = _department(3)
    data = _department(5, data_2022)
    filed = {
        (2023, "police"): police,
        (2024, "police"): _department(6, police),
        (2022, "data"): data_2022,
        (2023, "data"): {**data, SUSPECT: int(data[SUSPECT]) + 3},
        (2023, "city"): _government([police, data]),
    }
    prose = {
        (2023, "data"): "全年共收到政府信息公开申请9999件，均已按期答复，答复率为100％。",
        (2023, "city"): "全市全年主动公开政府信息3.2万条，其中门户网站1.1万条、政务新媒体2.1万条。",
    }
    for (year, agency), values in filed.items():
        path = file_report(root, agency, year, values)
        _named(path, NAMES[agency], prose.get((year, agency), ""))
    year, agency = UNREADABLE
    (root / "data" / "raw" / str(year) / f"{agency}.docx").write_bytes(b"PK\x03\x04 broken")
    (root / "params" / "2023").mkdir()
    (root / "params" / "2023" / "police.yaml").write_text("published: 2024-03-05\n", "utf-8")
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the package in a project."""
    return subprocess.run(
        [sys.executable, "-m", "nianbao", *arguments],
        cwd=root,
        env={**os.environ, "NIANBAO_HOME": str(root)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def build(root: Path) -> Path:
    """Write the notices of a year and build all pages as `make` does; return the output folder.

    One report cannot be read, which the exit code 3 tells.
    """
    for arguments in (("notice", "--year", "2023"), ("build",)):
        done = run(root, *arguments)
        assert done.returncode == 3, done.stderr
    _compare(root)
    return root / "output"


def _compare(root: Path) -> None:
    """Write the page on what changed when the damaged report was corrected."""
    year, agency = DAMAGED
    other = root.with_name(f"{root.name}-corrected")
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("output"))
    path = other / "data" / "raw" / str(year) / f"{agency}.txt"
    right = _department(5, _department(3))
    corrected = render(texts(right)).replace("2022", str(year))
    path.write_text(corrected, "utf-8")
    _named(path, NAMES[agency], "全年共收到政府信息公开申请，均已按期答复。")
    assert run(other, "build", "--year", str(year), "--agency", agency).returncode in (0, 1)
    place = Path("output", str(year), agency)
    page = root / "output" / "comparison.html"
    done = run(root, "compare", str(root / place), str(other / place), "--html", str(page))
    assert done.returncode == 1, done.stderr
