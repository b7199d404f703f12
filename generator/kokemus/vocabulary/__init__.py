"""The vocabulary: topics, formats, audiences, languages and places, and typed reading of documents with them.

``terms`` loads it, ``own_terms`` checks what an association adds, ``tilemap`` reads the maps of places, ``node`` reads
values, and ``examples`` shows how keys are written.
"""

from kokemus.vocabulary.terms import (
    EVERYWHERE,
    FILES,
    KINDS,
    MAX_BYTES,
    REMOTE,
    Entries,
    Term,
    Terms,
    Texts,
    Vocabulary,
    load,
)

__all__ = [
    "EVERYWHERE",
    "FILES",
    "KINDS",
    "MAX_BYTES",
    "REMOTE",
    "Entries",
    "Term",
    "Terms",
    "Texts",
    "Vocabulary",
    "load",
]
