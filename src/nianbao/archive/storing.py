"""Lays an archive down so that a power cut at any moment leaves the last good one intact.

The order is what counts: the older archive stands aside under its own name before anything else
is done; what speaks of the older bytes goes before them; the new bytes come in one step; only
then come their hash and their line in the register. So whatever stands under a name is whole, a
hash beside it is true, and the register lists nothing that is not there. Doing it all again mends
what was cut short.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

from nianbao.errors import BuildError
from nianbao.provenance import file_hash
from nianbao.publish import writable

HASH: Final = ".sha256"
SIGNATURE: Final = ".sig"
SIGNATURES: Final = (SIGNATURE, ".sm2.sig")
"""Of OpenSSH, which is asked for when archiving, and of SM2, which is laid beside by hand."""
_PART: Final = ".part"
_DIGITS: Final = 12
"""So many digits of its hash name an archive that was put aside."""


def store(path: Path, content: bytes) -> str:
    """Write an archive and its hash; one of other bytes is put aside. Return its SHA-256.

    Parameters
    ----------
    path : Path
        The zip.
    content : bytes
        Its bytes.

    Raises
    ------
    BuildError
        Where the folder cannot be written to; the older archive is intact then, too.
    """
    digest = hashlib.sha256(content).hexdigest()
    with writable(f"归档 {path.name} "):
        path.parent.mkdir(parents=True, exist_ok=True)
        known = file_hash(path)
        if known != digest:
            part = _written(path, content)
            if known:
                _put_aside(path, known)
            for ending in (HASH, *SIGNATURES):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            _settle(path.parent)
            part.replace(path)
            _settle(path.parent)
        put_whole(path.with_name(path.name + HASH), _line(digest, path.name))
    return digest


def sign(path: Path, command: str) -> Path:
    """Have an archive signed by a command, which is given its path; return the signature.

    Raises
    ------
    BuildError
        Where the command fails or leaves no ``<archive>.sig``; the archive itself stands.
    """
    signature = path.with_name(path.name + SIGNATURE)
    signature.unlink(missing_ok=True)
    told = f"{path.name} 已归档，但没有签名"
    try:
        done = subprocess.run([*shlex.split(command), str(path)], check=False)
    except (OSError, ValueError) as error:
        raise BuildError(f"{told}：签名命令“{command}”不能运行（{error}）。") from error
    if done.returncode or not signature.is_file():
        signature.unlink(missing_ok=True)
        raise BuildError(
            f"{told}：签名命令“{command}”以 {done.returncode} 结束，应写出 {signature.name}。"
        )
    return signature


def put_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, even where the power goes; the same content is left."""
    if path.is_file() and path.read_bytes() == content:
        return
    _written(path, content).replace(path)
    _settle(path.parent)


def _put_aside(path: Path, digest: str) -> None:
    """Keep an archive, with its hash and its signatures, under a name that tells its bytes."""
    aside = path.with_name(f"{path.stem}.{digest[:_DIGITS]}{path.suffix}")
    if file_hash(aside) != digest:
        part = aside.with_name(aside.name + _PART)
        part.unlink(missing_ok=True)
        try:
            os.link(path, part)  # until the new one takes its place it has both names
        except OSError:
            part = _written(aside, path.read_bytes())
        part.replace(aside)
    for ending in SIGNATURES:
        signature = path.with_name(path.name + ending)
        if signature.is_file():
            put_whole(aside.with_name(aside.name + ending), signature.read_bytes())
    put_whole(aside.with_name(aside.name + HASH), _line(digest, aside.name))


def _line(digest: str, name: str) -> bytes:
    """Return what ``sha256sum -c`` reads."""
    return f"{digest}  {name}\n".encode()


def _written(path: Path, content: bytes) -> Path:
    """Write what is to stand under a path beside it, down to the disk."""
    part = path.with_name(path.name + _PART)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # a full disk is not to be filled further
        with suppress(OSError):
            part.unlink()
        raise
    return part


def _settle(folder: Path) -> None:
    """Have the system write down what was named and renamed in a folder."""
    with suppress(OSError):  # not every system opens folders
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
