"""The register of archives: lines are only added, and each change of an old one is found."""

import hashlib
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from nianbao.archive.entries import FIELDS
from nianbao.archive.index import NAME, append, broken, knows, read
from nianbao.errors import BuildError, UnreadableError

HASHES = [hashlib.sha256(each).hexdigest() for each in (b"a", b"b", b"c", b"d")]


def add(folder, number=0, **changed):
    given = {
        "year": 2022,
        "agency": '甲,"乙"',
        "bag": "2022/甲-2022.zip",
        "sha256": HASHES[number],
        "draft": False,
    }
    return append(folder, **(given | changed))


@pytest.fixture
def folder(tmp_path):
    for number in range(4):
        add(tmp_path, number, draft=number == 1, agency="" if number == 3 else "bureau")
    return tmp_path


def lines(folder):
    return (folder / NAME).read_bytes().decode().splitlines(keepends=True)


def write(folder, changed):
    (folder / NAME).write_bytes("".join(changed).encode())


def test_a_line_names_the_hash_of_the_line_before(folder):
    written = lines(folder)
    assert written[0] == ",".join(FIELDS) + "\n"
    for before, line in pairwise(written):
        assert line.rstrip("\n").endswith(hashlib.sha256(before.encode()).hexdigest())
    assert broken(folder) == []


def test_what_was_added_is_read_back(tmp_path):
    made = add(tmp_path)
    assert read(tmp_path) == [made]
    assert (made.number, made.agency, made.draft) == (1, '甲,"乙"', False)
    assert made.archived == datetime.now(UTC).date()
    assert broken(tmp_path) == []


def test_the_same_archive_again_adds_no_line_and_an_older_one_does(folder):
    before = lines(folder)
    assert add(folder, 3) is None and lines(folder) == before
    assert add(folder, 0).number == 5
    assert lines(folder)[:-1] == before and broken(folder) == []


def test_it_knows_what_was_ever_archived_here(folder, tmp_path):
    assert all(knows(folder, each) for each in HASHES)
    assert not knows(folder, "0" * 64) and not knows(folder / "none", HASHES[0])
    assert read(folder / "none") == [] == broken(folder / "none")


@pytest.mark.parametrize("place", range(1, 4))
def test_any_change_of_any_byte_of_an_older_line_is_found(folder, place):
    written = lines(folder)
    content = written[place].encode()
    for at in range(len(content)):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        (folder / NAME).write_bytes(
            b"".join(
                [*(w.encode() for w in written[:place]), changed]
                + [w.encode() for w in written[place + 1 :]]
            )
        )
        assert broken(folder), content[at : at + 1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda w: w[:2] + w[3:], "第3行：序号应是2，写的是3"),
        (lambda w: [w[0], w[2], w[1], *w[3:]], "第2行：序号应是1，写的是2"),
        (lambda w: [*w[:2], w[1], *w[2:]], "第3行：序号应是2，写的是1"),
        (lambda w: ["x" + w[0], *w[1:]], "第1行：表头应是"),
        (lambda w: w[1:], "第1行：表头应是"),
        (lambda w: [*w, w[-1].rstrip("\n")[:40]], "第6行：没有写完"),
        (lambda w: [*w[:-1], w[-1].rstrip("\n")], "第5行：没有写完"),
        (lambda w: [*w[:-1], w[-1].replace(",2022,", ",22,")], "第5行：year 写作“22”"),
        (lambda w: [*w[:-1], w[-1].replace("false", "no")], "第5行：draft 写作“no”"),
        (lambda w: [*w[:-1], re.sub("2[0-9]{3}-..-..", "2026-13-01", w[-1])], "第5行：archived"),
        (lambda w: [*w[:-1], w[-1].replace("2022/", '"2022/', 1)], "第5行："),
        (lambda w: [*w[:-1], w[-1].upper()], "第5行："),
        (lambda w: [*w[:3], "\n", *w[3:]], "第4行：应有8项，写了0项"),
        (lambda w: [*w[:-1], w[-1].replace("\n", "\r\n")], "第5行："),
        (lambda _: [], "第1行：表头应是"),
        (lambda w: [*w[:-1], w[-1].replace("2022", "20\r22", 1)], "第5行：不是 CSV"),
        (lambda w: [*w[:-1], w[-1].replace("2022", "2" * 200_000, 1)], "第5行：不是 CSV"),
    ],
)
def test_each_fault_is_named_with_its_line_and_nothing_is_added_to_a_damaged_register(
    folder, change, told
):
    write(folder, change(lines(folder)))
    found = broken(folder)
    assert any(told in each for each in found), found
    before = (folder / NAME).read_bytes()
    with pytest.raises(UnreadableError, match="没有登记新的归档"):
        add(folder, 0)
    assert (folder / NAME).read_bytes() == before


def test_every_fault_is_told_not_only_the_first(folder):
    written = lines(folder)
    write(
        folder, [written[0], written[1].replace("bureau", "other"), written[2], "x\n", *written[4:]]
    )
    assert len(broken(folder)) == 3  # the line after the change, the wrong line, the one after it


def test_a_register_that_is_no_text_is_told(tmp_path):
    (tmp_path / NAME).write_bytes(b"\xff\xfe")
    assert "读不出来" in broken(tmp_path)[0]
    assert not knows(tmp_path, HASHES[0])


def test_a_number_longer_than_python_reads_is_a_fault_of_its_line(folder):
    """Regression: it ended every command on the register with a traceback."""
    written = lines(folder)
    write(folder, [*written, written[-1].replace("4,", f"{'4' * 5_000},", 1)])
    (found,) = broken(folder)
    assert "第6行：number 写作" in found
    assert len(found) < 500


def test_what_a_register_says_is_repeated_without_controls(folder):
    """Regression: a forged line could write what it liked to the terminal."""
    written = lines(folder)
    write(folder, [*written, written[-1].replace("4,", "\x1b[2J,", 1)])
    assert all(sign.isprintable() for fault in broken(folder) for sign in fault)


def test_a_full_disk_is_told_and_leaves_nothing_behind(folder, monkeypatch):
    """Regression: it ended the whole command with a traceback, and left a part of the register."""

    def full(file):
        raise OSError(28, "No space left on device")

    before = {each: each.read_bytes() for each in folder.iterdir()}
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BuildError, match=r"index\.csv 无法写入"):
        add(folder, 2)
    assert {each: each.read_bytes() for each in folder.iterdir()} == before
