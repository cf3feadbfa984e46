"""A project with other data or output: a folder that jobs take for the project."""

import os

import pytest

from nianbao.commands.where import Where, where
from nianbao.errors import BuildError, UsageError
from nianbao.storage.bundle import bundle, bundle_name, unpack
from nianbao.storage.place import apart, elsewhere
from nianbao.storage.sending import Publishing, Sending
from nianbao.workspace import HOME_VARIABLE, Workspace
from offices import project


@pytest.fixture
def here(tmp_path):
    """A project without reports."""
    root = project(tmp_path / "project")
    (root / "notebooks").mkdir()
    (root / "requirements.lock").write_text("a==1\n")
    return Workspace(root)


@pytest.fixture
def raw(tmp_path):
    """A folder of reports beside the project."""
    folder = tmp_path / "raw"
    (folder / "2024").mkdir(parents=True)
    (folder / "2024" / "office.txt").write_text("report")
    return folder


def test_folders_stand_in_for_data_and_output(here, raw, tmp_path):
    place = elsewhere(here, str(raw), str(tmp_path / "out" / "new"))
    assert list(place.workspace.reports()) == [(2024, "office")]
    (place.workspace.output / "index.html").write_text("page")
    assert (tmp_path / "out" / "new" / "index.html").read_text() == "page"
    assert place.reached(place.workspace.output / "index.html") == (
        tmp_path / "out" / "new" / "index.html"
    )
    assert place.mirror is None


def test_the_rest_is_the_projects_own_as_it_is_now(here, raw):
    place = elsewhere(here, str(raw), None)
    (here.root / "params" / "new.yaml").write_text("x: 1\n")
    (here.output / "seen").write_text("1")
    assert (place.workspace.root / "params" / "new.yaml").is_file()
    assert (place.workspace.output / "seen").is_file()
    assert place.workspace.lock.read_text() == "a==1\n"


def test_a_project_that_was_moved_is_followed(here, raw, tmp_path):
    elsewhere(here, str(raw), None)
    here.root.rename(tmp_path / "moved")
    moved = elsewhere(Workspace(tmp_path / "moved"), str(raw), None)
    assert moved.workspace.lock.read_text() == "a==1\n"


def test_other_places_stand_apart(here, raw, tmp_path):
    names = {
        elsewhere(here, *given).name
        for given in [(str(raw), None), (None, str(tmp_path)), (None, "memory://a"), (None, None)]
    }
    assert len(names) == 4


def test_an_address_has_a_folder_of_its_own_and_logs_where_they_always_are(here):
    place = elsewhere(here, None, "memory://out/put/")
    log = place.workspace.log("2024", "office")
    log.parent.mkdir(parents=True)
    log.write_text("done")
    assert (here.output / "logs" / "2024" / "office.log").read_text() == "done"
    assert place.reached(place.workspace.output / "index.html") == "memory://out/put/index.html"


@pytest.mark.parametrize("given", ["", "no/such/folder"])
def test_data_that_is_not_there_is_told(here, given):
    with pytest.raises(UsageError, match="DATA 应是文件夹或地址"):
        elsewhere(here, given, None)


def test_what_happens_apart_comes_back_as_it_was_raised():
    with pytest.raises(BuildError, match="gone"):
        apart(_fails)
    before = os.getpid()
    apart(lambda: None)
    assert os.getpid() == before


def _fails():
    raise BuildError("gone")


def test_small_files_are_the_same_on_another_machine_and_no_others(here, tmp_path):
    (here.root / "params" / "2024").mkdir()
    (here.root / "params" / "2024" / "机关.yaml").write_text("waivers: []\n", "utf-8")
    content = bundle(here.root)
    assert bundle(here.root) == content
    there = tmp_path / "there"
    (there / "params").mkdir(parents=True)
    (there / "params" / "old.yaml").write_text("x: 1\n")
    unpack(content, there)
    assert bundle(there) == content
    (here.root / "requirements.lock").write_text("a==2\n")
    assert bundle_name(bundle(here.root)) != bundle_name(content)


def test_jobs_go_where_data_and_output_allow(here, raw, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(here.root))
    assert where() == Where(here)
    both = where("memory://a/raw", "memory://a/output")
    cluster = "tcp://127.0.0.1:1"
    assert isinstance(both.runner(None, cluster), Sending)
    assert isinstance(both.runner(2, None), Publishing)
    # With reports in a folder, the folder is shared.
    assert isinstance(where(str(raw), "memory://a/output").runner(None, cluster), Publishing)
    with pytest.raises(UsageError, match="JOBS 只用于本机"):
        both.runner(2, cluster)
