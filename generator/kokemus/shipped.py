"""What comes with Kokemus itself: its terms and texts, and all that may stand on any site."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

PACKAGE = files("kokemus")


def terms(name: str) -> Any:
    """What a file of ``terms/`` says, by its name without the ending; the tests hold each to be right."""
    return yaml.load((PACKAGE / "terms" / f"{name}.yml").read_text("utf-8"), yaml.CSafeLoader)


def texts() -> tuple[str, ...]:
    """The texts that may stand on any site."""
    return tuple(_texts(PACKAGE))


def _texts(folder: Traversable) -> Iterator[str]:
    """The terms, templates and theme files as they are shipped, but for what is only ever said to the coordinator.

    Examples there name codes and people, so that they must explain no leak.
    """
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("__pycache__", "desk", "scaffold"):
            yield from _texts(entry)
        elif entry.name.endswith((".yml", ".html", ".xml", ".css", ".js", ".svg", ".json", ".txt")):
            yield entry.read_text("utf-8")
