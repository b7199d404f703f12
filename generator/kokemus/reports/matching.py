"""Who suits a request: what it asks for, each expert who speaks of it, and the message that asks them.

The expert is told no more than they need to answer: nothing of the person who asks, and no free text of theirs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.request_form.questions import FIELDS
from kokemus.text import fold
from kokemus.vocabulary import Terms, Vocabulary

_LABELS = {
    " ".join(fold(word)): key for key, field in FIELDS.items() for word in (key, *map(str, field["label"].values()))
}
_LINE = re.compile(r"\s*(?P<label>[^:\t]{2,90}?)\s*[:\t](?P<value>.*)")
_REMOTE = frozenset(
    " ".join(fold(label))
    for field in ("municipality", "mode")
    for option in FIELDS[field]["options"]
    if option["value"] == "remote"
    for label in (option["value"], *option["label"].values())
)
TOLD = ("time", "alternative_times", "duration", "group_size", "age_group", "mode", "recurring")
"""What of a request's own words an expert is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a request asks for, by ids; ``told`` are answers as they came, by the key of their question."""

    topics: tuple[str, ...]
    format: str | None
    audience: str | None
    language: str | None
    place: str | None
    remote: bool
    told: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not (self.topics or self.format or self.audience or self.place or self.remote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An expert who speaks of what is asked for. Of each thing asked for, whether it suits; None where nobody knows."""

    profile: Profile
    topics: tuple[str, ...]
    suits: Mapping[str, bool | None]
    on_break: bool


def read(text: str, vocabulary: Vocabulary) -> Request:
    """A request as it came by e-mail or was copied from a form service: its questions are known in every language."""
    told = dict(_answers(text))
    place = told.get("municipality_other") or told.get("municipality", "")
    return Request(
        topics=tuple(dict.fromkeys(_ids(told.get("topics", ""), vocabulary.topics))),
        format=next(_ids(told.get("format", ""), vocabulary.formats), None),
        audience=next(_ids(told.get("audience", ""), vocabulary.audiences), None),
        language=next(_ids(told.get("talk_language", ""), vocabulary.languages), None),
        place=next(_ids(place, vocabulary.places), None),
        remote=any(" ".join(fold(told.get(key, ""))) in _REMOTE for key in ("municipality", "mode")),
        told=told,
    )


def _answers(text: str) -> Iterator[tuple[str, str]]:
    """Each question that is known with its answer, beside it or on the lines below."""
    key, lines = "", list[str]()
    for line in [*text.splitlines(), "request:"]:
        found = _LINE.match(line)
        label = found["label"] if found else line
        if (new := _LABELS.get(" ".join(fold(label)), "")) or line == "request:":
            if key:
                yield key, "\n".join(lines).strip()
            key, lines = new, [found["value"]] if found else []
        else:
            lines.append(line)


def _ids(answer: str, terms: Terms) -> Iterator[str]:
    whole = terms.find(answer)
    parts = [whole] if whole else map(terms.find, re.split(r"[,;\n]", answer))
    return (id for id in parts if id)


def matches(request: Request, profiles: Iterable[Profile], vocabulary: Vocabulary, on: date) -> tuple[Match, ...]:
    """Those in consent who speak of a topic asked for, best first, whoever is on a break last.

    Among those who suit alike, the day's lot decides, so that not the same person is asked each time.
    """
    found = [
        match
        for profile in profiles
        if consent.holds(profile, on) and (match := _match(request, profile, vocabulary, on)).topics
    ]
    return tuple(sorted(found, key=lambda match: _order(match, on)))


def _order(match: Match, on: date) -> tuple[bool, int, int, str]:
    missing = sum(suits is False for suits in match.suits.values())
    lot = sha256(f"{on} {match.profile.code}".encode()).hexdigest()
    return match.on_break, -len(match.topics), missing, lot


def _match(request: Request, profile: Profile, vocabulary: Vocabulary, on: date) -> Match:
    held = {offer.topic: offer for offer in profile.offers}
    topics = tuple(topic for topic in request.topics or held if topic in held)
    offers = [held[topic] for topic in topics]
    suits: dict[str, bool | None] = {}
    if request.format:
        known = {id for offer in offers for id in offer.formats or profile.formats}
        suits["format"] = request.format in known if known else None
    if request.audience:
        known = {id for offer in offers for id in offer.audiences or profile.audiences}
        suits["audience"] = request.audience in known if known else None
    if request.language:
        suits["language"] = request.language in profile.languages
    if request.remote:
        suits["remote"] = profile.remote
    elif request.place:
        suits["place"] = any(request.place in vocabulary.within(place) for place in profile.places)
    return Match(profile=profile, topics=topics, suits=suits, on_break=consent.on_break(profile, on))
