"""What is out of date, and why: by content, never by time; one change, few pages."""

import os
import re
import shutil
from pathlib import Path

import msgspec
import pytest

from builders import figures
from nianbao.build import build_all
from nianbao.due import PROMISED, why_due
from nianbao.ledger import Ledger
from nianbao.plan import PUBLISHED, Publication
from nianbao.progress import Progress
from nianbao.site import stages, write_site
from nianbao.workspace import Workspace
from offices import file_report, project

ROOT = Path(__file__).parents[1]
REGISTER = """\
city,测试市人民政府,city,,,,
a,甲局,department,city,,,
b,乙局,department,city,,,
c,丙局,department,,,,
"""


def in_its_own_words(path):
    """Reword the sentences of a report, whose like the others have."""
    text = path.read_text("utf-8")
    for number, sentence in enumerate(re.findall(r"^[^\t\n]*。$", text, re.MULTILINE)):
        words = "".join(chr(0x6000 + 31 * number + 7 * n) for n in range(len(sentence)))
        text = text.replace(sentence, f"{words}。")
    path.write_text(text, "utf-8")


quiet = Progress(lambda _: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = project(tmp_path_factory.mktemp("plan") / "made", REGISTER)
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", root)
    for seed, agency in enumerate(("city", "a", "b", "c")):
        file_report(root, agency, 2022, figures(seed))
    file_report(root, "a", 2023, figures(9))
    in_its_own_words(root / "data" / "raw" / "2022" / "b.txt")
    place = Workspace(root)
    targets = place.select()
    built = build_all(place, targets, quiet)
    assert [item.error for item in built] == [None] * 5
    assert write_site(place, targets, quiet) == []
    return place


@pytest.fixture
def place(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "place", symlinks=True)
    return Workspace(tmp_path / "place")


def due(place):
    """Return the names of all that would be built."""
    targets = place.select()
    reports = {f"{year} {agency}" for year, agency in why_due(Ledger(place), targets)}
    pages = {p.name for _, kind in stages(place, targets, quiet) for p in kind if p.reasons(place)}
    return reports, pages


def why(place, year, agency):
    return why_due(Ledger(place), [(year, agency)]).get((year, agency), "")


def test_nothing_is_out_of_date_after_a_build(place):
    assert due(place) == (set(), set())


def test_time_alone_changes_nothing(place):
    for path in place.root.rglob("*"):
        if path.is_file():
            os.utime(path, (1, 1))
    assert due(place) == (set(), set())


def test_a_copy_of_the_project_elsewhere_is_up_to_date(place, tmp_path):
    shutil.copytree(place.root, tmp_path / "另一处 项目")
    assert due(Workspace(tmp_path / "另一处 项目")) == (set(), set())


def test_a_changed_report_takes_along_what_is_compared_with_it(place):
    file_report(place.root, "a", 2022, figures(20))
    reports, _ = due(place)
    assert reports == {"2022 a", "2022 city", "2023 a"}  # the one above, and next year's
    assert why(place, 2022, "a") == "源文件有变化"
    assert why(place, 2022, "city") == "下级机关的报告有变化"
    assert why(place, 2023, "a") == "上一年度的报告有变化"


def test_a_report_on_its_own_takes_nobody_along(place):
    file_report(place.root, "c", 2022, figures(20))
    assert due(place)[0] == {"2022 c"}


def test_a_new_agency_concerns_no_report_but_the_one_above(place):
    """Regression: any change of the register made every report out of date."""
    register = place.root / "params" / "agencies.csv"
    with register.open("a", encoding="utf-8") as file:
        file.write("new,新局,department,city,,,\nother,他局,department,,,,\n")
    reports, pages = due(place)
    assert {name.split()[1] for name in reports} == {"city"}
    assert "机关登记有变化" in why(place, 2022, "city")
    assert {"2022 总览", "全部年报"} <= pages
    assert "a 历年" not in pages


def test_an_agency_renamed_concerns_those_that_name_it(place):
    register = place.root / "params" / "agencies.csv"
    register.write_text(register.read_text("utf-8").replace("甲局", "申局"), "utf-8")
    reports, _ = due(place)
    assert {"2022 a", "2022 city"} <= reports
    assert "2022 c" not in reports


def test_words_taken_from_one_beside_it_matter(place):
    """A sibling's file matters only where the two share words."""
    copied = "".join(chr(0x4E00 + n * 7 % 2000) for n in range(400))
    for agency in ("a", "b"):
        path = place.root / "data" / "raw" / "2022" / f"{agency}.txt"
        text = path.read_text("utf-8")
        path.write_text(text.replace("二、主动公开", f"{copied}。\n二、主动公开", 1), "utf-8")
    build_all(place, place.select(2022), quiet)
    assert due(place)[0] == {"2023 a"}
    path.write_text(path.read_text("utf-8").replace(copied, copied[:200] + "另外"), "utf-8")
    assert "2022 a" in due(place)[0]
    assert "同一上级的其他报告" in why(place, 2022, "a")


def test_parameters_concern_their_own_report(place):
    (place.root / "params" / "2022").mkdir()
    (place.root / "params" / "2022" / "c.yaml").write_text("published: 2023-01-05\n", "utf-8")
    assert due(place)[0] == {"2022 c"}
    assert why(place, 2022, "c") == "参数有变化"


def test_a_notebook_concerns_its_pages(place):
    for name in ("trend", "report"):
        path = place.notebook(name)
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        reports, pages = due(place)
        assert {page for page in pages if "历年" in page} == {
            f"{agency} 历年" for agency in ("city", "a", "b", "c")
        }
        assert len(reports) == (5 if name == "report" else 0)


def test_deadlines_concern_the_pages_on_many_reports(place):
    (place.root / "params" / "deadlines.yaml").write_text("deadlines: []\n", "utf-8")
    reports, pages = due(place)
    assert reports == set() and {"2022 总览", "2023 总览", "全部年报"} <= pages


def test_a_new_report_changes_the_links_of_its_neighbours(place):
    file_report(place.root, "b", 2023, figures(30))
    assert due(place)[0] == {"2023 b", "2023 a"}
    assert why(place, 2023, "a") == "同一上级的其他报告有变化、前后的报告有变化"


@pytest.mark.parametrize("name", PROMISED)
def test_a_missing_file_is_made_again(place, name):
    (place.output / "2022" / "c" / name).unlink()
    assert why(place, 2022, "c") == ("尚未生成" if name == PUBLISHED else f"缺少 {name}")


def test_a_file_that_was_changed_is_made_again(place):
    page = place.output / "2022" / "c" / "report.html"
    before = page.read_bytes()
    page.write_bytes(before + b" ")
    assert why(place, 2022, "c") == "report.html 被改动"
    build_all(place, place.select(2022, "c"), quiet)
    assert page.read_bytes() == before


def test_a_publication_that_is_not_whole_counts_as_none(place):
    (place.output / "2022" / "c" / PUBLISHED).write_bytes(b"{")
    assert why(place, 2022, "c") == "尚未生成"


def test_a_page_on_many_reports_that_was_changed_is_made_again(place):
    page = place.output / "2022" / "index.html"
    page.write_text("x", "utf-8")
    assert due(place) == (set(), {"2022 总览"})


def test_only_what_is_due_is_built_and_the_rest_keeps_its_verdict(place):
    file_report(place.root, "c", 2022, figures(20))
    run = place.output / "2022" / "a" / "run.json"
    before = run.read_bytes()
    built = build_all(place, place.select(2022), quiet)
    assert [item.agency for item in built if not item.kept] == ["c"]
    assert run.read_bytes() == before
    kept = next(item.kept for item in built if item.agency == "a")
    assert kept.year == 2022 and kept.sign in "✓✗○"


def test_force_builds_all(place):
    built = build_all(place, place.select(2022, "c"), quiet, force=True)
    assert [item.kept for item in built] == [None]


def test_what_is_published_names_its_files_by_hash(place):
    folder = place.output / "2022" / "c"
    known = msgspec.json.decode((folder / PUBLISHED).read_bytes(), type=Publication)
    assert set(known.files) == set(PROMISED) - {PUBLISHED, "run.json"}
    assert "source" in known.depends and "notebook" in known.depends
