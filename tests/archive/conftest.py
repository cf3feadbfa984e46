"""Projects to be archived, and an environment to make results again in."""

import pytest

from archive import bags
from archive.city import city
from nianbao.archive.environment import fresh_environment
from nianbao.archive.opening import Bag


@pytest.fixture
def town(tmp_path):
    return city(tmp_path / "town")


@pytest.fixture(scope="session")
def interpreter(tmp_path_factory):
    """An environment with the small package of `bags`; what is needed for it must be there."""
    bag = Bag(bags.NAME, bags.bag(bags.runnable()), None)
    return fresh_environment(bag, tmp_path_factory.mktemp("environment") / "venv")
