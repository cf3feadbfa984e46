"""Packages: what no parser of Word or Excel files should be given."""

import io
import random
import warnings
import zipfile

import pytest

from nianbao.documents.limits import packages
from nianbao.documents.limits.packages import check_package
from nianbao.errors import UnreadableError

XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<document/>'
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'


def package(parts, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as written, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in parts:
            written.writestr(name, content)
    return buffer.getvalue()


def refused(content, words):
    with pytest.raises(UnreadableError) as caught:
        check_package(content, "a.docx")
    message = str(caught.value)
    assert message.startswith("a.docx：")
    assert message.endswith("。")
    assert words in message


def altered(content, offset, value, mark=b"PK\x01\x02"):
    """Write another number into a field of the first record with a mark."""
    place = content.index(mark) + offset
    size = 2 if value < 1 << 16 and offset in {6, 8, 10} else 4
    return content[:place] + value.to_bytes(size, "little") + content[place + size :]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize(
    "part",
    [
        XML,
        b"",
        XML + random.Random(3).randbytes(2_000_000).hex().encode(),
        "\ufeff<a>表</a>".encode("utf-16-le"),
    ],
)
def test_an_honest_package_passes(method, part):
    photo = random.Random(1).randbytes(100_000) + b"<!DOCTYPE"
    check_package(package([("word/a.xml", part), ("media/b.jpg", photo)], method), "a.docx")


def test_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(packages, "MAX_ENTRIES", 3)
    refused(package([(f"{i}.xml", XML) for i in range(4)]), "4 个部件")


def test_a_large_sum_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MAX_TOTAL", 100)
    refused(package([("a.bin", bytes(60)), ("b.bin", bytes(60))]), "解压后有 120 字节")


def test_a_large_part_is_refused(monkeypatch):
    monkeypatch.setattr(packages, "MAX_ENTRY", 50)
    refused(package([("a.bin", bytes(60))]), "一个部件解压后有 60 字节")


def test_a_dense_part_is_refused():
    refused(package([("a.xml", b"<a>" + b" " * 2_000_000)]), "压缩炸弹")


@pytest.mark.parametrize(
    "name", ["../a.xml", "/a.xml", "a/../../b", "C:/a", "\\\\host\\a", "a\\..\\b"]
)
def test_names_that_lead_out_are_refused(name):
    refused(package([(name, XML)]), "指向外部")


def test_names_that_stand_twice_are_refused():
    refused(package([("word/a.xml", XML), ("word/A.xml", XML)]), "同名")


def test_encrypted_parts_are_refused():
    refused(altered(package([("a.xml", XML)]), 8, 1), "加密")


def test_unusual_compression_is_refused():
    refused(package([("a.xml", XML)], zipfile.ZIP_BZIP2), "压缩方法")


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("declared", [1, 1_999, 2_001])
def test_a_size_that_lies_is_refused(method, declared):
    refused(altered(package([("a.bin", bytes(2_000))], method), 24, declared), "目录不符")


def test_a_size_that_lies_by_far_is_not_unzipped_to_its_end(monkeypatch):
    seen = []
    whole = packages._unzipped

    def counted(content, entry):
        for chunk in whole(content, entry):
            seen.append(len(chunk))
            yield chunk

    monkeypatch.setattr(packages, "_unzipped", counted)
    refused(altered(package([("a.bin", bytes(30_000_000))]), 24, 10), "目录不符")
    assert sum(seen) < 3_000_000


def test_a_wrong_sum_is_refused():
    refused(altered(package([("a.bin", b"abc")]), 16, 7), "校验和")


def test_a_part_cut_short_is_refused():
    refused(altered(package([("a.bin", random.Random(1).randbytes(2_000))]), 20, 1_000), "损坏")


def test_a_header_elsewhere_is_refused():
    refused(altered(package([("a.bin", b"abc")]), 42, 5), "损坏")
    refused(altered(package([("a.bin", b"abc")]), 42, 70_000_000), "损坏")


def test_a_method_that_differs_from_the_directory_is_refused():
    refused(altered(package([("a.bin", b"abc")]), 8, 0, b"PK\x03\x04"), "损坏")


@pytest.mark.parametrize("name", ["word/a.xml", "_rels/.rels", "word/B.XML", "xl/a.vml"])
@pytest.mark.parametrize(
    "part",
    [
        DOCTYPE,
        XML.replace(b"<document", DOCTYPE + b"<document"),
        b"<!--" + b"x" * 5_000_000 + b"-->" + DOCTYPE,
        b"<!--" + b"x" * ((1 << 20) - 8) + b"-->" + DOCTYPE,
        ("\ufeff" + DOCTYPE.decode()).encode("utf-16-le"),
        ("\ufeff" + DOCTYPE.decode()).encode("utf-16-be"),
    ],
    ids=["plain", "declared", "far", "across", "utf-16-le", "utf-16-be"],
)
def test_document_types_are_refused(name, part):
    noise = random.Random(2).randbytes(100_000)
    refused(package([("media/a.png", noise), (name, part)], zipfile.ZIP_STORED), "实体声明")


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "utf-32", "gb18030"])
def test_encodings_that_could_hide_one_are_refused(encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?>'.encode(
        "ascii" if encoding == "utf-7" else encoding
    )
    refused(package([("word/a.xml", part + DOCTYPE.decode().encode(encoding))]), "编码异常")


def test_every_cut_of_a_package_is_refused():
    whole = package([("a.xml", XML), ("b.xml", XML)])
    for length in range(0, len(whole), 7):
        refused(whole[:length], "损坏")


def test_every_changed_byte_is_a_package_or_a_sentence():
    whole = package([("a.xml", XML), ("b/c.xml", XML)])
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        try:
            check_package(bytes(changed), "a.docx")
        except UnreadableError as error:
            assert str(error).endswith("。")
