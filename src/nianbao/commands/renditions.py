"""The commands that write reports in other forms than pages: pdf."""

from __future__ import annotations

import click

from nianbao.commands.printing import say
from nianbao.commands.reports import end, wanted


@click.command()
@click.option("--year", help="The year reported on.")
@click.option("--agency", help="Only this agency.")
@click.option("--jobs", type=click.IntRange(1, 1024), help="How many at once; else all cores.")
def pdf(year: str | None, agency: str | None, jobs: int | None) -> None:
    """Write each report as PDF/A-2a and PDF/UA-1 into output/<year>/pdf/."""
    from nianbao.pdf.files import write_pdfs

    workspace, targets = wanted(year, agency)
    end(write_pdfs(workspace, targets, say, jobs=jobs))


COMMANDS = (pdf,)
