"""The crate names all that is there, and nothing else."""

import json
import time

import pytest

from archive import bags
from nianbao.archive.references import crate_faults

PLACE = "data/ro-crate-metadata.json"
PAYLOAD = {f"data/{name}": content for name, content in bags.payload().items()}


def told(content):
    return [str(fault) for fault in crate_faults({**PAYLOAD, PLACE: content})]


@pytest.fixture
def crate():
    return json.loads(PAYLOAD[PLACE])


def changed(crate, change):
    change(crate["@graph"])
    return told(json.dumps(crate).encode())


def test_a_crate_as_it_was_made_has_no_faults():
    assert told(PAYLOAD[PLACE]) == []


def test_a_file_that_is_not_described_is_named(crate):
    name = crate["@graph"][-1]["@id"]
    assert changed(crate, lambda graph: graph.pop()) == [
        f"data/{name}：ro-crate-metadata.json 没有描述这一文件。",
        f"{PLACE}：提到“{name}”，却没有描述它。",
    ]


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        ({"@id": "result/none.csv", "@type": "File"}, "data/result/none.csv：缺少这一文件"),
        ({"@id": "none.csv", "@type": ["File", "Thing"]}, "data/none.csv：缺少这一文件"),
        ({"@id": "none/", "@type": "Dataset"}, "data/none/：缺少这一文件夹"),
        ({"@id": "../out.txt", "@type": "File"}, "data/../out.txt：缺少这一文件"),
        ({"@id": "#act", "@type": "CreateAction", "result": {"@id": "x.csv"}}, "提到“x.csv”"),
        ({"@id": "README.md", "@type": "File"}, "“README.md”描述了两次"),
        ({"@type": "File"}, "有一项没有 @id"),
        ({"@id": 3, "@type": "File"}, "有一项没有 @id"),
        ("file", "有一项没有 @id"),
    ],
)
def test_a_wrong_entity_is_told(crate, entity, said):
    found = changed(crate, lambda graph: graph.append(entity))
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize(
    "entity",
    [
        {"@id": "https://www.python.org", "@type": "SoftwareApplication"},
        {"@id": "#action", "@type": "CreateAction", "agent": {"@id": "https://example.org/x"}},
        {"@id": "_:blank", "@type": "Person"},
        {"@id": "result/", "@type": "Dataset"},
        {"@id": "urn:uuid:1", "@type": "Person", "affiliation": [{"@id": "#action"}]},
    ],
)
def test_what_lies_elsewhere_is_not_looked_for(crate, entity):
    assert changed(crate, lambda graph: graph.append(entity)) == []


def test_sizes_and_hashes_that_a_crate_tells_are_right(crate):
    def lie(graph):
        entity = next(each for each in graph if each["@id"] == "README.md")
        entity |= {"contentSize": "3", "sha256": "0" * 64}

    assert changed(crate, lie) == [
        "data/README.md：ro-crate-metadata.json 说它有3字节，实际为9字节。",
        "data/README.md：SHA-256 与 ro-crate-metadata.json 所说的不同。",
    ]


def test_names_may_be_written_as_addresses_are(crate):
    name = "project/data/raw/2022/某局.txt"
    files = bags.payload(**{name: b"x"})
    entities = json.loads(files["ro-crate-metadata.json"])
    quoted = json.dumps(entities).replace(
        json.dumps(name)[1:-1], "project/data/raw/2022/%E6%9F%90%E5%B1%80.txt"
    )
    payload = {f"data/{path}": content for path, content in files.items()}
    assert list(crate_faults({**payload, PLACE: quoted.encode()})) == []


def test_a_crate_describes_the_folder_that_it_lies_in(crate):
    assert any(
        "没有描述它所在的文件夹" in each for each in changed(crate, lambda graph: graph.pop(0))
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是规范的 JSON"),
        (b"\xff", "不是规范的 JSON"),
        (b"[" * 200_000, "不是规范的 JSON"),
        (b"{}", "没有 @graph"),
        (b"[]", "没有 @graph"),
        (b'{"@graph": [], "@graph": []}', "重复的名称"),
        (b'{"@graph": NaN}', "NaN 不是 JSON 的值"),
        (b'{"@graph": [' + b"9" * 5_000 + b"]}", "数字过长"),
        (b" " * ((192 << 20) + 1), "超过"),
    ],
)
def test_what_is_no_crate_is_told_and_harms_nothing(content, said):
    (found,) = told(content)
    assert found.startswith(f"{PLACE}：无法读取：")
    assert said in found


def test_a_bag_has_a_crate():
    (found,) = crate_faults({})
    assert str(found) == f"{PLACE}：缺少对归档内容的描述（RO-Crate）。"


def test_many_folders_beside_many_files_take_no_time():
    """Regression: each folder was looked for in each file, a million times twenty thousand."""
    graph = [{"@id": f"{number}/", "@type": "Dataset"} for number in range(50_000)]
    content = json.dumps({"@graph": graph}).encode()
    payload = {f"data/{number}": b"" for number in range(20_000)}
    start = time.process_time()
    assert len(list(crate_faults({**payload, PLACE: content}))) == 70_001
    assert time.process_time() - start < 10


def test_a_crate_of_a_whole_year_is_read(crate):
    """Regression: an archive of some 450 reports was made, and could not be verified."""
    text = json.dumps(crate, ensure_ascii=False)
    assert told(text.encode() + b" " * (40 << 20)) == []


def test_more_than_memory_may_hold_is_not_read():
    (fault,) = told(b'{"@graph": [' + b"[]," * 4_000_000 + b"[]]}")
    assert "超过4,000,000项" in fault
