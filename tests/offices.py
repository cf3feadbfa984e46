"""Makes small projects on disk: a register, parameters and reports as flattened text."""

from __future__ import annotations

from pathlib import Path

from builders import render, texts

HEAD = "id,name,level,parent,region,since,until\n"


def project(folder: Path, register: str = "office,测试局,department,,,,\n") -> Path:
    """Make an empty project with a register."""
    (folder / "data" / "raw").mkdir(parents=True)
    (folder / "params").mkdir()
    (folder / "params" / "agencies.csv").write_text(HEAD + register, "utf-8")
    return folder


def file_report(root: Path, agency: str, year: int, values: dict[str, object]) -> Path:
    """File the report of an agency and a year with these figures."""
    path = root / "data" / "raw" / str(year) / f"{agency}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(render(texts(values)).replace("2022", str(year)), "utf-8")
    return path
