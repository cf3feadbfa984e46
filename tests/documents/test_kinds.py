"""What a file is: by name and first bytes together, never by one of them alone."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.documents.limits.kinds import FORMATS, MAX_NAME, kind_of, printable
from nianbao.errors import UnreadableError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
HTML = b"<!DOCTYPE html><p>a"


def refused(name, content):
    with pytest.raises(UnreadableError) as caught:
        kind_of(name, content)
    message = str(caught.value)
    assert message.startswith(f"{printable(name)}：")
    assert message.endswith("。")
    assert message.isprintable()
    return message


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.docx", DOCX, ".docx"),
        ("a.DOCX", DOCX, ".docx"),
        ("a.docx", archive("word/document2.xml", "word/embeddings/xl/workbook.xml"), ".docx"),
        ("a.xlsx", XLSX, ".xlsx"),
        ("a.pdf", b"%PDF-1.4\n", ".pdf"),
        ("a.pdf", b"\r\n junk before it %PDF-1.4\n", ".pdf"),
        ("a.htm", HTML, ".html"),
        ("a.html", b"\xef\xbb\xbf<table><tr><td>1", ".html"),
        ("a.html", "\ufeff<html><p>表".encode("utf-16-le"), ".html"),
        ("a.html", b"<?xml version='1.0'?><html xmlns='x'>", ".html"),
        ("a.txt", "一、总体情况".encode(), ".txt"),
        ("a.txt", "一、总体情况".encode("gb18030"), ".txt"),
        ("a.txt", b"BM and II* are letters", ".txt"),
        ("a.txt", b"a < b, see %PDF-1.4", ".txt"),
        ("a.md", b"<div>\n# a", ".md"),
        ("a.csv", b"code,value\n", ".csv"),
    ],
)
def test_name_and_content_agree(name, content, kind):
    assert kind_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.html", b"%PDF-1.4", "内容却是PDF。请把扩展名改为 .pdf"),
        ("a.txt", DOCX, "内容却是Word 文档（docx）。请把扩展名改为 .docx"),
        ("a.docx", XLSX, "改为 .xlsx"),
        ("a.xlsx", DOCX, "改为 .docx"),
        ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "另存为 .docx"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加密"),
        ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), "另存为 .xlsx"),
        ("a.docx", OLE, "旧版 Office"),
        ("a.docx", HTML, "网页（HTML）。请把扩展名改为 .html"),
        ("a.docx", b"{\\rtf1", "RTF"),
        ("a.doc", HTML, "网页（HTML）。请把扩展名改为 .html"),
        ("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        ("a.doc", b"<?xml version='1.0'?>\n<?mso-application progid='Word.Document'?>", "XML"),
        ("a.xls", XLSX, "改为 .xlsx"),
        ("a.docx", archive("OFD.xml"), "OFD"),
        ("a.docx", archive("a.txt"), "压缩包"),
        ("a.xlsx", archive("xl/workbook.bin"), "二进制"),
        ("a.pdf", b"\x89PNG\r\n", "图片里没有文字"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "图片里没有文字"),
        ("a.pdf", HTML, "改为 .html"),
        ("a.pdf", b"\0\0\0\x18ftypheic", "图片"),
        ("a.csv", b"\x1f\x8b\x08", "先解压"),
        ("a.txt", HTML, "改为 .html"),
        ("a.html", b"no tags", "改为 .txt"),
        ("a", HTML, "没有扩展名"),
    ],
)
def test_where_they_disagree_the_message_says_what_it_is(name, content, words):
    assert words in refused(name, content)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.doc", "另存为 .docx"),
        ("a.wps", "另存为 .docx"),
        ("a.xls", "另存为 .xlsx"),
        ("a.et", "另存为 .xlsx"),
        ("a.ofd", "导出为带文字层的 PDF"),
        ("a.jpg", "图片里没有文字"),
        ("a.zip", "先解压"),
        ("a.rar", "先解压"),
        ("a.xlsm", "另存为 .xlsx"),
        ("a.pages", "、".join(FORMATS)),
        ("a", "无扩展名"),
    ],
)
def test_other_formats_get_advice(name, words):
    assert words in refused(name, b"whatever")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf"])
def test_damage_at_the_start_is_told(name):
    assert "已损坏" in refused(name, b"\0\0 nothing known")


def test_names_are_shown_in_one_line():
    assert printable("年\x1b[31m\n\u202e\ud800报　告.txt") == "年�[31m���报　告.txt"
    assert len(printable("年" * 300 + ".docx")) == MAX_NAME
    assert refused("a\n.doc\x1b", b"x")


@given(st.sampled_from(sorted(FORMATS)), st.binary(max_size=60))
def test_any_bytes_are_a_kind_or_a_sentence(suffix, content):
    try:
        assert kind_of(f"a{suffix}", content) == FORMATS[suffix]
    except UnreadableError as error:
        assert str(error).endswith("。")
