"""The association that answers for the site, and what `kokemus init` left for it to fill in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from kokemus.problems import Route
from kokemus.reading import Node
from kokemus.shipped import LANGUAGES

_INVALID_HOST = re.compile(r"\.invalid(?![\w.-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Association:
    """Who answers for the site; every fact is given."""

    name: str
    email: str
    phone: str
    address: str
    business_id: str
    privacy_officer: str


FACTS = tuple(field.name for field in fields(Association))


def read(node: Node) -> Association | None:
    """The association in a configuration; None, with every missing fact reported, where it is not all there."""
    part = node.at("association")
    if not node.has("association"):
        node.report("missing-fact", fact=", ".join(f"association.{fact}" for fact in FACTS))
        return None
    if not part.mapping(FACTS):
        return None
    facts: dict[str, str] = {}
    for fact in FACTS:
        value = part.text(fact)
        if not part.has(fact):
            part.report("missing-fact", fact=f"association.{fact}")
        if value:
            facts[fact] = value.strip()
    return Association(**facts) if len(facts) == len(FACTS) else None


def unfilled(part: Node) -> Iterator[Route]:
    """The routes of what ``kokemus init`` left for the association to fill in: «…», and hosts that cannot be.

    Names under ``.invalid`` are reserved for this (RFC 2606): nothing is ever delivered there.
    """
    if isinstance(part.data, dict):
        for key in part.data:
            yield from unfilled(part.at(key))
    elif isinstance(part.data, str) and (part.data.strip() in ("…", "...") or _INVALID_HOST.search(part.data)):
        yield part.route


def called(route: Route) -> str:
    """What a fact is called; a text that is due in several languages is one fact."""
    return ".".join(str(part) for part in route if part not in LANGUAGES)
