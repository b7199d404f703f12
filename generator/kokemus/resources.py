"""What comes with Kokemus itself: its terms and texts, and all that may stand on any site."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

PACKAGE = files("kokemus")
LANGUAGES = ("fi", "sv", "en")
"""Those in which a site can be, because every text that it may show is there in each."""
_PUBLIC = ("terms", "public")
"""The folders of what any site may show; what is said to the coordinator alone is in ``coordinator``."""


def texts(name: str) -> Any:
    """What a file says, by its path in the package without the ending; the tests hold each to be right."""
    return yaml.load(PACKAGE.joinpath(*f"{name}.yml".split("/")).read_text("utf-8"), yaml.CSafeLoader)


def public() -> tuple[str, ...]:
    """The texts that may stand on any site."""
    return tuple(text for folder in _PUBLIC for text in _texts(PACKAGE / folder))


def _texts(folder: Traversable) -> Iterator[str]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts(entry)
        elif entry.name.endswith((".yml", ".html", ".xml", ".css", ".js", ".svg", ".json", ".txt")):
            yield entry.read_text("utf-8")
