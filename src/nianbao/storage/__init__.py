"""Raw data and output on an object store: a folder here stands for what lies there."""
