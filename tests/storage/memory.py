"""A store in memory, and what stands for it in a folder."""

from __future__ import annotations

import uuid

from nianbao.plan import PUBLISHED, Publication, publication, remember
from nianbao.storage.mirror import Mirror
from nianbao.storage.store import Store
from nianbao.workspace import Workspace

STANDING = b'{"kind": "standing"}'


def store() -> Store:
    """Return a store that holds nothing."""
    return Store(f"memory://{uuid.uuid4().hex}/place")


def mirror(root, of: Store | None = None) -> Mirror:
    """Return a folder that stands for a store."""
    (root / "output").mkdir(parents=True)
    return Mirror(Workspace(root), of or store())


def make_report(root, place="2024/ju", page="页") -> Publication:
    """Put into an output what a build leaves."""
    folder = root / "output" / place
    folder.mkdir(parents=True, exist_ok=True)
    contents = {"report.html": page, "standing.json": STANDING.decode()}
    for name, text in {**contents, "run.json": "{}"}.items():
        (folder / name).write_text(text, "utf-8")
    made = publication({"source": "1"}, contents)
    (folder / PUBLISHED).write_bytes(made.json())
    return made


def make_page(root, place="trend/ju.html", page="页") -> None:
    """Put into an output what the building of a page leaves."""
    path = root / "output" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, "utf-8")
    remember(Workspace(root), place, {"reports": "1"})
