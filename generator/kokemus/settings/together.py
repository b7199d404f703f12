"""Several associations with one catalogue: their names, and how an expert reaches them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from kokemus.settings.association import fault
from kokemus.text import fold
from kokemus.vocabulary import Term, Terms
from kokemus.vocabulary.node import Node

ID = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One of the associations. What it leaves empty is taken from the joint contact."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    business_id: str = ""

    @property
    def contact(self) -> tuple[str, ...]:
        """How it can be reached, as far as it says so."""
        return tuple(filter(None, (self.email, self.phone, self.address)))

    @property
    def said(self) -> tuple[str, ...]:
        """Everything that it says of itself."""
        return (self.name, self.business_id, *self.contact)


FACTS = tuple(field.name for field in fields(Partner))


def read(node: Node) -> Mapping[str, Partner]:
    """The associations in a configuration by id, in its order; empty if the catalogue has only one."""
    part = node.at("together")
    if not node.has("together"):
        return {}
    if not isinstance(part.data, dict):
        names = [name for name in part.data if isinstance(name, str)] if isinstance(part.data, list) else []
        written = (f"{_id(name, number)}: {name}" for number, name in enumerate(names or ["…", "…"], 1))
        node.report("together-names", "together", example=f"together: {{{', '.join(written)}}}")
        return {}
    if len(part.data) < 2:
        node.report("together-few", "together")
    found = {id: partner for id in part.data if (partner := _partner(part, id))}
    if len({partner.name.casefold() for partner in found.values()}) < len(found):
        node.report("together-same", "together")
    return found


def _id(name: str, number: int) -> str:
    """An id for an association that has only a name yet."""
    return "-".join(fold(name)) or f"id-{number}"


def terms(partners: Mapping[str, Partner]) -> Terms:
    """The associations as terms that a profile can name: by id or name, in any case."""
    return Terms(terms={id: Term(id=id, labels={"fi": partner.name}) for id, partner in partners.items()})


def _partner(node: Node, id: str) -> Partner | None:
    if not ID.fullmatch(id):
        node.report("together-id", id)
    part = node.at(id)
    if not isinstance(part.data, dict):
        name = node.text(id)
        return Partner(name=name.strip()) if name else None
    if not part.mapping(FACTS, required=("name",)):
        return None
    facts = {fact: text.strip() for fact in FACTS if (text := part.text(fact))}
    for fact, text in facts.items():
        if code := fault(fact, text):
            part.report(code, fact)
    return Partner(**facts) if "name" in facts else None
