"""The commands that verify, as they are called: what they print and what they end with."""

import os
from pathlib import Path

import pytest

from archive import bags
from nianbao.archive import index
from nianbao.archive.interpreters import Interpreters
from nianbao.archive.storing import store
from offices import project


@pytest.fixture
def place(tmp_path, monkeypatch, interpreter):
    """A project; environments are made once for all tests."""
    root = project(tmp_path / "project")
    (root / "data" / "raw").mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("NIANBAO_HOME", str(root))
    monkeypatch.setattr(Interpreters, "fresh", lambda self, bag: interpreter)
    return root


def archived(place, payload, name="2022/office-2022.zip"):
    """Put an archive where `make archive` does, and register it."""
    folder = place / "output" / "archive"
    digest = store(folder / name, bags.zipped(bags.bag(payload)))
    index.append(folder, year=2022, agency="office", bag=name, sha256=digest, draft=False)
    return folder / name


def test_a_bag_of_ones_own_is_verified_and_made_again(command, place):
    path = archived(place, bags.runnable())
    code, out, err = command("verify", path)
    assert code == 0
    assert out.startswith("office-2022.zip\nSHA-256 ")
    assert "✓ 重跑：1份报告、2个文件与归档逐字节相同" in out
    assert "正在重跑 office-2022" in err


def test_another_folder_of_archives_may_be_named(command, place, tmp_path):
    path = archived(place, bags.runnable())
    (tmp_path / "empty").mkdir()
    code, out, _ = command("verify", path, "--archive", tmp_path / "empty")
    assert code == 0
    assert "不是本处登记的归档" in out


def test_several_bags_end_with_the_gravest_code(command, place, tmp_path):
    good = archived(place, bags.payload())
    faulty = tmp_path / "faulty.zip"
    faulty.write_bytes(good.read_bytes() + b"\0")
    hostile = tmp_path / "hostile.zip"
    hostile.write_bytes(bags.raw_zip([("../x", b"x")]))
    assert command("verify", good, faulty, "--no-rerun")[0] == 1
    code, out, err = command("verify", good, hostile, faulty, "--no-rerun")
    assert code == 3
    assert out.count("SHA-256 ") >= 2
    assert "hostile.zip：容器中“../x”的名称用“..”指向包外，不予打开" in err
    assert not (tmp_path.parent / "x").exists()
    assert command("verify", hostile, faulty, good, "--rerun")[0] in (2, 3)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["verify"], "BAG"),
        (["verify", "x.zip", "--trust-code", "--no-rerun"], "--trust-code 只用于重跑"),
        (["verify", "x.zip", "--wheels", "nowhere"], "没有文件夹 nowhere"),
        (["verify-all"], "没有归档登记"),
        (["reproduce"], "还没有归档包"),
        (["reproduce", "--times", "0"], "times"),
        (["--make-variables=BGA", "verify", "x.zip"], "BAG"),
        (["--make-variables=WHEEL", "reproduce"], "WHEELS"),
        (["--make-variables=BAG", "verify-all"], "ARCHIVE"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_is_right(command, place, arguments, hint):
    code, out, err = command(*arguments)
    assert code == 2
    assert hint in err
    assert out == ""


def test_without_a_project_a_bag_is_still_looked_at(command, tmp_path, monkeypatch):
    monkeypatch.setattr("nianbao.workspace.optional_workspace", lambda: None)
    path = tmp_path / "x.zip"
    path.write_bytes(bags.zipped(bags.bag()))
    code, out, _ = command("verify", path)
    assert code == 0
    assert "○ 没有重跑" in out
    assert command("verify-all")[0] == 2


def test_the_project_in_a_bag_vouches_for_nothing(command, place, monkeypatch, tmp_path):
    mark = tmp_path / "ran"
    payload = bags.runnable(f"Path({str(mark)!r}).touch()")
    path = archived(place, payload)
    unpacked = tmp_path / "office-2022" / "data" / "project"
    unpacked.parent.mkdir(parents=True)
    place.rename(unpacked)
    monkeypatch.setenv("NIANBAO_HOME", str(unpacked))
    path = unpacked / path.relative_to(place)
    assert "✓ 重跑" in command("verify", path)[1]
    mark.unlink()
    (tmp_path / "office-2022" / "bagit.txt").touch()
    code, out, _ = command("verify", path)
    assert code == 0
    assert "不是本处登记的归档" in out
    assert command("verify", path, "--rerun")[0] == 2
    assert not mark.exists()


def test_all_archives_are_walked(command, place):
    path = archived(place, bags.payload())
    archived(place, bags.payload(**{"README.md": b"new"}))
    (path.parent / "stray.txt").touch()
    code, out, _ = command("verify-all")
    assert code == 0
    assert out == (
        "○ 2022/stray.txt：登记中没有这一文件。\n"
        f"○ 登记末行的 SHA-256：{index.head(path.parents[1])}。"
        "记在别处，才能发现末尾缺行或整册改写。\n"
        "✓ 登记2条，链条完整，归档包都在且未被改动。没有重跑。\n"
    )
    path.unlink()
    code, out, _ = command("verify-all", "--archive", place / "output" / "archive")
    assert code == 1
    assert "✗ index.csv 序号2：缺少 2022/office-2022.zip" in out
    assert out.endswith("✗ 登记2条，1处不符。请从备份恢复。\n")


def test_the_newest_archive_is_reproduced_and_the_table_kept(command, place, tmp_path):
    archived(place, bags.payload(), "2021/office-2021.zip")
    archived(place, bags.runnable())
    page = tmp_path / "docs" / "reproducibility.md"
    code, out, err = command("reproduce", "--times", "3", "--into", page)
    assert code == 0
    assert "**3 of 3 runs are the same.**" in out
    assert page.read_text("utf-8") == out
    assert "第3/3次：相同" in err


def test_what_cannot_be_reproduced_ends_with_one(command, place):
    archived(place, bags.runnable("sys.exit('no')"))
    code, out, err = command("reproduce", "--times", "2")
    assert code == 1
    assert "**0 of 2 runs are the same.**" in out
    assert "✗ 以 1 结束（no）" in err


def test_a_strangers_bag_is_not_reproduced_unless_it_is_trusted(command, place, tmp_path):
    path = tmp_path / "x.zip"
    mark = tmp_path / "ran"
    path.write_bytes(bags.zipped(bags.bag(bags.runnable(f"Path({str(mark)!r}).touch()"))))
    code, _, err = command("reproduce", path, "--times", "1")
    assert code == 2
    assert "--trust-code" in err
    assert not mark.exists()
    assert command("reproduce", path, "--times", "1", "--trust-code")[0] == 0
    assert mark.exists()


def test_a_name_that_is_no_text_is_no_obstacle(command, place, tmp_path):
    """Regression: a zip named on a system with another encoding ended in a traceback."""
    name = os.fsdecode("洛阳".encode("gb18030") + b".zip")
    content = bags.zipped(bags.bag())
    (tmp_path / name).write_bytes(content)
    line = bags.digest(content).encode() + b"  " + os.fsencode(name) + b"\n"
    beside = tmp_path / f"{name}.sha256"
    beside.write_bytes(line)
    assert command("verify", tmp_path / name)[0] == 0
    beside.write_bytes(b"x")
    (tmp_path / f"{name}.sig").write_bytes(b"x")
    code, out, err = command("verify", tmp_path / name)
    assert (code, err) == (1, "")
    assert ".zip.sha256：所记与" in out


def test_what_the_system_refuses_stops_no_other_bag(command, place, tmp_path, monkeypatch):
    """Regression: a full disk ended in a traceback, and the bags after it were not looked at."""
    path = archived(place, bags.runnable())
    written = Path.write_bytes

    def full(self, content):
        if str(self).startswith(str(place)):
            return written(self, content)
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    code, _, err = command("verify", path, path)
    assert code == 4
    assert err.count("临时文件夹无法写入（No space left on device）。请检查磁盘空间和权限。") == 2
    monkeypatch.setattr("nianbao.archive.verifying.sidecar_faults", _forbidden)
    code, _, err = command("verify", path, path)
    assert code == 4
    assert err.count("office-2022.zip：核验没有完成（x.sha256：Permission denied）") == 2


def _forbidden(path, bag):
    raise OSError(13, "Permission denied", "/somewhere/x.sha256")


def test_a_bag_that_may_not_be_read_is_an_input_and_no_wrong_usage(command, place, monkeypatch):
    """Regression: it ended with 2, and a sentence in English."""
    path = archived(place, bags.payload())
    monkeypatch.setattr("os.access", lambda *_, **__: False)  # as for who may not read it
    assert command("verify", path, "--no-rerun")[0] == 0
