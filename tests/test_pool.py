"""Jobs in children: several at once, apart, killed with all that they started, tidied up."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from nianbao.charts import font
from nianbao.charts.canvas import Canvas
from nianbao.errors import BuildError, UsageError
from nianbao.pool import Job, run_jobs


def jobs(*works):
    return [Job(f"job {n}", work, lambda: None) for n, work in enumerate(works)]


def outcomes(listed, **options):
    found = {}
    run_jobs(listed, lambda ended: found.update({ended.place: ended.found}), **options)
    return [found[place] for place in sorted(found)]


def raised(error):
    raise error


def test_each_job_gives_its_result_in_its_place():
    assert outcomes(jobs(*(partial(pow, n, 2) for n in range(9))), workers=3) == [
        n * n for n in range(9)
    ]


def test_a_large_answer_comes_whole():
    (found,) = outcomes(jobs(lambda: b"x" * 5_000_000))
    assert found == b"x" * 5_000_000


def test_one_that_fails_does_not_stop_the_others():
    first, second, third = outcomes(
        jobs(lambda: 1, lambda: raised(UsageError("坏")), lambda: 3), workers=1
    )
    assert (first, third) == (1, 3)
    assert isinstance(second, UsageError) and str(second) == "坏"


@pytest.mark.parametrize(
    ("work", "seconds", "words"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), 60, "SIGKILL"),
        (lambda: os._exit(3), 60, "退出码 3"),
        (lambda: raised(ZeroDivisionError("零")), 60, "零"),
        (lambda: bytearray(1 << 40), 60, "内存不足"),
        (lambda: time.sleep(60), 1, "超过1秒"),
    ],
)
def test_a_job_that_dies_is_told_and_undone(work, seconds, words, tmp_path, capfd):
    undone = tmp_path / "undone"
    found = {}
    job = Job("2022 a", work, undone.touch)
    run_jobs([job], lambda ended: found.update({ended.place: ended.found}), seconds=seconds)
    assert isinstance(found[0], BuildError)
    assert words in str(found[0])
    assert undone.exists()


def test_no_more_run_at_once_than_workers(tmp_path):
    def work(name):
        (tmp_path / name).touch()
        time.sleep(0.05)
        seen = len(list(tmp_path.iterdir()))
        (tmp_path / name).unlink()
        return seen

    assert max(outcomes(jobs(*(partial(work, str(n)) for n in range(8))), workers=2)) <= 2


INTERRUPTED = """
import os, subprocess, sys, time
from nianbao.pool import Job, run_jobs
def work():
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    print(os.getpid(), started.pid, flush=True)
    time.sleep(60)
try:
    run_jobs([Job("a", work, lambda: print("undone", flush=True))], print)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.fixture
def interrupted():
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    pids = [int(pid) for pid in process.stdout.readline().split()]
    yield process, pids
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.kill()
    process.stdout.close()
    process.wait()


def gone(pid):
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


def test_an_interrupt_ends_all_that_was_started_and_tidies_up(interrupted):
    process, pids = interrupted
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=20)
    assert told.split() == ["undone", "interrupted"]
    assert all(map(gone, pids))


def test_a_child_ends_with_its_parent_however_that_ended(interrupted):
    process, (child, _) = interrupted
    process.kill()
    assert gone(child)


def test_where_nothing_can_be_forked_jobs_run_here(monkeypatch):
    monkeypatch.setattr("nianbao.pool.forkable", lambda: False)
    here = os.getpid()
    found = outcomes(jobs(os.getpid, lambda: raised(UsageError("坏"))))
    assert found[0] == here and isinstance(found[1], UsageError)


def drawn(text):
    canvas = Canvas(400, 60)
    canvas.text(0, 30, text)
    return font.measure(text), canvas.drawing().svg


@pytest.mark.many
def test_children_that_draw_at_once_do_not_read_the_font_at_each_others_place():
    """Regression: a font opened before the fork was read by all children at one shared place."""
    words = ["".join(chr(0x4E00 + 37 * n + 211 * i) for n in range(20)) for i in range(24)]
    font.measure("年")
    found = outcomes(jobs(*(partial(drawn, text) for text in words)), workers=4)
    assert found == [drawn(text) for text in words]


ALONE = """
import os
from nianbao.threads import forbid_threads
forbid_threads()
from nianbao.preload import preload
preload()
print(len(os.listdir("/proc/self/task")))
"""


def test_what_is_imported_before_the_fork_opens_no_thread():
    """Regression: pandas loads Arrow, whose allocator started one in the background."""
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]


def test_what_a_job_prints_goes_into_its_log(tmp_path, capfd):
    def work():
        print("从 Python 来")
        subprocess.run(["sh", "-c", "echo from a child; echo wrong >&2"], check=True)
        raise UsageError("坏了")

    log = tmp_path / "logs" / "2022" / "a.log"
    log.parent.mkdir(parents=True)
    log.write_text("of the last run", "utf-8")
    run_jobs([Job("2022 a", work, log=log)], lambda ended: None)
    lines = log.read_text("utf-8").splitlines()
    assert sorted(lines[:-1]) == ["from a child", "wrong", "从 Python 来"]
    assert re.fullmatch(r"2022 a 未完成：坏了（\d+\.\d秒）", lines[-1])
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_the_program_leaves_its_traceback_in_the_log(tmp_path, capfd):
    log = tmp_path / "a.log"
    run_jobs([Job("2022 a", lambda: 1 // 0, log=log)], lambda ended: None)
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "taken").write_text("a file", "utf-8")
    found = []
    run_jobs([Job("2022 a", lambda: 7, log=tmp_path / "taken" / "a.log")], found.append)
    assert [ended.found for ended in found] == [7]
