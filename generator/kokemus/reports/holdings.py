"""Everything held about one expert, for their right of access: what is stored where, and what is public on a day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kokemus.anonymity import Card
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Route
from kokemus.erasure import finding
from kokemus.erasure.finding import Found
from kokemus.experts import belonging, consent
from kokemus.experts.profile import Profile
from kokemus.git.history import Unreadable
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is public about the expert on a day.

    Whether a look left them out at random is not reported, because that would reveal something about others.
    """

    counted: bool
    signed: tuple[str, ...]
    card: Card | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held about one expert.

    ``values`` are the values of the profile by route; ``text`` is the whole file. ``found`` is what was found about
    them elsewhere, or why the history cannot be read. ``earlier`` are former texts of the profile.
    """

    code: str
    on: date
    path: str
    values: tuple[tuple[Route, Data], ...]
    text: str
    shown: Shown | None
    found: Found | Unreadable
    earlier: tuple[str, ...]
    associations: tuple[str, ...]


def held(inputs: Inputs, document: Document, code: str, crowd: Crowd, paper: str) -> Held:
    """Everything held about the expert of a profile. ``shown`` is None if the profile has errors.

    ``paper`` is the file name of the paper being made, which is left out of what was found.
    """
    found = finding.find(inputs, code)
    if not isinstance(found, Unreadable):
        found = replace(found, papers=tuple(file for file in found.papers if file.name != paper))
    texts = () if isinstance(found, Unreadable) else tuple(map(_text, found.contents))
    return Held(
        code=code,
        on=crowd.in_force.on,
        path=document.path,
        values=tuple(_values((), document.data)),
        text=document.text,
        shown=_shown(inputs.profiles, code, crowd),
        found=found,
        earlier=tuple(text for text in dict.fromkeys(texts) if text != document.text),
        associations=belonging.of(document, inputs.vocabulary.associations),
    )


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig", "replace")


def _values(route: Route, data: Data) -> Iterator[tuple[Route, Data]]:
    """Every value with its route. A list of plain values counts as one value."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _values((*route, key), value)
    elif isinstance(data, list) and any(isinstance(value, dict | list) for value in data):
        for index, value in enumerate(data):
            yield from _values((*route, index), value)
    elif data not in (None, []):
        yield route, data


def _shown(profiles: Iterable[Profile], code: str, crowd: Crowd) -> Shown | None:
    found = next((profile for profile in profiles if profile.code == code), None)
    if found is None:
        return None
    on = crowd.in_force.on
    signed = frozenset(crowd.edition.signed) if crowd.edition else frozenset[str]()
    mine = consent.in_force([] if crowd.closing else [found], on)
    return Shown(
        counted=bool(mine.members),
        signed=tuple(sorted(mine.staying & signed)),
        card=next(iter(mine.cards), None),
    )
