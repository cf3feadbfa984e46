"""Measures accuracy: `python -m corpus --count 2000 --jobs 2`, run in the folder `tests`."""

from __future__ import annotations

import argparse
import random
import tempfile
import warnings
from pathlib import Path

from corpus.accuracy import document, failures, measure_all, tables
from corpus.plan import Name, make, plan
from corpus.scoring import score
from corpus.writers import WRITERS


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--format", choices=list(WRITERS))
    parser.add_argument("--trouble")
    parser.add_argument("--show", type=int, default=40, help="how many failures are listed")
    parser.add_argument("--write", type=Path, help="where the tables are kept (docs/accuracy.md)")
    parser.add_argument("--only", metavar="FORMAT:TROUBLE:SEED", help="make one document again")
    return parser.parse_args()


def make_again(text: str) -> bool:
    """Write one document, keep it, and print each cell that differs."""
    form, trouble, seed = text.split(":")
    name = Name(form, trouble, int(seed))
    specimen, rng = make(name)
    folder = Path(tempfile.mkdtemp(prefix="corpus-"))
    path = WRITERS[form](specimen, folder, rng)
    print(path)
    print(f"form {specimen.variant}, {specimen.year}, figures {specimen.kind}, {specimen.style}")
    outcome = score(path, specimen)
    print("\n".join(outcome.differences) or "every cell as it must be")
    return outcome.good


def main() -> int:
    options = arguments()
    warnings.simplefilter("error")
    random.seed(0)
    if options.only:
        return 0 if make_again(options.only) else 1
    names = plan(options.count, options.seed, options.format, options.trouble)
    if not names:
        print("no such trouble, or not in this format")
        return 2
    rows = measure_all(names, options.jobs)
    print("\n".join(tables(rows)))
    bad = failures(rows, options.show)
    print("\n".join(["", *bad]))
    if options.write:
        options.write.write_text(document(rows, options.seed), "utf-8")
    return 1 if any(not outcome.good for _, _, outcome in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
