"""The same report gives the same PDF, wherever, whenever and in whatever process."""

import hashlib
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import typst

from nianbao.findings import check_report
from nianbao.pdf import render
from nianbao.pdf.typesetting import typeset
from nianbao.pool import Job, run_jobs

pytestmark = pytest.mark.many

SCRIPT = """
import hashlib, os
from nianbao.threads import forbid_threads
forbid_threads()
from nianbao.findings import check_report
from nianbao.pdf import render
from nianbao.shelf import load
from nianbao.workspace import find_workspace
place = find_workspace()
found = load("luoyang-gaj", 2022, place)
made = render(found, check_report(found), place)
print(hashlib.sha256(made).hexdigest(), len(os.listdir("/proc/self/task")))
"""


def digest(made):
    return hashlib.sha256(made).hexdigest()


def test_another_zone_folder_locale_and_hash_seed_give_the_same_bytes(
    real_report, project, tmp_path
):
    here = digest(render(real_report, check_report(real_report), project))
    own = {
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "77",
        "LC_ALL": "C",
        "TMPDIR": str(tmp_path),
        "HOME": str(tmp_path),
        "NIANBAO_HOME": str(project.root),
        "SOURCE_DATE_EPOCH": "1",
    }
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=True,
    )
    other, threads = told.stdout.split()
    assert other == here
    assert threads == "1"  # what forks after this would lose any other


def test_a_job_of_the_pool_gives_the_same_bytes(real_report, project):
    findings = check_report(real_report)
    ended = []
    work = partial(render, real_report, findings, project)
    run_jobs([Job(str(n), work) for n in range(3)], ended.append, workers=2)
    here = digest(render(real_report, findings, project))
    assert [digest(each.found) for each in ended] == [here] * 3


def test_no_place_of_this_machine_is_in_it(real_report, project):
    made = render(real_report, check_report(real_report), project)
    for place in (str(project.root), str(Path.home()), sys.prefix):
        assert place.encode() not in made


def test_the_template_reads_nothing_but_what_it_is_given():
    template = Path(typeset.__code__.co_filename).with_name("template.typ").read_text("utf-8")
    for way in ("#import", "#include", "read(", "eval(", "plugin(", "datetime.today", "yaml("):
        assert way not in template


def test_where_typst_has_run_a_forked_job_still_sets_a_document(real_report, project):
    """Regression: a child has none of the threads that typst left in its parent, and waited."""
    typst.compile(b"threads")
    ended = []
    work = partial(render, real_report, check_report(real_report), project)
    run_jobs([Job("1", work)], ended.append, seconds=60.0)
    assert ended[0].found[:5] == b"%PDF-"
