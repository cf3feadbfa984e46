"""Runs the command line: ``python -m nianbao``."""

from nianbao.cli import main

main()
