"""Writes whole reports in every format and with every trouble known, and reads them back.

It states the forms anew and takes from the package only its public way in, so that a slip in
the program cannot hide here. `python -m corpus` (in this folder's parent) measures accuracy.
"""
