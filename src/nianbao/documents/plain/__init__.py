"""Readers of plain text: tabs, spaces, pipes, Markdown, CSV, one cell a line."""
