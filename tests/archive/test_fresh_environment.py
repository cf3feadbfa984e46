"""The environment of a re-run holds what the bag says; only what is pinned is installed."""

import subprocess
import sys
from pathlib import Path

import pytest

from archive import bags
from nianbao.archive import environment as module
from nianbao.archive.environment import fresh_environment, last_words
from nianbao.archive.interpreters import interpreters
from nianbao.archive.opening import Bag
from nianbao.errors import BuildError, UnreadableError

HASH = "--hash=sha256:" + "0" * 64
LOCK = "project/requirements.lock"


def bag(**changes):
    return Bag(bags.NAME, bags.bag(bags.runnable(**changes)), None)


def test_it_holds_the_bags_package_and_not_this_one(interpreter):
    question = "import nianbao, sys; print(nianbao.__file__, sys.prefix)"
    found = subprocess.run([interpreter, "-I", "-c", question], capture_output=True, check=True)
    package, prefix = found.stdout.decode().split()
    assert package.startswith(prefix)
    assert Path(prefix) == interpreter.parents[1]


def test_pip_does_where_uv_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_uv", lambda: None)
    python = fresh_environment(bag(), tmp_path / "venv")
    assert python.is_file()
    subprocess.run([python, "-I", "-c", "import nianbao"], check=True)


@pytest.mark.parametrize(
    "line",
    [
        f"a==1 {HASH}",
        f"a==1.0.post1 ; python_full_version < '3.12' \\\n    {HASH} \\\n    {HASH}\n    # via b",
        f"a-b[c,d]==1!2.0+x {HASH}",
        "# a comment",
        "",
    ],
)
def test_pinned_packages_with_hashes_are_a_lock(line):
    found = module._sound_lock(bag(**{LOCK: line.encode()})).decode()
    words = line.partition("\n    #")[0].replace("\\\n", " ").split()
    assert found.split() == ([] if line.startswith("#") else words)
    assert found.count("\n") == bool(found)


@pytest.mark.parametrize(
    "line",
    [
        "# a comment \\\n--index-url https://example.org",
        f"a==1 {HASH}\n    # via b \\\nc @ https://example.org/c.whl {HASH}",
        "# coding: utf-7\n# +AAo---index-url https://example.org",
    ],
)
def test_nothing_is_installed_from_what_only_installers_read(line):
    """Regression: pip and uv end a comment elsewhere, and pip lets a file name its encoding."""
    found = module._sound_lock(bag(**{LOCK: line.encode()})).decode()
    assert found in ("", f"a==1 {HASH}\n")


@pytest.mark.parametrize(
    "line",
    [
        "a==1",
        f"a>=1 {HASH}",
        "a==1 --hash=md5:00",
        "--index-url https://example.org/simple",
        "--extra-index-url=https://example.org",
        "-r /etc/passwd",
        "-e .",
        "--no-binary :all:",
        f"a @ https://example.org/a.whl {HASH}",
        f"./a.whl {HASH}",
        f"a==1 {HASH} --global-option=x",
        f"a==1 ; x \\\n --index-url https://example.org {HASH}",
        f"a==1 {HASH}\r--index-url https://example.org",
        f"a==1 ; x == '\0' {HASH}",
        f"a==1 ; x == '年' {HASH}",
    ],
)
def test_a_lock_with_anything_else_is_refused(tmp_path, line):
    with pytest.raises(UnreadableError, match="固定版本和 SHA-256 以外的内容"):
        fresh_environment(bag(**{LOCK: line.encode()}), tmp_path / "venv")
    assert list(tmp_path.iterdir()) == []


def test_a_bag_without_a_lock_cannot_be_run_again(tmp_path):
    with pytest.raises(UnreadableError, match=r"缺少 requirements\.lock"):
        fresh_environment(bag(**{LOCK: None}), tmp_path / "venv")


def test_wheels_that_are_not_there_are_told_in_one_sentence(tmp_path):
    (tmp_path / "wheels").mkdir()
    lock = f"no-such-package==1.0 {HASH}\n".encode()
    with pytest.raises(BuildError) as error:
        fresh_environment(bag(**{LOCK: lock}), tmp_path / "venv", wheels=tmp_path / "wheels")
    said = str(error.value)
    assert said.startswith(f"{bags.NAME}：重跑所需的环境没有装成：")
    assert "no-such-package" in said
    assert said.endswith("用 --wheels（WHEELS=）指定放有依赖包的文件夹。")
    assert len(said.splitlines()) == 1


def test_wheels_in_a_folder_are_enough(tmp_path):
    about = "local_thing-1.0.dist-info"
    files = {
        "local_thing.py": b"VALUE = 7\n",
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: local-thing\nVersion: 1.0\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    listed = "".join(f"{name},,\n" for name in [*files, f"{about}/RECORD"])
    wheel = bags.packed({**files, f"{about}/RECORD": listed.encode()})
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "local_thing-1.0-py3-none-any.whl").write_bytes(wheel)
    lock = f"local-thing==1.0 --hash=sha256:{bags.digest(wheel)}\n".encode()
    python = fresh_environment(bag(**{LOCK: lock}), tmp_path / "venv", tmp_path / "wheels")
    subprocess.run([python, "-I", "-c", "import local_thing"], check=True)
    other = f"local-thing==1.0 {HASH}\n".encode()
    with pytest.raises(BuildError, match="没有装成"):
        fresh_environment(bag(**{LOCK: other}), tmp_path / "other", tmp_path / "wheels")


def test_an_interpreter_that_is_none_is_told(tmp_path):
    with pytest.raises(BuildError, match="没有装成"):
        fresh_environment(bag(), tmp_path / "venv", python=str(tmp_path / "python9.9"))


def test_one_environment_serves_all_bags_that_want_the_same(monkeypatch):
    made = []

    def make(bag, folder, wheels, python):
        made.append((folder.name, wheels, python))
        return folder

    monkeypatch.setattr("nianbao.archive.interpreters.fresh_environment", make)
    with interpreters(Path("wheels"), "python3") as ways:
        first = ways.fresh(bag())
        assert ways.fresh(bag(**{"README.md": b"other"})) == first
        other = ways.fresh(bag(**{LOCK: b"# other\n"}))
        assert other != first
        assert ways.own == Path(sys.executable)
        folder = ways.folder
    assert [name for name, _, _ in made] == ["environment-1", "environment-2"]
    assert not folder.exists()


def test_last_words_are_the_last_three_lines():
    assert last_words(b"a\nb\n\nc\n  d  \n") == "b / c / d"
    assert last_words(b" \n") == "没有说明"


def test_a_wheel_in_a_folder_of_its_own_is_none(tmp_path):
    """Regression: it was to be written where there was no folder, and ended in a traceback."""
    wheel = "software/nianbao-0.1.0-py3-none-any.whl"
    content = bags.runnable()[wheel]
    moved = bag(**{wheel: None, "software/x/nianbao-0.1.0-py3-none-any.whl": content})
    with pytest.raises(UnreadableError, match="应直接放在"):
        fresh_environment(moved, tmp_path / "venv")
