"""Runs notebooks: in a real kernel, or in a forked child that has everything imported."""
