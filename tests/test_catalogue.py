"""The catalogue of rules, and the rules that an analyst adds in params/rules.yaml."""

import pytest

from nianbao.catalogue import catalogue, check_own_rules, local_rules, rule_of
from nianbao.errors import UsageError
from nianbao.forms import form_ids, load_form
from oracle.command import run
from oracle.project import Project

RULE = """  - id: LOCAL-1
    label: 行政许可不为0
    severity: warning
    basis: 本机关有许可事项
    left: [t2.licences.decisions]
    relation: "!="
    right: [0]
"""
GOOD = f"rules:\n{RULE}"


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "project")


def given(project, content):
    project.rules(content)
    return local_rules(project.workspace)


def refused(project, content):
    with pytest.raises(UsageError) as raised:
        given(project, content)
    assert raised.value.exit_code == 2
    return str(raised.value)


def test_the_packages_own_rules_fit_the_schema():
    check_own_rules()


def test_every_rule_has_an_id_of_its_own_words_and_a_basis():
    specs = [*catalogue(), *(rule for form in form_ids() for rule in load_form(form).rules)]
    by_id = {spec.id: spec for spec in specs}
    assert len({spec.id for spec in catalogue()}) == len(catalogue())
    for spec in by_id.values():
        assert spec.label and spec.basis and spec.severity in ("error", "warning", "hint")
        assert rule_of(spec.id) is spec if spec in catalogue() else spec.balances


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        ("Y-1", "error"),
        ("Y-2", "warning"),
        ("Y-3", "warning"),
        ("Y-4", "hint"),
        ("Y-7", "warning"),
        ("T2-3", "warning"),
        ("T2-4", "warning"),
        ("T3-6", "error"),
        ("T3-8", "warning"),
        ("X-12", "warning"),
        ("X-15", "warning"),
    ],
)
def test_a_rule_is_as_sure_as_the_domain_notes_say(rule, severity):
    assert rule_of(rule).severity == severity


def test_a_local_rule_is_read_with_its_words(project):
    (spec,) = given(project, GOOD)
    assert (spec.id, spec.label, spec.severity) == ("LOCAL-1", "行政许可不为0", "warning")
    assert (spec.left, spec.relation, spec.right) == (("t2.licences.decisions",), "!=", (0,))
    assert spec.origin == "params/rules.yaml"


@pytest.mark.parametrize("content", ["", "# 还没有\n", "rules:\n", "rules: []\n", "\ufeff"])
def test_a_file_without_a_rule_adds_none(project, content):
    assert given(project, content) == ()


def test_without_a_file_there_is_none(project):
    assert local_rules(project.workspace) == ()


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n")])
def test_a_file_as_editors_on_windows_save_it_is_read(project, content):
    assert len(given(project, content)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOOD.encode("utf-16"), ("UTF-8",)),
        (GOOD.encode("gb18030"), ("UTF-8",)),
        (GOOD + "more: 1\n", ("rules",)),
        (RULE, ("rules",)),
        ("rule:\n" + RULE, ("rules",)),
        ("hello", ("rules",)),
        ("rules: {a: 1}\n", ("第1行", "类型")),
        ("rules: [\n", ("YAML", "第2行")),
        (GOOD + "    left: [\n", ("YAML", "行")),
        ("a: &a [x, x]\nrules: [*a, *a]\n", ("别名",)),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nrules: *c\n", ("别名",)),
        (GOOD + "#" * 1_000_001, ("过大",)),
        (GOOD.replace("warning", "fatal"), ("第4行", "fatal", "error、warning、hint")),
        (GOOD.replace("label: 行", "labels: 行"), ("第2行", "label")),
        (GOOD.replace("LOCAL-1", "Y-1"), ("第2行", "Y-1", "已经有了", "LOCAL-1")),
        (GOOD.replace("LOCAL-1", "T3-1"), ("第2行", "T3-1", "已经有了")),
        (GOOD + RULE, ("第9行", "LOCAL-1", "已经有了")),
        (GOOD.replace("licences", "licence"), ("第2行", "t2.licence", "t2.licences.decisions")),
        (GOOD.replace("t2.licences.decisions", "t3.new.totl"), ("第2行", "t3.new.total")),
        (GOOD.replace("t2.licences.decisions", "licences.decisions"), ("t2.licences.decisions",)),
        (GOOD.replace("t2.licences.decisions", '"*"'), ("第2行", "“*”")),
        (GOOD.replace("t2.licences.decisions", '"last:5*t3.new.total"'), ("t3.new.total",)),
        (GOOD.replace("t2.licences.decisions", "t3.new.<column>"), ("t3.new.<column>",)),
        (GOOD.replace("right: [0]", "right: ['0.5']"), ("第2行", "0.5")),
        (GOOD.replace("    left:", "    levels: [citty]\n    left:"), ("citty", "city")),
        (GOOD.replace("    left:", "    each: column\n    left:"), ("each", "table")),
        (GOOD.replace("    left:", "    check: narrative\n    left:"), ("第2行", "check")),
        (
            "rules:\n  - {id: LOCAL-1, label: 甲, severity: hint, basis: 乙, check: narrative}\n",
            ("第2行", "check"),
        ),
        (
            GOOD.replace(
                "    left:", "    when: [{left: [t9.x], relation: '=', right: [1]}]\n    left:"
            ),
            ("第2行", "t9.x"),
        ),
    ],
)
def test_what_is_wrong_ends_with_two_and_says_file_line_and_what_to_do(project, content, words):
    message = refused(project, content)
    assert message.startswith("params/rules.yaml")
    assert all(word in message for word in words), message
    assert "Error" not in message


@pytest.mark.parametrize("arguments", [("--agency", "bureau", "--year", 2022), ("FILE",)])
def test_a_wrong_rule_ends_a_check_with_two(project, monkeypatch, capfdbinary, arguments):
    path = project.report()
    project.rules(GOOD.replace("warning", "fatal"))
    given = [path if each == "FILE" else each for each in arguments]
    code, printed, said = run(project, monkeypatch, capfdbinary, "check", *given)
    assert (code, printed) == (2, "")
    assert "params/rules.yaml 第4行" in said


def test_a_local_rule_without_a_relation_is_asked_or_refused(project):
    project.report()
    try:
        given(project, GOOD.replace('    relation: "!="\n', ""))
    except UsageError:
        return
    assert "LOCAL-1" in project.check()


def test_rules_given_twice_are_refused(project):
    assert "rules" in refused(project, f"rules: []\n{GOOD}")


def test_a_rule_for_an_agency_that_is_not_registered_is_told(project):
    project.report()
    project.rules(GOOD.replace("    left:", "    agencies: [bureua]\n    left:"))
    with pytest.raises(UsageError):
        project.check()


def test_a_rule_that_ends_before_it_begins_is_refused(project):
    refused(project, GOOD.replace("    left:", "    since: 2024\n    until: 2020\n    left:"))


def test_a_rule_whose_cells_no_form_has_together_is_refused(project):
    mixed = "t2.regulations.made_new, t2.regulations.in_force"
    refused(project, GOOD.replace("t2.licences.decisions", mixed))


def test_rows_without_each_are_refused(project):
    refused(project, GOOD.replace("    left:", "    table: t2\n    rows: [coercion]\n    left:"))
