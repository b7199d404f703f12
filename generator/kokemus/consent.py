"""Which parts of the profiles are in force on a day: who counts in the crowd, which solo statements and cards show."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache, partial

from kokemus.cells import Member
from kokemus.problems import Problem, problem
from kokemus.profile import Profile, where
from kokemus.statement import Card, Statement, closed
from kokemus.vocabulary import Vocabulary


def in_force(profile: Profile, on: date) -> bool:
    """Whether consent holds on the day: given, not past its last day, not withdrawn, not on a break."""
    consent, pause = profile.consent, profile.pause
    paused = pause is not None and pause.start <= on and (pause.until is None or on <= pause.until)
    withdrawn = consent.withdrawn is not None and consent.withdrawn <= on
    return consent.given <= on <= consent.review and not withdrawn and not paused


def counts(profile: Profile, on: date) -> bool:
    """Whether the expert is in the crowd: admitted, in consent, and without a card, which readers could subtract."""
    return in_force(profile, on) and profile.admitted <= on and profile.card is None


def size(profiles: Iterable[Profile], on: date) -> int:
    """How many count on the day."""
    return sum(counts(profile, on) for profile in profiles)


def newcomers(profiles: Iterable[Profile], on: date, since: date) -> int:
    """The set of those members of the day's crowd, by position, who were admitted after an earlier day.

    Who was on a break then, or had a card, is none of them: it may have been written after that day's edition, which
    counted him, and then he would hide another who left.
    """
    members = (profile for profile in profiles if counts(profile, on))
    return sum(1 << position for position, profile in enumerate(members) if profile.admitted > since)


def crowd(profiles: Iterable[Profile], on: date, vocabulary: Vocabulary) -> tuple[Member, ...]:
    """The experts who count on the day, in the order of the profiles; what is equal among them is shared."""
    reached = cache(partial(where, vocabulary=vocabulary))
    pair = cache(lambda topic, value: (topic, value))
    return tuple(
        Member(
            languages=frozenset(profile.languages),
            where=reached(profile.places, profile.remote),
            formats=frozenset(pair(offer.topic, format) for offer in profile.offers for format in offer.formats),
            audiences=frozenset(
                pair(offer.topic, audience) for offer in profile.offers for audience in offer.audiences
            ),
            topics=frozenset(offer.topic for offer in profile.offers),
        )
        for profile in profiles
        if counts(profile, on)
    )


def solo(profiles: Iterable[Profile], on: date, vocabulary: Vocabulary) -> frozenset[Statement]:
    """The statements that experts signed to have shown even alone, with all their generalisations."""
    signed = (statement for profile in profiles if in_force(profile, on) for statement in profile.solo)
    return closed(signed, vocabulary.ancestors)


def cards(profiles: Iterable[Profile], on: date) -> tuple[Card, ...]:
    """The cards that show on the day, sorted by their own words, so that nothing tells of files or codes."""
    return tuple(
        sorted(
            Card(card.name, card.topics, card.places, card.texts)
            for profile in profiles
            if (card := profile.card) and in_force(profile, on) and card.consent <= on
        )
    )


def changes(profile: Profile) -> tuple[date, ...]:
    """The days on which what is in force of a profile can change, in order."""
    consent, pause, card = profile.consent, profile.pause, profile.card
    days = {consent.given, consent.review + timedelta(days=1), profile.admitted}
    if consent.withdrawn:
        days.add(consent.withdrawn)
    if pause:
        days |= {pause.start} | ({pause.until + timedelta(days=1)} if pause.until else set())
    if card:
        days.add(card.consent)
    return tuple(sorted(days))


def next_lapse(profiles: Iterable[Profile], on: date) -> date | None:
    """The next day from which some profile is no longer in force, one that is on a break now included."""
    return _next(profiles, on, False)


def next_start(profiles: Iterable[Profile], on: date) -> date | None:
    """The next day from which some profile is in force that was not the day before, as after a break."""
    return _next(profiles, on, True)


def _next(profiles: Iterable[Profile], on: date, becomes: bool) -> date | None:
    return min(
        (
            day
            for profile in profiles
            for day in changes(profile)
            if day > on and in_force(profile, day) is becomes is not in_force(profile, day - timedelta(days=1))
        ),
        default=None,
    )


def ahead(profiles: Iterable[Profile], on: date) -> Iterator[Problem]:
    """Withdrawals that do not hold yet: probably slips."""
    for profile in profiles:
        if profile.consent.withdrawn and profile.consent.withdrawn > on:
            day = profile.consent.withdrawn
            yield problem("withdrawn-ahead", profile.path, ("consent", "withdrawn"), day=day)
