"""A small project in which a report has everything around it that it can depend on."""

from __future__ import annotations

import shutil
from pathlib import Path

from oracle.project import FIGURES, Project, following

ROOT = Path(__file__).parents[2]
PROSE = ROOT / "tests" / "oracle" / "prose"
REGISTER = (
    "town,远镇,township,,,,",
    "city,测试市人民政府,city,,410300,,",
    "bureau,测试局,department,city,410300,,",
    "water,测试市水利局,department,city,410300,,",
    "silent,测试市沉默局,department,city,410300,,",
    "station,测试局直属站,department,bureau,410300,,",
    "closed,测试局旧站,department,bureau,410300,,2010",
)
RULES = """rules:
  - id: L-1
    label: 本年新收不超过一万件
    severity: warning
    basis: 本地约定
    left: [t3.new.total]
    relation: "<="
    right: [10000]
"""
NEEDED = {
    "data/raw/2021/bureau.txt",
    "data/raw/2022/bureau.txt",
    "data/raw/2022/station.txt",
    "data/raw/2022/water.txt",
    "notebooks/report.ipynb",
    "params/2022/bureau.yaml",
    "params/agencies.csv",
    "params/deadlines.yaml",
    "params/rules.yaml",
    "requirements.lock",
}
"""What the bureau's report of 2022 depends on."""


def words(name: str) -> str:
    """Return the prose of an invented office."""
    return (PROSE / f"{name}.txt").read_text("utf-8").partition("\n")[2].strip()


def city(folder: Path) -> Project:
    """Make the project: last year, offices above, below and beside, one of them with its words."""
    made = Project(folder)
    made.register(*REGISTER)
    made.report(2021, "bureau", prose=words("town"))
    made.report(2022, "bureau", following(FIGURES), prose=words("water"))
    made.report(2022, "water", prose=words("water"), name="测试市水利局")
    made.report(2022, "station", prose=words("street"), name="测试局直属站")
    made.report(2022, "city", prose=words("housing"), name="测试市人民政府")
    made.report(2022, "town", prose=words("education"), name="远镇")
    made.report(2021, "water", prose=words("transport"), name="测试市水利局")
    made.write("params/2022/bureau.yaml", "source: 网站\npublished: 2023-01-20\n")
    made.write("params/rules.yaml", RULES)
    made.write("params/deadlines.yaml", "deadlines: []\n")
    furnish(folder)
    return made


def furnish(folder: Path) -> None:
    """Put into a project what is not its own: the notebook and the lock."""
    (folder / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "report.ipynb", folder / "notebooks")
    shutil.copy(ROOT / "requirements.lock", folder)
