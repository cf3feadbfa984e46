"""A small project on a disk: reports of several offices and years, a register, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import builders
from nianbao.findings import Finding, check_report
from nianbao.shelf import load
from nianbao.surroundings import around
from nianbao.workspace import Workspace

HEAD = "id,name,level,parent,region,since,until"
FIGURES = builders.figures(13, density=0.5)
INTRO = "2022年，本机关认真做好政府信息公开工作。"
PROSE = "全年主动公开政府信息若干条。"


def following(figures: Mapping[str, object], seed: int = 14) -> dict[str, int | str]:
    """Return balanced figures of the next year that carry on where these end."""
    found = builders.figures(seed, density=0.5)
    for column in builders.COLUMNS:
        came = found[f"t3.new.{column}"] + found[f"t3.carried_in.{column}"]
        found[f"t3.carried_in.{column}"] = figures[f"t3.carried_out.{column}"]
        found[f"t3.new.{column}"] = came - found[f"t3.carried_in.{column}"]
    for item in ("regulations", "normative_docs"):
        issued, repealed, force = (f"t2.{item}.{f}" for f in ("issued", "repealed", "in_force"))
        found[repealed] = min(found[repealed], figures[force] + found[issued])
        found[force] = figures[force] + found[issued] - found[repealed]
    assert min(v for v in found.values() if isinstance(v, int)) >= 0
    return found


class Project:
    """The folder, and the few ways in that a test needs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "data" / "raw").mkdir(parents=True)
        (root / "params").mkdir()
        self.workspace = Workspace(root)
        self.register()

    def register(self, *rows: str) -> None:
        """Write the register; without rows one office that stands alone."""
        given = rows or ("bureau,测试局,department,,410300,,",)
        self.write("params/agencies.csv", "\n".join([HEAD, *given]) + "\n")

    def write(self, place: str, content: str | bytes) -> Path:
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def report(
        self,
        year: int = 2022,
        agency: str = "bureau",
        figures: Mapping[str, object] = FIGURES,
        prose: str = PROSE,
        name: str = "测试局",
    ) -> Path:
        """Write a report as flattened text; the prose stands in the first section."""
        text = builders.render(builders.texts(dict(figures)))
        text = text.replace(INTRO, f"{year}年，本机关认真做好政府信息公开工作。")
        text = text.replace("测试局2022年", f"{name}{year}年").replace(
            "2022年收取", f"{year}年收取"
        )
        return self.write(f"data/raw/{year}/{agency}.txt", text.replace(PROSE, prose))

    def rules(self, content: str | bytes) -> None:
        self.write("params/rules.yaml", content)

    def waive(self, *findings: str, year: int = 2022, agency: str = "bureau") -> None:
        given = "".join(
            f"  - {{finding: '{each}', who: 某, when: 2023-02-01, why: 已核}}\n"
            for each in findings
        )
        self.write(f"params/{year}/{agency}.yaml", f"waivers:\n{given}" if given else "")

    def check(self, agency: str = "bureau", year: int = 2022) -> dict[str, Finding]:
        """Read a report anew, and return its findings by rule."""
        report = load(agency, year, self.workspace)
        return {f.rule.id: f for f in check_report(report, around(report, self.workspace))}
