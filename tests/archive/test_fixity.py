"""Whatever changes in a bag is found, and the right file, line or zip is named."""

import io
import unicodedata
import zipfile

import pytest

from archive import bags
from nianbao.archive.bag import manifest
from nianbao.archive.encasing import container_faults, sidecar_faults
from nianbao.archive.fixity import faults
from nianbao.archive.opening import Bag, open_bag
from nianbao.errors import UnreadableError

FILES = bags.bag()
ZIP = bags.zipped(FILES)
TAGS = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")


def told(files):
    """The faults of an unpacked bag, each as a line."""
    return [str(fault) for fault in faults(Bag(bags.NAME, files, None))]


def remade(files, **changes):
    """A bag whose tag manifest is right for what stands in it now."""
    found = {**files, **changes}
    tags = {name: found[name] for name in TAGS[:3] if name in found}
    return {**found, "tagmanifest-sha256.txt": manifest(tags)}


def test_a_bag_as_it_was_made_has_no_faults(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(ZIP)
    assert faults(open_bag(path)) == []
    assert faults(open_bag(bags.laid(tmp_path / bags.NAME, FILES))) == []


@pytest.mark.many
def test_each_flipped_byte_of_the_zip_is_found_and_named(tmp_path):
    path = tmp_path / "x.zip"
    at = {}
    for entry in zipfile.ZipFile(io.BytesIO(ZIP)).infolist():
        start = entry.header_offset + 30 + len(entry.filename.encode())
        name = entry.filename.partition("/")[2]
        at |= dict.fromkeys(range(start, start + entry.file_size), name)
    missed = []
    for offset in range(len(ZIP)):
        changed = bytearray(ZIP)
        changed[offset] ^= 1 << offset % 8
        path.write_bytes(changed)
        try:
            found = [str(fault) for fault in faults(open_bag(path))]
        except UnreadableError as error:
            found = [str(error)]
        wanted = (at[offset], "容器") if offset in at else ("容器",)
        if not all(any(word in line for line in found) for word in wanted):
            missed.append((offset, wanted, found))
    assert missed == []


@pytest.mark.many
@pytest.mark.parametrize("name", sorted(FILES))
def test_each_flipped_byte_of_an_unpacked_file_is_found_and_named(name):
    content = FILES[name]
    for offset in range(len(content)):
        changed = bytearray(content)
        changed[offset] ^= 1 << offset % 8
        found = told({**FILES, name: bytes(changed)})
        number = content[:offset].count(b"\n") + 1
        wanted = f"{name} 第{number}行" if "manifest" in name else name
        assert any(wanted in each for each in found), (offset, found)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_removed_is_named(name):
    found = told({path: content for path, content in FILES.items() if path != name})
    assert any(each.startswith(f"{name}：缺少") for each in found)


@pytest.mark.parametrize("name", ["data/result/2022/office/cells.csv", "bag-info.txt"])
def test_a_file_that_is_cut_short_or_lengthened_is_named(name):
    for content in (b"", FILES[name][:-1], FILES[name] + b"\n"):
        assert any(each.startswith(f"{name}：") for each in told({**FILES, name: content}))


@pytest.mark.parametrize("name", ["data/more.txt", "data/result/2022/office/.hidden", "more.txt"])
def test_a_file_that_was_added_is_named(name):
    assert any(each.startswith(f"{name}：多出的文件") for each in told({**FILES, name: b"x"}))


def test_a_file_that_was_renamed_is_missing_and_unexpected():
    files = dict(FILES)
    files["data/readme.md"] = files.pop("data/README.md")
    found = told(files)
    assert any(each.startswith("data/README.md：缺少") for each in found)
    assert any(each.startswith("data/readme.md：多出") for each in found)


def test_two_files_exchanged_are_both_named():
    one, other = "data/result/2022/office/cells.csv", "data/result/2022/office/report.html"
    found = told({**FILES, one: FILES[other], other: FILES[one]})
    assert [name for name in (one, other) if any(each.startswith(name) for each in found)] == [
        one,
        other,
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace(text[:64], text[:64].upper(), 1), "第1行：SHA-256 用了大写"),
        (lambda text: text.replace("\n", "\r\n", 1), "第1行：行尾是 CRLF"),
        (lambda text: text.replace("  ", " ", 1), "第1行：写法与规定不同"),
        (lambda text: text.replace("  ", "  ./", 1), "第1行：写法|缺少|多出"),
        (lambda text: text.replace("  ", " *", 1), "第1行：写法与规定不同"),
        (lambda text: text.replace("\n", " \n", 1), "缺少"),
        (lambda text: text[:-1], "没有换行"),
        (lambda text: "\ufeff" + text, "第1行：写法与规定不同"),
        (lambda text: text + "\n", "不是“SHA-256、两个空格、路径”的一行"),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))), "次序不对"),
        (lambda text: text.replace("\n", "\n" + text.partition("\n")[0] + "\n", 1), "列了两次"),
        (lambda text: text.replace("README.md", "%52EADME.md"), "缺少"),
    ],
)
def test_a_manifest_written_otherwise_is_told_though_its_hash_is_right(change, said):
    text = FILES["manifest-sha256.txt"].decode()
    assert change(text) != text
    found = told(remade(FILES, **{"manifest-sha256.txt": change(text).encode()}))
    assert found
    assert any(word in each for each in found for word in said.split("|")), found


def test_a_manifest_line_that_is_no_text_is_told_even_if_a_file_seems_to_fit():
    odd = "data/\ufffd.txt"
    files = {**FILES, odd: b"x"}
    listed = manifest({n: c for n, c in files.items() if n.startswith("data/")})
    broken = listed.replace("\ufffd".encode(), b"\xff")
    assert any(
        "manifest-sha256.txt 第" in each
        for each in told(remade(files, **{"manifest-sha256.txt": broken}))
    )


@pytest.mark.parametrize(
    ("declared", "line"),
    [
        (b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", 1),
        (b"BagIt-Version: 1.1\nTag-File-Character-Encoding: UTF-8\n", 1),
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: utf-8\n", 2),
        (b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\n", 1),
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n", 3),
        (b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8", 2),
        (b"", 1),
    ],
)
def test_another_version_or_encoding_is_told_though_its_hash_is_right(declared, line):
    found = told(remade(FILES, **{"bagit.txt": declared}))
    assert [each for each in found if each.startswith(f"bagit.txt 第{line}行：应为")], found


def test_a_wrong_sum_of_the_payload_is_told_though_its_hash_is_right():
    text = FILES["bag-info.txt"].decode()
    right = text.partition("Payload-Oxum: ")[2].strip()
    found = told(remade(FILES, **{"bag-info.txt": text.replace(right, "1.1").encode()}))
    assert found == [f"bag-info.txt 第3行：Payload-Oxum 为 1.1，实际为 {right}（字节数.文件数）。"]
    found = told(remade(FILES, **{"bag-info.txt": b"A: b\n"}))
    assert found == ["bag-info.txt：应有一行 Payload-Oxum，现有0行。"]
    found = told(remade(FILES, **{"bag-info.txt": text.encode() + b"no label\n"}))
    assert found == ["bag-info.txt 第4行：不是“名称: 值”的一行（“no label”）。"]


def test_names_that_are_not_composed_are_told():
    name = unicodedata.normalize("NFD", "data/é.txt")
    found = told({**FILES, name: b"x"})
    assert any("不是 Unicode NFC" in each for each in found)


def test_a_bag_zipped_by_another_program_is_told_though_its_files_are_right(tmp_path):
    path = tmp_path / "x.zip"
    entries = [(f"{bags.NAME}/{name}", content) for name, content in FILES.items()]
    path.write_bytes(bags.raw_zip(entries, compression=8))
    (fault,) = faults(open_bag(path))
    assert fault.place.startswith("容器第")


@pytest.mark.parametrize("more", [b"\0", b"PK"])
def test_bytes_before_or_after_the_zip_are_told(tmp_path, more):
    path = tmp_path / "x.zip"
    for content in (more + ZIP, ZIP + more):
        path.write_bytes(content)
        (fault,) = faults(open_bag(path))
        assert fault.place.startswith("容器第")


def test_a_difference_far_inside_is_told_with_its_place():
    files = bags.bag({**bags.payload(), "result/2022/office/report.pdf": bytes(200_000)})
    whole = bags.zipped(files)
    for offset in (150_000, len(whole) - 30):
        changed = bytearray(whole)
        changed[offset] ^= 1
        (fault,) = container_faults(Bag(bags.NAME, files, bytes(changed)))
        assert fault.place == f"容器第{offset:,}字节"
    (fault,) = container_faults(Bag(bags.NAME, files, whole[:-1]))
    assert fault.place == f"容器第{len(whole) - 1:,}字节"
    assert "目录的结尾；大小" in fault.message


def test_a_manifest_without_end_is_not_read():
    found = told({**FILES, "manifest-sha256.txt": b"\n" * 60_000})
    assert "manifest-sha256.txt：超过50,000行，不像一份清单。" in found


def test_the_hash_beside_a_zip_is_checked(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(ZIP)
    bag = open_bag(path)
    beside = tmp_path / "x.zip.sha256"
    assert list(sidecar_faults(path, bag)) == []
    right = f"{bags.digest(ZIP)}  x.zip\n"
    beside.write_text(right)
    assert list(sidecar_faults(path, bag)) == []
    for offset in range(len(right)):
        changed = bytearray(right.encode())
        changed[offset] ^= 1
        beside.write_bytes(changed)
        assert [fault.place for fault in sidecar_faults(path, bag)] == ["x.zip.sha256"]


@pytest.mark.parametrize("name", ["fetch.txt", "manifest-md5.txt", "setup.exe", "metadata/x.txt"])
def test_what_lies_beside_the_payload_and_is_none_of_ours_is_a_fault(name):
    """Regression: listed in the tag manifest it passed; other readers fetch what it says."""
    files = bags.bag()
    files[name] = b"https://example.org/x 1 data/x\n"
    tags = {each: content for each, content in files.items() if not each.startswith("data/")}
    tags.pop("tagmanifest-sha256.txt")
    files["tagmanifest-sha256.txt"] = manifest(tags)
    (fault,) = faults(Bag(bags.NAME, files, None))
    assert str(fault) == f"{name}：多出的文件，data/ 以外只有4个文件。"
