"""A store: objects by name, whatever the file system, errors in words."""

import pytest

from nianbao.errors import BuildError, UsageError
from nianbao.storage.store import Store, demand_address, is_address
from storage.memory import store


def test_what_is_written_is_listed_and_read():
    one = store()
    assert one.list() == {}
    contents = {f"2024/机关 {n}.txt": bytes(n) for n in range(200)}
    marks = one.write(contents)
    assert {name: (each.size, each.tag) for name, each in one.list().items()} == {
        name: (len(content), marks[name]) for name, content in contents.items()
    }
    assert dict(one.read(contents)) == contents


def test_a_mark_changes_with_its_object_and_only_then():
    one = store()
    first = one.write({"a": b"1", "b": b"1"})
    second = one.write({"a": b"2"})
    listed = one.list()
    assert listed["a"].tag == second["a"] != first["a"]
    assert listed["b"].tag == first["b"]


def test_what_is_gone_is_left_out():
    one = store()
    one.write({"a": b"1"})
    assert dict(one.read(["gone", "a"])) == {"a": b"1"}


def test_a_folder_is_a_store_too(tmp_path):
    one = Store(f"file://{tmp_path}/shared")
    assert one.list() == {}
    marks = one.write({"2024/a.txt": b"1"})
    assert one.list()["2024/a.txt"].tag == marks["2024/a.txt"]
    assert (tmp_path / "shared" / "2024" / "a.txt").read_bytes() == b"1"


def test_a_store_that_does_not_answer_is_told_with_what_to_look_at():
    class Broken:
        def find(self, *_, **__):
            raise RuntimeError("403 <Error><Code>AccessDenied</Code><Key>AKIA1</Key></Error>")

    one = store()
    one.__dict__["_system"] = Broken()
    one.__dict__["_root"] = ""
    with pytest.raises(BuildError, match=r"AccessDenied.*AWS_ENDPOINT_URL") as told:
        one.list()
    assert "AKIA1" not in str(told.value)


@pytest.mark.parametrize(
    "given", ["s3://key:secret@bucket/raw", "s3://key@bucket", "s3://b/raw?token=secret"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(given):
    with pytest.raises(UsageError, match="密钥") as told:
        demand_address(given, "DATA")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("given", ["s3://", "s3:///", "s3://["])
def test_an_address_without_a_place_is_refused(given):
    with pytest.raises(UsageError, match="DATA"):
        demand_address(given, "DATA")


def test_a_folder_is_no_address():
    assert is_address("s3://bucket/raw")
    assert not is_address("/data/raw") and not is_address("C:\\data")
