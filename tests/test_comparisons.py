"""A rule as data becomes comparisons between cells of the form at hand, or nothing."""

import pytest

from boards import CODES_2019, codes
from builders import BLOCKS, COLUMNS, DETAIL, ROWS
from nianbao.comparisons import Term, demand_cells, instances
from nianbao.errors import UsageError
from nianbao.forms import load_form
from nianbao.forms.sheets import rule_spec

FORMS = {key: load_form(key) for key in ("2021", "2019", "2021+t2:2019", "2021+t3:2019")}


def spec(left, right=(0,), relation="=", **others):
    given = {"id": "LOCAL-1", "label": "甲", "severity": "hint", "basis": "乙"} | others
    return rule_spec(given | {"left": left, "relation": relation, "right": list(right)})


def expanded(rule, form="2021"):
    return instances(FORMS[form], rule)


def sides(rule, form="2021"):
    return {each.scope: (each.sides.left, each.sides.right) for each in expanded(rule, form)}


def terms(text, form="2021"):
    """Return the terms that one word stands for."""
    found = expanded(spec([text]), form)
    return found[0].sides.left if found else ()


@pytest.mark.parametrize(
    ("text", "factor", "last"),
    [
        ("t3.new.total", 1, False),
        ("-t3.new.total", -1, False),
        ("5*t3.new.total", 5, False),
        ("-12*t3.new.total", -12, False),
        ("last:t3.new.total", 1, True),
        ("-last:t3.new.total", -1, True),
        ("5*last:t3.new.total", 5, True),
        ("-5*last:t3.new.total", -5, True),
        ("999999*t3.new.total", 999999, False),
    ],
)
def test_a_term_has_a_factor_and_a_year(text, factor, last):
    assert terms(text) == (Term(factor, "t3.new.total", last),)


@pytest.mark.parametrize(
    "text",
    [
        "t3.new.totl",
        "T3.new.total",
        "t3.new.total ",
        "last: t3.new.total",
        "last:5*t3.new.total",
        "1.5*t3.new.total",
        "1000000*t3.new.total",
        "--t3.new.total",
        "+t3.new.total",
        "t3.new.[a-z]*",
        "t3.new.tota?",
        "*",
        "t*",
        "",
        "next:t3.new.total",
    ],
)
def test_what_is_no_term_is_refused(text):
    assert terms(text) == ()
    with pytest.raises(UsageError) as raised:
        demand_cells(spec([text]), FORMS.values(), "params/rules.yaml 第2行")
    assert str(raised.value).startswith("params/rules.yaml 第2行")


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("t3.*.total", [f"t3.{row}.total" for row in ROWS]),
        ("t3.new.*", [f"t3.new.{column}" for column in COLUMNS]),
        ("t3.deny_*.legal", [f"t3.deny_{i}.legal" for i in range(1, 9)]),
        ("t4.*.pending", [f"t4.{block}.pending" for block in BLOCKS]),
        ("t2.*.in_force", ["t2.regulations.in_force", "t2.normative_docs.in_force"]),
        ("t2.fees.*", ["t2.fees.amount_10k"]),
    ],
)
def test_a_pattern_stands_for_the_cells_that_it_matches_in_form_order(pattern, wanted):
    found = terms(pattern)
    assert [term.code for term in found] == wanted
    assert {term.factor for term in terms(f"-3*{pattern}")} == {-3}
    assert all(term.last for term in terms(f"last:{pattern}"))


def test_a_pattern_has_the_rows_of_its_form():
    single = [code for code in codes("2019") if code.startswith("t3.other.")]
    assert [term.code for term in terms("t3.other*.total", "2019")] == [single[-1]]
    three = [f"t3.other_{i}.total" for i in (1, 2, 3)]
    assert [term.code for term in terms("t3.other*.total", "2021")] == three


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("t2.licences.decisions", {"2021", "2019", "2021+t2:2019", "2021+t3:2019"}),
        ("t2.fees.amount_10k", {"2021", "2021+t3:2019"}),
        ("t2.procurement.amount", {"2019", "2021+t2:2019"}),
        ("t3.other.total", {"2019", "2021+t3:2019"}),
        ("t3.other_2.total", {"2021", "2021+t2:2019"}),
        ("t4.after.pending", set(FORMS)),
    ],
)
def test_a_rule_is_asked_of_the_forms_that_have_its_cells(code, forms):
    assert {key for key in FORMS if expanded(spec([code]), key)} == forms
    demand_cells(spec([code]), FORMS.values(), "")


def test_a_rule_lacking_one_of_its_cells_is_not_asked_at_all():
    rule = spec(["t3.other_1.total", "t3.new.total"])
    assert expanded(rule, "2021") and not expanded(rule, "2019")
    when = [{"left": ["t3.other_1.total"], "relation": ">", "right": [0]}]
    asked = spec(["t3.new.total"], when=when)
    assert expanded(asked, "2021") and not expanded(asked, "2019")


def test_each_column_puts_its_id_in_every_place():
    when = [{"left": ["t4.review.total"], "relation": ">", "right": ["carried_out.<column>"]}]
    rule = spec(["new.<column>"], ["last:new.<column>", 3], table="t3", each="column", when=when)
    found = expanded(rule)
    assert [each.scope for each in found] == COLUMNS
    for each in found:
        code = f"t3.new.{each.scope}"
        assert each.sides.left == (Term(1, code),)
        assert each.sides.right == (Term(1, code, last=True), Term(3))
        assert each.when[0].right == (Term(1, f"t3.carried_out.{each.scope}"),)
        assert each.own(FORMS["2021"]) == (code,)


def test_each_row_is_every_row_or_those_that_are_named():
    rule = spec(["<row>.total"], ["<row>.natural"], table="t3", each="row")
    assert list(sides(rule)) == ROWS
    assert list(sides(rule, "2019")) == [
        code.split(".")[1] for code in CODES_2019 if code.startswith("t3.") and "total" in code[-5:]
    ]
    some = spec(["<row>.total"], ["<row>.natural"], table="t3", each="row", rows=DETAIL[:2])
    assert list(sides(some)) == DETAIL[:2]


def test_each_block_is_one_of_table_four():
    rule = spec(["<block>.total"], ["<block>.pending"], ">=", table="t4", each="block")
    assert sides(rule) == {
        block: ((Term(1, f"t4.{block}.total"),), (Term(1, f"t4.{block}.pending"),))
        for block in BLOCKS
    }


def test_its_own_cells_are_this_years_in_form_order_and_once():
    rule = spec(
        ["t4.review.total", "last:t2.coercion.decisions", "t3.new.total"], ["t3.new.total", 5]
    )
    (found,) = expanded(rule)
    assert found.own(FORMS["2021"]) == ("t3.new.total", "t4.review.total")


@pytest.mark.parametrize(
    ("term", "near"),
    [
        ("t3.carried_in.totel", "t3.carried_in.total"),
        ("last:t3.carried_out.naturel", "t3.carried_out.natural"),
        ("t2.fees.amount", "t2.fees.amount_10k"),
        ("-3*t4.review.pendin", "t4.review.pending"),
    ],
)
def test_an_unknown_cell_is_named_with_the_nearest(term, near):
    with pytest.raises(UsageError) as raised:
        demand_cells(spec([term]), FORMS.values(), "params/rules.yaml 第2行")
    assert term in str(raised.value) and near in str(raised.value)
    assert raised.value.exit_code == 2
