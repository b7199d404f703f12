"""Closing: the day from which the association takes no more requests, and where to ask instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kokemus.vocabulary import Texts
from kokemus.vocabulary.node import Node

KEYS = ("on", "instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """``on`` is the first day without requests; ``instead`` says where else to ask, and may be empty."""

    on: date
    instead: Texts = field(default_factory=dict)


def read(node: Node, languages: Iterable[str]) -> Closing | None:
    """The closing in a configuration, None if it has none: a date alone, or a date and texts by language."""
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
