"""Arbitrary and damaged files for every reader."""
