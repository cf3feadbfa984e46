"""Hostile files, made in memory, and what reading each of them costs."""
