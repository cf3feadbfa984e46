"""The wheel that a bag carries: the package whole, the same bytes for the same code."""

import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from archive.city import ROOT
from nianbao import software
from nianbao.archive.container import packed
from nianbao.archive.wheel import checkout_file, wheel
from nianbao.errors import BuildError

PACKAGE = ROOT / "src" / "nianbao"


@pytest.fixture(scope="module")
def made():
    return wheel()


def files(made):
    with zipfile.ZipFile(io.BytesIO(made.content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_it_holds_every_file_of_the_package_as_it_is(made):
    found = files(made)
    own = {n: c for n, c in found.items() if n.startswith("nianbao/")}
    assert own == {f"nianbao/{name}": p.read_bytes() for name, p in software.files().items()}
    assert found["nianbao-0.1.0.dist-info/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert b"nianbao=nianbao.cli:main" in found["nianbao-0.1.0.dist-info/entry_points.txt"]


def test_what_lies_beside_the_code_does_not_get_in(made, tmp_path):
    """Regression: the cache of a type checker, and whatever editors leave, was archived."""
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    copy = shutil.copytree(PACKAGE, tmp_path / "src" / "nianbao")
    (copy / "charts" / ".mypy_cache").mkdir()
    for stray in ("charts/.mypy_cache/cache.json", "cli.py~", ".cli.py.swp", "cli.py.orig"):
        (copy / stray).write_text("{}")
    assert wheel(tmp_path) == made


def test_its_record_is_true_and_it_is_packed_the_one_way(made):
    found = files(made)
    record = csv.reader(io.StringIO(found["nianbao-0.1.0.dist-info/RECORD"].decode()))
    said = {name: digest for name, digest, _ in record}
    assert set(said) == set(found)
    for name, content in found.items():
        if said[name]:
            raw = urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            assert said[name] == f"sha256={raw.decode()}"
    assert packed(found) == made.content


def test_another_clock_and_other_times_of_files_give_the_same_bytes(made, monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert wheel() == made


def test_it_installs_and_runs_from_where_it_was_installed(made, tmp_path):
    path = tmp_path / made.name
    path.write_bytes(made.content)
    site = tmp_path / "site"
    installed = subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--no-index",
         "--target", site, path],
        capture_output=True, text=True, env={**os.environ, "UV_CACHE_DIR": str(tmp_path / "uv")},
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    code = "import nianbao, nianbao.provenance as p; print(nianbao.__file__, p.code_hash())"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
    )  # fmt: skip
    place, digest = ran.stdout.split()
    here = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert Path(place).is_relative_to(site) and digest == here.stdout.split()[1]


def test_outside_of_a_checkout_it_says_what_to_do(tmp_path):
    with pytest.raises(BuildError, match="只能在源代码目录中进行"):
        wheel(tmp_path)
    with pytest.raises(BuildError, match=r"environment\.yml"):
        checkout_file("environment.yml", tmp_path)
