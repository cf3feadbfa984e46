"""Whose bag it is: one that this place made, or that someone signed whom this place trusts.

Only what this place keeps itself is asked; what lies beside a bag came with the bag.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from nianbao.archive import index
from nianbao.archive.opening import Bag
from nianbao.archive.signature import Signature


def trusted(bag: Bag, archive: Path | None, signatures: Iterable[Signature]) -> str:
    """Say why a bag's code may be run without asking; nothing where it may not.

    Parameters
    ----------
    bag : Bag
        As opened; an unpacked folder has no SHA-256 that could be known.
    archive : Path or None
        This place's folder of archives, with its ``index.csv``.
    signatures : iterable of Signature
        The bag's, as they were verified.

    Returns
    -------
    str
        A reason in Chinese, or an empty string.
    """
    if bag.container is None:
        return ""
    digest = hashlib.sha256(bag.container).hexdigest()
    if archive and not index.broken(archive) and index.knows(archive, digest):
        return "由本处登记（SHA-256 在 index.csv 中）"
    good = next((found for found in signatures if found.state == "good"), None)
    return f"由受信任的 {good.signer} 签名" if good else ""
