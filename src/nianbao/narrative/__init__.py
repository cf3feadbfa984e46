"""Reads what the prose of a report says in numbers: quantities, wholes and their parts."""

from nianbao.narrative.numbers import Quantity, quantities
from nianbao.narrative.partitions import Part, Partition, partitions

__all__ = ["Part", "Partition", "Quantity", "partitions", "quantities"]
