"""A build on a Dask cluster: a scheduler and two workers by command line, on loopback."""

import shutil
import signal
import subprocess
import sys
from contextlib import nullcontext

import pytest

from cluster.machines import (
    at_work,
    build,
    descendants,
    free_ports,
    lives,
    published,
    scheduler,
    two_workers,
    until,
)
from nianbao.cluster import runner
from nianbao.cluster.runner import Cluster, demand_cluster
from nianbao.errors import BuildError, UsageError
from nianbao.pool import Job
from nianbao.workspace import Workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="jobs run in forked children")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler's address, and two workers."""
    folder = tmp_path_factory.mktemp("dask")
    with scheduler(folder) as address, two_workers(folder, address) as workers:
        yield address, workers


@pytest.fixture(scope="module")
def shared(project_folder, tmp_path_factory):
    """A project folder that all machines share; each test goes on where the last one stopped."""
    root = tmp_path_factory.mktemp("shared") / "project"
    shutil.copytree(project_folder, root)
    return root


def told_of(process, words):
    """Read what a build says up to the line that has these words."""
    said = []
    for line in process.stderr:
        said.append(line)
        if words in line:
            return "".join(said)
    raise AssertionError("".join(said))


def test_an_interrupt_stops_the_jobs_on_the_workers(cluster, shared):
    address, workers = cluster
    process = build(shared, f"--cluster={address}")
    told_of(process, "读取源文件")
    until(lambda: all(at_work(each) for each in workers), what="work")
    process.send_signal(signal.SIGINT)
    try:
        _, said = process.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    assert process.returncode == 130, said
    until(lambda: not any(at_work(each) for each in workers), 5, "their end")
    assert all(each.poll() is None for each in workers)
    assert not list((shared / "output").glob("*/.*draft*"))


def test_all_results_are_there_though_a_worker_is_killed_in_the_middle(cluster, shared, built_here):
    address, workers = cluster
    process = build(shared, f"--cluster={address}")
    said = told_of(process, "[1/4]")
    until(lambda: at_work(workers[0]), what="work")
    below = descendants(workers[0].pid)
    workers[0].send_signal(signal.SIGKILL)
    _, more = process.communicate(timeout=120)
    assert "完成10项，未完成0项" in more, said + more
    assert process.returncode == 0, more
    assert published(shared / "output") == built_here
    until(lambda: not any(lives(pid) for pid in below), 5, "the end of what it had started")
    assert workers[1].poll() is None


def test_a_worker_that_does_not_share_the_folder_is_named(cluster, shared, tmp_path, monkeypatch):
    address, _ = cluster
    # As if each machine had a folder of this name: what is put into one is not in the other.
    monkeypatch.setattr(runner, "_token", lambda workspace, name: nullcontext())
    here = Cluster(address, Workspace(tmp_path), print)
    with pytest.raises(BuildError, match=r"worker 与本机不同(.|\n)*127\.0\.0\.1.*：项目文件夹"):
        here([Job("one", print)], print)


def test_a_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "_SECONDS", 0.5)
    (port,) = free_ports()
    here = Cluster(f"tcp://127.0.0.1:{port}", Workspace(tmp_path), print)
    with pytest.raises(BuildError, match="连不上调度器"):
        here([Job("one", print)], print)


@pytest.mark.parametrize("given", ["", "scheduler:8786", "http://a:1", "tcp://a", "tcp://a:b"])
def test_an_address_of_another_kind_is_refused(given, tmp_path):
    with pytest.raises(UsageError, match="CLUSTER 应是调度器的地址"):
        Cluster(given, Workspace(tmp_path), print)


def test_without_dask_it_is_said_what_to_do(monkeypatch):
    monkeypatch.setattr(runner, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"distributed.*environment\.py cluster"):
        demand_cluster(["distributed"])


def test_jobs_and_cluster_exclude_each_other(shared):
    process = build(shared, "--jobs=2", "--cluster=tcp://127.0.0.1:1")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "JOBS 只用于本机" in said
