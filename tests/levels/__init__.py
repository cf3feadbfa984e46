"""Tests of the relations across levels."""
