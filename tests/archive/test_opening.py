"""A bag of anyone's is opened into memory, or refused before anything of it is unpacked."""

import io
import os
import stat
import struct
import zipfile
import zlib

import pytest

from archive import bags
from nianbao.archive import opening
from nianbao.archive.container import packed
from nianbao.archive.names import clash, objection, shown
from nianbao.archive.opening import open_bag
from nianbao.errors import UnreadableError

FILES = bags.bag()
OWN = [(f"{bags.NAME}/{name}", content) for name, content in FILES.items()]


@pytest.fixture
def refused(tmp_path):
    """Open a zip; return why it was refused, with nothing written anywhere."""

    def run(content):
        folder = tmp_path / "inside" / "here"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "x.zip"
        path.write_bytes(content)
        with pytest.raises(UnreadableError) as error:
            open_bag(path)
        assert [each for each in tmp_path.rglob("*") if each.is_file()] == [path]
        said = str(error.value)
        assert said.startswith("x.zip：")
        assert said.endswith("。")
        assert len(said.splitlines()) == 1
        return said

    return run


def member(name, mode=0o100644, **changes):
    """An entry of a zip with a mode of its own."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = mode << 16
    for key, value in changes.items():
        setattr(entry, key, value)
    return entry


def test_a_zip_and_the_folder_that_it_is_unpacked_to_are_the_same_files(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(bags.zipped(FILES))
    zipfile.ZipFile(path).extractall(tmp_path)
    packed, unpacked = open_bag(path), open_bag(tmp_path / bags.NAME)
    assert dict(packed.files) == dict(unpacked.files) == FILES
    assert (packed.name, unpacked.name) == (bags.NAME, bags.NAME)
    assert packed.container == path.read_bytes()
    assert unpacked.container is None


def test_a_folder_around_the_bag_is_looked_through(tmp_path):
    bags.laid(tmp_path / "outer" / bags.NAME, FILES)
    assert dict(open_bag(tmp_path / "outer").files) == FILES


def test_a_zip_that_another_program_compressed_can_be_opened(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(bags.raw_zip([(f"{bags.NAME}/", b""), *OWN], zipfile.ZIP_DEFLATED))
    assert dict(open_bag(path).files) == FILES


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../out.txt", "用“..”指向包外"),
        (f"{bags.NAME}/../../out.txt", "用“..”指向包外"),
        ("/tmp/out.txt", "是绝对路径"),
        ("C:/out.txt", "带有盘符"),
        ("C:out.txt", "带有盘符"),
        (f"{bags.NAME}/a:b", "含有冒号"),
        ("..\\out.txt", "含有反斜杠"),
        ("\\\\server\\share\\out.txt", "含有反斜杠"),
        (f"{bags.NAME}//x", "含有空的一级"),
        (f"{bags.NAME}/./x", "含有空的一级"),
        (f"{bags.NAME}/CON", "是系统设备名"),
        (f"{bags.NAME}/nul.txt", "是系统设备名"),
        (f"{bags.NAME}/Com1.tar.gz", "是系统设备名"),
        (f"{bags.NAME}/aux /x", "是系统设备名"),
        (f"{bags.NAME}/lpt²", "是系统设备名"),
        (f"{bags.NAME}/x.", "以句点或空格结尾"),
        (f"{bags.NAME}/x /y", "以句点或空格结尾"),
        (f"{bags.NAME}/a\nb", "含有控制字符"),
        (f"{bags.NAME}/\x1b[31m", "含有控制字符"),
        (f"{bags.NAME}/{'长' * 90}", "过长"),
        ("/".join([bags.NAME, *["long" * 50] * 6]), "过长"),
    ],
)
def test_names_that_lead_out_or_astray_are_refused(refused, name, why):
    assert why in refused(bags.raw_zip([*OWN, (member(name), b"x")]))


def test_a_name_that_some_readers_cut_is_refused(refused):
    whole = bags.raw_zip([*OWN, (member(f"{bags.NAME}/a_b"), b"x")])
    assert "含有控制字符" in refused(whole.replace(b"a_b", b"a\0b"))


@pytest.mark.parametrize(
    "name", ["consul", "nullable.txt", "com10", "auxiliary", "x.con", ".a", "年报"]
)
def test_names_that_only_resemble_those_are_taken(name):
    assert objection(name) == ""


@pytest.mark.parametrize(
    ("mode", "what"),
    [
        (stat.S_IFLNK | 0o777, "符号链接"),
        (stat.S_IFIFO | 0o644, "特殊文件"),
        (stat.S_IFCHR | 0o644, "特殊文件"),
        (stat.S_IFDIR | 0o755, "特殊文件"),
    ],
)
def test_what_is_no_plain_file_is_refused(refused, mode, what):
    said = refused(bags.raw_zip([*OWN, (member(f"{bags.NAME}/link", mode), b"/etc/passwd")]))
    assert f"“{bags.NAME}/link”是{what}" in said


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name", ["data/README.md", "data/Readme.MD", "data", "data/README.md/x", "DATA/readme.md/x"]
)
def test_names_that_some_system_takes_for_one_are_refused(refused, name):
    assert "会被当作同名" in refused(bags.raw_zip([*OWN, (f"{bags.NAME}/{name}", b"x")]))


def test_names_are_the_same_in_either_composition():
    assert clash(["é", "e\u0301"]) == ("é", "e\u0301")
    assert clash(["ﬁ", "FI"]) == ("ﬁ", "FI")
    assert clash(["a/b", "a/c", "ab"]) is None


def test_an_encrypted_entry_is_refused(refused):
    whole = bytearray(bags.raw_zip(OWN))
    directory = zipfile.ZipFile(io.BytesIO(whole)).start_dir
    whole[directory + 8] |= 1
    assert "已加密" in refused(bytes(whole))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_refused(refused, method):
    assert "少见的压缩方法" in refused(bags.raw_zip(OWN, method))


def test_a_bomb_is_refused_by_its_ratio(refused):
    bomb = bags.raw_zip([(f"{bags.NAME}/zeros", bytes(3_000_000))], zipfile.ZIP_DEFLATED)
    assert "像是压缩炸弹" in refused(bomb)


def test_a_size_that_lies_is_refused(refused):
    content = b"0123456789" * 30
    whole = bags.raw_zip([(f"{bags.NAME}/zeros", content)], zipfile.ZIP_DEFLATED)
    said, lie = struct.pack("<L", len(content)), struct.pack("<L", len(content) - 1)
    assert "不完整或压缩结构已损坏" in refused(whole.replace(said, lie))


@pytest.mark.parametrize(
    ("limit", "value", "why"),
    [
        ("MAX_FILES", 5, "超过上限5项"),
        ("MAX_ENTRY", 100, "超过上限100字节"),
        ("MAX_FILE", 5_000, "超过上限5,000字节"),
    ],
)
def test_what_is_too_many_or_too_large_is_refused(refused, monkeypatch, limit, value, why):
    monkeypatch.setattr(opening, limit, value)
    assert why in refused(bags.zipped(FILES))


def test_files_that_are_too_large_together_are_refused(refused, monkeypatch):
    digits = "".join(f"{number:x}" for number in range(3_000))
    whole = bags.raw_zip([*OWN, (f"{bags.NAME}/x", digits)], zipfile.ZIP_DEFLATED)
    monkeypatch.setattr(opening, "MAX_FILE", len(whole))
    assert "容器中的文件共" in refused(whole)


def test_entries_that_overlap_are_refused(refused):
    whole = bags.raw_zip([(f"{bags.NAME}/a", b"x" * 2_000), (f"{bags.NAME}/b", b"y" * 2_000)])
    said = struct.pack("<LL", 2_000, 2_000)
    assert "相互重叠" in refused(whole.replace(said, struct.pack("<LL", 4_000, 4_000)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "不是 zip 文件"),
        (b"PK\x03\x04", "不是 zip 文件"),
        ("某局年度报告".encode(), "不是 zip 文件"),
        (bags.zipped(FILES)[:-30], "容器"),
        (bags.raw_zip([]), "不在同一个文件夹下"),
        (bags.raw_zip([("a/x", b""), ("b/x", b"")]), "不在同一个文件夹下"),
        (bags.raw_zip([("x", b"")]), "不在同一个文件夹下"),
        (bags.raw_zip([("a/x", b"")]), "没有 bagit.txt 和清单"),
    ],
)
def test_what_is_no_bag_is_refused(refused, content, why):
    assert why in refused(content)


def test_a_folder_with_content_and_sizes_that_disagree_are_refused(refused):
    content = "".join(f"{number:x}" for number in range(300)).encode()
    whole = bags.raw_zip([(f"{bags.NAME}/x", content)])
    same, less = struct.pack("<LL", *[len(content)] * 2), struct.pack("<LL", 5, len(content))
    assert "的大小自相矛盾" in refused(whole.replace(same, less))
    assert "带有内容" in refused(whole.replace(b"/x", b"x/"))


def test_an_entry_that_lies_before_the_zip_is_refused(refused):
    whole = bags.raw_zip([(f"{bags.NAME}/x", b"x" * 100)])
    end = len(whole) - 22
    start = struct.unpack_from("<L", whole, end + 16)[0]
    later = whole[: end + 16] + struct.pack("<L", start + 50) + whole[end + 20 :]
    assert "容器" in refused(later)
    beyond = bytearray(whole)
    beyond[start + 42 : start + 46] = struct.pack("<L", len(whole) - 10)
    assert "不完整" in refused(bytes(beyond))


def test_a_name_in_a_folder_that_is_no_text_is_refused(tmp_path):
    folder = bags.laid(tmp_path / bags.NAME, FILES)
    (folder / os.fsdecode(b"\xff.txt")).touch()
    with pytest.raises(UnreadableError, match="的名称不是 UTF-8"):
        open_bag(folder)


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match=r"nothing\.zip：无法读取归档包"):
        open_bag(tmp_path / "nothing.zip")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.zip")
    with pytest.raises(UnreadableError, match="不是普通文件"):
        open_bag(tmp_path / "x.zip")


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret", "README.md", "/etc", "."])
def test_a_link_in_a_folder_is_refused_wherever_it_leads(tmp_path, target):
    (tmp_path / "secret").write_text("secret")
    folder = bags.laid(tmp_path / "x" / bags.NAME, FILES)
    (folder / "data" / "more").symlink_to(target)
    with pytest.raises(UnreadableError, match="文件夹中的“data/more”是符号链接"):
        open_bag(folder)


def test_other_troubles_of_a_folder_are_refused(tmp_path, monkeypatch):
    folder = bags.laid(tmp_path / bags.NAME, FILES)
    os.mkfifo(folder / "data" / "pipe")
    with pytest.raises(UnreadableError, match="“data/pipe”是特殊文件"):
        open_bag(folder)
    (folder / "data" / "pipe").unlink()
    (folder / "data" / "con.txt").touch()
    with pytest.raises(UnreadableError, match=r"“data/con\.txt”的名称是系统设备名"):
        open_bag(folder)
    (folder / "data" / "con.txt").unlink()
    (folder / "data" / "readme.MD").touch()
    with pytest.raises(UnreadableError, match="会被当作同名"):
        open_bag(folder)
    (folder / "data" / "readme.MD").unlink()
    monkeypatch.setattr(opening, "MAX_FILES", 3)
    with pytest.raises(UnreadableError, match="超过上限3个"):
        open_bag(folder)
    monkeypatch.setattr(opening, "MAX_FILES", 100)
    monkeypatch.setattr(opening, "MAX_FILE", 1_000)
    with pytest.raises(UnreadableError, match="时超过上限"):
        open_bag(folder)


def test_a_folder_that_is_no_bag_is_refused(tmp_path):
    (tmp_path / "x").mkdir()
    with pytest.raises(UnreadableError, match=r"文件夹中没有 bagit\.txt 和清单"):
        open_bag(tmp_path / "x")


def test_what_messages_repeat_has_no_controls_and_an_end():
    assert shown("a\x1b[31m\nb") == "a\ufffd[31m\ufffdb"
    assert len(shown("长" * 5_000)) <= 300


@pytest.mark.parametrize("hidden", [b"", b"a comment"])
def test_a_directory_too_long_to_be_looked_through_is_refused_unread(refused, monkeypatch, hidden):
    """Regression: its entries were counted only after all of them were in memory."""
    content = bytearray(packed(dict(OWN)))
    end = content.rindex(b"PK\5\6")
    content[end + 12 : end + 16] = (0x7FFFFFFF).to_bytes(4, "little")
    content[end + 20 : end + 22] = len(hidden).to_bytes(2, "little")
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it reads the directory
    assert "目录过长" in refused(bytes(content) + hidden)


@pytest.mark.parametrize("behind", [0, 1, 65_534, 65_535, 65_536])
def test_a_long_directory_is_found_wherever_its_record_may_stand(refused, monkeypatch, behind):
    """Regression: where `zipfile` found its record one byte earlier, it was read unlimited."""
    content = bytearray(packed(dict(OWN)))
    end = content.rindex(b"PK\5\6")
    content[end + 12 : end + 16] = (0x7FFFFFFF).to_bytes(4, "little")
    content[end + 20 : end + 22] = b"\xff\xff" if behind else b"\0\0"
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it reads the directory
    assert "目录过长" in refused(bytes(content) + b"x" * behind)


def test_a_record_of_the_larger_format_is_refused_unread(refused, monkeypatch):
    """Regression: its size of the directory was believed, whatever the plain record said."""
    content = packed(dict(OWN))
    end = content.rindex(b"PK\5\6")
    size = len(content) - end
    larger = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it reads the directory
    assert "zip64" in refused(content[:end] + larger + locator + content[-size:])


def test_a_second_name_in_an_extra_field_leads_nowhere(tmp_path):
    """Regression: newer versions of Python take it for the name, and only the first was checked."""
    name = f"{bags.NAME}/data/project/data/raw/2022/a.txt"
    other = f"{bags.NAME}/data/project/data/raw/2022/../../../../../out.txt"
    said = struct.pack("<BL", 1, zlib.crc32(name.encode())) + other.encode()
    entry = member(name)
    entry.extra = struct.pack("<2H", 0x7075, len(said)) + said
    path = tmp_path / "x.zip"
    path.write_bytes(bags.raw_zip([*OWN, (entry, b"")]))
    try:
        assert not any(".." in name for name in open_bag(path).files)
    except UnreadableError as error:
        assert "用“..”指向包外" in str(error)


def test_a_name_that_the_reader_took_from_elsewhere_is_checked_too(refused, monkeypatch):
    """Regression: the same, whatever the version of Python."""
    listed = zipfile.ZipFile.infolist

    def renamed(package):
        entries = listed(package)
        entries[-1].filename = f"{bags.NAME}/../out.txt"
        return entries

    monkeypatch.setattr(zipfile.ZipFile, "infolist", renamed)
    assert "用“..”指向包外" in refused(packed(dict(OWN)))


def test_names_of_very_many_levels_are_refused():
    """Regression: 20 MB of such names took 5 GB of memory and minutes to compare."""
    assert objection("/".join("a" * 20)) == ""
    assert objection("/".join("a" * 21)) == "超过20级"
