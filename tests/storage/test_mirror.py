"""An output on a store: published record last, and never believed half."""

import shutil

import msgspec
import pytest

from nianbao.plan import PUBLISHED, memory_of, page_reasons, read_publication, reasons
from storage.memory import STANDING, make_page, make_report, mirror, store

PLACE, PAGE = "2024/ju", "trend/ju.html"
PROMISED = ("report.html", "standing.json", "run.json", PUBLISHED)


@pytest.fixture
def one(tmp_path):
    """A mirror whose output was published."""
    made = mirror(tmp_path / "one")
    make_report(tmp_path / "one")
    make_page(tmp_path / "one")
    made.publish(PLACE)
    made.publish(PAGE)
    return made


def other(one, tmp_path, name="other"):
    """The same output as another machine sees it."""
    made = mirror(tmp_path / name, one.store)
    made.pull()
    return made


def why(seen):
    folder = seen.workspace.output / PLACE
    return reasons(folder, lambda: {"source": "1"}, PROMISED)


def why_page(seen):
    return page_reasons(seen.workspace, PAGE, {"reports": "1"})


def test_another_machine_finds_true_what_was_published(one, tmp_path):
    seen = other(one, tmp_path)
    assert (why(seen), why_page(seen)) == ([], [])
    folder = seen.workspace.output / PLACE
    assert (folder / "standing.json").read_bytes() == STANDING
    assert (folder / "report.html").read_bytes() == b""  # it is there, but was not fetched


def test_what_tells_of_a_machine_does_not_leave_it(one):
    """Regression: host and path of whoever built a report went into the bucket with it."""
    assert not [name for name in one.store.list() if name.endswith("run.json")]
    assert (one.workspace.output / PLACE / "run.json").read_text("utf-8") == "{}"


def test_the_same_machine_keeps_its_files(one):
    one.pull()
    assert (one.workspace.output / PLACE / "report.html").read_text("utf-8") == "页"
    assert (why(one), why_page(one)) == ([], [])


def test_the_record_is_written_after_all_others(one, tmp_path):
    written = []

    class Watched:
        def write(self, contents):
            written.append(list(contents))
            return dict.fromkeys(contents, "1")

    made = mirror(tmp_path / "watched", Watched())
    make_report(tmp_path / "watched")
    made.publish(PLACE)
    assert written[-1] == [f"{PLACE}/{PUBLISHED}"]
    assert sum(map(len, written)) == 3


@pytest.mark.parametrize("name", ["report.html", "standing.json"])
def test_a_file_written_over_by_a_publication_that_was_killed_is_not_believed(one, tmp_path, name):
    before = other(one, tmp_path, "before")
    one.store.write({f"{PLACE}/{name}": b"other"})
    for seen in (before, one):
        seen.pull()
        assert why(seen) == ["尚未生成"]
    assert why(other(one, tmp_path)) == ["尚未生成"]


@pytest.mark.parametrize("name", ["report.html", "standing.json", PUBLISHED])
def test_a_file_that_is_gone_is_not_believed(one, tmp_path, name):
    one.store._system.rm(f"{one.store._root}/{PLACE}/{name}")
    assert why(other(one, tmp_path)) == ["尚未生成"]
    one.pull()
    assert why(one) == ["尚未生成"]


def test_a_page_that_was_written_over_is_not_believed(one, tmp_path):
    one.store.write({PAGE: b"other"})
    assert why_page(other(one, tmp_path)) == ["尚未生成"]
    one.pull()
    assert why_page(one) == ["尚未生成"]
    assert why(one) == []


def test_files_without_a_record_are_not_believed(tmp_path):
    made = mirror(tmp_path / "one")
    made.store.write({f"{PLACE}/report.html": b"1", f"{PLACE}/standing.json": STANDING})
    made.pull()
    assert why(made) == ["尚未生成"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"depends": {}, "files": {"report.html": "1"}}'],
)
def test_a_record_that_tells_no_marks_is_not_believed(one, tmp_path, content):
    one.store.write({f"{PLACE}/{PUBLISHED}": content})
    assert why(other(one, tmp_path)) == ["尚未生成"]


def test_a_record_cannot_lead_out_of_the_output(one, tmp_path):
    record = f"{PLACE}/{PUBLISHED}"
    found = read_publication(one.workspace.output / record)
    marks = one.store.write({"../../escaped": b"1"})
    stored = {**found.stored, "../../../../escaped": marks["../../escaped"]}
    one.store.write({record: msgspec.structs.replace(found, stored=stored).json()})
    one.store.write({".cache/pages/..%2F..%2Fescaped.json": b"{}"})
    other(one, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"one", "other"}


def test_what_another_machine_published_anew_is_taken(one, tmp_path):
    seen = other(one, tmp_path)
    make_report(one.workspace.root, page="新页")
    one.publish(PLACE)
    seen.pull()
    assert why(seen) == []
    record = f"{PLACE}/{PUBLISHED}"
    assert (seen.workspace.output / record).read_bytes() == (
        one.workspace.output / record
    ).read_bytes()


def test_what_was_built_here_and_never_published_is_not_believed(one, tmp_path):
    make_report(one.workspace.root, page="新页")
    one.pull()
    assert why(one) == []  # what was published before stands again
    shutil.rmtree(one.workspace.output / PLACE)
    make_report(one.workspace.root, "2024/new")
    one.pull()
    assert not (one.workspace.output / "2024" / "new").exists()


def test_a_file_damaged_here_is_seen(one):
    (one.workspace.output / PLACE / "report.html").write_text("x")
    assert why(one) == ["report.html 被改动"]


def test_readings_are_shared(one, tmp_path):
    names = {f".cache/{'a' * 64}.json", f".cache/{'b' * 64}.words"}
    one.workspace.cache.mkdir(exist_ok=True)
    for name in [*names, ".cache/tmpxyz", f".cache/{'c' * 64}.json.part"]:
        (one.workspace.output / name).write_bytes(b"1")
    assert one.readings() == names
    one.share(one.readings())
    seen = other(one, tmp_path)
    assert seen.readings() == names


def test_a_local_record_is_the_same_as_without_a_store(tmp_path):
    made = make_report(tmp_path)
    assert b"stored" not in made.json()
    assert read_publication(tmp_path / "output" / PLACE / PUBLISHED) == made


def test_an_empty_store_forgets_all(one):
    one.store._system.rm(one.store._root, recursive=True)
    one.pull()
    assert not memory_of(one.workspace, PAGE).exists()
    assert why(one) == ["尚未生成"]


def test_a_store_of_nothing_is_pulled(tmp_path):
    mirror(tmp_path / "one", store()).pull()
