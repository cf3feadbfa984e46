"""What is done once before children are forked: all that they would each do again, no more."""

import subprocess
import sys

from nianbao.engines.execution import ForkEngine
from nianbao.exporters import PAGES
from nianbao.preload import preload

PRELOADED = """
import gc, os, threading
from nianbao.threads import forbid_threads
forbid_threads()
from nianbao.preload import preload
opened = set(os.listdir("/proc/self/fd"))
preload()
print(threading.active_count(), len(os.listdir("/proc/self/task")))
print(gc.isenabled(), gc.get_freeze_count() > 100_000)
print(sorted(os.readlink(f"/proc/self/fd/{fd}") for fd in set(os.listdir("/proc/self/fd")) - opened
             if os.path.exists(f"/proc/self/fd/{fd}")))
"""

AFTERWARDS = """
import os, sys
from nianbao.preload import preload
preload()
import jinja2, nbformat
from fastjsonschema import compile
from nianbao import charts, fragments
from nianbao.exporters import PAGES, exporter
def refuse(*_, **__):
    raise AssertionError("made again")
jinja2.Environment.compile = nbformat.json_compat.fastjsonschema.compile = refuse
os.fork = refuse
import subprocess, platform
subprocess.Popen = refuse
known = set(sys.modules)
platform.platform()
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 年")])
for page in PAGES:
    assert "<h1>年</h1>" in exporter(page).from_notebook_node(notebook)[0]
fragments.render("prose", title="", paragraphs=[(0, "", "年")], absent=False, tabled=False)
print(sorted(set(sys.modules) - known))
"""


def told(program):
    run = [sys.executable, "-c", program]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()


def test_it_opens_no_thread_and_no_file_and_leaves_nothing_to_look_through():
    assert told(PRELOADED) == ["1 1", "True True", "[]"]


def test_pages_compile_import_and_ask_nothing_afterwards():
    assert told(AFTERWARDS) == ["[]"]


def test_it_leaves_the_engine_and_this_process_as_they_were():
    main, hook = sys.modules["__main__"], sys.displayhook
    preload()
    assert not ForkEngine.apart
    assert sys.modules["__main__"] is main and sys.displayhook is hook
    assert set(PAGES) == {"report", "review", "overview", "trend"}
