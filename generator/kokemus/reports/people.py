"""The experts by name: who is behind each code, and the state of their consent on a day. For the coordinator only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from kokemus.documents.document import Document
from kokemus.experts import belonging, unsigned
from kokemus.publication.inputs import Inputs
from kokemus.reports.explanation import standing

BROKEN, UNSIGNED = "broken", "unsigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One expert.

    ``text`` is the version of the consent text that they signed; ``name`` and ``text`` are empty if the profile lacks
    them. ``associations`` has the names of the expert's associations, if several share the catalogue. ``standing`` is a
    key ``standing.*`` of ``coordinator/texts/explain.yml``; ``until`` is the last day of the consent, if there is one;
    ``pause`` is the first day of a break that is still to come.
    """

    code: str
    name: str
    standing: str
    until: date | None
    text: str
    associations: tuple[str, ...]
    pause: date | None = None


def people(inputs: Inputs, on: date, association: str | None = None) -> Iterator[Person]:
    """Everybody who has a profile, even a broken one, sorted by code; only one association's experts if it is named."""
    profiles = {profile.path: profile for profile in inputs.profiles}
    documents = {document.path: document for document in (*inputs.remains, *inputs.documents)}
    waiting = unsigned.paths(inputs.problems)
    for path, document in sorted(documents.items()):
        if path == inputs.lock:
            continue
        found, known = profiles.get(path), inputs.vocabulary.associations
        whose = belonging.of(document, known)
        if association is not None and association not in whose:
            continue
        yield Person(
            code=PurePosixPath(path).stem,
            name=_said(document, "private", "name"),
            standing=standing(found, on) if found else UNSIGNED if path in waiting else BROKEN,
            until=found.consent.review if found and not found.consent.withdrawn else None,
            pause=found.pause.start if found and found.pause and found.pause.start > on else None,
            text=_said(document, "consent", "text"),
            associations=tuple(known[id].label(inputs.language) for id in whose),
        )


def _said(document: Document, *route: str) -> str:
    return next((value for _, value in document.leaves(*route)), "")
