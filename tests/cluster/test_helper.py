"""The process beside a worker: each job apart, what kills it is told, hanging up stops it."""

import os
import pickle
import signal
import sys
import threading
import time
from functools import partial

import pytest

from cluster.machines import descendants, lives, until
from nianbao.cluster import helper
from nianbao.cluster.helper import Helper, HelperLostError, Run, perform
from nianbao.cluster.sameness import facts
from nianbao.errors import BuildError, UsageError
from nianbao.pool import Job
from nianbao.workspace import Workspace, parse_year

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="jobs run in forked children")


@pytest.fixture(scope="module")
def one():
    made = Helper()
    yield made
    made.close()
    assert not made.alive


def ask(one, work, run="run", **more):
    return pickle.loads(one.ask(pickle.dumps(Job("job", work, **more)), run))


def test_a_job_gives_what_it_returns_and_how_long_it_took(one):
    found, seconds = ask(one, partial(pow, 2, 10))
    assert found == 1024
    assert seconds >= 0


def test_what_a_job_raises_comes_back(one):
    found, _ = ask(one, partial(parse_year, "twenty"))
    assert isinstance(found, UsageError)


def test_what_kills_a_job_is_told_with_its_log_and_the_next_one_is_done(one, tmp_path):
    log = tmp_path / "logs" / "job.log"
    found, _ = ask(one, partial(os.kill, 0, signal.SIGKILL), log=log)
    assert isinstance(found, BuildError) and "SIGKILL" in str(found)
    assert "未完成" in log.read_text("utf-8")
    assert ask(one, os.getpid)[0] != ask(one, os.getpid)[0]


def test_a_large_answer_comes_whole_and_two_jobs_go_at_once(one):
    found = {}
    threads = [
        threading.Thread(target=lambda n=n: found.update({n: ask(one, partial(bytes, n))[0]}))
        for n in (5_000_000, 7_000_000)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert {n: len(each) for n, each in found.items()} == {
        5_000_000: 5_000_000,
        7_000_000: 7_000_000,
    }


def test_a_job_of_other_software_is_told(one):
    found, _ = pickle.loads(one.ask(b"cnianbao.pool\nNoSuchThing\n.", "run"))
    assert "NoSuchThing" in str(found) and "重新启动 worker" in str(found)


def waiting(one, run):
    """Start a long job; return its thread, and where its end is told."""
    told = []

    def work():
        try:
            told.append(ask(one, partial(time.sleep, 600), run))
        except HelperLostError as error:
            told.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: descendants(one._process.pid), what="the job")
    return thread, told


def test_stopping_a_run_ends_its_jobs_and_no_others(one):
    thread, told = waiting(one, "first")
    (job,) = descendants(one._process.pid)
    one.stop("second")
    assert ask(one, partial(pow, 2, 3))[0] == 8
    assert lives(job)
    one.stop("first")
    thread.join(5)
    assert isinstance(told[0], HelperLostError)
    until(lambda: not lives(job), 5, "its end")
    assert ask(one, partial(pow, 2, 3))[0] == 8


def test_a_helper_that_is_killed_is_told_and_takes_its_jobs_along():
    one = Helper()
    ask(one, os.getpid)
    thread, told = waiting(one, "run")
    (job,) = descendants(one._process.pid)
    one._process.kill()
    thread.join(5)
    assert isinstance(told[0], HelperLostError)
    until(lambda: not lives(job), 5, "the end of its job")
    assert not one.alive
    one.close()


def test_a_machine_that_differs_does_nothing_and_says_in_what(one, monkeypatch, tmp_path):
    monkeypatch.setattr(helper, "helper", lambda: one)
    workspace = Workspace(tmp_path)
    look = pickle.dumps(Job("look", partial(facts, workspace)))
    payload = pickle.dumps(Job("job", partial(pow, 2, 2)))
    here = facts(workspace)
    assert pickle.loads(perform(payload, Run("same", here, look)))[0] == 4
    other = Run("other", {**here, "software": "0", "packages": "1"}, look)
    found, _ = pickle.loads(perform(payload, other))
    assert isinstance(found, BuildError) and "软件代码、软件包版本" in str(found)
