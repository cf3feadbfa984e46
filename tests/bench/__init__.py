"""Measures what building reports costs, beside other ways to make the same files.

Run it with `make bench`, or with `python -m bench` in the folder `tests`.
"""
