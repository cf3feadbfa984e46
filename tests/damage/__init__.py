"""Damages true reports in known ways, and measures whether the damage is named."""
