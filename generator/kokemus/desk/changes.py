"""The form of a profile: reads what was typed, and applies the differences to the profile's text."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from kokemus.desk.room import language, say
from kokemus.documents import editing
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Route
from kokemus.experts.profile import Profile
from kokemus.importing import cells
from kokemus.text import in_language
from kokemus.vocabulary import Vocabulary

TEXTS = ("name", "email", "phone", "limits", "notes")
LISTS = ("languages", "formats", "audiences")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The contents of the form. Terms are ids; ``unknown`` are messages about input that was not understood.

    ``places`` and ``paused`` are as typed, ``found_places`` and ``pause`` as understood.
    """

    private: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    solo: tuple[str, ...] = ()
    places: str = ""
    remote: bool = False
    paused: tuple[str, str] = ("", "")
    unknown: tuple[str, ...] = ()
    found_places: tuple[str, ...] = ()
    pause: tuple[date | None, date | None] = (None, None)


EMPTY = Typed(private=dict.fromkeys(TEXTS, ""), terms=dict.fromkeys(LISTS, ()))


def signed(form: MultiDict[str, str], typed: Typed) -> tuple[date | None, Typed]:
    """The day of the signature, None if it is missing, and the form with a message if the text is not a day."""
    text = form.get("given", "").strip()
    found = cells.day(text)
    wrong = (say("form.day", word=text),) if text and not found else ()
    return found, replace(typed, unknown=(*typed.unknown, *wrong))


def of_profile(profile: Profile, vocabulary: Vocabulary, language: str) -> Typed:
    """The form as filled in from a profile."""
    pause = profile.pause
    places = ", ".join(vocabulary.places[place].label(language) for place in profile.places)
    private = {str(route[-1]): text for route, text in profile.private}
    return Typed(
        private={name: private.get(name, "") for name in TEXTS},
        terms={name: getattr(profile, name) for name in _lists(vocabulary)},
        topics=tuple(dict.fromkeys(offer.topic for offer in profile.offers)),
        solo=profile.solo,
        places=places,
        found_places=profile.places,
        remote=profile.remote,
        paused=(str(pause.start), str(pause.until or "")) if pause else ("", ""),
        pause=(pause.start, pause.until) if pause else (None, None),
    )


def typed(form: MultiDict[str, str], vocabulary: Vocabulary) -> Typed:
    """The form as submitted."""
    found_places, unknown = places(form.get("places", ""), vocabulary)
    paused = (form.get("paused_from", "").strip(), form.get("paused_until", "").strip())
    pause = (cells.day(paused[0]), cells.day(paused[1]))
    unknown += [say("form.day", word=text) for text, found in zip(paused, pause, strict=True) if text and not found]
    if paused[1] and not paused[0]:
        unknown.append(say("form.pause"))
    if not _known(form, "languages", vocabulary.languages):
        unknown.append(say("form.no-languages"))
    if not found_places and not form.get("places", "").strip() and "remote" not in form:
        unknown.append(say("form.nowhere"))
    return Typed(
        private={name: "\n".join(form.get(name, "").split("\r\n")).strip() for name in TEXTS},
        terms={name: _known(form, name, getattr(vocabulary, name)) for name in _lists(vocabulary)},
        topics=_known(form, "topics", vocabulary.topics),
        solo=_known(form, "solo", vocabulary.topics),
        places=form.get("places", ""),
        found_places=found_places,
        remote="remote" in form,
        paused=paused,
        pause=pause,
        unknown=tuple(unknown),
    )


def _lists(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The fields chosen from a list, with ``associations`` only if several share the catalogue."""
    return (*LISTS, "associations") if vocabulary.associations else LISTS


def places(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[str]]:
    """The places in a text, and a message about each unknown one."""
    met: list[str] = []
    unknown: list[str] = []
    for part in cells.parts(text):
        found = vocabulary.places.find(part)
        found_all = (found,) if found else vocabulary.places.several(part)
        if not found_all:
            near = vocabulary.places.nearest(part)
            unknown.append(
                say("form.place", word=part) + (say("form.near", label=near[1].label(language())) if near else "")
            )
        met += found_all
    return tuple(dict.fromkeys(met)), unknown


def _known(form: MultiDict[str, str], name: str, terms: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(id for id in dict.fromkeys(form.getlist(name)) if id in terms)


def edited(document: Document, profile: Profile | None, typed: Typed) -> str | None:
    """The profile's text with the changed fields of the form; None if the file can only be edited by hand."""
    return editing.edited(document, dict(_differences(document, profile, typed)))


def _differences(document: Document, profile: Profile | None, typed: Typed) -> Mapping[Route, Data]:
    """The changed values by route. Private ones come last, as in every profile that Kokemus writes."""
    found: dict[Route, Data] = {}
    for name, ids in (*typed.terms.items(), ("places", typed.found_places)):
        if set(ids) != set(getattr(profile, name) if profile else ()):
            found["association" if name == "associations" else name,] = list(ids) or None
    if typed.remote != (profile.remote if profile else False) or not profile:
        found["remote",] = typed.remote
    if set(typed.topics) != {offer.topic for offer in profile.offers} if profile else True:
        found["offers",] = _offers(document, profile, typed.topics)
    if set(typed.solo) != set(profile.solo if profile else ()):
        found["consent", "solo"] = list(typed.solo) or None
    start, until = typed.pause
    pause = (profile.pause.start, profile.pause.until) if profile and profile.pause else (None, None)
    if (start, until) != pause:
        days: dict[str, Data] = {"from": start, "until": until}
        found["paused",] = {name: value for name, value in days.items() if value} if start else None
    for name, text in typed.private.items():
        if text != next((old for _, old in document.leaves("private", name)), "").strip():
            found["private", name] = text or None
    return found


def _offers(document: Document, profile: Profile | None, topics: tuple[str, ...]) -> Data:
    """The offers of these topics: existing ones as they are written, then the new ones."""
    written = document.at(("offers",))
    have = [offer.topic for offer in profile.offers] if profile else []
    old: list[Data] = written if isinstance(written, list) else []
    kept = [item for item, topic in zip(old, have, strict=False) if topic in topics]
    new: list[Data] = [{"topic": topic} for topic in topics if topic not in have]
    return kept + new


def choices(vocabulary: Vocabulary, language: str) -> Mapping[str, object]:
    """The choices of the form, sorted by label: the topics of each group, the served places, and the other terms."""
    groups = [
        (in_language(group.labels, language, "fi"), vocabulary.topics.by_label(language, group.id))
        for group in vocabulary.groups.by_label(language)
    ]
    named = {name: getattr(vocabulary, name).by_label(language) for name in (*LISTS, "associations")}
    places = sorted(vocabulary.places[id].label(language) for id in vocabulary.served if id in vocabulary.places)
    return {"topics": [group for group in groups if group[1]], "places": places, **named}
