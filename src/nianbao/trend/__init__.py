"""The page of one agency through the years: what each part of it shows, from its history alone."""

from nianbao.trend.comparison import comparison
from nianbao.trend.crossings import crossings
from nianbao.trend.disputes import disputes
from nianbao.trend.documents import documents
from nianbao.trend.filings import filings
from nianbao.trend.heading import title
from nianbao.trend.outcomes import outcomes
from nianbao.trend.requests import requests

__all__ = [
    "comparison",
    "crossings",
    "disputes",
    "documents",
    "filings",
    "outcomes",
    "requests",
    "title",
]
