"""A project and what a build on this machine makes of it, to hold others against."""

import fcntl
import os
import shutil

import pytest

from cluster.machines import build, published, small_project


@pytest.fixture(scope="session")
def project_folder(tmp_path_factory):
    """A project that nothing was built of."""
    return small_project(tmp_path_factory.mktemp("cluster") / "project")


@pytest.fixture(scope="session")
def built_here(project_folder, tmp_path_factory):
    """What a build on this machine publishes, by name; made once for all processes of a run."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    root = folder / "built-here"
    with (folder / "built-here.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not root.exists():
            shutil.copytree(project_folder, root)
            told = build(root, "--jobs", "2").communicate()
            assert (root / "output" / "index.html").is_file(), told
    found = published(root / "output")
    assert len(found) > 30
    return found
