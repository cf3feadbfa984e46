"""Arbitrary bytes and mutated documents: a report or a foreseen error, whatever the format."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import figures, render, texts
from hostile.test_hostile import WHOLE
from nianbao.documents import Source, open_document
from nianbao.documents.limits.kinds import FORMATS
from nianbao.errors import NianbaoError
from nianbao.forms import load_form
from nianbao.recognize import recognize

pytestmark = pytest.mark.many

SEEDS = {**WHOLE, "a.txt": render(texts(figures(1))).encode()}
_DIGITS = st.sampled_from(list("0１二〇,， 　-－%.\t|\n\x00\u202e\ufeff表第"))


def recognised(name, content):
    """Read a file and recognise what is in it; a foreseen error is as good."""
    source = Source(name, content, hashlib.sha256(content).hexdigest())
    try:
        return recognize(open_document(source), load_form("2021"))
    except NianbaoError as error:
        assert str(error).isprintable()
        return None


@st.composite
def mutated(draw, content):
    """Change, drop, repeat and insert a few pieces of a file."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(changed)))
        length = draw(st.integers(0, 40))
        piece = draw(
            st.one_of(
                st.binary(max_size=8),
                st.text(_DIGITS, max_size=8).map(str.encode),
                st.just(bytes(changed[place : place + 200]) * 2),
            )
        )
        changed[place : place + length] = piece
    return bytes(changed)


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@given(content=st.binary(min_size=1, max_size=400))
@settings(max_examples=25)
def test_arbitrary_bytes_end_well(suffix, content):
    recognised(f"a{suffix}", content)


@pytest.mark.parametrize("start", ["PK\x03\x04word/document", "%PDF-1.4\n", "<table><tr><td>"])
@given(content=st.binary(min_size=1, max_size=400))
@settings(max_examples=25)
def test_arbitrary_bytes_after_the_right_start_end_well(start, content):
    suffix = {"P": "docx", "%": "pdf", "<": "html"}[start[0]]
    recognised(f"a.{suffix}", start.encode("latin-1") + content)


@pytest.mark.parametrize("name", sorted(SEEDS))
@given(data=st.data())
@settings(max_examples=40)
def test_mutated_documents_end_well(name, data):
    recognised(name, data.draw(mutated(SEEDS[name])))
