"""The register of agencies and the parameters of one report."""

from contextlib import suppress

import pytest

from nianbao.errors import UsageError
from nianbao.register import agencies, agency_named, parameters
from nianbao.workspace import Workspace

HEAD = "id,name,level,parent,region,since,until\n"
ROWS = "city,测试市,city,,410300,,\nbureau,测试市公安局,department,city,410300,2019,\n"


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "params" / "2022").mkdir(parents=True)
    (tmp_path / "params" / "agencies.csv").write_text(HEAD + ROWS, "utf-8")
    return Workspace(tmp_path)


def register(workspace, content):
    path = workspace.root / "params" / "agencies.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return agencies(workspace)


def given(workspace, content, agency="bureau"):
    path = workspace.root / "params" / "2022" / f"{agency}.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return parameters(workspace, 2022, agency)


def test_agencies_are_read_by_id(workspace):
    found = agencies(workspace)
    assert list(found) == ["city", "bureau"]
    assert (found["bureau"].name, found["bureau"].parent) == ("测试市公安局", "city")


def test_a_register_saved_by_a_spreadsheet_with_a_mark_is_read(workspace):
    assert list(register(workspace, ("\ufeff" + HEAD + ROWS).replace("\n", "\r\n"))) == [
        "city",
        "bureau",
    ]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (HEAD + ROWS + "bureau,另一局,department,,,,\n", "第4行.*bureau"),
        (HEAD + "a,甲,village,,,,\n", "第2行.*village"),
        ("id,name,level\na,甲,city\n", "parent"),
        ("", "id"),
        (HEAD + "a\n", "第2行"),
    ],
)
def test_a_faulty_register_is_refused_with_its_line(workspace, content, named):
    with pytest.raises(UsageError, match=named):
        register(workspace, content)


@pytest.mark.parametrize("content", [(HEAD + ROWS).encode("gb18030"), b"\xff\xfe\x00", b"\x00"])
def test_a_register_that_is_not_utf_8_is_refused_not_a_crash(workspace, content):
    with pytest.raises(UsageError):
        register(workspace, content)


def test_a_register_that_is_not_there_is_refused_not_a_crash(tmp_path):
    with pytest.raises(UsageError):
        agencies(Workspace(tmp_path))


def test_the_longest_name_in_a_title_counts(workspace):
    found = agencies(workspace)
    assert agency_named("测试市公安局2022年政府信息公开工作年度报告", found) == "bureau"
    assert agency_named("测试市2022年政府信息公开工作年度报告", found) == "city"
    assert agency_named("某局2022年报告", found) is None


def test_a_report_without_parameters_has_none(workspace):
    assert parameters(workspace, 2022, "bureau") == {}


def test_parameters_are_read(workspace):
    text = "source: 官网\npublished: 2023-01-20\n"
    text += "waivers:\n- {finding: a, who: b, when: c, why: d}\n"
    found = given(workspace, text)
    assert found["source"] == "官网"
    assert found["waivers"][0]["why"] == "d"
    assert given(workspace, "# nothing yet\n") == {}


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("sorce: x\n", "sorce.*source"),
        ("source: 5\n", "source"),
        ("waivers: yes\n", "waivers"),
        ("waivers: [x]\n", "finding"),
        ("waivers: [{finding: a}]\n", "who"),
        ("- a\n- b\n", "bureau.yaml"),
        ("just words\n", "bureau.yaml"),
        ("a: [\n", r"第\d+行"),
        (b"source: \xff\n", "bureau.yaml"),
        ("[]\n", "bureau.yaml"),
        ("0\n", "bureau.yaml"),
        ("!!python/object/apply:os.system [echo]\n", "bureau.yaml"),
    ],
)
def test_faulty_parameters_are_refused_with_the_file_and_what_is_valid(workspace, content, named):
    with pytest.raises(UsageError, match=named):
        given(workspace, content)


@pytest.mark.parametrize("agency", ["../../outside", "../2021/bureau"])
def test_parameters_outside_their_folder_are_never_read(workspace, agency):
    for place in ("outside.yaml", "params/2021/bureau.yaml"):
        path = workspace.root.joinpath(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("source: stolen\n")
    outside = workspace.root.parent / "outside.yaml"
    outside.write_text("source: stolen\n")
    with suppress(UsageError):
        assert parameters(workspace, 2022, agency) == {}


def test_parameters_at_an_absolute_path_are_never_read(workspace, tmp_path):
    (tmp_path / "secret.yaml").write_text("source: stolen\n")
    with suppress(UsageError):
        assert parameters(workspace, 2022, str(tmp_path / "secret")) == {}


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(workspace):
    """Regression: a cell longer than the csv module reads ended in a traceback."""
    with pytest.raises(UsageError, match=r"agencies\.csv 第\d+行：不是有效的 CSV"):
        register(workspace, HEAD + ROWS + '"' + "x" * 200_000 + "\n")
