"""Faults of layout: one story that explains many wrong cells at once."""
