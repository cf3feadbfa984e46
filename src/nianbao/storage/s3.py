"""The file system of fsspec for S3, through obstore: one listing for all, pages shown as pages.

Who may do what, and where the service is, stands in the environment alone: ``AWS_ACCESS_KEY_ID``,
``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``, ``AWS_REGION``.
"""

from __future__ import annotations

from datetime import timedelta
from mimetypes import guess_type
from typing import Any

from obstore.fsspec import FsspecStore


class S3FileSystem(FsspecStore):
    """S3 as fsspec sees it.

    What obstore's own class does with a request for each folder is done with one for a thousand
    objects, and an object is sent with its kind, so that a browser shows a page.
    """

    protocol = "s3"

    def __init__(self, **options: Any) -> None:
        limits: Any = {"max_retries": 5, "retry_timeout": timedelta(seconds=60)}
        super().__init__(
            "s3",
            # An address of AWS_ENDPOINT_URL without TLS was meant.
            client_options={"allow_http": True, "timeout": timedelta(seconds=120)},
            retry_config=limits,
            **options,
        )

    async def _find(
        self, path: str, maxdepth: int | None = None, withdirs: bool = False, **_: Any
    ) -> dict[str, dict[str, Any]]:
        bucket, prefix = self._split_path(path)
        found: dict[str, dict[str, Any]] = {}
        async for batch in self._construct_store(bucket).list(prefix or None, chunk_size=1000):
            for each in batch:
                name = f"{bucket}/{each['path']}"
                found[name] = {
                    "name": name,
                    "size": each["size"],
                    "type": "file",
                    "e_tag": each["e_tag"],
                }
        return found

    async def _pipe_file(self, path: str, value: Any, mode: str = "overwrite", **_: Any) -> Any:
        bucket, name = self._split_path(path)
        kind = guess_type(name)[0] or "application/octet-stream"
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        store = self._construct_store(bucket)
        return await store.put_async(
            name, value, attributes={"Content-Type": kind}, use_multipart=False
        )
