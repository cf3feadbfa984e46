"""YAML from people: read safely, held against the schema, wrong lines named."""

import pytest
import yaml

from nianbao.errors import UsageError
from nianbao.forms.schema import demand, line_of, load_yaml

RULE = """- id: LOCAL-1
  label: 行政许可不为0
  severity: warning
  basis: 本机关有许可事项
  left: [t2.licences.decisions]
  relation: "!="
  right: [0]
"""


def told(text):
    """Return what the schema says against some rules, empty where nothing is wrong."""
    data, node = load_yaml(text, "rules.yaml")
    try:
        demand(data, node, "rules", "rules.yaml")
    except UsageError as error:
        return str(error)
    return ""


def refused(text):
    with pytest.raises(UsageError) as raised:
        load_yaml(text, "rules.yaml")
    return str(raised.value)


def test_a_rule_as_in_the_documentation_fits():
    assert not told(RULE)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("label:", "advise: 核对\n  label:", 1, ("advise", "advice")),
        ("severity: warning", "severity: fatal", 3, ("fatal", "error、warning、hint")),
        ("  severity: warning\n", "", 1, ("severity",)),
        ("  basis: 本机关有许可事项\n", "", 1, ("basis",)),
        ("basis: 本机关有许可事项", "basis: ''", 4, ("basis", "空")),
        ("[t2.licences.decisions]", "t2.licences.decisions", 5, ("left", "类型")),
        ("[t2.licences.decisions]", "[]", 5, ("left", "空")),
        ("[t2.licences.decisions]", "[1.5]", 5, ("left",)),
        ("[t2.licences.decisions]", "[true]", 5, ("left",)),
        ("[t2.licences.decisions]", f"[{'x' * 81}]", 5, ("left",)),
        ('"!="', '"=="', 6, ("==", "!=")),
        ("right: [0]", "right: [0]\n  since: 1999", 8, ("since", "2008")),
        ("right: [0]", "right: [0]\n  since: 二〇二二", 8, ("since", "类型")),
        ("right: [0]", "right: [0]\n  table: t5", 8, ("table", "t2、t3、t4")),
        ("right: [0]", "right: [0]\n  each: cell", 8, ("each", "column、row、block")),
        ("right: [0]", "right: [0]\n  levels: []", 8, ("levels",)),
        ("right: [0]", "right: [0]\n  when: [{left: [1], right: [1]}]", 8, ("relation",)),
        ("right: [0]", "right: [0]\n  1: 2", 1, ("1", "可用")),
        ("id: LOCAL-1", "id: local-1", 1, ("id", "local-1")),
        ("id: LOCAL-1", "id: 1", 1, ("id", "类型")),
        ("  right: [0]\n", "", 1, ("right",)),
        ("right: [0]", "right: [0]\n  check: narrative", 1, ("check",)),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old, new, line, words):
    assert old in RULE
    message = told("\n" + RULE.replace(old, new, 1))
    assert message.startswith(f"rules.yaml 第{line + 1}行："), message
    assert all(word in message for word in words), message


@pytest.mark.parametrize("text", ["hello", "- hello", "- ", "- [1]", "{}", "5"])
def test_what_is_no_list_of_rules_is_refused(text):
    assert "类型不对" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "rules: [",
        "rules:\n\t- x",
        "a: b: c",
        "rules: []\n---\nrules: []\n",
        "rules: !!python/object/apply:os.getcwd []",
        "? [a, b]\n: 1",
        "rules: []\n\x00",
        "when: 2022-13-45",
        f"n: {'9' * 5000}",
        "[" * 1500,
        "{a: " * 400,
    ],
)
def test_what_is_no_yaml_is_refused_in_one_sentence(text):
    message = refused(text)
    assert message.startswith("rules.yaml：不是有效的 YAML")
    assert "Traceback" not in message


@pytest.mark.parametrize("text", ["a: &a [1]\nb: *a\n", "a: &a {b: 1}\nc:\n  <<: *a\n"])
def test_aliases_are_refused_before_they_can_swell(text):
    assert "别名" in refused(text)


def test_a_long_file_is_refused_before_it_is_parsed():
    assert "过大" in refused("#" * 1_000_001)


def test_the_line_of_a_path_is_that_of_its_value():
    text = "a:\n  - b: 1\n    c:\n      - 2\n      - 3\n"
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    assert [line_of(node, path) for path in ([], ["a", 0], ["a", 0, "b"], ["a", 0, "c", 1])] == [
        1,
        2,
        2,
        5,
    ]


def test_of_several_wrong_lines_the_first_is_told():
    wrong = RULE.replace("warning", "warnig")
    assert "第3行" in told(wrong + wrong.replace("LOCAL-1", "LOCAL-2"))


def test_a_long_wrong_value_is_quoted_in_part():
    assert len(told(f"'{'字' * 90_000}'")) < 1000


def test_a_name_given_twice_is_refused():
    again = RULE + "  left: [t2.coercion.decisions]\n"
    with pytest.raises(UsageError):
        load_yaml(again, "rules.yaml")


@pytest.mark.parametrize("sign", ["=", "!=", ">="])
def test_a_relation_without_quotation_marks_is_told_what_to_do(sign):
    assert "引号" in refused(RULE.replace('"!="', sign))


def test_a_misspelt_name_is_told_as_it_is_written():
    assert "lable" in told(RULE.replace("label:", "lable:"))


def test_a_check_with_one_side_is_told_which_name_is_missing():
    message = told(RULE.replace("left: [t2.licences.decisions]", "check: narrative"))
    assert "left" in message or "check" in message
