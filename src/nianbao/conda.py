"""Writes `environment.yml`, for people who work in notebooks with conda, from `pyproject.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

ENVIRONMENT = """\
# Written from pyproject.toml by `make lock`; not to be edited. For conda and mamba alike:
#   conda env create -f environment.yml && conda activate nianbao && python -m nianbao build
name: nianbao
channels:
  - conda-forge
dependencies:
  - python {python}
  - make
  - pip
{conda}
  - pip:
      # What conda-forge lacks, as it is in requirements.lock.
{pip}
      # The package itself. All that it depends on is there by now, so pip installs only this.
      - -e .
"""
CONDA_NAMES = {"ortools": "ortools-python", "pdfminer-six": "pdfminer.six"}
NOT_ON_CONDA = {"pylopdf-fonts-zh-cn"}


def environment_yml(project: dict[str, Any], locked: Mapping[str, str]) -> str:
    """Return `environment.yml`: our ranges by conda's names, from pip what conda-forge lacks.

    Parameters
    ----------
    project : dict
        `pyproject.toml`.
    locked : mapping of str to str
        The locked version of each package of the run set.
    """
    conda, pip = [], []
    for wish in [*project["project"]["dependencies"], *project["dependency-groups"]["lab"]]:
        name, bounds = re.fullmatch(r"([\w.-]+)\s*(.*)", wish).groups()  # type: ignore[union-attr]
        if name in NOT_ON_CONDA:
            pip.append(f"      - {name}=={locked[name]}")
        else:
            conda.append(f"  - {CONDA_NAMES.get(name, name)} {bounds}")
    return ENVIRONMENT.format(
        python=project["project"]["requires-python"],
        conda="\n".join(sorted(conda)),
        pip="\n".join(pip),
    )
