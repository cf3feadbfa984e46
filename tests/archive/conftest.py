"""Projects to be archived."""

import pytest

from archive.city import city


@pytest.fixture
def town(tmp_path):
    return city(tmp_path / "town")
