"""The zip of a bag is the same bytes for the same content, and any tool opens it."""

import io
import zipfile

from nianbao.archive.container import packed


def test_the_order_in_which_files_are_given_does_not_matter():
    assert packed({"b/1": b"1", "a": b"2"}) == packed({"a": b"2", "b/1": b"1"})


def test_files_lie_there_uncompressed_with_the_oldest_time_and_their_names():
    made = zipfile.ZipFile(io.BytesIO(packed({"洛阳/报告.txt": b"\0" * 999, "a": b""})))
    assert made.testzip() is None
    found = [(each.filename, each.file_size, each.compress_size) for each in made.infolist()]
    assert found == [("a", 0, 0), ("洛阳/报告.txt", 999, 999)]
    assert {each.date_time for each in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {each.external_attr >> 16 for each in made.infolist()} == {0o100644}
