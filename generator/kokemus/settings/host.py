"""Host: who serves the site, for the privacy notice."""

from collections.abc import Iterable
from dataclasses import dataclass

from kokemus.vocabulary import Texts
from kokemus.vocabulary.node import Node

KEYS = ("name", "country", "logs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """``country`` and ``logs`` are texts by language; ``logs`` says what is logged and how long it is kept."""

    name: str
    country: Texts
    logs: Texts


def read(node: Node, languages: Iterable[str]) -> Host | None:
    """The host in a configuration. It is None with a warning if it is missing, and with errors if it is wrong."""
    if not node.has("host"):
        node.report("host-missing")
        return None
    part = node.at("host")
    if not part.mapping(KEYS, required=KEYS):
        return None
    languages = tuple(languages)
    name, country, logs = part.text("name"), part.said("country", languages), part.said("logs", languages)
    return Host(name=name, country=country, logs=logs) if name and country and logs else None
