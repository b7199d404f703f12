"""Closing: the day from which the association takes no requests any more, and where to ask instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kokemus.vocabulary import Texts
from kokemus.vocabulary.node import Node

KEYS = ("on", "instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """``on`` is the first day on which nothing can be requested; ``instead`` says where else, and may be empty."""

    on: date
    instead: Texts = field(default_factory=dict)


def read(node: Node, languages: Iterable[str]) -> Closing | None:
    """The closing in a configuration, where one is written: a day alone, or a day and texts by language."""
    if not node.has("closed"):
        return None
    part = node.at("closed")
    if not isinstance(part.data, dict):
        day = node.day("closed")
        return Closing(on=day) if day else None
    if not part.mapping(KEYS, required=("on",)):
        return None
    day, instead = part.day("on"), part.said("instead", languages)
    return Closing(on=day, instead=instead) if day else None
