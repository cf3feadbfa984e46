"""Writes what commands say: data to standard output, words for people to standard error."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def print_data(text: str) -> None:
    """Write data to standard output, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Tell a person something, on standard error."""
    click.echo(text, err=True)


def relative(path: Path) -> str:
    """Name a file from the current folder, where it lies below it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
