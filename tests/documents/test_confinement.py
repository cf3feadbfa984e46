"""Confinement: whatever a parser does, it ends as a document or as one sentence."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.documents.limits import confinement
from nianbao.documents.limits.carrying import packed, unpacked
from nianbao.documents.limits.confinement import confined
from nianbao.documents.structure import Boundary, Document, Line, Merge, Remark, Row
from nianbao.errors import UnreadableError, UsageError

EMPTY = Document("a", ())
FULL = Document(
    "表.xlsx",
    (
        Boundary("表三"),
        Line("一、总体情况\ud800", "第1行"),
        Row(("1", "", "３"), "第2行", 1, (Merge(0, 2, "1", below=True),), frozenset({2}), ("A1",)),
        Row(("1",), "第3行"),
    ),
    (Remark("merged", "有合并", "第2行"),),
    MappingProxyType({"t3.1": MappingProxyType({"value": "1"})}),
)


def refused(work, error=UnreadableError, **limits):
    with pytest.raises(error) as caught:
        confined(work, name="a.pdf", **limits)
    message = str(caught.value)
    assert message.endswith("。")
    assert "\n" not in message
    return message


def no_children():
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def open_files():
    return sorted(path.name for path in Path("/dev/fd").iterdir())


def raising(error):
    def work():
        raise error

    return work


def allocate():
    return Document("a", (Line("一" * 10**9, ""),))


def recurse():
    return recurse()


def crash():
    ctypes.string_at(0)


def print_and_return():
    print("parser's own chatter")
    os.write(2, b"and more of it")
    return EMPTY


def write_a_file(path):
    def work():
        path.write_bytes(b"x")
        return EMPTY

    return work


def test_a_document_comes_out_whole():
    found = confined(lambda: FULL, name="a")
    assert found == FULL
    assert type(found.listing) is MappingProxyType


@given(st.binary(max_size=300))
def test_any_answer_is_a_document_or_a_value_error(content):
    with contextlib.suppress(ValueError):
        assert isinstance(unpacked(content), Document)


@pytest.mark.parametrize(
    "content",
    [
        b"[]",
        b"{}",
        b"1",
        b'["a",[[1]],[],{}]',
        b'["a",["b"],[],{}]',
        b'["a",[],[],[]]',
        b'["a",[],[["a"]],{}]',
        b'["a",[],[],{"a":1}]',
        b"[" * 100_000,
        b'["a",[["b","c",null,[],[],[]]],[],{}]',
    ],
)
def test_an_answer_of_another_shape_is_no_document(content):
    with pytest.raises(ValueError):
        unpacked(content)


def test_packing_is_the_same_every_time():
    assert packed(FULL) == packed(unpacked(packed(FULL)))


def test_own_errors_come_out_as_they_are():
    assert refused(raising(UnreadableError("a.pdf：坏了。"))) == "a.pdf：坏了。"
    assert refused(raising(UsageError("用错了。")), UsageError) == "用错了。"


def test_other_errors_are_one_sentence_with_their_name():
    assert "KeyError" in refused(raising(KeyError("x\ny")))
    assert "SystemExit" in refused(raising(SystemExit(0)))
    assert "TypeError" in refused(lambda: Document("a", (Line(b"", ""),)))


def test_memory_is_bounded():
    assert "内存" in refused(allocate, memory=50 * 2**20)


def test_recursion_is_bounded():
    assert "嵌套过深" in refused(recurse)


def test_a_crash_ends_only_the_child():
    assert "SIGSEGV" in refused(crash)
    assert "SIGABRT" in refused(os.abort)


def test_a_child_that_says_nothing_is_an_error():
    assert "无应答" in refused(lambda: os._exit(0))


@pytest.mark.parametrize("work", [lambda: time.sleep(60), lambda: [None for _ in iter(int, 1)]])
def test_time_is_bounded_and_no_child_is_left(work):
    start = time.monotonic()
    assert "0.3 秒" in refused(work, seconds=0.3)
    assert time.monotonic() - start < 3
    no_children()


def test_what_the_work_started_ends_with_it(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)

    def work():
        subprocess.Popen(["sleep", "60"], pass_fds=[os.open(fifo, os.O_RDWR)])
        time.sleep(60)

    refused(work, seconds=0.5)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:  # at its end at once only where nobody holds the other side open
        assert os.read(reader, 1) == b""
    finally:
        os.close(reader)


def test_an_answer_is_bounded():
    assert "字节" in refused(lambda: Document("a", (Line("x" * 20_000_000, ""),)))


@pytest.mark.parametrize("blocks", [(Line("", ""),) * 5_001, (Row(("",) * 100_001, ""),)])
def test_what_takes_long_to_look_through_is_refused(blocks):
    assert "超过上限" in refused(lambda: Document("a", blocks))


def test_the_child_can_neither_speak_nor_write(capfd, tmp_path):
    assert confined(print_and_return, name="a") == EMPTY
    assert capfd.readouterr() == ("", "")
    assert "OSError" in refused(write_a_file(tmp_path / "x"))


def test_the_child_holds_none_of_the_files(tmp_path):
    with (tmp_path / "x").open("wb") as file:
        assert "OSError" in refused(lambda: os.fstat(file.fileno()))


def test_no_descriptor_is_left():
    confined(lambda: EMPTY, name="a")
    before = open_files()
    confined(lambda: EMPTY, name="a")
    refused(raising(KeyError()))
    assert open_files() == before
    no_children()


def test_many_threads_at_once():
    found = []

    def run(number):
        found.append(confined(lambda: Document(str(number), ()), name="a").name)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(map(str, range(8)))
    no_children()


def test_confinement_within_confinement():
    assert confined(lambda: confined(lambda: FULL, name="a"), name="a") == FULL


def test_a_fork_among_threads_is_not_warned_of():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        confined(lambda: EMPTY, name="a")
    done.set()
    thread.join()
    assert not seen


def test_where_there_is_no_fork_the_work_is_done_here(monkeypatch):
    monkeypatch.delattr(os, "fork")
    assert confined(lambda: FULL, name="a") is FULL
    assert "KeyError" in refused(raising(KeyError()))
    assert refused(raising(UnreadableError("坏。"))) == "坏。"


def test_a_fork_that_fails_is_told(monkeypatch):
    def fork():
        raise OSError(11, "no room")

    monkeypatch.setattr(os, "fork", fork)
    assert "no room" in refused(lambda: EMPTY)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b'K["Odd","a\\u001b[0m\\nb"]', "a[0mb"),
        (b'K["UsageError",1]', "无应答"),
        (b'U["E\\n","x"]', "E）"),
        (b"U[[]]", "无应答"),
        (b"K" + b"[" * 10**5, "无应答"),
        (b"", "无应答"),
        (b"D{}", "无应答"),
    ],
)
def test_a_child_taken_over_can_only_say_a_sentence(answer, words, monkeypatch):
    monkeypatch.setattr(confinement, "_asked", lambda *_: (answer, 0))
    with pytest.raises(UnreadableError) as caught:
        confined(lambda: EMPTY, name="a")
    assert words in str(caught.value)


INTERRUPTED = """
import os, sys, time
from nianbao.documents.limits.confinement import confined
def work():
    time.sleep(60)
print("ready", flush=True)
try:
    confined(work, name="a", seconds=30)
except KeyboardInterrupt:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("interrupted", flush=True)
"""


def test_an_interrupt_ends_child_and_wait():
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, start_new_session=True
    )
    with process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)
        assert process.communicate(timeout=10)[0] == b"interrupted\n"


def test_standard_files_may_be_closed():
    code = (
        "import os; os.closerange(0, 3)\n"
        "from nianbao.documents.limits.confinement import confined\n"
        "from nianbao.documents.structure import Document\n"
        "os._exit(confined(lambda: Document('a', ()), name='a').name != 'a')"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=30).returncode == 0
