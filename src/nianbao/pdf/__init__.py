"""Writes a finished report as a document to print and to keep: PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.finding import Finding
from nianbao.pdf.content import content
from nianbao.pdf.typesetting import typeset
from nianbao.report import Report
from nianbao.workspace import Workspace

__all__ = ["render"]


def render(
    report: Report, findings: Sequence[Finding], workspace: Workspace, *, draft: bool = False
) -> bytes:
    """Return a report as a tagged PDF for archives, laid out by GB/T 9704-2012.

    Parameters
    ----------
    report : Report
        The report; its figures are written as published and never corrected.
    findings : sequence of Finding
        All that was found about it.
    workspace : Workspace
        The project that it belongs to.
    draft : bool
        Whether every page says that it is a draft.

    Returns
    -------
    bytes
        The same report, findings and project give the same bytes: no time and no path is in them.

    Raises
    ------
    BuildError
        Where it cannot be set.
    """
    return typeset(content(report, findings, workspace, draft=draft))
