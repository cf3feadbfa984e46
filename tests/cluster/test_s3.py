"""Data and output on a real S3 server, with and without a cluster."""

import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from cluster.machines import at_work, build, published, scheduler, two_workers, until
from cluster.s3 import WEED, server
from nianbao.plan import PUBLISHED
from nianbao.storage.store import Store

pytestmark = pytest.mark.skipif(not WEED.is_file(), reason="the S3 server is a Linux wheel")

DATA, OUTPUT, OTHER = "s3://bucket/raw", "s3://bucket/output", "s3://bucket/年报 二"


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    """The environment of clients of a server."""
    before = dict(os.environ)
    with server(tmp_path_factory.mktemp("s3")) as environment:
        yield environment
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def data(s3, project_folder):
    """Reports as received, on the server."""
    raw = project_folder / "data" / "raw"
    store = Store(DATA)
    store.write(published(raw))
    assert published(raw) == dict(store.read(store.list()))
    return store


@pytest.fixture(scope="module")
def small(project_folder, tmp_path_factory):
    """A project without reports."""
    return without_reports(project_folder, tmp_path_factory.mktemp("small") / "project")


def without_reports(project_folder, root):
    shutil.copytree(project_folder, root)
    shutil.rmtree(root / "data" / "raw")
    (root / "data" / "raw").mkdir()
    return root


def results(address):
    """Return what lies in an output as readers see it, by name."""
    store = Store(address)
    names = [name for name in store.list() if not name.startswith((".", "logs/"))]
    return dict(store.read(names))


def same(found, expected):
    """Whether outputs are the same but for the marks that a store gives."""
    records = [name for name in expected if name.endswith(PUBLISHED)]
    for name in records:
        record = json.loads(found[name])
        stored = record.pop("stored")
        assert set(stored) == set(record["files"])
        assert record == json.loads(expected[name])
    assert found == {**expected, **{name: found[name] for name in records}}
    return bool(records)


def planned(root):
    command = [sys.executable, "-m", "nianbao", "plan", f"--data={DATA}", f"--output={OUTPUT}"]
    environment = {**os.environ, "NIANBAO_HOME": str(root)}
    told = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    return dict(line.split("：", 1) for line in told.stdout.splitlines() if "：" in line)


def test_a_build_leaves_on_the_server_what_it_leaves_in_a_folder(data, small, built_here):
    process = build(small, f"--data={DATA}", f"--output={OUTPUT}", "--jobs=2")
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert f"全部年报：{OUTPUT}/index.html" in out
    assert same(results(OUTPUT), built_here)


def test_pages_are_sent_as_pages(data, small):
    found = Store(OUTPUT)._system._construct_store("bucket").get("output/2024/ju0/report.html")
    assert found.attributes["Content-Type"] == "text/html; charset=utf-8"


def test_nothing_is_due_then_for_another_machine_either(data, small, project_folder, tmp_path):
    assert planned(without_reports(project_folder, tmp_path / "project")) == {}


def test_what_was_touched_or_half_published_is_due_and_nothing_else(data, small):
    output = Store(OUTPUT)
    ((name, content),) = output.read(["2024/ju1/report.html"])
    output.write({name: content + b"<!-- of a publication that was killed -->"})
    ((name, content),) = data.read(["2024/ju2.txt"])
    data.write({name: content.replace("测试局".encode(), "测试二局".encode())})
    try:
        due = planned(small)
    finally:
        data.write({name: content})
    assert due.pop("2024 ju1") == "尚未生成"
    assert due.pop("2024 ju2") == "源文件有变化"
    pages = {"ju1 历年", "ju2 历年", "2024 总览", "全部年报"}
    assert set(due) == pages


@pytest.mark.many
def test_a_cluster_that_shares_nothing_but_the_server(
    s3, data, project_folder, tmp_path, built_here
):
    root = without_reports(project_folder, tmp_path / "project")
    with scheduler(tmp_path) as address, two_workers(tmp_path, address, **s3) as workers:
        process = build(root, f"--data={DATA}", f"--output={OTHER}", f"--cluster={address}")
        for line in process.stderr:
            if "[1/4]" in line:
                break
        until(lambda: at_work(workers[0]), what="work")
        workers[0].send_signal(signal.SIGKILL)
        out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert "完成10项，未完成0项" in said
    assert f"{OTHER}/2024/ju0/report.html" in out
    assert same(results(OTHER), built_here)
    assert all((tmp_path / "cache" / name).is_dir() for name in ("a", "b"))


def test_a_wrong_password_is_told_without_repeating_it(data, small, s3):
    process = build(
        small, f"--data={DATA}", f"--output={OUTPUT}", AWS_SECRET_ACCESS_KEY="not-the-one"
    )
    out, said = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "SignatureDoesNotMatch" in said and "AWS_SECRET_ACCESS_KEY" in said
    assert "not-the-one" not in said + out and s3["AWS_ACCESS_KEY_ID"] not in said + out
