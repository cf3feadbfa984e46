"""What a bag carries: the project, its results, and what explains them to a stranger."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from importlib import resources
from pathlib import Path
from typing import Final

from nianbao import __version__
from nianbao.archive.about import About
from nianbao.archive.crate import METADATA, crate
from nianbao.archive.dictionary import dictionary
from nianbao.archive.fonts import licences
from nianbao.archive.readme import readme
from nianbao.archive.staging import Staged
from nianbao.archive.wheel import Wheel, checkout_file
from nianbao.catalogue import local_rules
from nianbao.provenance import versions

LOCK: Final = "requirements.lock"
PROJECT, RESULT, SOFTWARE = "project", "result", "software"


def payload(staged: Staged, into: Path, about: About, built: Wheel) -> dict[str, bytes]:
    """Return the payload of a bag, by path below ``data/``.

    Parameters
    ----------
    staged : Staged
        The project that its results were made in.
    into : Path
        Where they were written.
    about : About
        What the bag is about.
    built : Wheel
        The software.

    Raises
    ------
    BuildError
        Where the package does not run from a checkout.
    """
    given = staged.files()
    made = {path.relative_to(into).as_posix(): path for path in into.rglob("*") if path.is_file()}
    forms = [file for file in resources.files("nianbao.forms").iterdir() if _is_form(file.name)]
    found = {
        **{f"{PROJECT}/{name}": content for name, content in given.items()},
        **{f"{RESULT}/{name}": path.read_bytes() for name, path in made.items()},
        **{f"forms/{file.name}": file.read_bytes() for file in forms},
        "dictionary.csv": dictionary(local_rules(staged.workspace)),
        **{f"fonts/{name}": text for name, text in licences().items()},
        f"{SOFTWARE}/{built.name}": built.content,
        f"{SOFTWARE}/environment.json": _environment(given[LOCK], built),
        f"{SOFTWARE}/environment.yml": checkout_file("environment.yml").read_bytes(),
        "README.md": readme(about.title, staged.targets, built.name, _python(), about.draft),
    }
    return {**found, METADATA: crate(found, about, f"{SOFTWARE}/{built.name}")}


def _is_form(name: str) -> bool:
    return name.endswith(".yaml")


def _environment(lock: bytes, built: Wheel) -> bytes:
    """Describe what the results were made with; nothing of the machine."""
    known = {
        "software": {
            "name": "nianbao",
            "version": __version__,
            "wheel": built.name,
            "sha256": hashlib.sha256(built.content).hexdigest(),
        },
        "python": {"implementation": platform.python_implementation(), "version": _python()},
        "lock": {"name": LOCK, "sha256": hashlib.sha256(lock).hexdigest()},
        "packages": dict(versions()),
    }
    return (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode()


def _python() -> str:
    return "{}.{}".format(*sys.version_info[:2])
