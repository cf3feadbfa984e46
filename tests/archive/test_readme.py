"""What a stranger is told: true commands, and nothing that a report smuggles in."""

from nianbao.archive.readme import readme


def told(title="测试局2022年报告", reports=((2022, "a"),), draft=""):
    return readme(title, reports, "nianbao-1-py3-none-any.whl", "3.11", draft).decode()


def test_commands_name_every_report_safely():
    text = told(reports=[(2022, "a"), (2023, "甲 局'; rm x")])
    assert """--report 2022/a --report '2023/甲 局'"'"'; rm x'\n""" in text
    assert "data/software/nianbao-1-py3-none-any.whl" in text and "Python 3.11" in text


def test_a_draft_is_made_again_as_a_draft():
    assert "--draft" in told(draft="未完") and "**草稿。** 未完" in told(draft="未完")
    assert "草稿" not in told() and "--draft" not in told()


def test_markup_in_a_name_stays_text():
    text = told(title="<script>alert(1)</script>")
    assert "<script" not in text and "&lt;script&gt;" in text
