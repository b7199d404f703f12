"""Who suits a request: each expert who speaks of what it asks for, and how far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.requests.request import Request
from kokemus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An expert who speaks of what is asked for. Of each thing asked for, whether it suits; None where nobody knows."""

    profile: Profile
    topics: tuple[str, ...]
    suits: Mapping[str, bool | None]
    on_break: bool


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
