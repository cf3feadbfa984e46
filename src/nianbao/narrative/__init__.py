"""Reads what the prose of a report says in numbers, and where it contradicts itself."""

from nianbao.narrative.fees import Fee, fees
from nianbao.narrative.likeness import Likeness, Passage, likeness, stretches
from nianbao.narrative.notices import Notice, notices
from nianbao.narrative.numbers import Quantity, quantities
from nianbao.narrative.partitions import Part, Partition, partitions
from nianbao.narrative.percentages import percentages
from nianbao.narrative.quotients import Base, Percentage
from nianbao.narrative.readings import Layout
from nianbao.narrative.remnants import Remnant, remnants
from nianbao.narrative.repetition import Repetition, repetitions
from nianbao.narrative.statements import Statement, statements
from nianbao.narrative.years import OwnYear, years

__all__ = [
    "Base",
    "Fee",
    "Layout",
    "Likeness",
    "Notice",
    "OwnYear",
    "Part",
    "Partition",
    "Passage",
    "Percentage",
    "Quantity",
    "Remnant",
    "Repetition",
    "Statement",
    "fees",
    "likeness",
    "notices",
    "partitions",
    "percentages",
    "quantities",
    "remnants",
    "repetitions",
    "statements",
    "stretches",
    "years",
]
