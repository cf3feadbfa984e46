"""Charsets of pages: declared, not declared, wrongly declared, and damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.documents.html.charset import decode
from nianbao.errors import UnreadableError

TEXT = "测试局2022年政府信息公开工作年度报告，共收到申请32件。" * 20


def declared(charset):
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}"><p>{TEXT}</p>'


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "GBK", "iso-8859-1", "x-sjis-mac", "big5", ""])
@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_page_is_read_in_its_real_charset_whatever_it_says(said, real):
    if said == "big5" and real in ("gbk", "gb18030"):
        pytest.skip("two charsets that cannot be told apart without reading")
    assert decode(declared(said).encode(real), "a.html") == (declared(said), ())


def test_utf_16_with_its_mark_the_other_way_round_is_read():
    content = b"\xfe\xff" + TEXT.encode("utf-16-be")
    assert decode(content, "a.html") == (TEXT, ())


def test_a_declared_asian_charset_is_believed():
    traditional = declared("big5").replace(TEXT, "政府資訊公開年度報告，收到申請件數。" * 20)
    assert decode(traditional.encode("big5"), "a.html") == (traditional, ())


@pytest.mark.parametrize("real", ["utf-8", "gb18030"])
@pytest.mark.parametrize("said", ["utf-8", "gbk"])
def test_a_few_bad_bytes_leave_gaps_that_are_counted(real, said):
    content = declared(said).encode(real)
    places = [content.index("共收".encode(real)), len(content) - 4]
    damaged = content[: places[0]] + b"\xff" + content[places[0] : places[1]] + b"\xff</p>"
    text, (remark,) = decode(damaged, "a.html")
    assert remark.code == "decoding_gaps"
    gaps = text.count("\ufffd")
    assert f"有 {gaps} 处" in remark.message
    assert text.replace("\ufffd", "") == declared(said)
    assert remark.origin == "源代码第1行"


def test_a_page_cut_in_the_middle_of_a_character_has_one_gap():
    text, (remark,) = decode(TEXT.encode()[:-1], "a.html")
    assert text == TEXT[:-1] + "\ufffd"
    assert "1 处" in remark.message


def test_characters_lost_before_are_counted_as_well():
    _, (remark,) = decode((TEXT + "\ufffd").encode(), "a.html")
    assert remark.code == "decoding_gaps"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
        b"PK\x03\x04" + b"\xff\xfe\x00" * 300,
        TEXT.encode("utf-16-le"),
        b"\xff" * 1000,
        b"\x00" * 1000,
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(UnreadableError, match=r"^a\.html：.*。$"):
        decode(content, "a.html")


@given(st.binary(max_size=400))
def test_any_bytes_become_text_or_are_refused(content):
    try:
        text, remarks = decode(content, "a.html")
    except UnreadableError:
        return
    assert bool(remarks) == ("\ufffd" in text)
