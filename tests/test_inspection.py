"""The register and what lies beside it: each thing that does not fit is told with its place."""

import pytest

from builders import figures
from nianbao.inspection import inspect
from nianbao.workspace import Workspace
from offices import HEAD, file_report, project

VALUES = figures(13, density=0.5)
CLEAN = "town,测试市人民政府,city,,320100,,\na,甲局,department,town,320100,2019,\n"


def told(tmp_path, register=CLEAN, files=("town", "a"), year=2022):
    root = project(tmp_path, register)
    for agency in files:
        file_report(root, agency, year, VALUES)
    return inspect(Workspace(root))


def only(remarks):
    (remark,) = remarks
    return remark.severity, remark.where, remark.message


def test_a_register_that_fits_is_left_in_peace(tmp_path):
    assert told(tmp_path) == []


def test_the_shipped_register_fits(real_path):
    assert inspect(Workspace(real_path.parents[3])) == []


def test_an_unknown_parent_is_told_with_the_nearest(tmp_path):
    severity, where, message = only(told(tmp_path, CLEAN.replace(",town,", ",twon,")))
    assert (severity, where) == ("error", "params/agencies.csv 第3行")
    assert "“twon”没有登记" in message and "“town”" in message


def test_a_circle_is_told_once_with_all_its_members(tmp_path):
    circle = "a,甲,city,c,,,\nb,乙,county,a,,,\nc,丙,county,b,,,\nd,丁,township,c,,,\n"
    remarks = told(tmp_path, circle, "abcd")
    assert [r.message for r in remarks] == ["上级关系成环：a→c→b→a。"]


def test_an_agency_above_itself_is_a_circle(tmp_path):
    remarks = told(tmp_path, "a,甲,city,a,,,\n", "a")
    assert [r.message for r in remarks] == ["上级关系成环：a→a。"]


@pytest.mark.parametrize(
    ("row", "severity", "words"),
    [
        ("a,又一个,office,,,,\n", "error", "“a”重复"),
        ("b,乙局,departmant,,,,\n", "error", "最接近的是“department”"),
        ("b,乙局,department,,,19年,\n", "error", "since“19年”"),
        ("b,乙局,department,,,2023,2020\n", "error", "晚于"),
        ("b,,department,,,,\n", "error", "没有填写机关名称"),
        ("notices,乙局,department,,,,\n", "error", "请换一个"),
        ("../b,乙局,department,,,,\n", "error", "不能用作文件名"),
        ("b,甲局,department,,,,\n", "hint", "不止一次"),
        ("b,乙局,department,,3201,,\n", "hint", "6位"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_line(tmp_path, row, severity, words):
    found = [r for r in told(tmp_path, CLEAN + row) if words in r.message]
    assert found and {r.severity for r in found} == {severity}
    assert found[-1].where == "params/agencies.csv 第4行"


def test_a_raw_file_without_an_agency_is_told_with_the_nearest(tmp_path):
    severity, where, message = only(told(tmp_path, files=("town", "a", "twon")))
    assert (severity, where) == ("error", "data/raw/2022/twon.txt")
    assert "最接近的是“town”" in message


def test_agencies_without_any_report_are_counted_in_one_hint(tmp_path):
    many = "".join(f"x{n},第{n}局,department,,,,\n" for n in range(12))
    severity, where, message = only(told(tmp_path, CLEAN + many))
    assert (severity, where) == ("hint", "data/raw")
    assert "第0局" in message and "等12个" in message


def test_a_report_of_a_year_in_which_the_agency_did_not_exist_is_a_hint(tmp_path):
    severity, _, message = only(told(tmp_path, CLEAN.replace("2019,", "2019,2021")))
    assert severity == "hint" and "2022年不存在（2019 至 2021）" in message


def test_parameters_that_are_wrong_or_belong_to_no_report_are_told(tmp_path):
    root = project(tmp_path, CLEAN)
    file_report(root, "town", 2022, VALUES)
    file_report(root, "a", 2022, VALUES)
    (root / "params" / "2022").mkdir()
    (root / "params" / "2022" / "a.yaml").write_text("sourse: x\n", "utf-8")
    (root / "params" / "2022" / "towm.yaml").write_text("source: x\n", "utf-8")
    (root / "params" / "rules.yaml").write_text("rules: [{id: 1}]\n", "utf-8")
    remarks = {r.where: r for r in inspect(Workspace(root))}
    assert remarks["params/2022/a.yaml"].severity == "error"
    assert "sourse" in remarks["params/2022/a.yaml"].message
    assert "最接近的是“town”" in remarks["params/2022/towm.yaml"].message
    assert remarks["params/rules.yaml"].severity == "error"


def test_a_register_that_cannot_be_read_is_the_only_remark(tmp_path):
    root = project(tmp_path)
    (root / "params" / "agencies.csv").write_text(HEAD.replace("level,", ""), "utf-8")
    severity, where, message = only(inspect(Workspace(root)))
    assert (severity, where) == ("error", "params/agencies.csv") and "level" in message


def test_local_deadlines_for_nobody_are_told(tmp_path):
    root = project(tmp_path, CLEAN)
    for agency in ("town", "a"):
        file_report(root, agency, 2022, VALUES)
    path = root / "params" / "deadlines.yaml"
    path.write_text("deadlines:\n  - {date: 01-20, agencies: [a, twon]}\n", "utf-8")
    severity, where, message = only(inspect(Workspace(root)))
    assert (severity, where) == ("error", "params/deadlines.yaml")
    assert "“twon”没有登记" in message and "“town”" in message
    path.write_text("deadlines:\n  - {date: 02-31}\n", "utf-8")
    assert only(inspect(Workspace(root)))[1:] == (
        "params/deadlines.yaml",
        "params/deadlines.yaml 第2行：没有“02-31”这一天。".removeprefix("params/deadlines.yaml："),
    )
