"""The command line: reads the arguments, calls one function, prints. It contains no rules and no texts."""

from kokemus.cli.main import main

__all__ = ["main"]
