"""Verifies the signatures that lie beside a zip: OpenSSH's (``.sig``), and SM2 (``.sm2.sig``).

Both are made and verified by the system's own programs; who is trusted is a file of this place.
The programs are given the bytes that were opened, and not the file, which could change meanwhile.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from nianbao.archive.fault import Fault
from nianbao.archive.names import shown
from nianbao.archive.opening import Bag

NAMESPACE: Final = "nianbao"
ALLOWED: Final = Path("params", "allowed_signers")
"""The keys that are trusted, in the form of ssh-keygen(1), “ALLOWED SIGNERS”."""
SIGNERS: Final = Path("params", "signers")
"""A folder of public SM2 keys, ``<name>.pem``."""
_IDENTITY: Final = "distid:1234567812345678"
"""The identity that GB/T 35276 has where none is agreed upon."""
_SECONDS: Final = 60
_WRONG: Final = f"签名与归档包不符，或者签名时用的命名空间不是 {NAMESPACE}（-n {NAMESPACE}）。"
_UNABLE: Final = ("unknown option", "illegal option", "Unsupported operation", "cannot be run")
"""What is said where it is not the signature that is wrong."""
_LOOKED_AT: Final = "sshsig"
"""What is said once a signature is looked at; it may then repeat whatever stands in that."""
_LARGEST: Final = 100_000
"""Bytes of a signature; one has some hundred, one with a certificate a few thousand."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature beside a zip.

    Attributes
    ----------
    name : str
        Its file's.
    state : str
        ``good``: by a key that is trusted; ``unknown``: sound, by another one; ``wrong``;
        ``unchecked``: what would verify it is not there.
    signer : str
        Who signed, as this place calls them; empty where that is not known.
    why : str
        What is to be said of it, in Chinese.
    """

    name: str
    state: Literal["good", "unknown", "wrong", "unchecked"]
    signer: str
    why: str


def signatures(path: Path, bag: Bag, root: Path | None) -> list[Signature]:
    """Verify what signatures a zip has.

    Parameters
    ----------
    path : Path
        The zip.
    bag : Bag
        What was opened there.
    root : Path or None
        The project, whose ``params`` say who is trusted.
    """
    if bag.container is None:
        return []
    found = []
    for ending, verify in ((".sm2.sig", _by_openssl), (".sig", _by_openssh)):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size > _LARGEST:
            why = f"超过{_LARGEST:,}字节，不是签名。"
            found.append(Signature(beside.name, "wrong", "", why))
        elif beside.is_file():
            found.append(verify(beside, bag.container, root))
    return found


def signature_faults(found: Sequence[Signature], *, required: bool) -> list[Fault]:
    """Return what is wrong: a signature that does not fit always, none where one must be."""
    wrong = [Fault(shown(each.name), each.why) for each in found if each.state == "wrong"]
    if required and not wrong and not any(each.state == "good" for each in found):
        return [Fault("签名", "要求有受信任的签名，这一归档包没有。")]
    return wrong


def _by_openssh(beside: Path, content: bytes, root: Path | None) -> Signature:
    program = shutil.which("ssh-keygen")
    if program is None:
        return Signature(beside.name, "unchecked", "", "本机没有 ssh-keygen，未能验证签名。")
    given = ["-n", NAMESPACE, "-s", str(beside)]
    sound = _run([program, "-Y", "check-novalidate", *given], content)
    if sound.returncode:
        told = sound.stderr
        if any(word in told for word in _UNABLE) and _LOOKED_AT not in told:
            return Signature(
                beside.name, "unchecked", "", "本机的 ssh-keygen 过旧或不能运行，未能验证签名。"
            )
        return Signature(beside.name, "wrong", "", _WRONG)
    allowed = root / ALLOWED if root else None
    if allowed is None or not allowed.is_file():
        why = f"签名有效，但本处没有 {ALLOWED.as_posix()}，不知签名人是否可信。"
        return Signature(beside.name, "unknown", "", why)
    known = ["-f", str(allowed)]
    asked = _run([program, "-Y", "find-principals", "-s", str(beside), *known], b"")
    for signer in asked.stdout.splitlines():
        if not _run([program, "-Y", "verify", "-I", signer, *known, *given], content).returncode:
            return Signature(beside.name, "good", shown(signer), f"由 {shown(signer)} 签名。")
    why = f"签名有效，但签名的密钥不在 {ALLOWED.as_posix()} 中，或已不被接受。"
    return Signature(beside.name, "unknown", "", why)


def _by_openssl(beside: Path, content: bytes, root: Path | None) -> Signature:
    program = shutil.which("openssl")
    keys = sorted((root / SIGNERS).glob("*.pem")) if root else []
    if program is None or not keys:
        lacking = f"{SIGNERS.as_posix()} 下没有公钥" if program else "本机没有 openssl"
        return Signature(beside.name, "unchecked", "", f"{lacking}，未能验证 SM2 签名。")
    for key in keys:
        said = ["-sigopt", _IDENTITY, "-signature", str(beside)]
        if not _run([program, "dgst", "-sm3", "-verify", str(key), *said], content).returncode:
            signer = shown(key.stem)
            return Signature(beside.name, "good", signer, f"由 {signer} 签名（SM2/SM3）。")
    why = f"SM2 签名与归档包不符，或者签名人的公钥不在 {SIGNERS.as_posix()} 下。"
    return Signature(beside.name, "wrong", "", why)


def _run(command: list[str], content: bytes) -> subprocess.CompletedProcess[str]:
    """Run a program of the system on the zip's bytes, its words in English."""
    try:
        ran = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", f"cannot be run: {error}")
    out, told = (text.decode("utf-8", "replace") for text in (ran.stdout, ran.stderr))
    return subprocess.CompletedProcess(command, ran.returncode, out, told)
