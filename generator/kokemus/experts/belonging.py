"""Whose expert somebody is, where several associations share a catalogue; nothing that is published depends on it."""

from collections.abc import Iterator
from dataclasses import replace

from kokemus.documents.document import Document
from kokemus.vocabulary import Terms
from kokemus.vocabulary.node import Node


def of(document: Document, known: Terms) -> tuple[str, ...]:
    """The associations of a profile, whatever is wrong with the rest of it; none where one alone makes a catalogue."""
    return read(Node(document, [], (), document.data), known) if known else ()


def read(root: Node, known: Terms) -> tuple[str, ...]:
    """The ids of one association or of a list of them; as typed where the configuration names none."""
    found = (item.term(known, "association") if known else item.value() for item in _items(root))
    return tuple(sorted({id for id in found if id}))


def _items(root: Node) -> Iterator[Node]:
    part = root.at("association")
    if isinstance(part.data, list):
        yield from root.items("association")
    elif isinstance(part.data, str):
        yield replace(part, route=(*part.route, 0))
    elif root.has("association"):
        yield part
