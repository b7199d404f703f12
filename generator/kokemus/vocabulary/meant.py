"""The key that was probably meant by an unknown key, or by a text that begins with a key.

The same for an everyday name of an area. The words are in ``coordinator/texts``: ``keys.yml`` and ``areas.yml``.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from kokemus import dates, resources
from kokemus.documents.document import Data
from kokemus.text import nearest

KEYS: Mapping[str, list[str]] = resources.texts("coordinator/texts/keys")
PICTURES: list[str] = resources.texts("coordinator/texts/unwanted")["pictures"]
_MONTHS, _YEARS = 12, range(1900, 2200)
PLACES: Mapping[str, list[str]] = resources.texts("coordinator/texts/areas")


def unspaced(text: str, known: Collection[str]) -> str | None:
    """The known key that a text begins with, where its colon is followed by no space."""
    begin, colon, rest = text.partition(":")
    return begin if colon and rest[:1].strip() and begin in known else None


def key(typed: str, known: Collection[str]) -> str | None:
    """The known key that was probably meant by a misspelt or everyday word."""
    everyday = (name for name, said in KEYS.items() if typed.casefold() in said and name in known)
    return next(everyday, None) or nearest(typed, known)


def is_picture(typed: str) -> bool:
    """Whether an unknown key was meant for a picture of somebody, which no card has."""
    return typed.casefold() in PICTURES


def place(typed: str) -> str | None:
    """The ids of the places that an everyday name of an area stands for; ``remote`` if it means no place at all."""
    plain = " ".join(typed.casefold().split())
    return next((ids for ids, said in PLACES.items() if plain in said), None)


def day(typed: str) -> dict[str, date]:
    """The day that was meant, if it is written as Finns write it, or so that it can be no other day."""
    plain = re.sub(r"[/-]", ".", "".join(typed.split()))
    first, as_finns = dates.read(plain, "%d.%m.%Y"), "." in typed
    found = first if first and (as_finns or first.day > _MONTHS) else None
    found = found or dates.read(plain, "%Y.%m.%d") or dates.read(plain, "%Y.%d.%m")
    return {"near": found} if found and found.year in _YEARS else {}


def words(data: Data) -> Iterator[str]:
    """Every word in a part of a document, keys included."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (key, *words(value))
    elif isinstance(data, list):
        for item in data:
            yield from words(item)
    else:
        yield from str(data).split()
