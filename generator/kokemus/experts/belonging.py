"""Which associations an expert belongs to, if several share a catalogue. Nothing published depends on this."""

from kokemus.documents.document import Document
from kokemus.vocabulary import Terms
from kokemus.vocabulary.node import Node


def of(document: Document, known: Terms) -> tuple[str, ...]:
    """The associations that a profile names, even if the rest of it has errors; none if the catalogue has only one."""
    return read(Node(document, [], (), document.data), known) if known else ()


def read(root: Node, known: Terms) -> tuple[str, ...]:
    """The sorted ids under the key ``association``, one or a list; as typed if the configuration defines none."""
    part = root.at("association")
    if isinstance(part.data, str) and known.find(part.data) is None and (several := known.several(part.data)):
        part.report("several-terms", ids=", ".join(several))
        return ()
    items = root.items("association") if isinstance(part.data, list) else [part] if root.has("association") else []
    found = (item.term(known, "association") if known else item.value() for item in items)
    return tuple(sorted({id for id in found if id}))
