"""The files that come with Kokemus itself: terms, texts, and everything that may be shown on any site."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

PACKAGE = files("kokemus")
LANGUAGES = ("fi", "sv", "en")
"""The languages that a site can have: every text that it may show exists in each of them."""
_PUBLIC = ("terms", "public")
"""The folders of what any site may show. What only the coordinator sees is in ``coordinator``."""


def texts(name: str) -> Any:
    """The content of a YAML file, by its path in the package without the suffix. The tests check that each is valid."""
    return yaml.load(PACKAGE.joinpath(*f"{name}.yml".split("/")).read_text("utf-8"), yaml.CSafeLoader)


def public() -> tuple[str, ...]:
    """The texts that may be shown on any site."""
    return tuple(text for folder in _PUBLIC for text in _texts(PACKAGE / folder))


def _texts(folder: Traversable) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts(entry)
        elif entry.name.endswith((".yml", ".html", ".xml", ".css", ".js", ".svg", ".json", ".txt")):
            yield entry.read_text("utf-8")
