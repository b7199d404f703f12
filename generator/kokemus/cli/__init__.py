"""The command line: reads the words typed, calls one function, prints. No rules here, and no texts."""

from kokemus.cli.main import main

__all__ = ["main"]
