"""Says what is possible but unusual in a report: warnings and hints, never errors.

Nothing here is an equation of the form. A report may be unusual and right; where the evidence is
thin the checks are silent.
"""

from __future__ import annotations

from nianbao.judgement import Judgement
from nianbao.plausibility.activities import activities
from nianbao.plausibility.blanks import blanks
from nianbao.plausibility.cases import cases
from nianbao.plausibility.copies import copies
from nianbao.plausibility.exchanges import exchanges
from nianbao.plausibility.fees import fees
from nianbao.plausibility.jumps import jumps
from nianbao.plausibility.outcomes import outcomes
from nianbao.plausibility.powers import powers
from nianbao.plausibility.repeats import repeats
from nianbao.register import Agency
from nianbao.report import Report

__all__ = ["plausibility"]


def plausibility(
    report: Report, agency: Agency | None, previous: Report | None, parent: Agency | None
) -> list[Judgement]:
    """Judge how plausible a report is.

    Parameters
    ----------
    report : Report
        As read; what the rules force a blank to be counts as known.
    agency, parent : Agency or None
        The register's rows of the agency and of the body that it belongs to.
    previous : Report or None
        Last year's report of the same agency; one of another year is not looked at.

    Returns
    -------
    list of Judgement
        What failed and what passed, by rule; nothing for a rule that does not apply.
    """
    last = previous if previous is not None and previous.year == report.year - 1 else None
    return [
        *fees(report, last),
        *powers(report, agency, parent),
        *activities(report),
        *blanks(report),
        *cases(report, last),
        *outcomes(report),
        *copies(report),
        *jumps(report, last),
        *repeats(report, last),
        *exchanges(report, last),
    ]
