"""The register of archives and all that it lists."""

import hashlib
from pathlib import Path

import pytest

from archive import bags
from nianbao.archive import index
from nianbao.archive.holdings import walk
from nianbao.archive.storing import store
from nianbao.errors import UsageError

NAMES = ("2022/office-2022.zip", "2022/other-2022.zip")


def archive(folder, name, **described):
    """Archive a bag as `make archive` does."""
    content = bags.zipped(bags.bag(None, **described))
    digest = store(folder / name, content)
    index.append(folder, year=2022, agency="office", bag=name, sha256=digest, draft=False)
    return content


@pytest.fixture
def folder(tmp_path):
    for name in NAMES:
        archive(tmp_path, name, Name=name)
    return tmp_path


def walked(folder):
    said = []
    found = walk(folder, None, said.append)
    assert len(said) == len(set(said))
    return found


def test_all_is_well(folder):
    found = walked(folder)
    assert (found.archives, found.faults, found.strays) == (2, (), ())


def test_older_ones_that_were_put_aside_are_found(folder):
    archive(folder, NAMES[0], Name="new")
    found = walked(folder)
    assert (found.archives, found.faults, found.strays) == (3, (), ())
    archive(folder, NAMES[0], Name=NAMES[0])
    assert walked(folder).faults == ()
    assert walked(folder).strays == ()


def test_one_that_is_gone_is_named(folder):
    (folder / NAMES[1]).unlink()
    (fault,) = walked(folder).faults
    assert fault.startswith(f"index.csv 序号2：缺少 {NAMES[1]}（SHA-256 ")


def test_one_that_was_put_aside_and_is_gone_is_named(folder):
    archive(folder, NAMES[0], Name="new")
    next((folder / "2022").glob("office-2022.*.zip")).unlink()
    (fault,) = walked(folder).faults
    assert fault.startswith("index.csv 序号1：缺少")


def test_one_that_was_exchanged_for_another_is_named(folder):
    (folder / NAMES[0]).write_bytes((folder / NAMES[1]).read_bytes())
    faults = walked(folder).faults
    assert any(f"{NAMES[0]}：SHA-256 是 " in fault for fault in faults)
    assert all(NAMES[1] not in fault for fault in faults)


def test_one_that_was_changed_is_named_with_its_file(folder):
    content = (folder / NAMES[0]).read_bytes()
    (folder / NAMES[0]).write_bytes(content.replace("# 说明".encode(), "# 说某".encode(), 1))
    faults = walked(folder).faults
    assert any(f"{NAMES[0]}：data/README.md：内容的 SHA-256" in fault for fault in faults)
    (folder / NAMES[0]).write_bytes(b"")
    assert any("不是 zip 文件" in fault for fault in walked(folder).faults)


def test_a_hash_beside_it_that_is_wrong_is_named(folder):
    (folder / f"{NAMES[0]}.sha256").write_text("x")
    (fault,) = walked(folder).faults
    assert "office-2022.zip.sha256：所记与" in fault


def test_a_line_that_was_changed_breaks_the_chain(folder):
    register = folder / index.NAME
    register.write_text(register.read_text().replace(",office,", ",0ffice,", 1))
    assert any("previous 不是上一行的 SHA-256" in fault for fault in walked(folder).faults)


def test_a_line_that_leads_out_of_the_folder_is_not_followed(folder):
    outside = folder.parent / "outside.zip"
    outside.write_bytes(bags.zipped(bags.bag()))
    digest = hashlib.sha256(outside.read_bytes()).hexdigest()
    index.append(folder, year=2022, agency="x", bag="../outside.zip", sha256=digest, draft=False)
    (fault,) = walked(folder).faults
    assert fault.startswith("index.csv 序号3：缺少 ../outside.zip")


def test_files_that_no_line_names_are_told_and_are_no_fault(folder):
    (folder / "2022" / "mine.zip").write_bytes(b"")
    (folder / "notes.txt").write_text("x")
    (folder / f"{NAMES[0]}.sm2.sig").write_text("x")
    found = walked(folder)
    assert found.faults == ()
    assert found.strays == ("2022/mine.zip", "notes.txt")


def test_a_signature_that_is_wrong_is_a_fault(folder):
    (folder / f"{NAMES[0]}.sig").write_text("x")
    faults = walked(folder).faults
    assert faults == () or "签名与归档包不符" in faults[0]


def test_a_folder_without_a_register_is_none(tmp_path):
    with pytest.raises(UsageError, match="没有归档登记"):
        walk(tmp_path, None, print)


def test_a_damaged_line_hides_no_other(folder):
    """Regression: with one line that could not be read, no archive at all was checked."""
    register = folder / index.NAME
    first, one, other = register.read_text().splitlines(keepends=True)
    register.write_text(f"{first}x\n{other}{one}")
    (folder / NAMES[1]).unlink()
    found = walked(folder)
    assert any(fault.startswith("index.csv 第2行：") for fault in found.faults)
    assert any(f"缺少 {NAMES[1]}" in fault for fault in found.faults)
    assert found.archives == 2


def test_a_register_that_is_no_text_is_a_fault(folder):
    (folder / index.NAME).write_bytes(b"\xff")
    found = walked(folder)
    assert found.faults[0].startswith("index.csv：读不出来（不是 UTF-8）")
    assert (found.archives, found.head) == (0, "")


def test_a_line_missing_at_the_end_is_found_while_its_archive_is_there(folder):
    """Regression: the chain holds, and the archive that lost its line was no fault."""
    whole = walked(folder).head
    register = folder / index.NAME
    register.write_text("".join(register.read_text().splitlines(keepends=True)[:-1]))
    found = walked(folder)
    (fault,) = found.faults
    assert fault.startswith(f"{NAMES[1]}：是归档包，登记中却没有它")
    assert found.head != whole


def test_a_copy_of_what_is_listed_is_no_fault(folder):
    """What was put aside when the power went is in the register under its own name."""
    (folder / "2022" / "office-2022.0123456789ab.zip").write_bytes((folder / NAMES[0]).read_bytes())
    found = walked(folder)
    assert found.faults == ()
    assert found.strays == ("2022/office-2022.0123456789ab.zip",)


def test_a_folder_that_may_not_be_looked_into_hides_no_other(folder, monkeypatch):
    """Regression: it ended the walk with a traceback."""
    archive(folder, "2023/third-2023.zip", Name="third")
    is_file = Path.is_file

    def closed(path):
        if path.parent.name == "2022" and path.suffix == ".zip":
            raise PermissionError(13, "Permission denied", str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", closed)
    found = walked(folder)
    assert found.archives == 3
    assert [fault.partition("：")[0] for fault in found.faults] == [
        "index.csv 序号1",
        "index.csv 序号2",
    ]
    assert all("无法读取（Permission denied），没有核验" in fault for fault in found.faults)


def test_one_that_was_put_aside_when_the_power_went_is_not_taken_for_damaged(folder):
    """Regression: the new one, not yet in the register, was held against the older one's line."""
    store(folder / NAMES[0], bags.zipped(bags.bag(None, Name="new")))
    (fault,) = walked(folder).faults
    assert fault.startswith(f"{NAMES[0]}：是归档包，登记中却没有它")
