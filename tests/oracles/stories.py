"""Random stories of an association's files, night by night, as plain dictionaries: for the oracle and the product."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Profile = Mapping[str, Any]

START = date(2026, 1, 31)
TOPICS = {
    **dict.fromkeys(("depression", "psychosis", "anxiety"), "mental-health"),
    **dict.fromkeys(("alcohol", "gambling"), "addiction"),
    "stigma": "identity",
}
CHOSEN = {"k": 3, "c": 3, "months": 12, "floor": 12, "person": 0.15, "item": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The content of the files on a day."""

    on: date
    profiles: Mapping[str, Profile]
    vocabulary: Mapping[str, str]
    chosen: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens to one person, some days after the last event. ``topics`` are those it is about."""

    kind: str
    who: int
    topics: frozenset[str]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The topics of the founders, and what happens."""

    founders: tuple[frozenset[str], ...]
    events: tuple[Event, ...]


def profile(topics: frozenset[str], on: date) -> Profile:
    """An expert who was admitted on the day, and consents for four years."""
    return {
        "consent": {"given": on, "review": on + timedelta(1461)},
        "languages": ["fi"],
        "remote": True,
        "offers": _offers(topics),
    }


def _offers(topics: frozenset[str]) -> list[dict[str, str]]:
    return [{"topic": topic} for topic in sorted(topics)]


def _consenting(profile: Profile, **changes: Any) -> Profile:
    return {**profile, "consent": {**profile["consent"], **changes}}


def _renewed(profile: Profile, on: date) -> Profile:
    admitted = profile.get("admitted", profile["consent"]["given"])
    return {**profile, "admitted": admitted, "consent": {"given": on}}


def _with_card(profile: Profile, topics: frozenset[str], on: date) -> Profile:
    return {**profile, "card": {"consent": on, "name": "Alias", "text": {"fi": "Hei"}, "topics": sorted(topics)}}


CHANGES: Mapping[str, Callable[[Profile, Event, date], Profile]] = {
    "edit": lambda one, event, on: {**one, "offers": _offers(event.topics)},
    "break": lambda one, event, on: {**one, "paused": {"from": on}},
    "end of a break": lambda one, event, on: {key: value for key, value in one.items() if key != "paused"},
    "withdrawal": lambda one, event, on: _consenting(one, withdrawn=on),
    "quiet withdrawal": lambda one, event, on: _consenting(one, withdrawn=on, leaving="month"),
    "lapse": lambda one, event, on: _consenting(one, review=max(on - timedelta(1), one["consent"]["given"])),
    "renewal": lambda one, event, on: _renewed(one, on),
    "return": lambda one, event, on: {**_renewed(one, on), "admitted": on},
    "signature": lambda one, event, on: _consenting(one, solo=sorted(event.topics)),
    "card": lambda one, event, on: _with_card(one, event.topics, on),
    "end of a card": lambda one, event, on: {key: value for key, value in one.items() if key != "card"},
}
STRICTER: tuple[dict[str, float], ...] = (
    {},
    {"k": 4},
    {"k": 7, "floor": 16},
    {"c": 4},
    {"months": 18},
    {"person": 0.5},
    {"item": 0.25},
    {"floor": 13},
)


def nights(story: Story) -> Iterator[Night]:
    """The files on the first night and after each event."""
    on, profiles = START, {f"e{number}": profile(topics, START) for number, topics in enumerate(story.founders)}
    vocabulary, chosen = dict(TOPICS), dict(CHOSEN)
    yield Night(on=on, profiles=dict(profiles), vocabulary=vocabulary, chosen=chosen)
    for number, event in enumerate(story.events):
        on += timedelta(event.days)
        code = sorted(profiles)[event.who % len(profiles)] if profiles else ""
        if event.kind == "newcomer":
            profiles[f"n{number}"] = profile(event.topics, on)
        elif event.kind == "parameters":
            chosen = CHOSEN | STRICTER[event.who % len(STRICTER)]
        elif event.kind == "vocabulary":
            vocabulary = {topic: group for topic, group in TOPICS.items() if topic not in event.topics}
        elif event.kind == "other groups":
            vocabulary = vocabulary | dict.fromkeys(event.topics & vocabulary.keys(), "recovery")
        elif event.kind == "deletion" and code:
            del profiles[code]
        elif code:
            profiles[code] = consistent(CHANGES[event.kind](profiles[code], event, on))
        yield Night(on=on, profiles=dict(profiles), vocabulary=vocabulary, chosen=chosen)


def consistent(one: Profile) -> Profile:
    """Remove topics from the card that are not offered, and signed topics that are not offered or not on the card."""
    allowed = {offer["topic"] for offer in one["offers"]}
    if "card" in one:
        allowed &= set(one["card"]["topics"])
        one = {**one, "card": {**one["card"], "topics": sorted(allowed)}}
    if "solo" in one["consent"]:
        one = _consenting(one, solo=sorted(allowed.intersection(one["consent"]["solo"])))
    return one


KINDS = (*CHANGES, *["newcomer"] * 12, "parameters", "vocabulary", "other groups", "deletion", "deletion")

topics = st.frozensets(st.sampled_from(sorted(TOPICS)))
stories = st.builds(
    Story,
    founders=st.lists(topics, min_size=11, max_size=15).map(tuple),
    events=st.lists(
        st.builds(Event, kind=st.sampled_from(KINDS), who=st.integers(0, 30), topics=topics, days=st.integers(1, 200)),
        min_size=6,
        max_size=18,
    ).map(tuple),
)
