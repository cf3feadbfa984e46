"""The parts of a year's page, each a fragment made from the year's entries alone."""

from __future__ import annotations

from nianbao.overview.agencies import anchor
from nianbao.overview.comparison import comparison
from nianbao.overview.headline import title
from nianbao.overview.matrix import matrix
from nianbao.overview.problems import needing
from nianbao.overview.rules import broken
from nianbao.overview.totals import totals
from nianbao.overview.tree import tree

__all__ = ["anchor", "broken", "comparison", "matrix", "needing", "title", "totals", "tree"]
