"""Whole builds through papermill and nbconvert: what is promised, and that it is the same."""

import hashlib
import html.parser
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from nianbao.build import build_all
from nianbao.due import PROMISED
from nianbao.errors import BuildError
from nianbao.exporters import clean
from nianbao.progress import Progress
from nianbao.workspace import Workspace

ROOT = Path(__file__).parents[1]
COMPARED = [name for name in PROMISED if name != "run.json"]
SITE = ("index.html", "2022/index.html", "trend/luoyang-gaj.html")
LEFT = ["index.html", "luoyang-gaj"]
PARTS = ("data", "params", "notebooks", "requirements.lock")


def workspace_at(folder):
    folder.mkdir(parents=True)
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for year in (folder / "data" / "raw").iterdir():
        if year.name != "2022":  # one report is enough; `make` builds them all
            shutil.rmtree(year)
    return Workspace(folder)


def run(workspace, *arguments, **environment):
    command = [sys.executable, "-m", "nianbao", *arguments]
    return subprocess.run(
        command,
        cwd=workspace.root,
        env={**os.environ, "NIANBAO_HOME": str(workspace.root), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def hashes(workspace):
    folder = workspace.output / "2022" / "luoyang-gaj"
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in COMPARED}


def site_hashes(workspace):
    return {
        name: hashlib.sha256((workspace.output / name).read_bytes()).hexdigest() for name in SITE
    }


def tags(page):
    """Return the attributes of every tag of a page."""
    found = []
    parser = html.parser.HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append(dict(attributes))
    parser.feed(page)
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    workspace = workspace_at(tmp_path_factory.mktemp("first") / "project")
    result = run(workspace, "build")
    assert result.returncode == 0, result.stderr
    return workspace, result


@pytest.fixture(scope="module")
def pages(built):
    folder = built[0].output / "2022" / "luoyang-gaj"
    return {name: (folder / name).read_text("utf-8") for name in ("report.html", "review.html")}


def test_every_promised_file_is_there_and_nothing_else(built):
    folder = built[0].output / "2022" / "luoyang-gaj"
    assert sorted(p.name for p in folder.iterdir()) == sorted(PROMISED)
    assert sorted(p.name for p in folder.parent.iterdir()) == LEFT
    outputs = {path.name for path in built[0].output.iterdir()}
    assert outputs == {".cache", ".lock", "2022", "index.html", "logs", "trend"}


@pytest.mark.parametrize("name", SITE)
def test_the_pages_on_many_reports_lead_to_each_other_and_to_the_report(built, name):
    place = built[0].output / name
    page = place.read_text("utf-8")
    assert page.count("<h1") == 1
    links = [tag["href"].partition("#")[0] for tag in tags(page) if tag.get("href")]
    reached = {(place.parent / link).resolve() for link in links if link}
    assert reached and all(target.is_file() for target in reached)
    assert (built[0].output / "2022" / "luoyang-gaj" / "report.html").resolve() in reached


def test_the_terminal_shows_verdict_counts_notes_and_page(built):
    told = built[1].stdout
    assert "✓ 42条勾稽关系全部成立：14条由原文数字直接核对，28条依据推定读数" in told
    assert "成立42条，不成立0条，无法判定0条" in told
    assert "读取说明：表三的25行数字中有21行" in told
    assert str(Path("output") / "2022" / "luoyang-gaj" / "report.html") in told
    assert "[1/1] 2022 luoyang-gaj 完成（" in built[1].stderr
    assert "WARNING" not in built[1].stderr


def test_a_run_in_another_place_and_time_zone_gives_the_same_bytes(built, tmp_path):
    other = workspace_at(tmp_path / "另一个 文件夹")
    result = run(other, "build", TZ="Asia/Kathmandu", LC_ALL="C", PYTHONHASHSEED="4242")
    assert result.returncode == 0, result.stderr
    assert hashes(other) == hashes(built[0])
    assert site_hashes(other) == site_hashes(built[0])


def test_a_second_run_changes_no_byte(built, tmp_path):
    other = workspace_at(tmp_path / "again")
    shutil.copytree(built[0].output, other.output)
    result = run(other, "build")
    assert result.returncode == 0, result.stderr
    assert hashes(other) == hashes(built[0])
    assert site_hashes(other) == site_hashes(built[0])


def test_the_notebook_writes_nothing_to_standard_output_and_shows_everything(built):
    path = built[0].output / "2022" / "luoyang-gaj" / "report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    kinds = {o.output_type for c in notebook.cells for o in c.get("outputs", [])}
    assert kinds == {"execute_result"}
    assert "papermill" not in notebook.metadata
    assert "version" not in notebook.metadata.language_info


def test_no_warning_is_raised_while_the_notebook_runs(built, tmp_path):
    other = workspace_at(tmp_path / "strict")
    result = run(other, "build", PYTHONWARNINGS="error::UserWarning,error::ResourceWarning")
    assert result.returncode == 0, result.stderr
    assert hashes(other)["report.html"] == hashes(built[0])["report.html"]


@pytest.mark.parametrize("name", ["report.html", "review.html"])
def test_a_page_is_self_contained_and_small(pages, name):
    page = pages[name]
    assert len(page.encode()) < 400_000
    wanted = [value for tag in tags(page) for value in map(tag.get, ("src", "href", "srcset"))]
    assert len([value for value in wanted if value]) > 300
    known = ("data:image/", "#", "../../index.html", "../index.html", "../../trend/")
    assert all(value.startswith(known) for value in wanted if value)
    assert not re.search(r"@import|url\(|<script|<link|<iframe| style=", page)
    assert "Content-Security-Policy" in page


@pytest.mark.parametrize("name", ["report.html", "review.html"])
def test_a_page_has_one_heading_unique_ids_and_links_that_resolve(pages, name):
    page = pages[name]
    assert page.count("<h1") == 1
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    headers = {h for group in re.findall(r'headers="([^"]+)"', page) for h in group.split()}
    assert headers <= set(ids)


@pytest.mark.parametrize("name", ["report.html", "review.html"])
def test_headings_form_an_outline(pages, name):
    levels = [int(n) for n in re.findall(r"<h([1-6])", pages[name])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_report_carries_the_original_words_and_no_code(pages, real_report):
    text = re.sub(r"<[^>]+>", "", pages["report.html"])
    for section in real_report.sections:
        for paragraph in section.paragraphs:
            assert paragraph.text in text
    assert "official_table" not in pages["report.html"]
    assert "official_table" in pages["review.html"]


def test_every_picture_has_an_alternative_text_and_a_title(pages):
    images = re.findall(r"<img [^>]+>", pages["report.html"])
    assert len(images) >= 4
    assert all(re.search(r'alt="[^"]{10,}"', image) for image in images)


def test_the_sanitizer_has_nothing_left_to_remove(pages):
    body = pages["report.html"].partition("<main")[2].partition("</main>")[0]
    assert clean(f"<main{body}</main>").count("<td") == body.count("<td")


def test_a_failed_run_leaves_the_last_good_output_untouched(built, tmp_path):
    broken = workspace_at(tmp_path / "broken")
    shutil.copytree(built[0].output, broken.output)
    before = hashes(broken)
    path = broken.notebook("report")
    path.write_text(path.read_text("utf-8").replace("summary.title(report", "summary.titel(report"))
    (result,) = build_all(broken, broken.select(), Progress(print))
    assert isinstance(result.error, BuildError)
    assert "titel" in str(result.error)
    assert hashes(broken) == before
    assert sorted(p.name for p in (broken.output / "2022").iterdir()) == LEFT


def test_one_unreadable_report_does_not_stop_the_others(built, tmp_path):
    mixed = workspace_at(tmp_path / "mixed")
    (mixed.root / "data" / "raw" / "2022" / "broken.txt").write_bytes(b"\xff\xfe\xfd")
    result = run(mixed, "build")
    assert result.returncode == 3
    assert hashes(mixed) == hashes(built[0])
    assert "Traceback" not in result.stderr
    assert "broken.txt" in result.stderr


def test_a_hard_rule_that_fails_ends_with_one_after_everything_is_built(tmp_path):
    damaged = workspace_at(tmp_path / "damaged")
    path = damaged.root / "data" / "raw" / "2022" / "luoyang-gaj.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("0\t1\t0\t0\t1\t0", "0\t1\t0\t0\t2\t0"), "utf-8")
    result = run(damaged, "build")
    assert result.returncode == 1
    assert "✗ 1条勾稽关系不成立，41条成立" in result.stdout
    page = (damaged.output / "2022" / "luoyang-gaj" / "report.html").read_text("utf-8")
    assert "左边比右边多1，不成立" in page


@pytest.mark.many
def test_the_plain_commands_of_papermill_and_nbconvert_work_from_any_folder(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k != "NIANBAO_HOME"}
    arguments = ["-p", "agency", "luoyang-gaj", "-p", "year", "2022"]
    notebook = ROOT / "notebooks" / "report.ipynb"
    made = subprocess.run(
        [sys.executable, "-m", "papermill", notebook, "out.ipynb", *arguments],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    for kind in ("report", "review"):
        shown = subprocess.run(
            [sys.executable, "-m", "nbconvert", "--to", f"nianbao-{kind}", "out.ipynb"],
            cwd=tmp_path, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert shown.returncode == 0, shown.stderr
        assert "42条勾稽关系全部成立" in (tmp_path / "out.html").read_text("utf-8")


def test_a_wrong_parameter_under_bare_papermill_fails_in_the_first_cell(tmp_path):
    made = subprocess.run(
        [sys.executable, "-m", "papermill", ROOT / "notebooks" / "report.ipynb", "out.ipynb",
         "-p", "agency", "luoyang-gja", "-p", "year", "2022"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert made.returncode != 0
    assert "没有机关“luoyang-gja” 2022 年的报告；最接近的是“luoyang-gaj”。" in made.stderr


@pytest.mark.skipif(os.name == "nt", reason="no signals to groups on Windows")
@pytest.mark.parametrize("moment", ["starting", "drafting", "telling"])
def test_an_interrupt_at_any_moment_tidies_up_and_says_so(built, tmp_path, moment):
    """Regression: once the solver had run, Ctrl-C killed the build and left its draft."""
    stopped = workspace_at(tmp_path / "stopped")
    shutil.copytree(built[0].output, stopped.output)
    before = hashes(stopped)
    # Uncounted: an interrupt while the counting is saved would be told by who counts.
    plain = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    process = subprocess.Popen(
        [sys.executable, "-m", "nianbao", "build", "--force"],
        cwd=stopped.root,
        env={**plain, "NIANBAO_HOME": str(stopped.root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    if moment == "starting":
        time.sleep(0.7)
    elif moment == "drafting":
        while process.poll() is None and not any(stopped.output.glob("*/.*.draft-*")):
            time.sleep(0.001)
    else:
        process.stderr.readline()
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert "Traceback" not in told or moment == "starting"  # while Python itself still starts
    # Python ends by the signal itself where it came while a module was made by `exec`.
    assert process.returncode in (0, 130, -signal.SIGINT)
    assert hashes(stopped) == before
    assert sorted(p.name for p in (stopped.output / "2022").iterdir()) == LEFT


def test_the_terminal_names_the_rule_that_failed(tmp_path):
    damaged = workspace_at(tmp_path / "named")
    path = damaged.root / "data" / "raw" / "2022" / "luoyang-gaj.txt"
    text = path.read_text("utf-8")
    path.write_text(text.replace("0\t1\t0\t0\t1\t0", "0\t1\t0\t0\t7\t0"), "utf-8")
    told = run(damaged, "build").stdout
    assert "表四“行政复议”：总计 7 ≠ 结果维持 0 + 结果纠正 1" in told
