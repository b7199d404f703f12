"""The form of a profile: reads what was typed, and applies the differences to the profile's text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from kokemus.desk.shared import days, language, say
from kokemus.documents import editing
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Route
from kokemus.experts.profile import Profile
from kokemus.importing import cells
from kokemus.text import in_language
from kokemus.vocabulary import REMOTE, Vocabulary, meant

CONTACTS = ("name", "email", "phone")
TEXTS = (*CONTACTS, "limits", "notes")
LISTS = ("languages", "formats", "audiences")
_EARLIEST = 2000
"""A consent of an earlier year is a typing error."""
_PAST, _FAR = 20, 5
"""How many years ago a break may have begun, and how many years from now it may end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The contents of the form. Terms are ids; ``wrong`` has a message for each field that is asked again.

    ``places`` and ``paused`` are as typed, ``found_places`` and ``pause`` as understood.
    """

    private: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    solo: tuple[str, ...] = ()
    places: str = ""
    remote: bool = False
    paused: tuple[str, str] = ("", "")
    wrong: Mapping[str, str] = field(default_factory=dict)
    found_places: tuple[str, ...] = ()
    pause: tuple[date | None, date | None] = (None, None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The messages in the order of the form."""
        return tuple(self.wrong.values())


EMPTY = Typed(private=dict.fromkeys(TEXTS, ""), terms=dict.fromkeys(LISTS, ()))


def signed(form: MultiDict[str, str], typed: Typed, on: date) -> tuple[date | None, Typed]:
    """The day of the signature, None if it is missing, and the form with a message if it cannot be right."""
    text = form.get("given", "").strip()
    found, told = day(text, on)
    return found, replace(typed, wrong={"given": told, **typed.wrong} if text and told else typed.wrong)


def day(text: str, on: date) -> tuple[date | None, str]:
    """The day of a signature, which is not after ``on``, and why it cannot be right; empty if it can."""
    found = cells.day(text)
    if not found:
        return None, no_day(text) if text.strip() else ""
    if found > on:
        return None, say("form.day.ahead", day=found)
    return (found, "") if found.year >= _EARLIEST else (None, say("form.day.early", day=found))


def no_day(text: str) -> str:
    """Why a text is no day."""
    return say("form.day.none" if cells.is_like_day(text) else "form.day", word=text)


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
        paused=(days(pause.start), days(pause.until or "")) if pause else ("", ""),
        pause=(pause.start, pause.until) if pause else (None, None),
    )


def typed(form: MultiDict[str, str], vocabulary: Vocabulary, on: date, before: Typed | None = None) -> Typed:
    """The form as submitted. What was missing ``before`` may stay missing, since the associations that keep names
    elsewhere leave them out; of a new expert everything is asked."""
    found_places, unknown = places(form.get("places", ""), vocabulary)
    paused = (form.get("paused_from", "").strip(), form.get("paused_until", "").strip())
    private = {name: "\n".join(form.get(name, "").split("\r\n")).strip() for name in TEXTS}
    topics, languages = (_known(form, name, getattr(vocabulary, name)) for name in ("topics", "languages"))
    wrong = dict(_contacts(form, private, before))
    if not topics and (not before or before.topics):
        wrong["topics"] = say("form.no-topics")
    if not languages:
        wrong["languages"] = say("form.no-languages")
    if unknown:
        wrong["places"] = " ".join(unknown)
    elif not found_places and "remote" not in form:
        wrong["places"] = say("form.nowhere")
    if paused != (before or EMPTY).paused:
        wrong |= _pause(paused, on)
    return Typed(
        private=private,
        terms={name: _known(form, name, getattr(vocabulary, name)) for name in _lists(vocabulary)},
        topics=topics,
        solo=_known(form, "solo", vocabulary.topics),
        places=form.get("places", ""),
        found_places=found_places,
        remote="remote" in form,
        paused=paused,
        pause=(cells.day(paused[0]), cells.day(paused[1])),
        wrong=wrong,
    )


def _contacts(form: MultiDict[str, str], private: Mapping[str, str], before: Typed | None) -> Iterator[tuple[str, str]]:
    """What is asked again of name, e-mail and phone."""
    old = (before or EMPTY).private
    if not private["name"] and (not before or old["name"]) and "nameless" not in form:
        yield "name", say("form.no-name")
    if private["email"] not in ("", old["email"]) and not cells.is_email(private["email"]):
        yield "email", say("form.no-email")
    if private["phone"] not in ("", old["phone"]) and not cells.is_phone(private["phone"]):
        yield "phone", say("form.no-phone")


def _pause(paused: tuple[str, str], on: date) -> Mapping[str, str]:
    names = ("paused_from", "paused_until")
    start, until = (cells.day(text) for text in paused)
    wrong = {
        name: no_day(text)
        for name, text, found in zip(names, paused, (start, until), strict=True)
        if text and not found
    }
    for name, found in zip(names, (start, until), strict=True):
        if found and not on.year - _PAST <= found.year <= on.year + _FAR:
            wrong[name] = say("form.pause.far", day=found)
    if paused[1] and not paused[0]:
        wrong["paused_from"] = say("form.pause")
    if start and until and until < start:
        wrong["paused_until"] = say("form.pause.turned", start=start, until=until)
    return wrong


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
            similar = vocabulary.places.nearest(part)
            near = meant.place(part) or (similar[1].label(language()) if similar else REMOTE)
            unknown.append(say("form.place", word=part) + (say("form.near", label=near) if near != REMOTE else ""))
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
