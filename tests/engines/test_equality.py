"""Both engines give the same notebook, byte for byte, whatever its cells show."""

from pathlib import Path

import nbformat
import pytest

from engines.notebooks import written
from nianbao.engines.execution import execute
from nianbao.workspace import Workspace

ROOT = Path(__file__).parents[2]
PROJECT = Workspace(ROOT)


def both(path, parameters, folder):
    return [
        nbformat.writes(execute(PROJECT, path, parameters, folder / f"{engine}.ipynb", engine))
        for engine in ("fork", "kernel")
    ]


@pytest.mark.many
@pytest.mark.parametrize(
    ("name", "parameters", "pictures"),
    [
        ("report", {"agency": "luoyang-gaj", "year": 2022}, 8),
        ("report", {"agency": "suqian", "year": 2024}, 10),
        ("trend", {"agency": "suqian"}, 10),
        ("overview", {"year": 2024}, 6),
    ],
)
def test_every_notebook_of_the_project_is_the_same(name, parameters, pictures, tmp_path):
    fork, kernel = both(PROJECT.notebook(name), parameters, tmp_path)
    assert fork == kernel
    assert fork.count("data:image/svg") == pictures  # charts must not vanish from both


def test_what_cells_can_show_is_the_same(tmp_path):
    path = written(
        tmp_path,
        "print('出')\nprint('再')",
        "import sys\nprint('错', file=sys.stderr)",
        "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>1</b>'))\n1 + 1",
        "",
        "x = 5",
        "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
        "_ * 2 if isinstance(_, int) else Out[3]",
        "import matplotlib\nfrom matplotlib.figure import Figure\nfigure = Figure()\nNone",
        "x;",
        "import asyncio\nawait asyncio.sleep(0)\nx + 1",
        "display(Markdown('**丙**'), 3, metadata={'k': 1})",
    )
    fork, kernel = both(path, {}, tmp_path)
    assert fork == kernel
    assert "<b>1</b>" in fork and "<table" in fork


def test_parameters_are_the_same_for_both(tmp_path):
    path = written(tmp_path, "a = 1", "a, b")
    loaded = nbformat.read(path, as_version=4)
    loaded.cells[1].metadata.tags = ["parameters"]
    nbformat.write(loaded, path)
    fork, kernel = both(path, {"a": "“引号”", "b": [1, None]}, tmp_path)
    assert fork == kernel and "(&" not in fork
    assert "'“引号”'" in fork
