"""The fonts of an archived page: the characters asked for, the licence, the same bytes."""

import io

import pytest
from fontTools.ttLib import TTFont

from nianbao.archive.fonts import SANS, SERIF, SIGNS, face_rule, licences, missing, subset_of

TEXT = set("年度报告 2022，▸▾—")


@pytest.fixture(scope="module")
def made():
    return {face: subset_of(face, TEXT) for face in (SANS, SERIF)}


def opened(content):
    return TTFont(io.BytesIO(content))


@pytest.mark.parametrize("face", [SANS, SERIF])
def test_it_has_the_characters_and_next_to_nothing_else(made, face):
    font = opened(made[face])
    assert font.flavor == "woff2"
    source = set(TTFont(face.path).getBestCmap())
    assert set(font.getBestCmap()) == {ord(each) for each in TEXT} & source
    assert len(made[face]) < 20_000


@pytest.mark.parametrize("face", [SANS, SERIF])
def test_it_keeps_copyright_and_licence_and_takes_a_name_of_its_own(made, face):
    names = {record.nameID: str(record) for record in opened(made[face])["name"].names}
    assert names[1] == names[4] == face.family
    assert "Adobe" in names[0] and "Open Font License" in names[13] and "OFL" in names[14]
    outlines = opened(made[face])["CFF "].cff
    assert outlines.fontNames == [face.family.replace(" ", "") + "-Regular"]
    assert outlines.topDictIndex[0].FamilyName == face.family
    assert not [text for text in names.values() if text.startswith("Noto")]


def test_the_same_characters_give_the_same_bytes_in_any_order(made):
    assert subset_of(SERIF, sorted(TEXT, reverse=True)) == made[SERIF]
    assert opened(made[SERIF])["head"].modified == TTFont(SERIF.path)["head"].modified


def test_characters_that_the_font_has_not_got_are_left_out():
    assert set(opened(subset_of(SANS, {"年", "\U0010fffd"})).getBestCmap()) == {ord("年")}


def test_the_rule_brings_it_along():
    rule = face_rule(SANS, b"\x00\x01")
    assert rule == (
        '@font-face{font-family:"Nianbao Sans";'
        'src:url(data:font/woff2;base64,AAE=) format("woff2")}'
    )


def test_the_licence_is_whole():
    texts = {name: text.decode() for name, text in licences().items()}
    assert "SIL OPEN FONT LICENSE" in texts["OFL.txt"] and "TERMINATION" in texts["OFL.txt"]
    assert "Bitstream Vera Fonts Copyright" in texts["DejaVu.txt"]


def test_signs_that_chinese_fonts_lack_come_from_another_font_under_a_name_of_our_own():
    lacking = missing({"年", "✗", "▸"})
    assert lacking == {"✗", "▸"}
    font = opened(subset_of(SIGNS, lacking))
    assert set(font.getBestCmap()) == {ord("✗"), ord("▸")}
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == names[4] == "Nianbao Signs" and "Bitstream" in names[0] and names[13]
