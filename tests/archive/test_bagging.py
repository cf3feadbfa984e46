"""What could not be opened or verified is not archived."""

import pytest

from nianbao.archive import bagging
from nianbao.errors import BuildError


@pytest.mark.parametrize(
    ("limit", "value"), [("MAX_FILES", 1), ("MAX_ENTRY", 2), ("_ROOM", 4), ("LARGEST", 0)]
)
def test_an_archive_too_large_to_be_verified_is_refused_with_its_size(monkeypatch, limit, value):
    files = {"data/ro-crate-metadata.json": b"12", "data/b": b"345"}
    bagging._demand_openable(files)
    monkeypatch.setattr(bagging, limit, value)
    with pytest.raises(BuildError, match="共2个文件、5字节，最大的3字节，"):
        bagging._demand_openable(files)
