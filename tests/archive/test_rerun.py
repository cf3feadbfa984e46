"""Results are made again from the bag alone, and nothing of this process reaches them."""

import json
import os
import time
from pathlib import Path

import pytest

from archive import bags
from nianbao.archive import rerun as module
from nianbao.archive.opening import Bag
from nianbao.archive.rerun import is_draft, package_of, rerun, results
from nianbao.archive.setting import Setting
from nianbao.errors import UnreadableError

TOLD = """
import json, time
known = {name: os.environ.get(name) for name in sorted(os.environ)}
known |= {"cwd": os.getcwd(), "argv": sys.argv[1:], "path": sys.path, "zone": time.tzname}
known["listed"] = os.listdir(".")
try:
    Path.home().joinpath("x").write_text("x")
    known["home"] = "open"
except OSError:
    known["home"] = "closed"
given.into.joinpath("2022", "told").mkdir(parents=True)
given.into.joinpath("2022", "told", "told.json").write_text(json.dumps(known))
"""


def bag(act="", **described):
    return Bag(bags.NAME, bags.bag(bags.runnable(act), **described), None)


def told(interpreter, setting=None):
    ran = rerun(bag(TOLD), interpreter, setting)
    assert ran.failure == ""
    return json.loads(ran.results["2022/told/told.json"])


def test_the_same_results_come_out(interpreter):
    ran = rerun(bag(), interpreter)
    assert (ran.failure, ran.results) == ("", results(bag()))


def test_a_draft_is_made_again_as_a_draft(interpreter):
    draft = bag(**{"Nianbao-Draft": "true"})
    assert is_draft(draft)
    assert not is_draft(bag())
    assert rerun(draft, interpreter).results["2022/office/report.html"] == b"draft: True\n"


def test_nothing_of_this_process_is_handed_on(interpreter, monkeypatch, tmp_path):
    (tmp_path / "nianbao.py").write_text("raise SystemExit('another nianbao')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.chdir(tmp_path)
    known = told(interpreter)
    ours = {"PATH", "HOME", "TMPDIR", "TZ", "LC_ALL", "PYTHONHASHSEED", "USER", "LOGNAME"}
    variables = {name for name in known if name.isupper()} - {"LC_CTYPE"}
    assert variables - ours == {"NIANBAO_HOME"}
    assert known["listed"] == []
    assert known["cwd"] not in known["path"]
    assert str(tmp_path) not in " ".join(known["path"])
    assert known["home"] == "open"


def test_surroundings_are_as_they_are_wished(interpreter):
    setting = Setting("甲 乙/丙", "Asia/Shanghai", "C", "42", 2, True, "审核员")
    known = told(interpreter, setting)
    assert known["NIANBAO_HOME"].endswith("/甲 乙/丙")
    assert (known["TZ"], known["LC_ALL"], known["PYTHONHASHSEED"]) == ("Asia/Shanghai", "C", "42")
    assert (known["USER"], known["LOGNAME"]) == ("审核员", "审核员")
    assert "--jobs=2" in known["argv"]
    assert known["home"] == "closed"


def test_nothing_is_left_behind(interpreter):
    known = told(interpreter)
    assert not Path(known["NIANBAO_HOME"]).parent.exists()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("print('一'); print('二', file=sys.stderr); sys.exit(4)", "以 4 结束（"),
        ("raise ValueError('二')", "以 1 结束（"),
        ("os.kill(os.getpid(), 9)", "以 -9 结束（没有说明）"),
    ],
)
def test_a_run_that_fails_is_told_with_its_last_words(interpreter, act, said):
    ran = rerun(bag(act), interpreter)
    assert ran.results == {}
    assert said in ran.failure
    assert "二" in ran.failure or "-9" in said


def test_a_run_that_hangs_is_ended_with_all_that_it_started(interpreter, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "SECONDS", 2)
    act = f"""
if os.fork() == 0:
    import time
    time.sleep(4)
    Path({str(tmp_path)!r}, "late").touch()
else:
    os.wait()
"""
    ran = rerun(bag(act), interpreter)
    assert ran.failure == "超过2秒没有完成，已中止"
    time.sleep(2.5)
    assert not (tmp_path / "late").exists()


def test_what_a_run_links_to_is_not_taken(interpreter):
    act = """
given.into.joinpath("2022", "x").mkdir(parents=True)
given.into.joinpath("2022", "x", "passwd").symlink_to("/etc/passwd")
"""
    assert list(rerun(bag(act), interpreter).results) == list(results(bag()))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"result/x.csv": b""}, "“x.csv”不在 <年份>/<机关>/ 下"),
        ({"result/2022/a/b/x.csv": b""}, "不在 <年份>/<机关>/ 下"),
        ({name: None for name in bags.TEXT if name.startswith("result/")}, "没有结果"),
    ],
)
def test_a_bag_without_the_results_of_reports_cannot_be_run_again(changes, said):
    with pytest.raises(UnreadableError, match=said):
        results(Bag(bags.NAME, bags.bag(bags.payload(**changes)), None))


def test_an_interpreter_tells_which_package_it_would_run(interpreter, tmp_path):
    found = Path(package_of(interpreter))
    assert found.name == "__init__.py"
    assert interpreter.parents[1] in found.parents
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    os.chmod(broken, 0o755)  # noqa: PTH101
    assert package_of(broken) == ""
