"""What changed between two runs: cells, findings, sentences, charts, and bytes beside them."""

from __future__ import annotations

from nianbao.compare.differences import Differences, ReportDifferences, Results, differences
from nianbao.compare.results import Side, load

__all__ = ["Differences", "ReportDifferences", "Results", "Side", "differences", "load"]
