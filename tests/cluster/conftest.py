"""A project and what a build on this machine makes of it, to hold others against."""

import shutil

import pytest

from cluster.machines import build, published, small_project


@pytest.fixture(scope="session")
def project_folder(tmp_path_factory):
    """A project that nothing was built of."""
    return small_project(tmp_path_factory.mktemp("cluster") / "project")


@pytest.fixture(scope="session")
def built_here(project_folder, tmp_path_factory):
    """What a build on this machine publishes, by name."""
    root = tmp_path_factory.mktemp("here") / "project"
    shutil.copytree(project_folder, root)
    told = build(root, "--jobs", "2").communicate()
    found = published(root / "output")
    assert len(found) > 30, told
    return found
