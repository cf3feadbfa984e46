"""Jobs that are sent find their files in the other machine's folder, and answers in ours."""

from functools import partial
from pathlib import Path

import pytest

from nianbao.cluster.moving import Moving, scratch
from nianbao.cluster.sameness import PARTS, differences, facts
from nianbao.pool import Job
from nianbao.workspace import Workspace


def test_paths_lead_into_the_other_folder_and_back():
    here, there = Moving(Path("/project/x"), "name"), Moving(Path("/scratch"))
    root = Path("/project/x")
    job = Job("one", partial(print, Workspace(root), root / "data" / "a.txt", Path("/etc/hosts")))
    found = there.loads(here.dumps(job))
    assert found.work.args == (
        Workspace(Path("/scratch/name")),
        Path("/scratch/name/data/a.txt"),
        Path("/etc/hosts"),
    )
    answer = there.dumps({"page": Path("/scratch/name/output/index.html")})
    assert here.loads(answer) == {"page": root / "output" / "index.html"}


def test_an_answer_of_another_project_is_refused():
    answer = Moving(Path("/scratch")).dumps(Path("/scratch/other/page"))
    with pytest.raises(ValueError):
        Moving(Path("/project"), "name").loads(answer)


def test_a_worker_keeps_what_it_fetched_where_it_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("NIANBAO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert scratch() == tmp_path / "nianbao"
    monkeypatch.setenv("NIANBAO_CACHE", str(tmp_path / "own"))
    assert scratch() == tmp_path / "own"


def test_machines_with_the_same_software_and_folder_do_not_differ(tmp_path):
    (tmp_path / "output" / ".cache").mkdir(parents=True)
    (tmp_path / "output" / ".cache" / "token").touch()
    one = facts(Workspace(tmp_path), "token")
    assert differences(one, facts(Workspace(tmp_path), "token")) == []
    assert one["folder"] == "token"


@pytest.mark.parametrize("name", PARTS)
def test_each_difference_is_named(name, tmp_path):
    one = facts(Workspace(tmp_path))
    assert differences(one, {**one, name: "other"}) == [PARTS[name]]


def test_without_the_folder_nothing_else_is_named(tmp_path):
    one = {**facts(Workspace(tmp_path)), "folder": "token"}
    assert differences(one, {**one, "folder": "", "lock": ""}) == ["项目文件夹"]
