"""Fuzzes the readers of text and web pages by coverage: ``python -m fuzz --seconds 120``.

Run it in ``tests/``. Each reader has an equal share of the time and runs in a process of its
own, since the fuzzer never returns. The same seed tries the same inputs in the same order.
"""

import argparse
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from nianbao.errors import NianbaoError

SEED = 20_220_101
MISSING = (
    "fuzz: atheris is not installed (35 MB; wheels for Linux x86-64, Python 3.11 to 3.14): "
    f"{sys.executable} -m pip install 'atheris>=3,<4'"
)
NAMES = ("text", "html")


def reader(name: str) -> Callable[[bytes, str], object]:
    if name == "text":
        from nianbao.documents.plain.text import read_text

        return read_text
    from nianbao.documents.html import read_html

    return read_html


def fuzz(name: str, seconds: int, corpus: Path) -> None:
    """Fuzz one reader; ends this process."""
    import atheris

    with atheris.instrument_imports(include=["nianbao"]):
        read = reader(name)
        from nianbao.forms import load_form
        from nianbao.recognize import recognize
    form = load_form("2021")

    def once(content: bytes) -> None:
        with contextlib.suppress(NianbaoError):
            recognize(read(content, "a"), form)

    options = (f"-max_total_time={seconds}", f"-seed={SEED}", "-max_len=4096", "-timeout=10")
    quiet = ("-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0")
    atheris.Setup(["fuzz", *options, *quiet, f"-artifact_prefix={corpus}/", str(corpus)], once)
    atheris.Fuzz()


def seeds(folder: Path) -> None:
    """Write a few small documents to start from."""
    from builders import figures, render, texts

    (folder / "seed-text").write_bytes(render(texts(figures(1))).encode()[:4_000])
    (folder / "seed-page").write_bytes(
        "<h2>一、总体情况</h2><table><tr><td rowspan=2 colspan='3'>1<td>２</table>".encode()
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz")
    parser.add_argument("--seconds", type=int, default=120, help="in total")
    parser.add_argument("--only", choices=NAMES, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help="a folder to keep inputs in")
    given = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print(MISSING, file=sys.stderr)
        return 2
    if given.only:
        fuzz(given.only, given.seconds, given.corpus)
    with tempfile.TemporaryDirectory() as scratch:
        codes = [share(name, given, Path(scratch)) for name in NAMES]
    return 1 if any(codes) else 0


def share(name: str, given: argparse.Namespace, scratch: Path) -> int:
    """Give one reader its share of the time; return the exit code."""
    corpus = (given.corpus or scratch) / name
    corpus.mkdir(parents=True, exist_ok=True)
    seeds(corpus)
    seconds = max(1, given.seconds // len(NAMES))
    print(f"--- {name}: {seconds} s", flush=True)
    command = [sys.executable, "-m", "fuzz", "--only", name, "--seconds", str(seconds)]
    code = subprocess.run([*command, "--corpus", str(corpus)], check=False).returncode
    for crash in sorted(corpus.glob("crash-*")):
        print(f"{crash.name}: {crash.read_bytes()!r}")
    return code


if __name__ == "__main__":
    sys.exit(main())
