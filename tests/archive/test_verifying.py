"""What verifying tells of a bag, and that a stranger's code is run only where that is asked for."""

import hashlib
import json
import shutil
from contextlib import contextmanager

import pytest

import nianbao
from archive import bags
from nianbao import software
from nianbao.archive import index, sameness, verifying
from nianbao.archive.container import packed
from nianbao.archive.interpreters import Interpreters
from nianbao.archive.opening import Bag, open_bag
from nianbao.archive.rerun import package_of
from nianbao.archive.sameness import foreign, unlike_installed
from nianbao.archive.verified import Wishes
from nianbao.archive.verifying import verify

NOTEBOOK = "project/notebooks/report.ipynb"


@pytest.fixture
def place(tmp_path):
    """A project with a notebook of its own, and a folder of archives."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "report.ipynb").write_text("{}\n")
    (tmp_path / "params").mkdir()
    (tmp_path / "archive").mkdir()
    return tmp_path


@pytest.fixture
def told(place, interpreter, monkeypatch):
    """Verify a payload; return its code and its lines. Environments are made once for all."""
    monkeypatch.setattr(Interpreters, "fresh", lambda self, bag: interpreter)

    def run(payload, *, known=False, unpacked=False, described=(), **wishes):
        content = bags.zipped(bags.bag(payload, **dict(described)))
        path = place / "archive" / f"{bags.NAME}.zip"
        path.write_bytes(content)
        if known:
            digest = hashlib.sha256(content).hexdigest()
            index.append(
                place / "archive",
                year=2022,
                agency="office",
                bag=path.name,
                sha256=digest,
                draft=False,
            )
        if unpacked:
            path = bags.laid(place / bags.NAME, bags.bag(payload))
        wished = Wishes(archive=place / "archive", root=place, **wishes)
        found = verify(path, wished, Interpreters(place), lambda line: None)
        return found.code, found.lines

    return run


def ran(place):
    """Code that leaves a mark where it was run."""
    return f"Path({str(place / 'ran')!r}).touch()"


def test_a_bag_of_ones_own_is_made_again_without_asking(told, place):
    code, lines = told(bags.runnable(ran(place)), known=True)
    assert code == 0
    assert (place / "ran").exists()
    assert any(
        line.startswith("✓ 重跑：1份报告、2个文件与归档逐字节相同（全新环境，Python 3.")
        for line in lines
    )
    assert lines[-1] == (
        "结论：已证明：包内文件齐全、与清单一致；归档包由本处登记（SHA-256 在 index.csv 中）；"
        "结果可由包内的原文、参数和软件重新得出。未证明：原文所载的数字属实。"
    )


@pytest.mark.parametrize("unpacked", [False, True])
def test_a_strangers_bag_is_only_looked_at(told, place, unpacked):
    code, lines = told(bags.runnable(ran(place)), unpacked=unpacked)
    assert code == 0
    assert not (place / "ran").exists()
    assert (
        "○ 没有重跑：不是本处登记的归档，也没有受信任的签名；要重跑请加 --rerun（RERUN=1）。"
        in lines
    )
    assert lines[-1].startswith("结论：已证明：包内文件齐全、与清单一致。未证明：归档包出自何人；")


def test_a_strangers_software_is_not_run_unless_it_is_trusted(told, place):
    code, lines = told(bags.runnable(ran(place)), rerun=True)
    assert code == 2
    assert not (place / "ran").exists()
    assert any("与本机安装的 nianbao 不同" in line for line in lines)
    assert any("--trust-code" in line for line in lines)
    code, _ = told(bags.runnable(ran(place)), rerun=True, trust_code=True)
    assert code == 0
    assert (place / "ran").exists()


def test_a_register_that_was_meddled_with_makes_nothing_ones_own(told, place):
    payload = bags.runnable(ran(place))
    told(payload, known=True, rerun=False)
    register = place / "archive" / "index.csv"
    register.write_text(register.read_text().replace("number,", "Number,"))
    code, lines = told(payload)
    assert code == 0
    assert not (place / "ran").exists()
    assert any("不是本处登记的归档" in line for line in lines)


def test_a_bag_of_ones_own_is_not_run_where_that_is_not_wished(told, place):
    code, lines = told(bags.runnable(ran(place)), known=True, rerun=False)
    assert code == 0
    assert not (place / "ran").exists()
    assert "○ 没有重跑：按要求只核验文件。" in lines


def test_results_that_do_not_follow_are_told_by_file_and_the_conclusion_says_so(told):
    other = "某局2022年报告\n".encode()
    code, lines = told(
        bags.runnable(**{"project/data/raw/2022/office.txt": other}), rerun=True, trust_code=True
    )
    assert code == 1
    assert any(line.startswith("✗ 重跑：结果与归档不同") for line in lines)
    assert any("cells.csv" in line for line in lines)
    assert lines[-1] == "结论：重跑得不出包内的结果，结果不能作为依据；请向提供者核实。"


def test_a_run_that_fails_is_told(told):
    code, lines = told(bags.runnable("sys.exit('磁盘已满')"), rerun=True, trust_code=True)
    assert code == 1
    assert "✗ 重跑：没有得出结果：以 1 结束（磁盘已满）。" in lines


def test_another_version_of_python_is_told(told):
    made = {"software/environment.json": json.dumps({"python": {"version": "3.99"}}).encode()}
    code, lines = told(bags.runnable(**made), rerun=True, trust_code=True)
    assert code == 0
    assert any("Python 版本不同：归档时是 3.99，重跑用 3." in line for line in lines)
    _, lines = told(
        bags.runnable(**{"software/environment.json": b"[]"}), rerun=True, trust_code=True
    )
    assert any("归档时没有记下，重跑用 3." in line for line in lines)


def test_a_draft_is_told(told):
    _, lines = told(bags.payload(), described={"Nianbao-Draft": "true"})
    assert "○ 这是草稿，不是定稿。" in lines


def test_faults_are_told_and_make_the_bag_worthless(told, place, monkeypatch):
    monkeypatch.setattr(verifying, "_MOST", 2)
    files = bags.bag() | {name: b"x" for name in ("data/a", "data/b", "data/c")}
    path = place / "archive" / "x.zip"
    path.write_bytes(bags.zipped(files))
    found = verify(path, Wishes(), Interpreters(place), lambda line: None)
    assert found.code == 1
    assert any(line.startswith("✗ 文件：") for line in found.lines)
    told = [line.strip() for line in found.lines]
    assert "data/a：多出的文件，manifest-sha256.txt 没有列出。" in told
    assert "另有5处。" in told
    assert found.lines[-1].startswith("结论：归档包有上述不符，不能作为依据")


def test_a_signature_that_must_be_there_is_missed(told):
    code, lines = told(bags.payload(), require_signature=True)
    assert code == 1
    assert "✗ 签名：要求有受信任的签名，这一归档包没有。" in lines


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen")
def test_a_signature_that_does_not_fit_makes_the_bag_worthless_though_it_is_ones_own(told, place):
    (place / "archive" / f"{bags.NAME}.zip.sig").write_text("x")
    code, lines = told(bags.runnable(ran(place)), known=True)
    assert code == 1
    assert not (place / "ran").exists()
    wrong = f"✗ {bags.NAME}.zip.sig：签名与归档包不符，"
    assert any(line.startswith(wrong) for line in lines)
    assert lines[-1].startswith("结论：归档包有上述不符")


def test_the_hash_beside_it_counts(told, place):
    (place / "archive" / f"{bags.NAME}.zip.sha256").write_text("0" * 64 + "  x\n")
    code, lines = told(bags.payload())
    assert code == 1
    assert any(line.strip().startswith(f"{bags.NAME}.zip.sha256：所记与") for line in lines)


@contextmanager
def package(monkeypatch, folder, files):
    """Have another package installed."""
    root = bags.laid(folder / "site" / "nianbao", files)
    monkeypatch.setattr(sameness.nianbao, "__file__", str(root / "__init__.py"))
    yield root
    monkeypatch.undo()


MODULES = {"__init__.py": b"", "cli.py": b"1", "forms/2021.yaml": b"id: 2021\n"}


def stranger(modules, **changes):
    wheel = packed(
        {f"nianbao/{name}": content for name, content in modules.items()}
        | {"nianbao-0.1.0.dist-info/RECORD": b""}
    )
    files = bags.payload(**{"software/nianbao-0.1.0-py3-none-any.whl": wheel, **changes})
    return Bag(bags.NAME, bags.bag(files), None)


def test_the_installed_package_stands_in_for_an_equal_one(place, monkeypatch):
    with package(monkeypatch, place, MODULES | {"__pycache__/cli.pyc": b"x"}) as root:
        assert foreign(stranger(MODULES), place, str(root / "__init__.py")) == []


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({**MODULES, "cli.py": b"2"}, "与本机安装的 nianbao 不同（cli.py）"),
        ({**MODULES, "more.py": b""}, "不同（more.py）"),
        ({name: MODULES[name] for name in ("__init__.py", "cli.py")}, "不同（forms/2021.yaml）"),
        ({}, "不同（__init__.py、cli.py、forms/2021.yaml）"),
        ({**MODULES, "../other.py": b""}, "名称用“..”指向包外"),
    ],
)
def test_any_other_package_is_foreign(place, monkeypatch, modules, said):
    with package(monkeypatch, place, MODULES) as root:
        if "../other.py" in modules:
            with pytest.raises(nianbao.errors.UnreadableError, match="指向包外"):
                foreign(stranger(modules), place, str(root / "__init__.py"))
        else:
            (found,) = foreign(stranger(modules), place, str(root / "__init__.py"))
            assert said in found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({NOTEBOOK: b'{"cells": []}\n'}, "notebooks/report.ipynb 与本项目的不同"),
        ({NOTEBOOK: None}, "notebooks/report.ipynb 与本项目的不同"),
        ({"project/notebooks/pandas.py": b""}, "不认识的文件（notebooks/pandas.py）"),
        ({"project/sitecustomize.py": b""}, "不认识的文件（sitecustomize.py）"),
        ({"project/params/x.py": b""}, "不认识的文件（params/x.py）"),
    ],
)
def test_a_notebook_is_code_and_so_is_whatever_python_might_find(place, monkeypatch, changes, said):
    with package(monkeypatch, place, MODULES) as root:
        found = foreign(stranger(MODULES, **changes), place, str(root / "__init__.py"))
        assert len(found) == 1
        assert said in found[0]


def test_without_a_project_no_notebook_is_known(place, monkeypatch):
    with package(monkeypatch, place, MODULES) as root:
        found = foreign(stranger(MODULES), None, str(root / "__init__.py"))
        assert found == ["本处没有 notebooks/report.ipynb 可以对照"]


def test_a_wheel_that_brings_other_modules_is_foreign(place, monkeypatch):
    wheel = packed({f"nianbao/{n}": c for n, c in MODULES.items()} | {"pandas.py": b""})
    bag = stranger(MODULES, **{"software/nianbao-0.1.0-py3-none-any.whl": wheel})
    with package(monkeypatch, place, MODULES) as root:
        (found,) = foreign(bag, place, str(root / "__init__.py"))
        assert "除 nianbao 外还带有别的模块" in found


def test_the_re_run_must_find_the_very_package_that_was_compared(place, monkeypatch):
    with package(monkeypatch, place, MODULES):
        for elsewhere in ("", __file__):
            assert foreign(stranger(MODULES), place, elsewhere) == [
                "重跑时找到的不是本机的这一个 nianbao"
            ]


def test_this_package_is_like_itself():
    own = {name: path.read_bytes() for name, path in software.files().items()}
    assert unlike_installed(own) == []
    assert unlike_installed({**own, "cli.py": b""}) == ["cli.py"]


def test_an_equal_bag_is_run_by_the_installed_package(place, interpreter, monkeypatch):
    monkeypatch.setattr(Interpreters, "own", interpreter)
    monkeypatch.setattr(sameness.nianbao, "__file__", package_of(interpreter))
    path = place / "x.zip"
    path.write_bytes(bags.zipped(bags.bag(bags.runnable())))
    found = verify(path, Wishes(rerun=True, root=place), Interpreters(place), lambda line: None)
    assert found.code == 0, found.lines
    assert any("逐字节相同（本机安装的软件" in line for line in found.lines)
    assert any("依赖锁定与本项目的不同" in line for line in found.lines)
    (place / "requirements.lock").write_text("")
    found = verify(path, Wishes(rerun=True, root=place), Interpreters(place), lambda line: None)
    assert not any("依赖锁定" in line for line in found.lines)


def test_a_wheel_is_needed(place):
    bag = Bag(
        "x", bags.bag(bags.payload(**{"software/nianbao-0.1.0-py3-none-any.whl": None})), None
    )
    with pytest.raises(nianbao.errors.UnreadableError, match="应有一个软件包"):
        sameness.wheel_of(bag)


def test_a_bag_is_opened_once(place, monkeypatch):
    path = place / "x.zip"
    path.write_bytes(bags.zipped(bags.bag()))
    opened = []
    monkeypatch.setattr(verifying, "open_bag", lambda each: opened.append(each) or open_bag(each))
    verify(path, Wishes(), Interpreters(place), lambda line: None)
    assert opened == [path]


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        (f"{bags.NAME}.zip", False),
        (f"{bags.NAME}.0123456789ab.zip", False),
        ("other-2022.zip", True),
    ],
)
def test_another_name_than_its_own_is_told(place, name, renamed):
    """Regression: the archive of another report could be handed over under any name."""
    (place / name).write_bytes(bags.zipped(bags.bag()))
    found = verify(place / name, Wishes(rerun=False), Interpreters(place), print)
    said = f"○ 文件改过名：归档包自称 {bags.NAME}，请核对是不是要的那一份。"
    assert (said in found.lines) == renamed
    assert found.code == 0
