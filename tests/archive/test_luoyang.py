"""The real report, archived and proved from its archive alone, in a fresh environment."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from archive import bags
from nianbao.archive.bag import OXUM, bagged
from nianbao.archive.fixity import faults
from nianbao.archive.interpreters import interpreters
from nianbao.archive.opening import open_bag
from nianbao.archive.reproducing import installed_locales, reproduce, settings
from nianbao.archive.verified import Wishes
from nianbao.archive.verifying import verify
from nianbao.errors import UnreadableError

ROOT = Path(__file__).parents[2]
RAW = "data/raw/2022/luoyang-gaj.txt"
TAKEN = (
    RAW,
    "params/2022/luoyang-gaj.yaml",
    "params/agencies.csv",
    "notebooks/report.ipynb",
    "requirements.lock",
)
SAMPLE = 80

pytestmark = pytest.mark.many


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A project with this report alone, archived."""
    root = tmp_path_factory.mktemp("luoyang")
    for name in TAKEN:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    done = subprocess.run(
        [sys.executable, "-m", "nianbao", "archive", "--year=2022", "--agency=luoyang-gaj"],
        cwd=root,
        env={**os.environ, "NIANBAO_HOME": str(root)},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="module")
def path(place):
    return place / "output" / "archive" / "2022" / "luoyang-gaj-2022.zip"


@pytest.fixture(scope="module")
def made(path):
    """What makes environments, one made already; what is needed for it must be there."""
    with interpreters() as found:
        found.fresh(open_bag(path))
        yield found


def test_a_flipped_byte_of_the_archive_is_found_and_named(path, tmp_path):
    content = path.read_bytes()
    changed = tmp_path / path.name
    entries = zipfile.ZipFile(path).infolist()
    headers = [entry.header_offset + 14 for entry in entries]
    steps = range(7, len(content), len(content) // SAMPLE)
    for offset in [*steps, *headers[::4], len(content) - 1]:
        flipped = bytearray(content)
        flipped[offset] ^= 1 << offset % 8
        changed.write_bytes(flipped)
        try:
            found = [str(fault) for fault in faults(open_bag(changed))]
        except UnreadableError as error:  # the zip's directory
            assert offset > entries[-1].header_offset
            found = [str(error)]
        assert any("容器" in line for line in found), offset
        entry = [each for each in entries if each.header_offset <= offset][-1]
        start = entry.header_offset + 30 + len(entry.filename.encode())
        if start <= offset < start + entry.file_size:
            name = entry.filename.partition("/")[2]
            assert any(line.startswith(f"{name}：") for line in found), (offset, found)


def test_the_archive_proves_itself(place, path, made):
    wishes = Wishes(archive=place / "output" / "archive", root=place)
    found = verify(path, wishes, made, lambda line: None)
    assert found.code == 0, found.lines
    assert any(line.startswith("✓ 重跑：1份报告、9个文件与归档逐字节相同") for line in found.lines)


def test_three_surroundings_give_three_identical_results(path, made):
    bag = open_bag(path)
    wanted = settings(3, installed_locales())
    trials = reproduce(bag, made.fresh(bag), wanted, lambda line: None)
    assert [trial.unlike for trial in trials] == [(), (), ()]
    assert len({trial.digest for trial in trials}) == 1


def test_a_figure_changed_in_the_source_is_told_though_all_hashes_are_right(path, made, tmp_path):
    files = dict(open_bag(path).files)
    source = f"data/project/{RAW}"
    changed = files[source].replace(b"0\t1\t0\t0\t1\t0", b"0\t1\t0\t0\t2\t0")
    assert changed != files[source]
    payload = {
        name[5:]: content
        for name, content in {**files, source: changed}.items()
        if name.startswith("data/")
    }
    said = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    said.pop(OXUM)
    assert len(json.loads(payload["ro-crate-metadata.json"])["@graph"]) > 30
    forged = tmp_path / "forged.zip"
    forged.write_bytes(bags.zipped(bagged(payload, said), "luoyang-gaj-2022"))
    found = verify(forged, Wishes(rerun=True, trust_code=True), made, lambda line: None)
    assert found.code == 1
    assert any(line.startswith("✓ 文件：") for line in found.lines)
    told = [line.strip() for line in found.lines]
    assert "表四“行政复议”的“总计”：1 → 2（+1）" in told
    assert "✓ 成立 → ✗ 不成立（错误）  T4-1" in told
    assert told[-1] == "结论：重跑得不出包内的结果，结果不能作为依据；请向提供者核实。"
