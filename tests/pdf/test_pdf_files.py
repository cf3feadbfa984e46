"""The files of `make pdf`: where they lie, several at once, what cannot be read told apart."""

import json
import subprocess
import sys

import pytest
from printed import words

from builders import figures
from nianbao.errors import BuildError
from nianbao.findings import check_report
from nianbao.pdf import render, typesetting
from nianbao.pdf.content import content
from nianbao.pdf.files import write_pdfs
from nianbao.pdf.typesetting import typeset
from nianbao.workspace import Workspace
from offices import file_report
from offices import project as folder

VALUES = figures(13, density=0.5)
REGISTER = "clean,清洁局,department,,,,\nfaulty,出错局,department,,,,\nlost,失落局,department,,,,\n"


@pytest.fixture
def place(tmp_path, project):
    root = folder(tmp_path, REGISTER)
    (root / "notebooks").mkdir()
    (root / "notebooks" / "report.ipynb").write_bytes(project.notebook("report").read_bytes())
    file_report(root, "clean", 2022, VALUES)
    file_report(root, "faulty", 2022, VALUES | {"t3.granted.natural": 3})
    return Workspace(root)


def test_each_report_has_its_file_in_a_folder_of_the_year(place):
    said = []
    done = write_pdfs(place, place.select(2022), said.append, jobs=2)
    names = [path.relative_to(place.output).as_posix() for path in done.files]
    assert names == ["2022/pdf/clean.pdf", "2022/pdf/faulty.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-1.7") for path in done.files)
    assert len(said) == 2 and done.failed == ()


def test_a_report_that_cannot_be_read_does_not_stop_the_others(place):
    (place.root / "data" / "raw" / "2022" / "lost.docx").write_bytes(b"no package")
    done = write_pdfs(place, place.select(2022), lambda _: None)
    (error,) = done.failed
    assert error.exit_code == 3 and len(done.files) == 2


def test_what_the_disk_refuses_is_told(place):
    place.output.mkdir()
    (place.output / "2022").write_text("in the way", "utf-8")
    done = write_pdfs(place, place.select(2022, "clean"), lambda _: None)
    assert done.files == () and [error.exit_code for error in done.failed] == [4]


def run(place, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "nianbao", "pdf", *arguments],
        cwd=place.root,
        capture_output=True,
        text=True,
    )


def test_the_command_names_what_it_wrote(place):
    ended = run(place, "--year", "2022", "--agency", "clean", "--jobs", "1")
    assert ended.returncode == 0
    assert ended.stdout.split() == ["output/2022/pdf/clean.pdf"]


def test_the_command_wants_a_year_and_a_known_agency(place):
    assert run(place).returncode == 2
    ended = run(place, "--year", "2022", "--agency", "clena")
    assert ended.returncode == 2 and "clean" in ended.stderr


def test_pdf_is_no_agencys_id(tmp_path):
    root = folder(tmp_path, "pdf,甲局,department,,,,\n")
    file_report(root, "pdf", 2022, VALUES)
    from nianbao.inspection import inspect

    assert any("请换一个" in str(each) for each in inspect(Workspace(root)))


def test_words_between_the_parts_are_the_notebooks(place, real_report):
    path = place.notebook("report")
    stored = json.loads(path.read_text("utf-8"))
    year = next(cell for cell in stored["cells"] if cell["id"] == "year")
    year["source"] = ["## 这一年\n", "\n", "由*分析员*改写，见[说明](#notes-title)。\n"]
    stored["cells"] = [cell for cell in stored["cells"] if cell["id"] != "publications"]
    path.write_text(json.dumps(stored), "utf-8")
    given = content(real_report, check_report(real_report), place)
    told = json.dumps(given["front"], ensure_ascii=False)
    assert "这一年" in told and "以下数据取自" not in told and "分析员" in told
    assert sum(block["kind"] == "chart" for block in given["front"]) == 3


ODD = """# 又一个标题

| 甲 | 乙 |
|---|---|
| 一 | 二 |

<table><tr><td>孤格</td></tr><tr><td>丙</td><td>丁</td><td>戊</td></tr></table>
<table></table><dl><dt>名</dt></dl>
<ol start="x"><li>项</li></ol><ol start="99999999"><li>末</li></ol>

> 引文 `代码` **重** ![图](data:image/png;base64,AAAA) <script>不执行</script>

    一段代码

- 列一
    - 列二

***
$x^2$ 公式 \\(y\\)
"""


def test_whatever_an_analyst_writes_between_the_parts_is_set(place, real_report):
    path = place.notebook("report")
    stored = json.loads(path.read_text("utf-8"))
    cell = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": ODD}
    stored["cells"] = [*stored["cells"], cell]
    path.write_text(json.dumps(stored), "utf-8")
    made = words(render(real_report, check_report(real_report), place))
    for told in (
        "又一个标题",
        "甲乙一二",
        "孤格丙丁戊",
        "名",
        "1.项",
        "引文代码重",
        "一段代码",
        "·列一·列二",
    ):
        assert told in made
    assert "不执行" not in made


@pytest.mark.parametrize("stored", [None, b"no json", b"[]", b'{"cells": [1]}', b'{"cells": [{}]}'])
def test_a_notebook_that_cannot_be_read_is_named(place, real_report, stored):
    path = place.notebook("report")
    path.unlink() if stored is None else path.write_bytes(stored)
    with pytest.raises(BuildError, match=r"notebooks/report\.ipynb"):
        content(real_report, check_report(real_report), place)


def test_what_typst_refuses_is_told_in_one_line(project, real_report):
    given = content(real_report, check_report(real_report), project)
    chart = next(block for block in given["front"] if block["kind"] == "chart")
    chart["alt"] = None  # a picture that says nothing to those who do not see it
    with pytest.raises(BuildError, match="PDF 没有排成"):
        typeset(given)


def test_a_document_that_takes_too_long_is_given_up(monkeypatch, project, real_report):
    given = content(real_report, check_report(real_report), project)
    monkeypatch.setattr(typesetting, "SECONDS", 0.0)
    with pytest.raises(BuildError, match="已终止"):
        typeset(given)
