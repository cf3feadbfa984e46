"""Measures the reading of prose: `python -m passages`, run in the folder `tests`."""

from __future__ import annotations

import argparse

from passages.document import section
from passages.labels import passages
from passages.measures import measure, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m passages", description=__doc__)
    parser.add_argument("--half", choices=["development", "measurement"])
    parser.add_argument("--show", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    if not options.half:
        print("\n".join(section()))
        return 0
    found = passages(options.half)
    counts = measure(found)
    print("\n".join(table(counts, len(found))))
    if options.show:
        print("\n".join(line for count in counts.values() for line in count.troubles))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
