"""Git revisions are built by their own code, in a folder of their own, which goes again."""

import shutil
import subprocess

import pytest

from builders import render, texts
from compare.made import ROOT, VALUES
from nianbao.compare import differences, load
from nianbao.compare.text import text
from nianbao.errors import BuildError, UsageError
from nianbao.workspace import Workspace
from offices import file_report, project

pytestmark = [pytest.mark.many, pytest.mark.skipif(not shutil.which("git"), reason="no git here")]


def git(root, *arguments):
    identity = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=no")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=root, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A project in git: a report corrected, and software that says something otherwise."""
    top = tmp_path_factory.mktemp("仓库")
    root = project(top / "below")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    file_report(root, "office", 2022, VALUES)
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-qm", "one")
    git(top, "tag", "first")
    code = "t3.new.natural"
    path = root / "data" / "raw" / "2022" / "office.txt"
    path.write_text(render(texts(VALUES | {code: int(VALUES[code]) + 4})), "utf-8")
    summary = root / "src" / "nianbao" / "summary.py"
    summary.write_text(summary.read_text("utf-8").replace("办理完毕", "已经办结"), "utf-8")
    engines = root / "src" / "nianbao" / "engines"
    (engines / "fork.py").rename(engines / "forking.py")
    for each in (root / "pyproject.toml", *root.glob("src/**/*.py")):
        moved = each.read_text("utf-8").replace("nianbao.engines.fork ", "nianbao.engines.forking ")
        each.write_text(moved.replace("nianbao.engines.fork:", "nianbao.engines.forking:"), "utf-8")
    git(top, "add", ".")
    git(top, "commit", "-qm", "two")
    with (root / "requirements.lock").open("a") as lock:
        lock.write("# newer\n")
    return Workspace(root)


@pytest.fixture(scope="module")
def compared(place):
    before = git(place.root, "status", "--porcelain"), sorted(place.root.parent.glob(".git/*"))
    found = load(("first", "main"), place, lambda _: None)
    after = git(place.root, "status", "--porcelain"), sorted(place.root.parent.glob(".git/*"))
    assert before == after
    return found


def test_a_corrected_report_is_told_by_its_cell(compared):
    one, other = compared
    (found,) = differences(one.results, other.results).reports
    assert [change.code for change in found.cells.changed] == ["t3.new.natural"]
    turned = {c.after.rule for c in found.findings.changed if c.turned}
    assert {"T3-1:natural", "T3-3:new"} <= turned


def test_each_revision_speaks_with_its_own_code(compared):
    one, other = compared
    (found,) = differences(one.results, other.results).reports
    said = [
        "".join(s for c in found.sentences for s in side(c))
        for side in (lambda c: c.before, lambda c: c.after)
    ]
    assert "办理完毕" in said[0] and "已经办结" not in said[0]
    assert "已经办结" in said[1] and "办理完毕" not in said[1]
    assert ("software", "code_sha256") in {each.key for each in found.origins}


def test_a_revision_runs_by_its_own_entry_points(compared):
    """An engine that has moved since was looked for where today's package has it."""
    assert all(
        f"2022/office/{name}" in side.results for side in compared for name in ("report.html",)
    )


def test_another_lock_is_told_for_both(compared, place):
    one, other = compared
    commit = git(place.root, "rev-parse", "first")[:12]
    assert one.name == f"first（{commit}）"
    for side in compared:
        (remark,) = side.remarks
        assert "requirements.lock" in remark and "现在的环境" in remark
    told = text(differences(one.results, other.results), (one.name, other.name), one.remarks)
    assert f"注意：修订“first（{commit}）”的依赖锁定" in told


def test_a_revision_without_a_project_is_refused(place):
    root = place.root.parent
    tree = git(root, "hash-object", "-t", "tree", "-w", "/dev/null")
    commit = git(root, "commit-tree", tree, "-m", "empty")
    with pytest.raises(UsageError, match="没有年报项目"):
        load((commit, "first"), place, lambda _: None)


def test_a_revision_that_cannot_be_built_is_told_with_the_reason(place):
    root = place.root.parent
    git(root, "checkout", "-q", "--", ".")
    git(root, "checkout", "-q", "-b", "broken")
    (place.root / "data" / "raw" / "2022" / "office.txt").write_text("", "utf-8")
    git(root, "commit", "-qam", "three")
    git(root, "checkout", "-q", "main")
    with pytest.raises(
        BuildError, match=r"修订“broken（.*没有生成任何报告（退出码 3）.*office\.txt"
    ):
        load(("broken", "broken"), place, lambda _: None)


@pytest.mark.parametrize("given", ["frist", "-q", "first^{tree}", "main~9"])
def test_a_misspelt_revision_is_refused_with_the_nearest(place, given):
    with pytest.raises(UsageError, match="既不是归档包或结果文件夹，也不是本项目的 git 修订"):
        load((given, "first"), place, lambda _: None)
    with pytest.raises(UsageError, match="最接近的是“first”"):
        load(("frist", "first"), place, lambda _: None)
