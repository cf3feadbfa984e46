"""What goes into a bag of a project: all that a report depends on, and nothing else."""

import csv
import io
import json
import shutil
import unicodedata

import pytest

from archive.city import NEEDED, REGISTER, city
from nianbao.archive.inputs import inputs, notebook, register_of, related
from nianbao.archive.staging import stage, workshop
from nianbao.errors import BuildError
from nianbao.findings import check_report
from nianbao.ledger import Ledger
from nianbao.records import cells_csv, findings_csv
from nianbao.shelf import read_kept
from nianbao.surroundings import around

KEY = (2022, "bureau")


def findings(workspace, key):
    report = read_kept(workspace.reports()[key], key[1], key[0], workspace)
    return findings_csv(check_report(report, around(report, workspace)))


def tables(workspace):
    """Return the cells and findings of the bureau's report."""
    report = read_kept(workspace.reports()[KEY], "bureau", 2022, workspace)
    return cells_csv(report), findings(workspace, KEY)


def test_last_year_below_beside_and_all_parameters_go_along_and_nothing_else(town):
    ledger = Ledger(town.workspace)
    assert set(inputs(ledger, [KEY])) == NEEDED
    assert related(ledger, [KEY]) == [
        KEY,
        (2021, "bureau"),
        (2022, "station"),
        (2022, "water"),
    ]


def test_the_register_keeps_its_header_its_order_and_the_rows_that_count(town):
    content = inputs(Ledger(town.workspace), [KEY])["params/agencies.csv"].decode()
    rows = [row["id"] for row in csv.DictReader(io.StringIO(content))]
    assert rows == ["town", "city", "bureau", "water", "station", "closed"]
    assert content.splitlines()[1:] == [r for r in REGISTER if r.split(",")[0] in rows]


def test_columns_of_the_register_that_are_the_analysts_own_are_kept(town):
    town.write("params/agencies.csv", 'note,id,name\n"甲,乙",bureau,测试局\n丙,water,水利局\n')
    assert (
        register_of(town.workspace, {"bureau"}).decode() == 'note,id,name\n"甲,乙",bureau,测试局\n'
    )


def test_the_copy_gives_the_same_cells_and_findings(town):
    ledger = Ledger(town.workspace)
    targets = {KEY: ledger.paths[KEY]}
    with workshop() as shop:
        staged = stage(ledger, targets, shop / "bureau" / "project", shop)
        assert set(staged.files()) == NEEDED
        assert tables(staged.workspace) == tables(town.workspace)
    assert not shop.exists()


@pytest.mark.parametrize(
    "name",
    sorted(NEEDED - {"notebooks/report.ipynb", "requirements.lock", "params/deadlines.yaml"}),
)
def test_no_input_is_without_effect(town, name):
    """Each is needed: without it the cells or findings are others, or there are none."""
    before = tables(town.workspace)
    (town.root / name).unlink()
    if name == "params/agencies.csv":
        town.register("bureau,测试局,department,,,,", "town,远镇,township,,,,")
    if name in ("params/2022/bureau.yaml", "data/raw/2022/station.txt"):
        return  # the date of publication stands on pages only; a department has no sums of others
    if name == "data/raw/2022/bureau.txt":
        assert KEY not in town.workspace.reports()
        return
    assert tables(town.workspace) != before


def test_a_governments_report_needs_those_of_the_agencies_below(town):
    key = (2022, "city")
    found = inputs(Ledger(town.workspace), [key])
    raw = {name for name in found if name.startswith("data/raw/")}
    assert raw == {f"data/raw/2022/{name}.txt" for name in ("city", "bureau", "water")}
    before = findings(town.workspace, key)
    (town.root / "data/raw/2022/water.txt").unlink()
    assert findings(town.workspace, key) != before


def test_agencies_that_local_rules_name_stay_registered(town):
    """Regression: rules for an agency that was not taken along are refused."""
    rows = inputs(Ledger(town.workspace), [KEY])["params/agencies.csv"].decode()
    assert "\ntown," in rows and "\nfar," not in rows


def test_a_folder_goes_along_file_by_file_without_what_systems_leave_behind(town):
    folder = town.root / "data" / "raw" / "2022" / "bureau"
    (town.root / "data" / "raw" / "2022" / "bureau.txt").rename(town.root / "kept.txt")
    folder.mkdir()
    shutil.copy(town.root / "kept.txt", folder / "正文.txt")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    found = inputs(Ledger(town.workspace), [KEY])
    assert [n for n in found if n.startswith("data/raw/2022/bureau")] == [
        "data/raw/2022/bureau/正文.txt"
    ]


def test_names_are_composed(tmp_path):
    town = city(tmp_path / "town")
    name = unicodedata.normalize("NFD", "ré.txt")
    town.write(
        "params/agencies.csv", "id,name,level,parent,region,since,until\nré,某局,office,,,,\n"
    )
    (town.root / "params/rules.yaml").unlink()
    (town.root / "data/raw/2022/bureau.txt").rename(town.root / "data/raw/2022" / name)
    found = inputs(Ledger(town.workspace), [(2022, "ré")])
    assert "data/raw/2022/ré.txt" in found


def test_a_clean_notebook_goes_along_as_it_is_and_another_without_its_outputs(town):
    path = town.workspace.notebook("report")
    clean = path.read_bytes()
    assert notebook(town.workspace) == clean
    ran = json.loads(clean)
    ran["metadata"]["language_info"]["version"] = "3.11.7"
    for cell in ran["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 3
            cell["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "/home/某"}]
    path.write_text(json.dumps(ran), "utf-8")
    assert json.loads(notebook(town.workspace)) == json.loads(clean)


@pytest.mark.parametrize("name", ["requirements.lock", "notebooks/report.ipynb"])
def test_what_a_rerun_cannot_do_without_is_demanded(town, name):
    (town.root / name).unlink()
    with pytest.raises(BuildError, match=f"缺少 {name}"):
        inputs(Ledger(town.workspace), [KEY])


def test_a_damaged_notebook_is_told(town):
    town.write("notebooks/report.ipynb", b"no json")
    with pytest.raises(BuildError, match="不是可以运行的笔记本"):
        inputs(Ledger(town.workspace), [KEY])


def test_neighbours_that_cannot_be_read_are_not_readable_in_the_copy_either(town):
    town.write("data/raw/2022/silent.docx", b"no package")
    town.write("data/raw/2022/station.txt", b"")
    town.write("params/2021/bureau.yaml", "unknown: 1\n")
    before = tables(town.workspace)
    ledger = Ledger(town.workspace)
    with workshop() as shop:
        staged = stage(ledger, {KEY: ledger.paths[KEY]}, shop / "bureau" / "project", shop)
        added = {"data/raw/2022/silent.docx", "params/2021/bureau.yaml"}
        assert set(staged.names) == NEEDED | added
        assert tables(staged.workspace) == before
        assert staged.workspace.reports().keys() >= {(2021, "bureau"), (2022, "silent")}
