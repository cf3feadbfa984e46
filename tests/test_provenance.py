import json
from dataclasses import replace
from pathlib import Path

from nianbao.provenance import facts, file_hash, provenance
from nianbao.workspace import Workspace

ROOT = Workspace(Path(__file__).parents[1])


def test_all_that_a_re_run_needs_is_named_by_hash(real_report):
    known = facts(real_report, ROOT)
    assert known["source"]["sha256"] == real_report.sha256
    assert known["lock_sha256"] == file_hash(ROOT.root / "requirements.lock") != ""
    assert known["notebook_sha256"] == file_hash(ROOT.root / "notebooks" / "report.ipynb") != ""
    assert known["form"]["sha256"] == real_report.form.sha256
    assert len(known["software"]["code_sha256"]) == 64


def test_nothing_of_this_machine_is_in_it(real_report):
    text = json.dumps(facts(real_report, ROOT), ensure_ascii=False)
    assert str(ROOT.root) not in text
    assert str(Path.home()) not in text


def test_dates_in_parameters_can_be_written(real_report):
    import datetime

    dated = replace(real_report, parameters={"published": datetime.date(2023, 1, 20)})
    assert facts(dated, ROOT)["report_parameters"] == {"published": "2023-01-20"}


def test_the_page_names_form_law_and_hashes(real_report):
    html = provenance(real_report).html
    for words in ("国办公开办函〔2021〕30号", "条例》第四十九条", real_report.sha256, "agency="):
        assert words in html
