"""What people are told while a batch runs, on a terminal and elsewhere, and at its end."""

import io
from pathlib import Path

import pytest

from nianbao.errors import BuildError
from nianbao.pool import Ended, Job
from nianbao.progress import Progress


class Terminal(io.StringIO):
    """A terminal that keeps what it shows."""

    def isatty(self):
        return True


def ended(place, seconds=1.0, error=None, log=None):
    job = Job(f"2022 office{place}", lambda: None, log=log)
    return Ended(place, job, BuildError(error) if error else None, seconds)


def run(progress, jobs, *, total=None, **options):
    with progress.stage("生成年报", total or len(jobs), **options) as stage:
        for job in jobs:
            stage(job)


def test_without_a_terminal_each_job_is_a_line():
    told = []
    run(Progress(told.append), [ended(0), ended(1, error="坏了")])
    assert told == ["[1/2] 2022 office0 完成（1.0秒）。", "[2/2] 2022 office1 未完成：坏了"]


def test_on_a_terminal_a_bar_counts_and_only_failures_are_lines():
    screen = Terminal()
    run(Progress(pytest.fail, screen), [ended(0), ended(1, error="坏了"), ended(2)])
    shown = screen.getvalue()
    assert "3/3" in shown and "未完成1" in shown and "预计" in shown and "剩余" in shown
    lines = [line for line in shown.replace("\r", "\n").splitlines() if "office" in line]
    assert [line.strip() for line in lines] == ["[2/3] 2022 office1 未完成：坏了"]


def test_what_is_not_counted_is_told_once():
    told = []
    progress = Progress(told.append)
    run(progress, [ended(0), ended(1)], total=16, counted=False)
    assert told == ["读取源文件（16份）…".replace("读取源文件", "生成年报")]
    assert progress.summary() == ""


def test_the_summary_names_the_slowest_and_what_failed_with_its_log():
    progress = Progress(lambda _: None)
    log = Path("/project/output/logs/2022/office4.log")
    jobs = [ended(n, seconds=n) for n in range(4)]
    run(progress, [*jobs, ended(4, seconds=0.5, error="坏了", log=log)])
    first, second = progress.summary().splitlines()
    assert first.startswith("完成4项，未完成1项，用时")
    assert "最慢：2022 office3 3.0秒，2022 office2 2.0秒，2022 office1 1.0秒。" in first
    assert second == "未完成：2022 office4：坏了（记录：output/logs/2022/office4.log）"


def test_the_bar_starts_no_thread():
    """Processes are forked while it is shown."""
    import threading

    before = threading.active_count()
    with Progress(pytest.fail, Terminal()).stage("生成年报", 2) as stage:
        stage(ended(0))
        assert threading.active_count() == before
