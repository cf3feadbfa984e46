"""The stored notebook: rich in words, thin in code, the same everywhere."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STORED = {
    name: json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
    for name in ("overview", "report", "trend")
}
CODE = [
    pytest.param("".join(cell["source"]), id=f"{name}-{cell['id']}")
    for name, stored in STORED.items()
    for cell in stored["cells"]
    if cell["cell_type"] == "code"
]


@pytest.mark.parametrize("source", CODE)
def test_a_code_cell_is_thin(source):
    assert len(source.splitlines()) <= 8
    kinds = {type(node) for node in ast.walk(ast.parse(source))}
    assert not kinds & {ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.While, ast.If}
    assert not re.search(r"[/\\]\w+|\.\w{3,4}\"", source.partition("#")[0])


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("report", ["agency", "year"]), ("overview", ["year"]), ("trend", ["agency"])],
)
def test_parameters_are_typed_and_tagged(name, parameters):
    cells = STORED[name]["cells"]
    (cell,) = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    names = [node.target.id for node in ast.parse("".join(cell["source"])).body]
    assert names == parameters


def test_no_notebook_is_left_out():
    assert {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} == set(STORED)


@pytest.mark.parametrize("name", STORED)
def test_there_are_more_words_than_code(name):
    sizes = {"markdown": 0, "code": 0}
    for cell in STORED[name]["cells"]:
        source, kind = "".join(cell["source"]), cell["cell_type"]
        sizes[kind] += len(re.sub(r"#.*", "", source) if kind == "code" else source)
    assert sizes["markdown"] * 3 > sizes["code"]  # a Chinese character says what three or four do


def test_the_six_sections_stand_in_their_order():
    ids = [c["id"] for c in STORED["report"]["cells"]]
    wanted = [f"section-{n}" for n in range(1, 7)] + ["verification", "provenance"]
    assert [name for name in ids if name in wanted] == wanted
