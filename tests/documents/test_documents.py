"""Folders as a report: prose and tables in several files, what lies beside them, refusals."""

import csv
import hashlib
import io
import os
import zipfile

import docx
import openpyxl
import pytest

from boards import amounts, boards, flat, note_codes, report, wrong
from builders import TITLES
from nianbao.documents import MAX_BYTES, MAX_FILES, formats, open_document, read_source
from nianbao.documents.structure import Boundary, Line, Row
from nianbao.errors import UnreadableError

NEW = amounts()
TITLE = "测试局2022年政府信息公开工作年度报告"


def prose(without=()):
    parts = [TITLE]
    for number, title in TITLES.items():
        if number not in without:
            parts += [title, "2022年，本机关认真做好政府信息公开工作。"]
    return parts


def written_text(folder, name="正文.txt", **given):
    (folder / name).write_text("\n".join(prose(**given)) + "\n", "utf-8")


def written_tables(folder, written=None, suffix=".csv"):
    for number, board in boards(written or NEW).items():
        text = io.StringIO()
        csv.writer(text).writerows([span.text for span in row] for row in flat(board))
        (folder / f"t{number}{suffix}").write_text(text.getvalue(), "utf-8")


def written_book(folder, name="统计表.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, board in boards(NEW).items():
        sheet = book.create_sheet(f"表{'一二三四'[number - 1]}")
        for row in flat(board):
            sheet.append([span.text for span in row])
    book.save(folder / name)


def written_word(folder, name="报告.docx"):
    made = docx.Document()
    for paragraph in prose():
        made.add_paragraph(paragraph)
    made.save(folder / name)


def opened(folder):
    return open_document(read_source(folder))


def refusal(folder):
    with pytest.raises(UnreadableError) as error:
        opened(folder)
    return str(error.value)


def remarks(document):
    return [remark.code for remark in document.remarks]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "测试局"
    made.mkdir()
    return made


def test_prose_in_word_and_tables_in_a_workbook_are_one_report(folder):
    written_word(folder)
    written_book(folder)
    document = opened(folder)
    found = report(document)
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200
    assert [s.number for s in found.sections if s.number] == [1, 2, 3, 4, 5, 6]
    assert found.cells["t3.new.natural"].origin.startswith("统计表.xlsx ")
    assert remarks(document) == []


def test_tables_in_separate_files_beside_a_text_are_one_report(folder):
    written_text(folder)
    written_tables(folder)
    document = opened(folder)
    found = report(document)
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200
    assert {found.cells[f"t3.new.{c}"].origin.split()[0] for c in ("natural", "total")} == {
        "t3.csv"
    }
    grids = {b.grid for b in document.blocks if isinstance(b, Row)}
    assert len(grids) >= 3


def test_files_stand_in_the_order_of_their_names_each_behind_a_boundary(folder):
    written_text(folder)
    written_tables(folder)
    names = [block.name for block in opened(folder).blocks if isinstance(block, Boundary)]
    assert names == ["t2.csv", "t3.csv", "t4.csv", "正文.txt"]


def test_every_place_names_its_file(folder):
    written_text(folder)
    written_tables(folder)
    file = ""
    for block in opened(folder).blocks:
        if isinstance(block, Boundary):
            file = block.name
        else:
            assert isinstance(block, Line | Row)
            assert block.origin.startswith(f"{file} 第")


def test_the_hash_is_that_of_the_files_and_their_names(folder):
    written_text(folder)
    first = read_source(folder)
    listed = "".join(f"{part.sha256}  {part.name}\n" for part in first.parts)
    assert first.sha256 == hashlib.sha256(listed.encode()).hexdigest()
    assert first.content == b""
    (folder / "正文.txt").rename(folder / "另名.txt")
    assert read_source(folder).sha256 != first.sha256
    (folder / "~$正文.txt").write_bytes(b"\x00")
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "另名.txt").rename(folder / "正文.txt")
    assert read_source(folder).sha256 == first.sha256


@pytest.mark.parametrize("clutter", ["~$报告.docx", ".~lock.t2.csv#", "Thumbs.db", "desktop.ini"])
def test_what_programs_leave_behind_is_not_read(folder, clutter):
    written_text(folder)
    written_tables(folder)
    (folder / clutter).write_bytes(b"\x00\x01")
    document = opened(folder)
    assert remarks(document) == []
    assert len([b for b in document.blocks if isinstance(b, Boundary)]) == 4


def test_only_clutter_is_an_empty_folder(folder):
    (folder / "~$报告.docx").write_bytes(b"x")
    assert "空的" in refusal(folder)


def test_an_empty_folder_is_refused_with_its_name(folder):
    assert refusal(folder).startswith("测试局：文件夹是空的")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("说明.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("扫描.jpg", b"\xff\xd8\xff\xe0" + bytes(100)),
        ("打包.zip", b"PK\x05\x06" + bytes(18)),
        ("坏.docx", b"PK\x03\x04broken"),
        ("坏.pdf", b"%PDF-1.4 broken"),
        ("乱码.txt", bytes(range(128, 256)) * 9),
        ("无扩展名", b"abc"),
    ],
)
def test_a_companion_that_cannot_be_read_is_told_and_the_rest_is_read(folder, name, content):
    written_text(folder)
    written_tables(folder)
    (folder / name).write_bytes(content)
    document = opened(folder)
    (remark,) = [r for r in document.remarks if r.code == "file_unread"]
    assert name in remark.message
    found = report(document)
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200
    assert "file_unread" in note_codes(found)


def test_where_no_file_can_be_read_the_first_refusal_stands(folder):
    (folder / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    assert refusal(folder).startswith("a.doc")


def test_an_empty_companion_is_told_and_the_rest_is_read(folder):
    written_text(folder)
    written_tables(folder)
    (folder / "备注.txt").write_bytes(b"")
    assert remarks(opened(folder)) == ["file_unread"]


def test_a_folder_within_is_refused_with_its_name(folder):
    written_text(folder)
    (folder / "旧稿").mkdir()
    assert "“旧稿”" in refusal(folder)


def test_too_many_files_are_refused_before_they_are_read(folder):
    for number in range(MAX_FILES + 1):
        (folder / f"{number}.txt").write_text("甲")
    assert f"{MAX_FILES + 1} 个文件" in refusal(folder)


def test_too_much_together_is_refused_before_it_is_read(folder):
    for number in range(2):
        with (folder / f"{number}.txt").open("wb") as file:
            file.truncate(MAX_BYTES // 2 + 1)
    assert "合计超过上限" in refusal(folder)


def test_a_list_of_cells_among_other_files_is_refused(folder):
    written_text(folder)
    head = "agency,year,form,cell,label,value,state,written,origin\n"
    line = "a,2022,2021,t3.new.natural,x,1,number,1,y\n"
    (folder / "cells.csv").write_text(head + line, "utf-8")
    assert refusal(folder).startswith("cells.csv")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
@pytest.mark.parametrize("target", [".", "..", "圈"])
def test_links_that_lead_round_in_circles_end_in_a_refusal(folder, target):
    written_text(folder)
    (folder / "圈").symlink_to(target)
    if target == "圈":  # a link to itself is no folder, and the rest is read
        assert "圈" in opened(folder).remarks[0].message
    else:
        assert refusal(folder).startswith("测试局")


@pytest.mark.parametrize("target", ["没有.txt", "断链"])
def test_a_link_that_leads_nowhere_is_named_and_the_rest_is_read(folder, target):
    written_text(folder)
    (folder / "断链").symlink_to(target)
    (remark,) = opened(folder).remarks
    assert "断链" in remark.message


def test_a_folder_that_is_a_link_itself_is_read(folder, tmp_path):
    written_text(folder)
    written_tables(folder)
    (tmp_path / "别名").symlink_to(folder)
    assert wrong(report(opened(tmp_path / "别名")), NEW) == {}


def test_tables_of_two_files_that_differ_are_unknown(folder):
    written_text(folder)
    written_tables(folder)
    other = NEW | {code: str(int(text) + 1) for code, text in NEW.items() if code[:2] == "t4"}
    written_book(folder)
    found = report(opened(folder))
    assert wrong(found, NEW) == {}
    assert found.state_count("number") == 200
    written_tables(folder, other)
    found = report(opened(folder))
    assert wrong(found, NEW) == {}
    assert {c.state for code, c in found.cells.items() if code[:2] == "t4"} == {"unknown"}


def test_a_table_missing_from_the_folder_is_told(folder):
    written_text(folder)
    written_tables(folder)
    (folder / "t3.csv").unlink()
    found = report(opened(folder))
    assert "table_missing" in note_codes(found)
    assert wrong(found, NEW) == {}


def test_prose_that_was_cut_is_refused_though_all_tables_are_there(folder):
    written_text(folder, without=(5, 6))
    written_tables(folder)
    with pytest.raises(UnreadableError, match="重新获取"):
        report(opened(folder))


def test_formats_are_listed_and_all_can_be_opened(folder):
    assert formats() == [".csv", ".docx", ".htm", ".html", ".md", ".pdf", ".txt", ".xlsx"]


@pytest.mark.parametrize("content", [b"", b"  \r\n\t "])
def test_an_empty_file_is_refused(tmp_path, content):
    (tmp_path / "空.txt").write_bytes(content)
    with pytest.raises(UnreadableError, match="空的"):
        read_source(tmp_path / "空.txt")


def test_a_file_that_is_not_there_too_large_or_no_file_is_refused(tmp_path):
    with pytest.raises(UnreadableError, match="打不开"):
        read_source(tmp_path / "没有.txt")
    with (tmp_path / "大.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableError, match="超过上限"):
        read_source(tmp_path / "大.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管道.txt")
        with pytest.raises(UnreadableError, match="不是普通文件"):
            read_source(tmp_path / "管道.txt")
        (tmp_path / "夹").mkdir()
        os.mkfifo(tmp_path / "夹" / "管道.txt")
        with pytest.raises(UnreadableError, match="不是普通文件"):
            opened(tmp_path / "夹")


def test_a_package_that_unpacks_to_too_much_is_refused_beside_good_files(folder):
    written_text(folder)
    written_tables(folder)
    with zipfile.ZipFile(folder / "炸弹.xlsx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<a/>")
        package.writestr("xl/workbook.xml", bytes(300_000_000))
    document = opened(folder)
    assert remarks(document) == ["file_unread"]
    assert wrong(report(document), NEW) == {}
