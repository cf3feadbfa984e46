import pytest
from jinja2 import TemplateNotFound

from nianbao.errors import BuildError
from nianbao.publish import draft_folder, put, recover, writable, write_text


def test_a_finished_folder_replaces_the_last_one_whole(tmp_path):
    target = tmp_path / "2022" / "a"
    for text in ("first", "second"):
        with draft_folder(target) as draft:
            write_text(draft / "page", text)
    assert [p.name for p in target.parent.iterdir()] == ["a"]
    assert (target / "page").read_text() == "second"


def test_a_failure_leaves_the_last_good_folder_and_no_draft(tmp_path):
    target = tmp_path / "a"
    with draft_folder(target) as draft:
        write_text(draft / "page", "good")
    with pytest.raises(ValueError, match="broken"), draft_folder(target) as draft:
        write_text(draft / "page", "half")
        raise ValueError("broken")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (target / "page").read_text() == "good"


def test_a_kill_between_the_two_renames_is_put_right(tmp_path):
    (tmp_path / ".a.old").mkdir()
    (tmp_path / ".a.old" / "page").write_text("good")
    (tmp_path / ".a.draft-xyz").mkdir()
    recover(tmp_path / "a")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a" / "page").read_text() == "good"


def test_a_kill_after_the_two_renames_leaves_the_new_folder(tmp_path):
    for name, text in ((".a.old", "old"), ("a", "new")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page").write_text(text)
    recover(tmp_path / "a")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a" / "page").read_text() == "new"


def test_drafts_of_another_agency_with_a_longer_name_are_left_alone(tmp_path):
    (tmp_path / ".a-b.draft-xyz").mkdir()
    recover(tmp_path / "a")
    assert [p.name for p in tmp_path.iterdir()] == [".a-b.draft-xyz"]


def test_line_ends_are_written_as_given(tmp_path):
    write_text(tmp_path / "page", "a\nb\n")
    assert (tmp_path / "page").read_bytes() == b"a\nb\n"
    assert [p.name for p in tmp_path.iterdir()] == ["page"]


def test_what_the_disk_refuses_is_told_in_a_sentence(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(BuildError, match=r"page\.html 无法写入（.+）。请检查磁盘空间和权限。"):
        put(tmp_path / "taken" / "page.html", b"")
    with (
        pytest.raises(BuildError, match=r"2022 a：输出无法写入（No space left on device）"),
        writable("2022 a：输出"),
    ):
        raise OSError(28, "No space left on device")


def test_a_template_that_is_missing_is_no_fault_of_the_disk():
    with pytest.raises(TemplateNotFound), writable("page "):
        raise TemplateNotFound("page.html")
