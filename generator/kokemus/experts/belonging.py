"""Whose expert somebody is, where several associations share a catalogue; nothing that is published depends on it."""

from kokemus.documents.document import Document
from kokemus.vocabulary import Terms
from kokemus.vocabulary.node import Node


def of(document: Document, known: Terms) -> tuple[str, ...]:
    """The associations of a profile, whatever is wrong with the rest of it; none where one alone makes a catalogue."""
    return read(Node(document, [], (), document.data), known) if known else ()


def read(root: Node, known: Terms) -> tuple[str, ...]:
    """The ids of one association or of a list of them; as typed where the configuration names none."""
    part = root.at("association")
    if isinstance(part.data, str) and known.find(part.data) is None and (several := known.several(part.data)):
        part.report("several-terms", ids=", ".join(several))
        return ()
    items = root.items("association") if isinstance(part.data, list) else [part] if root.has("association") else []
    found = (item.term(known, "association") if known else item.value() for item in items)
    return tuple(sorted({id for id in found if id}))
