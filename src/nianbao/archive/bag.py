"""The form of a bag: its declaration, its description and its manifests (RFC 8493, BagIt 1.0).

A bag is held here as its files by their path in it. What it must say of itself follows from what
it carries, so that a bag is checked by writing it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

PAYLOAD: Final = "data/"
DECLARATION: Final = "bagit.txt"
DESCRIPTION: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The version of RFC 8493; the ``bagit`` package writes the draft 0.97 before it."""
OXUM: Final = "Payload-Oxum"


def bagged(payload: Mapping[str, bytes], described: Mapping[str, str]) -> dict[str, bytes]:
    """Return a whole bag around a payload.

    Parameters
    ----------
    payload : mapping of str to bytes
        Files by their path below ``data/``.
    described : mapping of str to str
        What ``bag-info.txt`` says, beside the payload's size, in the order it is given.

    Returns
    -------
    dict of str to bytes
        The files of the bag by their path in it.

    Raises
    ------
    ValueError
        For a description that does not fit into one line.
    """
    files = {f"{PAYLOAD}{name}": content for name, content in payload.items()}
    tags = {
        DECLARATION: DECLARED,
        DESCRIPTION: _description({**described, OXUM: oxum(files)}),
        MANIFEST: manifest(files),
    }
    return {**files, **tags, TAG_MANIFEST: manifest(tags)}


def oxum(files: Mapping[str, bytes]) -> str:
    """Return how many bytes in how many files a payload has, as BagIt writes it."""
    return f"{sum(map(len, files.values()))}.{len(files)}"


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return a manifest: a line for each file, its SHA-256 and its path, in order of paths."""
    lines = (
        f"{hashlib.sha256(files[name]).hexdigest()}  {escaped(name)}" for name in sorted(files)
    )
    return "".join(f"{line}\n" for line in lines).encode()


def escaped(name: str) -> str:
    """Return a path as manifests write it: what would break a line is percent-encoded."""
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _description(described: Mapping[str, str]) -> bytes:
    for label, value in described.items():
        if len(f"{label}: {value}".splitlines()) != 1 or ":" in label:
            raise ValueError(f"bag-info.txt cannot say {label!r}: {value!r}")
    return "".join(f"{label}: {value}\n" for label, value in described.items()).encode()
