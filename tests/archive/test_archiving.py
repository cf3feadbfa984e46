"""Whole archives: made twice they are the same, they hold all, and what must not be is refused."""

import hashlib
import html
import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from functools import partial
from urllib.parse import unquote

import bagit
import pytest
from fontTools.ttLib import TTFont
from rocrate.rocrate import ROCrate

from archive.city import NEEDED, ROOT, city, furnish
from archive.test_edition import fonts
from nianbao.archive import archiving, inputs
from nianbao.archive.archiving import archive
from nianbao.archive.container import packed
from nianbao.archive.index import broken, read
from nianbao.archive.wanted import Place, Wanted, wanted
from nianbao.archive.wheel import wheel
from nianbao.errors import BuildError
from nianbao.progress import Progress
from oracle.project import FIGURES, Project

pytestmark = pytest.mark.many
PAGES = ("report.html", "review.html", "notice.html")
RESULTS = {
    "cells.csv", "findings.csv", "provenance.json", "standing.json", "report.ipynb", "report.pdf",
    "report.html", "review.html",
}  # fmt: skip
WRONG = FIGURES | {"t3.granted.natural": FIGURES["t3.granted.natural"] + 3}


def command(root, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "nianbao", *map(str, arguments)],
        cwd=root,
        env={**os.environ, "NIANBAO_HOME": str(root), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def make(project, year=None, agency=None, folder=None, **options):
    """Archive in this process; return what became of each archive, by its name."""
    targets = project.workspace.select(year, agency)
    place = Place(folder or project.workspace.output / "archive", **options)
    requests = wanted(targets, whole=agency is None)
    done = archive(project.workspace, requests, place, Progress(lambda _: None))
    return {each.name: made for each, made in zip(requests, done, strict=True)}


def unpacked(path):
    """Return the files of an archive by their path below its top folder."""
    with zipfile.ZipFile(path) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}
    top = path.name.removesuffix(".zip") + "/"
    assert all(name.startswith(top) for name in found)
    return {name.removeprefix(top): content for name, content in found.items()}


def spread(path, folder):
    """Unpack an archive on the disk."""
    for name, content in unpacked(path).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The archive of a report that has everything around it."""
    root = tmp_path_factory.mktemp("first") / "town"
    city(root)
    done = command(root, "archive", "--year", 2022, "--agency", "bureau")
    assert done.returncode == 0, done.stderr
    path = root / "output" / "archive" / "2022" / "bureau-2022.zip"
    assert done.stdout == f"{path.relative_to(root)}\n"
    return path


@pytest.fixture(scope="module")
def files(made):
    return unpacked(made)


@pytest.fixture
def pair(tmp_path):
    """A small project: one report that is in order, and one that is not."""
    found = Project(tmp_path / "pair")
    found.register("clean,清洁局,department,,,,", "faulty,出错局,department,,,,")
    found.report(2022, "clean", FIGURES, name="清洁局")
    found.report(2022, "faulty", WRONG, name="出错局")
    furnish(found.root)
    return found


def test_another_place_time_zone_locale_seed_user_and_number_of_jobs_give_the_same_bytes(
    made, tmp_path
):
    root = tmp_path / "另一 处"
    city(root)
    elsewhere = {
        "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7", "USER": "另一人",
        "LOGNAME": "other", "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "COLUMNS": "40",
        "MPLCONFIGDIR": str(tmp_path / "mpl"), "SOURCE_DATE_EPOCH": "1",
    }  # fmt: skip
    given = ("--year", 2022, "--agency", "bureau", "--jobs", 1, "--archive", tmp_path / "kept")
    done = command(root, "archive", *given, **elsewhere)
    assert done.returncode == 0, done.stderr
    again = tmp_path / "kept" / "2022" / "bureau-2022.zip"
    assert again.read_bytes() == made.read_bytes()
    assert not (root / "output" / "archive").exists()


def test_it_is_a_bag_for_an_independent_reader(made, tmp_path):
    bag = bagit.Bag(str(spread(made, tmp_path / "bureau-2022")))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["External-Identifier"] == "bureau-2022"
    assert bag.info["Source-Organization"] == "测试局"
    assert "Nianbao-Draft" not in bag.info and "Bagging-Date" not in bag.info
    told = made.with_name(made.name + ".sha256").read_text()
    assert told == f"{hashlib.sha256(made.read_bytes()).hexdigest()}  {made.name}\n"


def test_it_holds_all_that_a_rerun_needs_and_all_that_came_of_it(files):
    assert {n.removeprefix("data/project/") for n in files if "/project/" in n} == NEEDED
    results = {n.removeprefix("data/result/") for n in files if "/result/" in n}
    assert results == {f"2022/bureau/{name}" for name in RESULTS | {"notice.html"}}
    assert {"data/README.md", "data/dictionary.csv", "data/fonts/OFL.txt"} <= set(files)
    assert "LOCAL-1,,,,本年新收不超过一万件" in files["data/dictionary.csv"].decode()
    for path in (ROOT / "src" / "nianbao" / "forms").glob("*.yaml"):
        assert files[f"data/forms/{path.name}"] == path.read_bytes()
    known = json.loads(files["data/software/environment.json"])
    wheel = files[f"data/software/{known['software']['wheel']}"]
    assert known["software"]["sha256"] == hashlib.sha256(wheel).hexdigest()
    lock = files["data/project/requirements.lock"]
    assert known["lock"]["sha256"] == hashlib.sha256(lock).hexdigest()


def test_the_zip_is_packed_the_one_way(made, files):
    assert packed({f"bureau-2022/{n}": c for n, c in files.items()}) == made.read_bytes()


def test_nothing_of_the_machine_or_of_the_day_is_in_it(made, files):
    today = datetime.now(UTC).date().isoformat()
    own = [str(made.parents[3]), "nianbao-archive-", rf"\b{socket.gethostname()}\b", today]
    assert "run.json" not in str(sorted(files)) and "_published" not in str(sorted(files))
    places = ("data/project/", "data/result/", "data/ro-crate", "data/software/environment")
    for name, content in files.items():
        if name.startswith(places) and not name.endswith(".pdf"):  # its bytes may spell anything
            found = [word for word in own if re.search(word.encode(), content)]
            assert not found, (name, found)


def test_the_crate_names_every_file_and_what_was_made_from_what(made, files, tmp_path):
    read_back = ROCrate(spread(made, tmp_path / "bag") / "data")
    listed = {f"data/{unquote(each.id)}" for each in read_back.data_entities}
    tags = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}
    assert listed == set(files) - tags - {"data/ro-crate-metadata.json"}
    (action,) = read_back.get_by_type("CreateAction")
    given = {unquote(each.id).removeprefix("project/") for each in action["object"]}
    assert given == NEEDED
    assert read_back.root_dataset["datePublished"] == "2023-01-20"


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_for_nothing_and_bring_every_character(files, name):
    text = files[f"data/result/2022/bureau/{name}"].decode()
    assert not re.search(r"""\b(?:src|href|srcset)=["'](?!#|data:)""", text)
    assert not re.search(r"url\((?!data:)|@import|<script|<link", text)
    body = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    alternatives = "".join(re.findall(r'(?:alt|title|aria-label)="([^"]*)"', body))
    plain = html.unescape(re.sub("<[^>]*>", "", body) + alternatives)
    shown = {ord(each) for each in plain if each.isprintable()}
    have = {point for font in fonts(text).values() for point in font.getBestCmap()}
    assert len(shown) > 100 and shown <= have


def test_the_executed_notebook_shows_what_the_pages_show_and_no_way_out(files):
    ran = json.loads(files["data/result/2022/bureau/report.ipynb"])
    shown = {cell["id"]: cell.get("outputs") for cell in ran["cells"]}
    assert shown["navigation"] == [] and shown["title"] and shown["equations"]
    assert "../" not in json.dumps([shown[n] for n in shown])


def test_the_same_act_by_the_wheel_in_a_copy_of_the_project_gives_the_same_results(
    made, files, tmp_path
):
    data = spread(made, tmp_path / "bag") / "data"
    (wheel,) = (data / "software").glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path / "site")
    given = ("--into", tmp_path / "again", "--report", "2022/bureau", "--jobs", 2)
    done = command(data / "project", "archived", *given, PYTHONPATH=str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    again = {p.relative_to(tmp_path / "again").as_posix(): p for p in tmp_path.glob("again/*/*/*")}
    results = {n[12:]: content for n, content in files.items() if n.startswith("data/result/")}
    assert {name: path.read_bytes() for name, path in again.items()} == results


def test_the_readme_tells_how_to_run_it_again(files):
    told = files["data/README.md"].decode()
    assert "archived --into again/result --report 2022/bureau\n" in told
    assert "sha256sum -c manifest-sha256.txt" in told and "{{" not in told
    assert "草稿" not in told


def test_hard_findings_are_refused_by_name_and_stop_no_other(pair):
    done = make(pair, 2022)
    assert done["clean-2022"].error is None and done["clean-2022"].new
    for name in ("faulty-2022", "2022"):
        error = done[name].error
        assert error.exit_code == 1 and not done[name].path.exists()
        assert "2022 faulty 有" in str(error) and "予以公开" in str(error)
        assert re.search(r"（编号 [0-9a-f]{12}）", str(error)) and "DRAFT=1" in str(error)
    folder = pair.workspace.output / "archive"
    assert [entry.bag for entry in read(folder)] == ["2022/clean-2022.zip"]


def test_waived_findings_are_archived(pair):
    found = [f.id for f in pair.check("faulty", 2022).values() if f.objection]
    pair.waive(*found, agency="faulty")
    done = make(pair, 2022)
    assert [each.error for each in done.values()] == [None, None, None]
    whole = unpacked(done["2022"].path)
    single = unpacked(done["faulty-2022"].path)
    for name, content in single.items():
        if name.startswith("data/result/"):
            assert whole[name] == content
    assert {n.split("/")[3] for n in whole if n.startswith("data/result/")} == {"clean", "faulty"}
    assert b"Source-Organization: \xe6\xb8\x85" in whole["bag-info.txt"]
    entries = read(pair.workspace.output / "archive")
    assert [(e.year, e.agency) for e in entries] == [(2022, "clean"), (2022, "faulty"), (2022, "")]
    assert broken(pair.workspace.output / "archive") == []


def test_a_draft_says_so_and_why_on_every_page(pair):
    done = make(pair, 2022, "faulty", draft=True)["faulty-2022"]
    found = unpacked(done.path)
    assert b"Nianbao-Draft: true\n" in found["bag-info.txt"]
    for name in PAGES:
        text = found[f"data/result/2022/faulty/{name}"].decode()
        banner = re.search('<p class="draft" role="note">(.*?)</p>', text)[1]
        assert re.fullmatch(r"草稿：有\d+条规则不成立（程度为错误），尚未说明：T3-.*。", banner)
        assert "@bottom-left" in text
    told = found["data/README.md"].decode()
    assert "**草稿。** 有" in told and "archived --into again/result --draft --report" in told
    assert [e.draft for e in read(pair.workspace.output / "archive")] == [True]


def test_the_same_again_changes_nothing_and_a_change_keeps_the_older_archive(pair):
    first = make(pair, 2022, "clean")["clean-2022"]
    content = first.path.read_bytes()
    again = make(pair, 2022, "clean")["clean-2022"]
    assert first.new and not again.new and again.path.read_bytes() == content
    pair.write("params/2022/clean.yaml", "published: 2023-01-05\n")
    other = make(pair, 2022, "clean")["clean-2022"]
    assert other.new and other.path.read_bytes() != content
    aside = f"clean-2022.{hashlib.sha256(content).hexdigest()[:12]}.zip"
    assert other.path.with_name(aside).read_bytes() == content
    assert len(read(pair.workspace.output / "archive")) == 2


def test_without_a_date_of_publication_the_statutory_one_stands(pair):
    found = unpacked(make(pair, 2022, "clean")["clean-2022"].path)
    graph = json.loads(found["data/ro-crate-metadata.json"])["@graph"]
    assert next(e for e in graph if e["@id"] == "./")["datePublished"] == "2023-01-31"


def test_a_forgotten_input_is_told_and_nothing_is_archived(tmp_path, monkeypatch):
    town = city(tmp_path / "town")
    whole = inputs.related
    monkeypatch.setattr(
        inputs, "related", lambda *given: [k for k in whole(*given) if k != (2021, "bureau")]
    )
    done = make(town, 2022, "bureau")["bureau-2022"]
    assert "findings.csv 与项目中的不同" in str(done.error)
    assert "有一项依据没有收入归档" in str(done.error)
    assert not done.path.exists() and not read(town.workspace.output / "archive")


def test_a_report_that_cannot_be_read_is_told(pair):
    pair.write("data/raw/2022/lost.docx", b"no package")
    done = make(pair, 2022, "lost")["lost-2022"]
    assert done.error.exit_code == 3 and "lost.docx" in str(done.error)


@pytest.mark.parametrize(
    ("names", "told"),
    [(("aux.txt",), "是系统设备名"), (("a:b.txt",), "含有冒号"), (("A.txt", "a.txt"), "是同一个")],
)
def test_names_that_no_archive_may_hold_are_told(pair, names, told):
    folder = pair.root / "data" / "raw" / "2022" / "clean"
    (pair.root / "data" / "raw" / "2022" / "clean.txt").rename(pair.root / "kept.txt")
    folder.mkdir()
    shutil.copy(pair.root / "kept.txt", folder / names[0])
    for name in names[1:]:
        (folder / name).write_text("附件", "utf-8")
    done = make(pair, 2022, "clean")["clean-2022"]
    assert told in str(done.error) and not done.path.exists()


def test_the_last_good_output_of_the_project_is_not_touched(pair):
    kept = pair.write("output/2022/clean/report.html", "kept")
    make(pair, 2022, "clean")
    assert kept.read_text() == "kept" and len(list(kept.parent.iterdir())) == 1


def test_whole_years_are_asked_for_without_an_agency(pair):
    targets = pair.workspace.select(2022)
    names = [each.name for each in wanted(targets, whole=True)]
    assert names == ["clean-2022", "faulty-2022", "2022"]
    assert [each.bag for each in wanted(targets, whole=False)] == [
        "2022/clean-2022.zip",
        "2022/faulty-2022.zip",
    ]
    assert Wanted(2022, "", {}).bag == "2022/2022.zip"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "请指明归档什么"),
        (("--year", "2022", "--agency", "claen"), "最接近的是“clean”"),
        (("--year", "2022", "--archive", "s3://bucket/x"), "应是文件夹"),
        (("--year", "2022", "--archive", ""), "应是文件夹"),
        (("--year", "2022", "--archive", "output"), "make clean 会清空"),
        (("--year", "2022", "--archive", "output/archive/../mine"), "make clean 会清空"),
    ],
)
def test_wrong_usage_is_told_at_once(pair, given, told):
    done = command(pair.root, "archive", *given)
    assert done.returncode == 2 and told in done.stderr
    assert not (pair.root / "output").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [((), "请用 --report 指明报告"), (("--report", "2022"), "应是 年份/机关代号")],
)
def test_making_results_asks_for_reports(pair, given, told):
    done = command(pair.root, "archived", "--into", "x", *given)
    assert done.returncode == 2 and told in done.stderr


def test_a_failed_signature_is_told_and_the_archive_stands(pair):
    done = make(pair, 2022, "clean", sign="no-such-program")["clean-2022"]
    assert done.error.exit_code == 4 and done.path.is_file()
    assert len(read(pair.workspace.output / "archive")) == 1


def test_a_package_outside_of_a_checkout_archives_nothing(pair, monkeypatch, tmp_path):
    monkeypatch.setattr(archiving, "wheel", partial(wheel, tmp_path))
    with pytest.raises(BuildError, match="只能在源代码目录中进行"):
        make(pair, 2022, "clean")


def test_fonts_of_a_page_are_fonts(files):
    text = files["data/result/2022/bureau/report.html"].decode()
    assert set(fonts(text)) == {"Nianbao Sans", "Nianbao Serif", "Nianbao Signs"}
    for font in fonts(text).values():
        buffer = io.BytesIO()
        font.save(buffer)
        assert TTFont(io.BytesIO(buffer.getvalue())).getBestCmap()
