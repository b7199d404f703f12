"""The form of a card: reads what was typed, and applies the differences to the profile's text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from kokemus import lint
from kokemus.desk import changes
from kokemus.desk.shared import days, language, say
from kokemus.documents import editing
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, Route
from kokemus.experts import card
from kokemus.experts.card import SignedCard
from kokemus.importing import cells
from kokemus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The contents of the form. Terms are ids; ``unknown`` are messages about input that was not understood.

    ``places`` and ``day`` are as typed, ``found_places`` and ``consent`` as understood.
    """

    name: str
    texts: Mapping[str, str]
    topics: tuple[str, ...]
    places: str
    found_places: tuple[str, ...]
    accepted: tuple[str, ...]
    day: str
    consent: date | None
    unknown: tuple[str, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether the form has a card at all."""
        return bool(self.name or any(self.texts.values()))

    @property
    def words(self) -> object:
        """What the expert signs: everything except the date and what the coordinator accepts. None without a card."""
        texts = {language: text for language, text in self.texts.items() if text}
        return (self.name, texts, {*self.topics}, {*self.found_places}) if self.is_there else None


def of_card(document: Document, signed: SignedCard | None, languages: Iterable[str], vocabulary: Vocabulary) -> Typed:
    """The form as filled in from a profile."""
    texts, accepted = dict(signed.texts if signed else ()), document.at(("card", "accepted"))
    places = signed.places if signed else ()
    return Typed(
        name=signed.name if signed else "",
        texts={one: texts.get(one, "") for one in dict.fromkeys([*languages, *texts])},
        topics=signed.topics if signed else (),
        places=", ".join(vocabulary.places[place].label(language()) for place in places),
        found_places=places,
        accepted=tuple(map(str, accepted)) if isinstance(accepted, list) else (),
        day=days(signed.consent) if signed else "",
        consent=signed.consent if signed else None,
    )


def typed(form: MultiDict[str, str], vocabulary: Vocabulary, on: date) -> Typed:
    """The form as submitted."""
    day, name = form.get("card_day", "").strip(), form.get("card_name", "").strip()
    found, unknown = cells.day(day), []
    places, unfound = changes.places(form.get("card_places", ""), vocabulary)
    texts = {
        one: "\n".join(form.get(f"card_text_{one}", "").split("\r\n")).strip()
        for one in vocabulary.languages
        if f"card_text_{one}" in form
    }
    if name or any(texts.values()):
        unknown += unfound
        unknown += [say("card.no-name")] if not name else []
        unknown += [say("card.no-text")] if not any(texts.values()) else []
        if not found:
            unknown.append(changes.no_day(day) if day else say("card.no-day"))
        elif found > on:
            unknown.append(say("card.ahead"))
    return Typed(
        name=name,
        texts=texts,
        topics=tuple(id for id in dict.fromkeys(form.getlist("card_topics")) if id in vocabulary.topics),
        places=form.get("card_places", ""),
        found_places=places,
        accepted=tuple(kind for kind in dict.fromkeys(form.getlist("accepted")) if kind in lint.KINDS),
        day=day,
        consent=found,
        unknown=tuple(unknown),
    )


def edited(document: Document, before: Typed, after: Typed) -> str | None:
    """The profile's text with the changed fields of the form; None if the file can only be edited by hand."""
    if not after.is_there:
        return editing.edited(document, {("card",): None})
    if not before.is_there:
        return editing.edited(document, {("card",): {key: value for key, value in _whole(after) if value}})
    return editing.edited(document, dict(_differences(before, after)))


def _whole(after: Typed) -> Iterator[tuple[str, Data]]:
    yield "consent", after.consent
    yield "name", after.name
    yield "text", {one: text for one, text in after.texts.items() if text}
    yield "topics", [*after.topics]
    yield "places", [*after.found_places]
    yield "accepted", [*after.accepted]


def _differences(before: Typed, after: Typed) -> Iterator[tuple[Route, Data]]:
    if after.consent != before.consent:
        yield ("card", "consent"), after.consent
    if after.name != before.name:
        yield ("card", "name"), after.name
    for one, text in after.texts.items():
        if text != before.texts.get(one, ""):
            yield ("card", "text", one), text or None
    lists = (("topics", before.topics, after.topics), ("places", before.found_places, after.found_places))
    for key, old, new in (*lists, ("accepted", before.accepted, after.accepted)):
        if {*old} != {*new}:
            yield ("card", key), [*new] or None


def details(found: Iterable[Problem], accepted: Iterable[str]) -> list[str]:
    """The kinds of identifying detail that the coordinator may accept, or has accepted."""
    met = ["name" if one.code == card.PRIVATE_NAME else one.code.removeprefix("text-") for one in found if _is_due(one)]
    return [kind for kind in dict.fromkeys([*met, *accepted]) if kind in lint.KINDS and kind != lint.NEVER]


def _is_due(found: Problem) -> bool:
    return card.is_detail(found) or found.code == card.PRIVATE_NAME
