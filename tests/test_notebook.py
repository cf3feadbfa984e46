"""The stored notebook: rich in words, thin in code, the same everywhere."""

import ast
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOK = json.loads((ROOT / "notebooks" / "report.ipynb").read_text("utf-8"))
CODE = ["".join(c["source"]) for c in NOTEBOOK["cells"] if c["cell_type"] == "code"]


@pytest.mark.parametrize("source", CODE)
def test_a_code_cell_is_thin(source):
    assert len(source.splitlines()) <= 8
    kinds = {type(node) for node in ast.walk(ast.parse(source))}
    assert not kinds & {ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.For, ast.While, ast.If}
    assert not re.search(r"[/\\]\w+|\.\w{3,4}\"", source.partition("#")[0])


def test_parameters_are_typed_and_tagged():
    (cell,) = [c for c in NOTEBOOK["cells"] if "parameters" in c["metadata"].get("tags", [])]
    names = [node.target.id for node in ast.parse("".join(cell["source"])).body]
    assert names == ["agency", "year"]


def test_there_are_more_words_than_code():
    words = sum(
        len("".join(c["source"])) for c in NOTEBOOK["cells"] if c["cell_type"] == "markdown"
    )
    code = sum(len(re.sub(r"#.*", "", source)) for source in CODE)
    assert words * 3 > code  # a Chinese character says what three or four of code's do


def test_the_six_sections_stand_in_their_order():
    ids = [c["id"] for c in NOTEBOOK["cells"]]
    wanted = [f"section-{n}" for n in range(1, 7)] + ["verification", "provenance"]
    assert [name for name in ids if name in wanted] == wanted
