"""Interrupts that come at the worst moment."""

import signal
import subprocess
import sys

import pytest

from nianbao.interrupts import held_back

IN_THE_FORK = """
import os, signal, sys
from nianbao.pool import Job, run_jobs

parent = os.getpid()
os.register_at_fork(before=lambda: os.kill(parent, signal.SIGINT))
undone = []
try:
    run_jobs([Job("a", signal.pause, undo=lambda: undone.append("a"))], print, workers=1)
except KeyboardInterrupt:
    sys.exit(f"interrupted, undone: {undone}")
"""


def test_an_interrupt_that_comes_in_a_fork_is_not_lost():
    """Regression: what Python calls around a fork dropped Ctrl-C, and the build went on."""
    asked = [sys.executable, "-c", IN_THE_FORK]
    ended = subprocess.run(asked, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (1, "interrupted, undone: ['a']\n")


def test_one_that_was_held_back_comes_at_the_end_of_the_block():
    passed = False
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        passed = True
    assert passed


def test_one_can_be_let_through_sooner():
    with pytest.raises(KeyboardInterrupt), held_back() as release:
        signal.raise_signal(signal.SIGINT)
        release()
        pytest.fail("not let through")
