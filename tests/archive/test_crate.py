"""The RO-Crate of a bag: read back by the library, true, and the same bytes for the same bag."""

import json
from datetime import date
from urllib.parse import unquote

import pytest
from rocrate.rocrate import ROCrate

from nianbao.archive.about import About
from nianbao.archive.crate import METADATA, PROFILE, crate

WHEEL = "software/nianbao-0.1.0-py3-none-any.whl"
FILES = {
    WHEEL: b"w",
    "README.md": b"r",
    "project/data/raw/2022/甲 局.txt": b"raw",
    "project/params/agencies.csv": b"p",
    "result/2022/甲 局/cells.csv": b"cc",
    "result/2022/甲 局/report.pdf": b"%",
    "result/2022/乙/cells.csv": b"c",
    "result/2022/乙/findings.csv": b"c",
}
ABOUT = About("2022", 2022, {(2022, "甲 局"): "甲市局", (2022, "乙"): "乙局"}, date(2023, 1, 20))


@pytest.fixture
def read(tmp_path):
    for name, content in (FILES | {METADATA: crate(FILES, ABOUT, WHEEL)}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return ROCrate(tmp_path)


def test_the_library_reads_it_back_with_every_file(read):
    assert {unquote(each.id) for each in read.data_entities} == set(FILES)
    assert read.root_dataset["datePublished"] == "2023-01-20"
    assert read.root_dataset["name"] == "2022年政府信息公开工作年度报告（2份）"
    assert read.root_dataset["conformsTo"].id == PROFILE
    assert read.metadata["conformsTo"] == "https://w3id.org/ro/crate/1.1"


def test_each_report_was_made_by_the_software_from_the_project(read):
    first, second = read.get_by_type("CreateAction")
    for action in (first, second):
        assert action["instrument"].id == WHEEL
        assert "SoftwareApplication" in action["instrument"].type
        assert [unquote(each.id) for each in action["object"]] == [
            "project/data/raw/2022/甲 局.txt",
            "project/params/agencies.csv",
        ]
    made = {action["agent"]["name"]: action["result"] for action in (first, second)}
    assert {name: [unquote(each.id) for each in found] for name, found in made.items()} == {
        "甲市局": ["result/2022/甲 局/cells.csv", "result/2022/甲 局/report.pdf"],
        "乙局": ["result/2022/乙/cells.csv", "result/2022/乙/findings.csv"],
    }
    assert set(read.root_dataset["mentions"]) == {first, second}


def test_every_reference_leads_to_an_entity_or_to_a_known_address():
    graph = json.loads(crate(FILES, ABOUT, WHEEL))["@graph"]
    known = {entity["@id"] for entity in graph}
    assert len(known) == len(graph)

    def references(value):
        if isinstance(value, dict):
            yield from [value["@id"]] if "@id" in value else ()
        elif isinstance(value, list):
            for each in value:
                yield from references(each)

    asked = {i for entity in graph for value in entity.values() for i in references(value)}
    outside = asked - known
    assert outside == {"https://w3id.org/ro/crate/1.1"}


def test_it_is_the_same_each_time_and_holds_no_date_but_the_given_one():
    made = crate(FILES, ABOUT, WHEEL)
    assert made == crate(dict(reversed(FILES.items())), ABOUT, WHEEL)
    today = date.today().isoformat()
    assert today not in made.decode() and made.count(b"2023-01-20") == 1


def test_sizes_and_kinds_are_told(read):
    raw = read.dereference("project/data/raw/2022/%E7%94%B2%20%E5%B1%80.txt")
    assert (raw["contentSize"], raw["encodingFormat"]) == ("3", "text/plain")


def test_a_draft_says_so():
    about = About("a", 2022, {(2022, "乙"): "乙局"}, date(2023, 1, 31), "草稿")
    graph = json.loads(crate(FILES, about, WHEEL))["@graph"]
    assert next(e for e in graph if e["@id"] == "./")["creativeWorkStatus"] == "Draft"
    assert b"creativeWorkStatus" not in crate(FILES, ABOUT, WHEEL)
