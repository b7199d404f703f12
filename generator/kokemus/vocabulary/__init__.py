"""The vocabulary: topics, formats, audiences, languages and places, and typed reading of documents with them.

``terms`` loads it, ``own_terms`` checks what an association adds, ``tilemap`` draws places, and ``node`` reads values.
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
