"""What comes with Kokemus itself: its terms and texts, and all that may stand on any site."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

PACKAGE = files("kokemus")
LANGUAGES = ("fi", "sv", "en")
"""Those in which a site can be, because every text that it may show is there in each."""
_NEVER_SHOWN = frozenset(
    PACKAGE.joinpath(*name.split("/"))
    for name in (
        *("scaffold", "templates/desk", "terms/desk", "terms/problems.yml", "terms/explain.yml"),
        *("schemas/profile-1.json", "schemas/configuration-1.json"),
    )
)


def terms(name: str) -> Any:
    """What a file of ``terms/`` says, by its name without the ending; the tests hold each to be right."""
    return yaml.load((PACKAGE / "terms" / f"{name}.yml").read_text("utf-8"), yaml.CSafeLoader)


def texts() -> tuple[str, ...]:
    """The texts that may stand on any site."""
    return tuple(_texts(PACKAGE))


def _texts(folder: Traversable) -> Iterator[str]:
    """The terms, templates and theme files as they are shipped, but for what is only ever said to the coordinator.

    What is said there stands on no site, and examples name codes and people, so that it must explain no leak.
    """
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry in _NEVER_SHOWN or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _texts(entry)
        elif entry.name.endswith((".yml", ".html", ".xml", ".css", ".js", ".svg", ".json", ".txt")):
            yield entry.read_text("utf-8")
