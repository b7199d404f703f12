"""The association that answers for the site, its contact details, and what `kokemus init` left for it to fill in."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields

from stdnum.fi import ytunnus

from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Route
from kokemus.resources import LANGUAGES
from kokemus.vocabulary.node import Node

_PART = r"[^\s\"<>\\@,:;?&]"
_EMAIL = re.compile(rf"{_PART}+@(?:(?!\.){_PART})+(?:\.(?:(?!\.){_PART})+)+")
_BETWEEN = r"[-+() \u00a0\u2010-\u2015\u2212]*"
_PHONE = re.compile(rf"{_BETWEEN}(?:[0-9]{_BETWEEN}){{3,}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """The association that answers for the site; every fact is required."""

    name: str
    email: str
    phone: str
    address: str
    business_id: str
    privacy_officer: str


FACTS = tuple(field.name for field in fields(Association))
SHAPES: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "email": ("no-email", _EMAIL.fullmatch),
    "phone": ("no-phone", _PHONE.fullmatch),
    "business_id": ("no-business-id", ytunnus.is_valid),
}
"""The facts whose form can be checked, each with the code of the problem and the check."""


def read(node: Node) -> Association | None:
    """The association in a configuration. If facts are missing, each is reported and the result is None."""
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
            if code := fault(fact, value):
                part.report(code, fact)
    return Association(**facts) if len(facts) == len(FACTS) else None


def fault(fact: str, text: str) -> str | None:
    """The code of the problem with a fact; None if it may be right or is a placeholder."""
    code, fits = SHAPES.get(fact, ("", bool))
    return None if is_open(text) or fits(text.strip()) else code


def unfilled(part: Node) -> Iterator[Route]:
    """The route (the keys that lead to it) of each value that is still a placeholder."""
    if isinstance(part.data, dict):
        for key in part.data:
            yield from unfilled(part.at(key))
    elif is_open(part.data):
        yield part.route


def called(route: Route) -> str:
    """The name of a fact. A text that is required in several languages is one fact."""
    return ".".join(str(part) for part in route if part not in LANGUAGES)
