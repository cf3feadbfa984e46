"""The researcher's panel: all reports in tables (Parquet), their rules judged all at once."""
