"""Which parts of the profiles are in force on a day: who is in the crowd, which signed topics and cards show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from kokemus.anonymity import Card, Member
from kokemus.dates import months_later
from kokemus.documents.problems import Problem, problem
from kokemus.experts.profile import Profile
from kokemus.settings import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """What is in force on a day.

    ``members`` are the crowd. ``signed`` are the signed topics of experts in consent. ``staying`` are these, and the
    signed topics that an expert who withdrew chose to keep until the turn of a month. ``leaving`` has the topics that
    only such experts signed, with the day from which each is gone.
    ``cards`` are those that show, sorted by their own words so that their order reveals no file or code. Only ``files``
    says which file each comes from.
    """

    on: date
    members: tuple[Member, ...]
    signed: frozenset[str]
    staying: frozenset[str]
    leaving: Mapping[str, date]
    cards: tuple[Card, ...]
    files: tuple[str, ...]


def in_force(profiles: Iterable[Profile], on: date) -> InForce:
    """Everything that the profiles put in force on the day."""
    profiles = tuple(profiles)
    cards = sorted(
        (Card(card.name, card.topics, card.places, card.texts), profile.path)
        for profile in profiles
        if (card := profile.card) and shows_card(profile, on)
    )
    signed = frozenset(topic for profile in profiles if holds(profile, on) for topic in profile.solo)
    last = sorted((day, one.solo) for one in profiles if _stays(one, on) and (day := gone_from(one)))
    return InForce(
        on=on,
        members=tuple(
            Member(
                code=profile.code,
                admitted=profile.admitted,
                topics=frozenset(offer.topic for offer in profile.offers),
            )
            for profile in profiles
            if counts(profile, on)
        ),
        signed=signed,
        staying=frozenset(topic for profile in profiles if _stays(profile, on) for topic in profile.solo),
        leaving={topic: day for day, topics in last for topic in topics if topic not in signed},
        cards=tuple(card for card, _ in cards),
        files=tuple(path for _, path in cards),
    )


def holds(profile: Profile, on: date) -> bool:
    """Whether consent is in force on the day: given, not past its last day, not withdrawn."""
    consent = profile.consent
    return consent.given <= on <= consent.review and not (consent.withdrawn and consent.withdrawn <= on)


def on_break(profile: Profile, on: date) -> bool:
    """Whether the expert is on a break, which hides a card and changes nothing else of what is published."""
    pause = profile.pause
    return pause is not None and pause.start <= on and (pause.until is None or on <= pause.until)


def counts(profile: Profile, on: date) -> bool:
    """Whether the expert is in the crowd: in consent, admitted, and without a card.

    An expert with a card never counts, because readers could subtract them from the crowd.
    """
    return holds(profile, on) and profile.admitted <= on and profile.card is None


def shows_card(profile: Profile, on: date) -> bool:
    """Whether the expert's card shows on the day."""
    card = profile.card
    return (
        card is not None
        and not card.withheld
        and holds(profile, on)
        and not on_break(profile, on)
        and card.consent <= on
    )


def gone_from(profile: Profile) -> date | None:
    """The day from which the signed topics of an expert who withdrew are gone; None if they did not withdraw.

    The expert chose either the day of the withdrawal, or the first day of the month after next.
    """
    withdrawn = profile.consent.withdrawn
    if withdrawn and profile.consent.leaving == "month":
        return months_later(withdrawn.replace(day=1), 2)
    return withdrawn


def _stays(profile: Profile, on: date) -> bool:
    """Whether the expert's signed topics may stay listed on the day."""
    gone = gone_from(profile)
    return profile.consent.given <= on <= profile.consent.review and not (gone and gone <= on)


def changes(profile: Profile) -> tuple[date, ...]:
    """The days on which something of a profile may come into or go out of force, in order."""
    consent, pause, card = profile.consent, profile.pause, profile.card
    days = {consent.given, consent.review + timedelta(days=1), profile.admitted}
    if gone := gone_from(profile):
        days |= {consent.withdrawn or gone, gone}
    if pause:
        days |= {pause.start} | ({pause.until + timedelta(days=1)} if pause.until else set())
    if card:
        days.add(card.consent)
    return tuple(sorted(days))


def next_lapse(profiles: Iterable[Profile], on: date) -> date | None:
    """The next day from which an expert can no longer be asked, because consent ends or a break begins."""
    return _next(profiles, on, False)


def next_start(profiles: Iterable[Profile], on: date) -> date | None:
    """The next day from which an expert can be asked, for example after a break."""
    return _next(profiles, on, True)


def at_hand(profile: Profile, on: date) -> bool:
    """Whether the expert can be asked on the day: in consent, and not on a break."""
    return holds(profile, on) and not on_break(profile, on)


def _next(profiles: Iterable[Profile], on: date, becomes: bool) -> date | None:
    return min(
        (
            day
            for profile in profiles
            for day in changes(profile)
            if day > on and at_hand(profile, day) is becomes is not at_hand(profile, day - timedelta(days=1))
        ),
        default=None,
    )


def ended(profile: Profile, on: date) -> date | None:
    """The first day on which consent no longer held; None if it still holds or has not begun."""
    gone = min(filter(None, (profile.consent.withdrawn, profile.consent.review + timedelta(days=1))))
    return gone if gone <= on else None


def is_short(given: date, review: date) -> bool:
    """Whether a consent ends within six months: then ``review`` is probably the day on which somebody reviewed it."""
    return review < months_later(given, 6)


def lapsed(profiles: Iterable[Profile], on: date) -> tuple[Profile, ...]:
    """The profiles whose consent has run out without being withdrawn, latest first."""
    gone = (profile for profile in profiles if profile.consent.review < on and not profile.consent.withdrawn)
    return tuple(sorted(gone, key=lambda profile: (-profile.consent.review.toordinal(), profile.code)))


def from_the_future(profiles: Sequence[Profile], on: date) -> Iterator[Problem]:
    """Consents dated more than a month ahead.

    Single ones are typing errors. If most are, the clock is wrong and no consent can be judged.
    """
    future = [profile for profile in profiles if profile.consent.given > months_later(on, 1)]
    if len(future) > max(1, len(profiles) / 2):
        yield problem("clock", str(PurePosixPath(future[0].path).parent), on=on)
        return
    for profile in future:
        yield problem("consent-in-future", profile.path, ("consent", "given"), on=on)


def ahead(profiles: Iterable[Profile], on: date) -> Iterator[Problem]:
    """Withdrawals, signatures and answers dated after ``on``, which are probably typing errors."""
    for profile in profiles:
        signed = {("consent", "given"): profile.consent.given}
        if profile.card:
            signed["card", "consent"] = profile.card.consent
        for route, day in signed.items():
            if day > on and not (route[0] == "consent" and day > months_later(on, 1)):
                swapped = day.replace(month=day.day, day=day.month) if day.day <= 12 else day
                meant = {"near": swapped} if swapped <= on else {}
                yield problem("signed-ahead", profile.path, route, day=day, **meant)
        if profile.consent.withdrawn and profile.consent.withdrawn > on:
            day = profile.consent.withdrawn
            yield problem("withdrawn-ahead", profile.path, ("consent", "withdrawn"), day=day)
        if profile.consent.asked and profile.consent.asked > on:
            yield problem("asked-ahead", profile.path, ("consent", "mistaken", "asked"), day=profile.consent.asked)


def kept_too_long(profiles: Iterable[Profile], kept: Period, on: date) -> Iterator[Problem]:
    """Profiles whose consent ended longer ago than the time for which the association says it keeps them."""
    for profile in profiles:
        gone = ended(profile, on)
        if gone and kept.after(gone) <= on:
            yield problem("kept-too-long", profile.path, ("consent",), day=gone, code=profile.code)


def unclear(profiles: Iterable[Profile], associations: Iterable[str]) -> Iterator[Problem]:
    """Profiles that name no association although several share a catalogue, or name one although none is configured.

    These are warnings: an error in one profile's association must not keep another's withdrawal off the site.
    """
    known = ", ".join(associations)
    for profile in profiles:
        if known and not profile.associations:
            yield problem("association-missing", profile.path, known=known)
        elif profile.associations and not known:
            yield problem("association-alone", profile.path, ("association",))
