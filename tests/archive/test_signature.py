"""Signatures beside a zip: sound ones of those who are trusted, and all the others."""

import base64
import shutil
import subprocess

import pytest

from archive import bags
from nianbao.archive.opening import open_bag
from nianbao.archive.signature import signature_faults, signatures
from nianbao.archive.trust import trusted

ZIP = bags.zipped(bags.bag())
openssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="no ssh-keygen")
openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl")


def run(*command):
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


@pytest.fixture
def place(tmp_path):
    """A project, and beside it a bag."""
    (tmp_path / "params" / "signers").mkdir(parents=True)
    (tmp_path / "x.zip").write_bytes(ZIP)
    return tmp_path


def found(place):
    path = place / "x.zip"
    return signatures(path, open_bag(path), place)


def states(place):
    return [each.state for each in found(place)]


@pytest.fixture
def key(place):
    """A key of OpenSSH, and the bag signed with it."""
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "archive", "-f", place / "key")
    sign(place)
    return (place / "key.pub").read_text()


def sign(place, namespace="nianbao"):
    (place / "x.zip.sig").unlink(missing_ok=True)
    run("ssh-keygen", "-Y", "sign", "-f", place / "key", "-n", namespace, place / "x.zip")


def allow(place, line):
    (place / "params" / "allowed_signers").write_text(line)


@openssh
def test_a_signature_by_a_key_that_is_allowed_is_good_and_makes_the_bag_trusted(place, key):
    allow(place, f'archive@example.org namespaces="nianbao" {key}')
    (signature,) = found(place)
    assert (signature.state, signature.signer) == ("good", "archive@example.org")
    assert signature_faults([signature], required=True) == []
    bag = open_bag(place / "x.zip")
    assert trusted(bag, None, [signature]) == "由受信任的 archive@example.org 签名"


@openssh
def test_a_signature_by_another_key_is_sound_and_not_trusted(place, key):
    assert states(place) == ["unknown"]
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", place / "other")
    allow(place, f"archive@example.org {(place / 'other.pub').read_text()}")
    assert states(place) == ["unknown"]
    assert signature_faults(found(place), required=False) == []
    assert [str(each) for each in signature_faults(found(place), required=True)] == [
        "签名：要求有受信任的签名，这一归档包没有。"
    ]
    assert trusted(open_bag(place / "x.zip"), None, found(place)) == ""


@openssh
@pytest.mark.parametrize(
    "options", ['namespaces="mail"', 'valid-before="20200101"', "cert-authority"]
)
def test_a_key_that_is_allowed_for_something_else_is_not_trusted(place, key, options):
    allow(place, f"archive@example.org {options} {key}")
    assert states(place) == ["unknown"]


@openssh
def test_a_signature_of_other_bytes_is_wrong_whoever_made_it(place, key):
    allow(place, f"archive@example.org {key}")
    (place / "x.zip").write_bytes(bags.zipped(bags.bag(None, More="x")))
    assert states(place) == ["wrong"]
    for required in (False, True):
        assert [str(each) for each in signature_faults(found(place), required=required)] == [
            "x.zip.sig：签名与归档包不符，或者签名时用的命名空间不是 nianbao（-n nianbao）。"
        ]


@openssh
def test_a_signature_for_another_purpose_is_wrong(place, key):
    allow(place, f"archive@example.org {key}")
    sign(place, "file")
    assert states(place) == ["wrong"]


@openssh
@pytest.mark.parametrize("content", [b"", b"-----BEGIN SSH SIGNATURE-----\n", b"\0" * 1_000_000])
def test_what_is_no_signature_is_wrong(place, content):
    (place / "x.zip.sig").write_bytes(content)
    assert states(place) == ["wrong"]


@pytest.mark.parametrize("required", [False, True])
def test_no_signature_is_a_fault_only_where_one_must_be(place, required):
    assert found(place) == []
    assert len(signature_faults([], required=required)) == required


def test_where_no_program_can_verify_it_that_is_told(place, monkeypatch):
    (place / "x.zip.sig").touch()
    (place / "x.zip.sm2.sig").touch()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert states(place) == ["unchecked", "unchecked"]
    assert signature_faults(found(place), required=False) == []
    assert len(signature_faults(found(place), required=True)) == 1


@pytest.mark.parametrize("words", ["echo 'unknown option -- Y' >&2; exit 1", None])
def test_a_program_that_cannot_verify_makes_no_signature_wrong(place, monkeypatch, words):
    (place / "x.zip.sig").touch()
    program = place / "ssh-keygen"
    program.write_text(f"#!/bin/sh\n{words}\n" if words else "no program")
    program.chmod(0o755 if words else 0o644)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    assert states(place) == ["unchecked"]


@pytest.fixture
def office(place):
    """A key pair of SM2, its public half trusted, and the bag signed with it."""
    run("openssl", "genpkey", "-algorithm", "SM2", "-out", place / "sm2.pem")
    public = place / "params" / "signers" / "档案室.pem"
    run("openssl", "pkey", "-in", place / "sm2.pem", "-pubout", "-out", public)
    identity = ("-sigopt", "distid:1234567812345678")
    signed = ("-out", place / "x.zip.sm2.sig", place / "x.zip")
    run("openssl", "dgst", "-sm3", "-sign", place / "sm2.pem", *identity, *signed)
    return public


@openssl
def test_a_signature_with_sm2_and_sm3_is_good(place, office):
    (signature,) = found(place)
    assert (signature.state, signature.signer) == ("good", "档案室")


@openssl
def test_a_signature_with_sm2_that_no_key_verifies_is_wrong(place, office):
    (place / "x.zip").write_bytes(bags.zipped(bags.bag(None, More="x")))
    assert states(place) == ["wrong"]


@openssl
def test_a_signature_with_sm2_where_no_key_is_trusted_is_not_checked(place, office):
    office.unlink()
    assert states(place) == ["unchecked"]


def test_an_unpacked_folder_has_no_signature(place):
    folder = bags.laid(place / bags.NAME, bags.bag())
    (place / f"{bags.NAME}.sig").touch()
    assert signatures(folder, open_bag(folder), place) == []


@openssh
def test_what_stands_in_a_signature_does_not_excuse_it(place, key):
    """Regression: the name of its hash was taken for words of a program that is too old."""
    made = base64.b64decode("".join((place / "x.zip.sig").read_text().splitlines()[1:-1]))
    name = b"unknown option"
    evil = made.replace(b"\0\0\0\6sha512", len(name).to_bytes(4, "big") + name, 1)
    text = base64.encodebytes(evil).decode()
    (place / "x.zip.sig").write_text(
        f"-----BEGIN SSH SIGNATURE-----\n{text}-----END SSH SIGNATURE-----\n"
    )
    assert states(place) == ["wrong"]


def test_what_is_too_large_for_a_signature_is_none(place):
    """Regression: a minute was spent on it, and then the program was said to be too old."""
    (place / "x.zip.sig").write_bytes(b"\0" * 100_001)
    (place / "x.zip.sm2.sig").write_bytes(b"\0" * 100_001)
    assert states(place) == ["wrong", "wrong"]
