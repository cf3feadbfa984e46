"""The codebook names all that the tables hold, from the forms and rules themselves."""

import json
import re

import pytest

from boards import VARIANTS, codes
from builders import T3_CODES, equations
from nianbao.catalogue import catalogue
from nianbao.forms.sheets import rule_spec
from nianbao.panel.codebook import STATES, Coverage, codebook, machine_codebook
from nianbao.panel.rows import STATES as KNOWN
from nianbao.panel.schemas import SHEETS

TEXT = codebook(Coverage())
FILES = {sheet.file: {"rows": 1, "sha256": "0"} for sheet in SHEETS}
DATA = json.loads(machine_codebook(Coverage(), FILES))


def row(name, *more):
    return "| " + " | ".join([re.escape(name), *more])


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_each_column_is_told_in_its_file(sheet):
    own = TEXT.partition(f"### {sheet.file}")[2].partition("\n#")[0]
    columns = DATA["files"][sheet.file]["columns"]
    assert [column["name"] for column in columns] == sheet.schema.names
    for column in sheet.columns:
        assert re.search(rf"^\| {column.name} \| .+ \| .* \| .+ \|$", own, re.MULTILINE)
        assert column.meaning


@pytest.mark.parametrize("variant", VARIANTS)
def test_each_cell_has_its_official_label_and_unit(variant):
    told = {cell["cell"]: cell for cell in DATA["forms"][variant]["cells"]}
    assert list(told) == codes(variant)
    assert all(cell["label"] and cell["unit"] for cell in told.values())
    assert {told[code]["unit"] for code in T3_CODES if code in told} == {"件"}
    if variant in ("2019", "2021"):
        for code, cell in told.items():
            assert f"| {code} | {cell['label']} | {cell['unit']} |" in TEXT


def test_each_balance_rule_has_its_equation():
    told = {rule["rule"]: rule for rule in DATA["forms"]["2021"]["balance"]}
    for name, (left, right) in equations().items():
        assert (sorted(told[name]["left"]), sorted(told[name]["right"])) == (
            sorted(left),
            sorted(right),
        )
        assert re.search(row(name, ".*", re.escape(" + ".join(told[name]["left"]) + " = ")), TEXT)


def test_each_other_rule_has_its_words_and_basis():
    assert [rule["rule"] for rule in DATA["rules"]] == [spec.id for spec in catalogue()]
    for spec in catalogue():
        assert re.search(rf"^\| {spec.id} \| (错误|提醒|说明) \| ", TEXT, re.MULTILINE)


def test_states_are_those_of_the_cells():
    assert set(STATES) == set(KNOWN)
    assert all(f"| {state} |" in TEXT for state in KNOWN)


def test_an_analysts_words_stay_in_their_cell():
    item = {"id": "LOCAL-1", "label": "甲|乙<script>\n# 丙", "severity": "error", "basis": "x",
            "left": ["t3.new.total"], "relation": "=", "right": [0]}  # fmt: skip
    text = codebook(Coverage(local=(rule_spec(item, origin="params/rules.yaml"),)))
    (line,) = [line for line in text.splitlines() if "LOCAL-1" in line]
    assert line == "| LOCAL-1 | 错误 | 甲\\|乙&lt;script> # 丙（本地） | x |"


def test_tables_are_whole():
    for block in TEXT.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
        assert len(widths) <= 1, lines[:2]
