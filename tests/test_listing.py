"""A ``cells.csv`` taken back: as it is, and where it contradicts itself never as a figure."""

import csv
import io

import pytest

from boards import VARIANTS, amounts, boards, by_rule, note_codes, report, report_of, wrong
from nianbao.documents.plain.separated import read_csv
from nianbao.errors import UnreadableError
from nianbao.reading import read_report
from nianbao.recognize import recognize
from nianbao.report import CELL_FIELDS

CODE = "t3.granted.natural"
FEES = "t2.fees.amount_10k"
CHANGE = "t2.licences.change"


def exported(variant="2021", written=None):
    rows = report(boards(written or amounts(variant), variant)).rows()
    return [{k: "" if v is None else str(v) for k, v in row.items()} for row in rows]


ROWS = {variant: exported(variant) for variant in ("2021", "2019", "2021+t3:2019")}


def csv_text(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, CELL_FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def reread(rows):
    return report_of(recognize(read_csv(csv_text(rows).encode(), "cells.csv")))


def with_cell(code, variant="2021", **fields):
    return [row | fields if row["cell"] == code else row for row in ROWS[variant]]


def cell(code, variant="2021", **fields):
    return reread(with_cell(code, variant, **fields)).cells[code]


@pytest.mark.parametrize("variant", ROWS)
def test_what_was_exported_comes_back_cell_by_cell(variant):
    first = report(boards(amounts(variant), variant))
    found = reread(ROWS[variant])
    assert found.form.key == variant
    assert found.cells == first.cells
    assert {n: f.status for n, f in by_rule(found).items()} == {
        n: f.status for n, f in by_rule(first).items()
    }


def test_a_mixture_of_tables_comes_back_too():
    rows = exported("2021+t2:2019")
    assert wrong(reread(rows), amounts("2021+t2:2019")) == {}


def test_states_without_a_figure_come_back_as_they_are():
    written = amounts() | {
        CODE: "",
        "t3.granted.business": "-",
        "t3.granted.research": "/",
        "t3.granted.nonprofit": "无",
        "t3.granted.legal": "约3",
    }
    rows = exported(written=written)
    found = reread(rows).cells
    assert {code: c.state for code, c in found.items()} == {r["cell"]: r["state"] for r in rows}
    assert found["t3.granted.legal"].written == "约3"
    assert {found[c].value for c in found if c.startswith("t3.granted.")} >= {None}


def test_inferred_and_unknown_cells_come_back_as_they_are():
    fields = {"state": "inferred", "written": ""}
    assert cell(CODE, **fields).state == "inferred"
    assert cell(CODE, value="", state="unknown", written="").state == "unknown"


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "999"},
        {"value": "0", "written": "-"},
        {"value": "0", "written": "约0"},
        {"value": "", "state": "number"},
        {"value": "", "state": "inferred", "written": ""},
        {"value": "3", "state": "blank", "written": ""},
        {"value": "3", "state": "unknown", "written": ""},
        {"value": "3", "state": "sure", "written": "3"},
        {"value": "NaN", "written": ""},
        {"value": "Infinity", "written": ""},
        {"value": "-3", "written": "-3"},
        {"value": "1.5", "written": "1.5"},
        {"value": "三", "written": "三"},
    ],
)
def test_a_row_that_contradicts_itself_is_unreadable(fields):
    found = cell(CODE, **fields)
    assert (found.state, found.value) == ("unreadable", None)


@pytest.mark.parametrize(
    "fields", [{"value": "-3", "written": "减3"}, {"value": "-3", "written": "-3"}]
)
def test_a_change_of_2019_may_be_negative(fields):
    assert cell(CHANGE, "2019", **fields).value == -3


def test_a_change_whose_sign_was_lost_is_unreadable():
    assert cell(CHANGE, "2019", value="3", written="减3").state == "unreadable"


@pytest.mark.parametrize(
    ("value", "written"), [("12.5", "125000元"), ("12.5", "12.5"), ("12.5", "125000")]
)
def test_an_amount_may_have_been_converted(value, written):
    assert str(cell(FEES, value=value, written=written).value) == "12.5"


def test_cells_that_are_not_listed_are_unknown():
    found = reread([row for row in ROWS["2021"] if row["cell"].startswith("t4.")])
    assert found.state_count("unknown") == 185
    assert len(found.cells) == 200


def test_an_unknown_cell_may_not_be_forced_by_the_rules():
    found = reread(with_cell(CODE, value="", state="unknown", written=""))
    assert CODE not in found.implied
    assert {by_rule(found)[n].status for n in ("T3-2:natural", "T3-3:granted")} == {"undecided"}


def test_figures_that_do_not_balance_are_kept_and_fail():
    found = reread(with_cell(CODE, value="999", written="999"))
    assert found.cells[CODE].value == 999
    assert by_rule(found)["T3-3:granted"].status == "failed"


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([*ROWS["2021"], ROWS["2021"][0] | {"cell": "t3.granted.naturel"}], "t3.granted.natural"),
        ([*ROWS["2021"], ROWS["2021"][0] | {"cell": "t9.x"}], "cell"),
        ([*ROWS["2021"], ROWS["2021"][0] | {"cell": "t3.other.natural"}], "t3.other"),
        ([*ROWS["2021"], ROWS["2021"][0] | {"value": "7"}], "前面已经有过"),
        ([*ROWS["2021"], ROWS["2021"][0] | {"year": "1999"}], "年度"),
    ],
)
def test_a_listing_that_is_of_no_one_form_or_report_is_refused(rows, word):
    with pytest.raises(UnreadableError, match=word):
        reread(rows)


def test_cells_of_both_forms_together_are_refused():
    old = [row | {"form": "2021"} for row in ROWS["2019"] if row["cell"].startswith("t2.")]
    new = [row for row in ROWS["2021"] if row["cell"] not in {r["cell"] for r in old}]
    with pytest.raises(UnreadableError):
        reread([*new, *old])


@pytest.mark.parametrize("value", ["1e5000", "9" * 4301])
def test_a_monstrous_number_is_unreadable_and_no_crash(value):
    assert cell(CODE, value=value, written="").state == "unreadable"


@pytest.mark.parametrize("value", ["1e3", "1_2", "１２", "٣", "+3", "9" * 40])
def test_a_value_that_no_export_writes_is_unreadable(value):
    assert cell(CODE, value=value, written="").state == "unreadable"


@pytest.mark.parametrize("state", ["blank", "dash", "slash", "word"])
def test_an_empty_state_beside_a_written_figure_is_unreadable(state):
    assert cell(CODE, value="", state=state, written="5").state == "unreadable"


def test_a_read_number_must_have_been_written():
    assert cell(CODE, value="999", state="number", written="").state == "unreadable"


def test_an_amount_written_in_wan_yuan_was_never_converted():
    assert cell(FEES, value="12.5", written="125000万元").state == "unreadable"


def test_a_listing_that_names_another_form_than_its_cells_is_told():
    rows = [row | {"form": "2019"} for row in ROWS["2021"]]
    try:
        found = reread(rows)
    except UnreadableError:
        return
    assert {"form_conflict", "hybrid"} & note_codes(found)


def test_every_variant_is_known_to_the_exporter():
    assert set(ROWS) | {"2021+t2:2019"} == set(VARIANTS)


def test_a_listing_says_itself_whose_report_it_is(tmp_path):
    path = tmp_path / "cells.csv"
    path.write_text(csv_text(ROWS["2021"]), "utf-8")
    found = read_report(path)
    assert (found.agency, found.year) == (ROWS["2021"][0]["agency"], int(ROWS["2021"][0]["year"]))
