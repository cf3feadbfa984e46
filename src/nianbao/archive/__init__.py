"""Archives: bags (RFC 8493) that a stranger can open, check and run again."""
