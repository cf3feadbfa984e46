"""Signs of radicals become characters, and nothing else is touched."""

from __future__ import annotations

from nianbao.documents.pdf.radicals import fold_radicals


def test_kangxi_radicals_become_characters() -> None:
    assert fold_radicals("⼀⼤⼩⾏⽂⽅⼈⾃⼯") == "一大小行文方人自工"


def test_radicals_that_unicode_does_not_decompose_become_characters() -> None:
    assert fold_radicals("⻚⺠⻔⻅⻋⻓⻛⻢⻰⻬") == "页民门见车长风马龙齐"


def test_width_and_punctuation_stay() -> None:
    assert fold_radicals("（１），ﬁ①²") == "（１），ﬁ①²"
