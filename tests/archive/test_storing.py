"""How an archive is laid down: whatever moment the power goes, the last good one is intact."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from nianbao.archive import archiving, index, storing
from nianbao.archive.container import packed
from nianbao.archive.storing import sign, store
from nianbao.archive.wanted import Place, Wanted
from nianbao.errors import BuildError, UnreadableError

OLD, NEW = (packed({f"b/{n}": bytes([n]) * 400_000 for n in range(k, k + 3)}) for k in (1, 2))
BAG = "2022/b-2022.zip"


def digest(content):
    return hashlib.sha256(content).hexdigest()


def lay_down(folder, content):
    made = store(folder / BAG, content)
    index.append(folder, year=2022, agency="b", bag=BAG, sha256=made, draft=False)


def demand_sound(folder):
    """Whatever is there is true; return the archives that stand."""
    found = {}
    for path in folder.rglob("*"):
        if path.name.endswith(".zip"):
            content = path.read_bytes()
            assert zipfile.ZipFile(path).testzip() is None
            assert content in (OLD, NEW)
            found[path.name] = content
        if path.name.endswith(".sha256"):
            said, name = path.read_text().split()
            assert said == digest((path.parent / name).read_bytes())
            assert f"{name}.sha256" == path.name
    assert index.broken(folder) == []
    held = set(map(digest, found.values()))
    assert {entry.sha256 for entry in index.read(folder)} <= held
    return found


def test_an_archive_comes_with_its_hash(tmp_path):
    assert store(tmp_path / BAG, OLD) == digest(OLD)
    told = (tmp_path / f"{BAG}.sha256").read_bytes()
    assert told == f"{digest(OLD)}  b-2022.zip\n".encode()
    checked = subprocess.run(["sha256sum", "-c", "b-2022.zip.sha256"], cwd=tmp_path / "2022")
    assert checked.returncode == 0


@pytest.mark.parametrize("ending", [".sig", ".sm2.sig"])
def test_other_bytes_put_the_older_archive_aside_with_its_hash_and_signature(tmp_path, ending):
    lay_down(tmp_path, OLD)
    (tmp_path / f"{BAG}{ending}").write_bytes(b"signed")
    lay_down(tmp_path, NEW)
    aside = f"b-2022.{digest(OLD)[:12]}.zip"
    assert demand_sound(tmp_path) == {"b-2022.zip": NEW, aside: OLD}
    assert (tmp_path / "2022" / f"{aside}{ending}").read_bytes() == b"signed"
    assert not (tmp_path / f"{BAG}{ending}").exists()
    assert [entry.sha256 for entry in index.read(tmp_path)] == [digest(OLD), digest(NEW)]


def test_the_same_bytes_leave_everything_and_mend_a_lost_hash(tmp_path):
    lay_down(tmp_path, OLD)
    (tmp_path / f"{BAG}.sig").write_bytes(b"signed")
    (tmp_path / f"{BAG}.sha256").unlink()
    lay_down(tmp_path, OLD)
    assert demand_sound(tmp_path) == {"b-2022.zip": OLD}
    assert (tmp_path / f"{BAG}.sha256").is_file() and (tmp_path / f"{BAG}.sig").is_file()
    assert len(index.read(tmp_path)) == 1


class _PowerCutError(BaseException):
    """No code may catch it: nothing runs after a power cut."""


def _steps(monkeypatch, most):
    """Let the power go before the step after so many: steps are all that a disk sees."""
    done = [0]

    def counted(work):
        def step(*args, **kwargs):
            if done[0] == most:
                raise _PowerCutError
            done[0] += 1
            return work(*args, **kwargs)

        return step

    for place, name in (
        (os, "link"), (os, "fsync"), (storing.Path, "replace"), (storing.Path, "unlink"),
        (storing.Path, "open"), (storing.Path, "mkdir"),
    ):  # fmt: skip
        monkeypatch.setattr(place, name, counted(getattr(place, name)))
    return done


@pytest.mark.parametrize("link", [True, False])
def test_a_power_cut_before_any_step_leaves_the_last_good_archive(tmp_path, monkeypatch, link):
    """Each step once: 0 are done, 1 is done … all are done."""
    cut = 0
    while True:
        folder = tmp_path / str(cut)
        lay_down(folder, OLD)
        with monkeypatch.context() as patched:
            if not link:
                patched.setattr(os, "link", _refused)
            done = _steps(patched, cut)
            try:
                lay_down(folder, NEW)
                finished = True
            except _PowerCutError:
                finished = False
        assert OLD in demand_sound(folder).values()
        lay_down(folder, NEW)
        assert demand_sound(folder)["b-2022.zip"] == NEW
        assert [entry.sha256 for entry in index.read(folder)] == [digest(OLD), digest(NEW)]
        assert not list(folder.rglob("*.part"))
        if finished:
            break
        cut += 1
    assert done[0] == cut > 15


def _refused(*_, **__):
    raise OSError("no links here")


@pytest.mark.many
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
def test_a_kill_at_fifty_random_moments_leaves_the_last_good_archive(tmp_path):
    """The process that writes is killed; moments are drawn over the time that it takes."""
    moments = random.Random(1)
    cut = 0
    for number in range(50):
        folder = tmp_path / str(number)
        lay_down(folder, OLD)
        child = os.fork()
        if child == 0:
            lay_down(folder, NEW)
            os._exit(0)
        time.sleep(moments.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        cut += os.WIFSIGNALED(status)
        assert OLD in demand_sound(folder).values()
        lay_down(folder, NEW)
        assert demand_sound(folder)["b-2022.zip"] == NEW
        assert not list(folder.rglob("*.part"))
    assert cut > 5


def test_a_full_disk_is_told_and_leaves_the_last_good_archive(tmp_path, monkeypatch):
    lay_down(tmp_path, OLD)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(BuildError, match="无法写入（No space left"):
            store(tmp_path / BAG, NEW)
    assert demand_sound(tmp_path) == {"b-2022.zip": OLD}


def test_a_command_signs_and_one_that_does_not_is_told(tmp_path):
    store(tmp_path / BAG, OLD)
    code = "import sys; open(sys.argv[1] + '.sig', 'w').write('signed')"
    made = sign(tmp_path / BAG, f"'{sys.executable}' -c \"{code}\"")
    assert made.read_text() == "signed"
    for command in (f"'{sys.executable}' -c 'pass'", "no-such-program", "'"):
        with pytest.raises(BuildError, match="已归档，但没有签名"):
            sign(tmp_path / BAG, command)
        assert not made.exists()
    assert demand_sound(tmp_path) == {"b-2022.zip": OLD}


def test_two_projects_with_one_folder_of_archives_take_turns(tmp_path, monkeypatch):
    """Regression: each wrote over the other's part, and lines came in another order than files."""
    fcntl = pytest.importorskip("fcntl")
    held = []

    def watched(path, content):
        other = os.open(tmp_path, os.O_RDONLY)
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.append(path)
        finally:
            os.close(other)
        return store(path, content)

    monkeypatch.setattr(archiving, "store", watched)
    each = Wanted(2022, "office", {})
    path = tmp_path / each.bag
    assert archiving._lay_down(each, b"x", path, Place(tmp_path))
    assert held == [path]
    assert index.read(tmp_path)[0].bag == each.bag


def test_a_part_that_does_not_fit_on_the_disk_is_not_left_there(tmp_path, monkeypatch):
    def full(file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BuildError, match="无法写入"):
        store(tmp_path / "x.zip", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_register_leaves_the_older_archive_in_its_place(tmp_path):
    """Regression: it was put aside first, for one that was then not registered."""
    each, place = Wanted(2022, "office", {}), Place(tmp_path)
    path = tmp_path / each.bag
    archiving._lay_down(each, b"x", path, place)
    (tmp_path / index.NAME).write_text("x")
    with pytest.raises(UnreadableError, match="没有登记新的归档"):
        archiving._lay_down(each, b"y", path, place)
    assert path.read_bytes() == b"x"
    assert len(list(path.parent.glob("*.zip"))) == 1
