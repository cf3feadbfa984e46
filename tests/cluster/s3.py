"""Starts a real S3 server on loopback, from a wheel that carries it."""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cluster.machines import answers, free_ports, started, until

WEED = Path(sys.executable).parent / "weed"
_PORTS = [
    f"-{part}.port{kind}" for part in ("s3", "master", "volume", "filer") for kind in ("", ".grpc")
]


@contextmanager
def server(folder: Path) -> Iterator[dict[str, str]]:
    """Run an S3 server; give the environment that its clients need."""
    ports = free_ports(len(_PORTS))
    name, secret = "tester", uuid.uuid4().hex
    rights = ["Admin", "Read", "List", "Tagging", "Write"]
    who = {"credentials": [{"accessKey": name, "secretKey": secret}], "actions": rights}
    (folder / "s3.json").write_text(json.dumps({"identities": [{"name": name, **who}]}), "utf-8")
    command = [
        *(str(WEED), "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        *("-s3", f"-s3.config={folder / 's3.json'}", "-s3.port.iceberg=0"),
        *("-volume.max=20", "-master.volumeSizeLimitMB=64", "-master.telemetry=false"),
        *(f"{option}={port}" for option, port in zip(_PORTS, ports, strict=True)),
    ]
    environment = {
        "AWS_ACCESS_KEY_ID": name,
        "AWS_SECRET_ACCESS_KEY": secret,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{ports[0]}",
        "AWS_REGION": "us-east-1",
    }
    with started(*command, log=folder / "weed.log"):
        until(lambda: all(map(answers, ports)), what="the S3 server")
        until(lambda: _takes(environment), what="its first volume")
        yield environment


def _takes(environment: dict[str, str]) -> bool:
    """Whether the server takes objects, into a bucket that is made by that."""
    os.environ.update(environment)
    from obstore.exceptions import BaseError
    from obstore.store import S3Store

    try:
        S3Store("bucket", client_options={"allow_http": True}).put("first", b"1")
    except BaseError:
        return False
    return True
