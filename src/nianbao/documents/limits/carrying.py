"""Carries a document out of a confined process as JSON, which can build nothing else."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

from nianbao.documents.structure import Block, Boundary, Document, Line, Merge, Remark, Row


def packed(document: Document) -> bytes:
    """Write a document as bytes that `unpacked` reads."""
    plain = [
        document.name,
        [_plain(block) for block in document.blocks],
        [[remark.code, remark.message, remark.origin] for remark in document.remarks],
        {code: dict(row) for code, row in document.listing.items()},
    ]
    text = json.dumps(plain, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _plain(block: Block) -> list[Any]:
    """Write a block as a list; its length says which kind it is."""
    if isinstance(block, Line):
        return [block.text, block.origin]
    if isinstance(block, Boundary):
        return [block.name]
    merges = [[m.first, m.end, m.text, m.above, m.below] for m in block.merges]
    return [block.cells, block.origin, block.grid, merges, sorted(block.unclear), block.places]


def unpacked(content: bytes) -> Document:
    """Read a document back, trusting nothing about the bytes.

    Raises
    ------
    ValueError
        Where they are no document: the process that wrote them was not itself any more.
    """
    try:
        name, blocks, remarks, listing = json.loads(content.decode("utf-8", "surrogatepass"))
        return Document(
            _text(name),
            tuple(_block(block) for block in blocks),
            tuple(Remark(*_texts(remark)) for remark in remarks),
            _listing(listing),
        )
    except (TypeError, AttributeError, KeyError, RecursionError) as error:
        raise ValueError("not a document") from error


def _block(plain: list[Any]) -> Block:
    match plain:
        case [text, origin]:
            return Line(_text(text), _text(origin))
        case [name]:
            return Boundary(_text(name))
    cells, origin, grid, merges, unclear, places = plain
    return Row(
        _texts(cells),
        _text(origin),
        None if grid is None else _number(grid),
        tuple(_merge(merge) for merge in merges),
        frozenset(map(_number, unclear)),
        _texts(places),
    )


def _merge(plain: list[Any]) -> Merge:
    first, end, text, above, below = plain
    return Merge(_number(first), _number(end), _text(text), above is True, below is True)


def _listing(plain: dict[str, dict[str, Any]]) -> MappingProxyType[str, MappingProxyType[str, str]]:
    return MappingProxyType(
        {
            code: MappingProxyType({key: _text(value) for key, value in row.items()})
            for code, row in plain.items()
        }
    )


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise ValueError("not a text")
    return plain


def _texts(plain: list[Any]) -> tuple[str, ...]:
    if not isinstance(plain, list):
        raise ValueError("not a list")
    return tuple(map(_text, plain))


def _number(plain: object) -> int:
    if not isinstance(plain, int):
        raise ValueError("not a number")
    return plain
