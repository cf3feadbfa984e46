"""Reads the package's own YAML: forms, rules, phrases."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml

# The same safe loader, in C where there is one: every process reads the forms.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What safe YAML is loaded by."""


def packaged(package: str, name: str) -> Any:
    """Return what a YAML file of one of our own packages holds.

    Parameters
    ----------
    package : str
        Where the file lies, ``"nianbao.forms"``.
    name : str
        The file's name, with its ending.
    """
    return yaml.load(resources.files(package).joinpath(name).read_bytes(), Loader=LOADER)
