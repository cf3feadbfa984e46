"""Labels as offices write them: numbering is a hint, the core is the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.labels import cores, likeness, nearest, normalize, read_label


@pytest.mark.parametrize(
    ("written", "core", "style", "number"),
    [
        ("一、总体情况", "总体情况", "section", 1),
        ("十二、其他", "其他", "section", 12),
        ("二十、其他", "其他", "section", 20),
        ("（一）予以公开", "予以公开", "group", 1),
        ("(七)总计", "总计", "group", 7),
        ("1.属于国家秘密", "属于国家秘密", "item", 1),
        ("1、属于国家秘密", "属于国家秘密", "item", 1),
        ("１．属于国家秘密", "属于国家秘密", "item", 1),
        ("①属于国家秘密", "属于国家秘密", "item", 1),
        ("3.危及“三安全一稳定”", "危及三安全一稳定", "item", 3),
        ("3.危及‘三安全一稳定’", "危及三安全一稳定", "item", 3),
        ('3.危及"三安全一稳定"', "危及三安全一稳定", "item", 3),
        ("本年收费金额（单位：万元）", "本年收费金额", "", None),
        ("商业\n企业", "商业企业", "", None),
        ("总 计：", "总计", "", None),
        ("\u200b其\u3000他\u00a0", "其他", "", None),
        ("2022年", "2022年", "", None),
        ("", "", "", None),
    ],
)
def test_a_label_is_taken_apart(written, core, style, number):
    label = read_label(written)
    assert (label.core, label.style, label.number) == (core, style, number)


@given(st.text(max_size=40))
def test_any_text_can_be_taken_apart(written):
    label = read_label(written)
    assert label.style in ("", "section", "group", "item")
    assert (label.number is not None) == bool(label.style)


@given(st.sampled_from(["总体情况", "属于国家秘密", "重复申请"]), st.integers(1, 19))
def test_numbering_never_changes_the_core(core, number):
    for written in (f"{number}.{core}", f"{number}、{core}", f"（{number}）{core}"):
        assert read_label(written).core == core


@given(st.lists(st.sampled_from(["重", "复", "申", "请", " ", "\u3000", "\u200b", "\n", "\u00a0"])))
def test_what_cannot_be_seen_never_changes_a_label(pieces):
    seen = [piece for piece in pieces if piece.strip("\u200b").strip()]
    assert normalize("".join(pieces)) == "".join(seen)
    assert read_label("".join(pieces)) == read_label("".join(seen))


def test_the_nearest_of_two_rivals_needs_a_clear_lead():
    rivals = {"a": ["属于三类内部事务信息"], "b": ["属于四类过程性信息"]}
    assert nearest("属于三类内部事物信息", rivals) == "a"
    assert nearest("属于类信息", rivals) is None
    assert nearest("总计", {"a": ["总计额"]}) is None
    assert nearest("某某某某", {}) is None


def test_likeness_is_one_for_the_same_and_nothing_for_the_foreign():
    assert likeness("重复申请", ["重复申请"]) == 1
    assert likeness("重复申请", ["科研机构"]) == 0
    assert likeness("重复", ["无正当理由大量反复申请"]) == 0


def test_cores_join_label_and_aliases():
    assert cores("（一）予以公开", ["予以公开情况"]) == {"予以公开", "予以公开情况"}
