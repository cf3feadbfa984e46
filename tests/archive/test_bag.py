"""A bag says of itself what RFC 8493 asks for; the ``bagit`` package agrees."""

import hashlib

import bagit
import pytest

from nianbao.archive.bag import bagged, escaped

PAYLOAD = {"报告/一.txt": "一".encode(), "b%c": b"2"}


def test_an_independent_reader_accepts_it(tmp_path):
    """It does not decode ``%25``, as RFC 8493 says it must: names with a percent sign are ours."""
    payload = {name: content for name, content in PAYLOAD.items() if "%" not in name}
    for name, content in bagged(payload, {"External-Identifier": "洛阳 2022"}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    found = bagit.Bag(str(tmp_path))
    found.validate()
    assert found.version_info == (1, 0)
    assert found.info == {"External-Identifier": "洛阳 2022", "Payload-Oxum": "3.1"}


def test_manifests_list_each_file_once_in_order():
    files = bagged(PAYLOAD, {})
    digest = hashlib.sha256(b"2").hexdigest()
    first, second = files["manifest-sha256.txt"].decode().splitlines()
    assert first == f"{digest}  data/b%25c"
    assert second.endswith("  data/报告/一.txt")
    listed = [line.split("  ")[1] for line in files["tagmanifest-sha256.txt"].decode().splitlines()]
    assert listed == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]


def test_what_would_break_a_line_is_escaped():
    assert escaped("a\nb\r%") == "a%0Ab%0D%25"


@pytest.mark.parametrize("value", ["two\nlines", "a\u2028b", ""])
def test_a_description_is_one_line(value):
    if value:
        with pytest.raises(ValueError, match="cannot say"):
            bagged({}, {"Source-Organization": value})
    else:
        assert (
            b"Source-Organization: \n" in bagged({}, {"Source-Organization": value})["bag-info.txt"]
        )
