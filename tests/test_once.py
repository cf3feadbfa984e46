"""What is asked several times while one page is made is worked out once, and never longer kept."""

import os
from dataclasses import replace

import pytest

from builders import figures
from nianbao import findings, suspects
from nianbao.errors import UsageError
from nianbao.findings import check_report
from nianbao.once import kept, once
from nianbao.pool import Job, run_jobs
from nianbao.surroundings import Surroundings
from nianbao.suspects import suspect
from nianbao.workspace import Workspace
from offices import file_report, project

asked = []


@once(lambda number, more=0: (number, more))
def squared(number, more=0):
    asked.append(number)
    return number * number + more


@pytest.fixture(autouse=True)
def nothing_asked():
    asked.clear()


def test_outside_everything_is_worked_out_each_time():
    assert [squared(3), squared(3)] == [9, 9]
    assert asked == [3, 3]


def test_within_it_is_worked_out_once_for_each_key():
    with kept():
        assert [squared(3), squared(3), squared(3, more=1), squared(4)] == [9, 9, 10, 16]
    assert asked == [3, 3, 4]
    squared(3)
    assert asked == [3, 3, 4, 3]


def test_a_second_one_begins_with_what_the_first_has_and_adds_nothing_to_it():
    with kept():
        squared(3)
        with kept():
            squared(3), squared(4)
        squared(4)
    assert asked == [3, 4, 4]


def test_a_failure_is_not_kept():
    tried = []

    @once(lambda: ())
    def fails():
        tried.append(1)
        raise UsageError("坏")

    with kept():
        for _ in range(2):
            with pytest.raises(UsageError):
                fails()
    assert len(tried) == 2


def test_a_forked_child_has_what_its_parent_knew():
    found = []
    with kept():
        squared(5)
        jobs = [Job("a", lambda: (squared(5), len(asked), os.getpid()))]
        run_jobs(jobs, lambda ended: found.append(ended.found))
    ((result, times, child),) = found
    assert (result, times) == (25, 1) and child != os.getpid()


def test_findings_and_suspects_of_one_report_are_worked_out_once(monkeypatch, real_report):
    times = []
    balances, divides = findings.balance_findings, suspects.divide
    monkeypatch.setattr(findings, "balance_findings", lambda r: times.append("b") or balances(r))
    monkeypatch.setattr(suspects, "divide", lambda r: times.append("s") or divides(r))
    alone, other = Surroundings("", 0, None), Surroundings("x", 2022, None)
    plain = check_report(real_report, alone), suspect(real_report)
    times.clear()
    with kept():
        first = check_report(real_report, alone), suspect(real_report)
        again = check_report(real_report, Surroundings("", 0, None)), suspect(real_report)
        assert times == ["b", "s"]
        assert first == again == plain
        check_report(real_report, other)
        check_report(replace(real_report), alone)  # an equal one is another one
        assert times == ["b", "s", "b", "b"]


def test_a_report_filed_later_is_seen_once_the_batch_has_ended(tmp_path):
    workspace = Workspace(project(tmp_path / "p"))
    with kept():
        assert workspace.reports() == {}
        file_report(workspace.root, "office", 2022, figures(1))
        assert workspace.reports() == {}
    assert list(workspace.reports()) == [(2022, "office")]
