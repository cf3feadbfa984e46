"""A place at an address: objects by name below it, through fsspec."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, partial
from importlib import import_module
from itertools import islice
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from nianbao.errors import BuildError, UsageError

T = TypeVar("T")

_AT_ONCE: Final = 16
"""Requests at one time."""
_TAGS: Final = ("e_tag", "ETag", "etag", "created", "mtime", "last_modified")
"""What a service calls the mark that changes with an object."""
_WORDS: Final = 300


def is_address(given: str) -> bool:
    """Whether a place is named by an address, not by a folder."""
    return "://" in given


@dataclass(frozen=True, slots=True)
class Item:
    """An object in a listing: its size in bytes, and a mark that changes with it."""

    size: int
    tag: str


@dataclass(frozen=True)
class Store:
    """All objects below an address.

    Attributes
    ----------
    address : str
        Such as ``s3://bucket/raw``; of any file system that fsspec knows.
    """

    address: str

    @cached_property
    def _system(self) -> Any:
        scheme = urlsplit(self.address).scheme
        if scheme in ("s3", "s3a"):
            from nianbao.storage.s3 import S3FileSystem

            return S3FileSystem()
        fsspec: Any = import_module("fsspec")
        more = {"auto_mkdir": True} if scheme in ("file", "local") else {}
        return fsspec.filesystem(scheme, use_listings_cache=False, **more)

    @cached_property
    def _root(self) -> str:
        """Return the address as the file system's own listings write it."""
        found: str = self._system._strip_protocol(self.address)
        return found.rstrip("/")

    def list(self) -> dict[str, Item]:
        """Return all objects by their names below the address.

        Raises
        ------
        BuildError
            Where the store does not answer, or refuses.
        """
        found: dict[str, dict[str, Any]] = self._asked(self._find)
        cut = len(self._root) + 1
        return {path[cut:]: Item(info["size"], _tag(info)) for path, info in found.items()}

    def read(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield objects with their names, several fetched at once; one that is gone is left out.

        Raises
        ------
        BuildError
            Where the store does not answer, or refuses.
        """
        listed = list(names)
        for name, content in zip(listed, self._all(self._get, listed), strict=True):
            if content is not None:
                yield name, content

    def write(self, contents: Mapping[str, bytes]) -> dict[str, str]:
        """Put objects, several at once; return the mark of each.

        Raises
        ------
        BuildError
            Where the store does not answer, or refuses.
        """
        marks = dict(zip(contents, self._all(self._put, contents.items()), strict=True))
        if all(marks.values()):
            return marks
        listed = self.list()  # a file system that tells no mark when something is put
        return {name: listed[name].tag for name in contents}

    def _find(self) -> dict[str, dict[str, Any]]:
        try:
            found: dict[str, dict[str, Any]] = self._system.find(self._root, detail=True)
        except FileNotFoundError:  # nothing has been put there yet
            return {}
        return found

    def _get(self, name: str) -> bytes | None:
        try:
            found: bytes = self._system.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return None
        return found

    def _put(self, item: tuple[str, bytes]) -> str:
        told = self._system.pipe_file(f"{self._root}/{item[0]}", item[1])
        return _tag(told) if isinstance(told, dict) else ""

    def _all(self, work: Callable[[Any], T], items: Iterable[Any]) -> Iterator[T]:
        waiting = iter(items)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            # In pieces: what was fetched and is not yet taken stands in memory.
            while piece := list(islice(waiting, 4 * _AT_ONCE)):
                yield from pool.map(lambda item: self._asked(partial(work, item)), piece)

    def _asked(self, work: Callable[[], T]) -> T:
        """Do something with the store; say it in our words where it fails."""
        try:
            return work()
        except Exception as error:  # each kind of store has its own kinds of error
            raise BuildError(
                f"对象存储 {self.address} 无法使用（{type(error).__name__}：{_words(error)}）。"
                "请检查地址、网络和环境变量 AWS_ENDPOINT_URL、AWS_ACCESS_KEY_ID、"
                "AWS_SECRET_ACCESS_KEY、AWS_REGION。"
            ) from error


def _words(error: Exception) -> str:
    """Return what went wrong, without a service's answer in full, which may repeat who asked."""
    told, _, answer = " ".join(str(error).split()).partition("<")
    code = re.search(r"<Code>(\w+)</Code>", answer)
    return told[:_WORDS] + (code[1] if code else "")


def _tag(info: Mapping[str, Any]) -> str:
    return next((str(info[name]) for name in _TAGS if info.get(name)), "")


def demand_address(given: str, variable: str) -> None:
    """Refuse an address that names no place, or holds a password.

    Raises
    ------
    UsageError
        Without repeating what may be secret.
    """
    try:
        parts = urlsplit(given)
    except ValueError:
        raise UsageError(f"{variable} 的地址无法读取。例如 s3://bucket/raw。") from None
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError(f"{variable} 的地址里不能写密钥；请放在环境变量 AWS_ACCESS_KEY_ID 等中。")
    if not parts.netloc and not parts.path.strip("/"):
        raise UsageError(f"{variable} 的地址没有指明位置：{given}。例如 s3://bucket/raw。")
