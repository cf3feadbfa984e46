"""Measures suspects: `python -m damage --draws 200 --jobs 2`, run in the folder `tests`."""

from __future__ import annotations

import argparse

from damage.measure import tables


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m damage", description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    print(tables(options.draws, options.seed, options.jobs), end="")


if __name__ == "__main__":
    main()
