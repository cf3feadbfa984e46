import pytest

from archive import bags
from nianbao.archive.environment import fresh_environment
from nianbao.archive.opening import Bag
from nianbao.errors import BuildError


@pytest.fixture(scope="session")
def interpreter(tmp_path_factory):
    """An environment with the small package of `bags`."""
    bag = Bag(bags.NAME, bags.bag(bags.runnable()), None)
    try:
        return fresh_environment(bag, tmp_path_factory.mktemp("environment") / "venv")
    except BuildError as error:
        pytest.skip(f"no environment can be made here: {error}")
