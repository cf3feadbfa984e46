"""Plain text: encodings, damage, and what is no report at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import figures, read, render, texts
from nianbao.documents import MAX_BYTES, open_document, read_source
from nianbao.documents.plain.text import MAX_LINE, read_text
from nianbao.documents.structure import Line, Row
from nianbao.errors import NianbaoError, UnreadableError
from nianbao.forms import load_form
from nianbao.notes import reading_notes
from nianbao.recognize import recognize

TEXT = render(texts(figures(1)))


def recognised(content):
    return recognize(read_text(content, "a.txt"), load_form("2021"))


def refused(content):
    with pytest.raises(UnreadableError) as caught:
        recognised(content)
    message = str(caught.value)
    assert message.startswith("a.txt：")
    assert message.endswith("。")
    assert caught.value.exit_code == 3
    return message


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("\n", "\r\n").encode("utf-16"),
        TEXT.replace("\n", "\n\n").encode(),
        TEXT.replace("\n", "\x0b\n").encode(),
    ],
)
def test_every_usual_encoding_and_line_end_reads_the_same(content):
    plain, other = recognised(TEXT.encode()), recognised(content)
    assert [(c.value, c.state, c.written) for c in other.cells.values()] == [
        (c.value, c.state, c.written) for c in plain.cells.values()
    ]
    assert [(s.number, [p.text for p in s.paragraphs]) for s in other.sections] == [
        (s.number, [p.text for p in s.paragraphs]) for s in plain.sections
    ]


def test_tabs_make_rows_and_places_are_counted_from_one():
    document = read_text("标题\n\n a \tb\t\n\t\t\n末尾".encode(), "a.txt")
    assert document.blocks == (
        Line("标题", "第1行"),
        Row(("a", "b", ""), "第3行"),
        Row(("", "", ""), "第4行"),
        Line("末尾", "第5行"),
    )
    assert document.blocks[1].place(1) == "第3行第2格"


def only(line):
    """Read one line of text as its one block, or None."""
    blocks = read_text(line.encode(), "a.txt").blocks
    return blocks[0] if blocks else None


@pytest.mark.parametrize(
    "line", ["- 3 -", "—3—", "－ 12 －", "第 3 页", "第3页 共6页", "共6页/第3页"]
)
def test_the_number_of_a_page_between_marks_is_dropped(line):
    document = read_text(f"规章\t1\n{line}\n{'行政许可'}\t2".encode(), "a.txt")
    assert [row.cells for row in document.blocks] == [("规章", "1"), ("行政许可", "2")]


@pytest.mark.parametrize("line", ["3", "-", "——", "/", "3 / 6"])
def test_a_bare_number_or_mark_may_be_a_cell_and_stays(line):
    assert only(line) == Line(line, "第1行")


def test_tabs_win_over_spaces_and_pipes_inside_cells():
    assert only("规 章  甲\t1 2\ta | b").cells == ("规 章  甲", "1 2", "a | b")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## 二、主动公开政府信息情况", "二、主动公开政府信息情况"),
        ("##二、主动公开 ##", "二、主动公开"),
        ("**一、总体情况**", "一、总体情况"),
        ("- 一是公开方式有待丰富。", "一是公开方式有待丰富。"),
        ("* 二是**认真**学习`条例`。", "二是认真学习条例。"),
        ("> 见[公告](http://example.cn/a)&nbsp;全文。", "见公告\u00a0全文。"),
        ("收到1**2**件。", "收到1**2**件。"),
        ("国办公开办函[2021]30号（试行）。", "国办公开办函[2021]30号（试行）。"),
    ],
)
def test_the_marks_of_markdown_are_taken_off_prose(line, words):
    assert only(line) == Line(words, "第1行")


@pytest.mark.parametrize(
    "line", ["---", "*****", "====", "```", "```text", "+----+---+", "├──┼──┤"]
)
def test_lines_that_only_draw_something_are_dropped(line):
    assert only(line) is None


ALPHABET = "规章行政许可一二 \u3000\t|-:*#`[]()<br>\\&nbsp;0123456789,.，。：（）、件/"


@settings(max_examples=300)
@given(st.lists(st.text(ALPHABET, max_size=30), max_size=12))
def test_arbitrary_lines_are_read_and_no_figure_is_lost_or_made(lines):
    """Every figure stands where it stood, in its order, but for page numbers and link targets."""
    text = "\n".join(lines)
    document = read_text(text.encode(), "a.txt")
    for block in document.blocks:
        line = lines[int(block.origin[1:-1]) - 1]
        words = "".join(block.cells) if isinstance(block, Row) else block.text
        digits = iter([sign for sign in line if sign.isdigit()])
        assert all(sign in digits for sign in words if sign.isdigit())


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_read_or_refused(content):
    try:
        read_text(content, "a.md")
    except UnreadableError as error:
        assert str(error).startswith("a.md：")


@pytest.mark.parametrize(
    "line", ["**a " * 40_000, "[" * 100_000, "| " * 90_000, "（一）" * 60_000, "1 " * 90_000]
)
def test_a_hostile_line_takes_no_long_time(line):
    read_text(line.encode(), "a.md")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n\n\t\t\n",
        "\ufeff".encode(),
        b"\x00" * 50,
        TEXT.encode() + b"\x00",
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-32"),
        TEXT.encode("utf-16")[:-1],
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"PK\x03\x04" + b"\xff" * 300,
        TEXT.encode().replace("自然人".encode(), b"\xff\xff", 1),
        ("一" * (MAX_LINE + 1)).encode(),
        "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n".encode(),
        b"# nianbao\n\nReads annual reports.\n\n```sh\nmake report\n```\n",
        "id,name,level\nluoyang-gaj,洛阳市公安局,department\n".encode(),
        "项目\t数量\n总计\t5\n其他\t3\n".encode(),
    ],
)
def test_what_is_no_report_is_refused_with_one_clear_message(content):
    refused(content)


def test_a_character_cut_in_half_at_the_end_is_named_as_such():
    content = TEXT.encode()[:-1].rstrip(b"\n")
    assert "断开" in refused(content.rstrip("。".encode())[:-1])


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_raise_nothing_but_the_projects_own_error(content):
    with pytest.raises(NianbaoError):
        recognised(content)


WORDS = ["\t", "\n", "总计", "其他", "规章", "0", "12", "行政复议", "自然人", "一、", "（一）"]


@pytest.mark.many
@settings(max_examples=150)
@given(st.lists(st.sampled_from([*WORDS, *TEXT.split("\n")]), max_size=60))
def test_shuffled_scraps_of_a_report_raise_nothing_but_the_projects_own_error(pieces):
    try:
        cells = recognised("".join(pieces).encode()).cells
    except NianbaoError:
        return
    assert len(cells) == 200


def positions(content):
    """Return where to cut the real document: densely, and around every section's title."""
    closing = content.index("六、其他需要报告的事项".encode())
    cuts = {*range(0, closing, 97), *range(closing - 40, closing + 1)}
    for numeral in "一二三四五":
        title = content.index(f"\n{numeral}、".encode())
        cuts |= set(range(title - 6, title + 9))
    five = content.index("五、存在".encode())
    ends = [i for i in range(five, closing) if content[:i].endswith("。".encode())]
    return sorted(cuts | set(ends) | {i + 1 for i in ends})


def test_the_real_document_cut_before_section_six_is_refused_or_said_to_lack_it(real_bytes):
    """A cut at the end of a sentence cannot be told from a report without section six."""
    read_anyway = 0
    for cut in positions(real_bytes):
        try:
            found = recognised(real_bytes[:cut])
        except UnreadableError as error:
            assert str(error).startswith("a.txt：")
        else:
            assert real_bytes[:cut].decode().rstrip().endswith("。")
            (note,) = [n for n in reading_notes(found) if n.code == "section_missing"]
            assert "第六部分" in note.message
            assert "没有取全" in note.message
            read_anyway += 1
    assert read_anyway < 10


def test_the_real_document_cut_later_is_never_wrong(real_bytes):
    whole = recognised(real_bytes).cells
    closing = real_bytes.index("六、其他需要报告的事项".encode())
    for cut in [*range(closing, len(real_bytes), 53), len(real_bytes)]:
        try:
            cells = recognised(real_bytes[:cut]).cells
        except UnreadableError:
            continue
        assert cells == whole


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_cut_is_never_read_in_other_encodings_either(real_bytes, encoding):
    content = real_bytes.decode().encode(encoding)
    for cut in range(0, len(real_bytes.decode().partition("五、存在")[0].encode(encoding)), 197):
        with pytest.raises(UnreadableError):
            recognised(content[:cut])


def test_prose_that_is_indented_with_a_tab_stays_prose():
    indented = TEXT.replace("2022年，本机关", "\t2022年，本机关").replace("一、总体", "\t一、总体")
    sections = {s.number: [p.text for p in s.paragraphs] for s in read(indented).sections}
    assert sections[1][0] == "2022年，本机关认真做好政府信息公开工作。"


def test_a_file_is_opened_by_its_ending_and_refused_with_what_to_do(tmp_path):
    path = tmp_path / "a.pages"
    path.write_text("x")
    with pytest.raises(UnreadableError, match="txt"):
        open_document(read_source(path))


def test_files_that_are_missing_empty_folders_or_huge_are_refused(tmp_path):
    with pytest.raises(UnreadableError, match=r"none\.txt"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(UnreadableError):
        read_source(tmp_path)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    with pytest.raises(UnreadableError, match="空"):
        read_source(tmp_path / "empty.txt")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableError, match="上限"):
        read_source(tmp_path / "huge.txt")
