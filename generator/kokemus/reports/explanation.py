"""Why a topic is listed or not, and what would change that. For the coordinator only, never for the site."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from kokemus.anonymity import Card, Member
from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.publication import crowd
from kokemus.publication.crowd import Crowd
from kokemus.publication.inputs import Inputs
from kokemus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Whether a topic is listed, and why.

    ``code`` is a key ``reason.*`` of ``coordinator/texts/explain.yml``, to be filled with ``values``.
    """

    topic: str
    listed: bool
    code: str
    values: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Everything that decides what is listed on a day.

    If ``association`` is set, ``profiles`` holds only its own experts, and reasons reveal nothing about the other
    associations beyond what is public.
    """

    profiles: tuple[Profile, ...]
    crowd: Crowd
    house: frozenset[str]
    vocabulary: Vocabulary
    association: str | None = None

    @property
    def on(self) -> date:
        return self.crowd.in_force.on

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The members of the crowd who are in ``profiles``."""
        codes = {profile.code for profile in self.profiles}
        return tuple(member for member in self.crowd.in_force.members if member.code in codes)

    @cached_property
    def holders(self) -> Mapping[str, int]:
        """How many of ``members`` offer each topic on the day, including those that a look leaves out at random."""
        return Counter(topic for member in self.members for topic in member.topics)

    def reason(self, topic: str) -> Reason:
        """Why the topic is listed or not. A single association learns only whether it is, and its own count."""
        found = self._reason(topic)
        own: dict[str, object] = {"count": self.holders.get(topic, 0)}
        return replace(found, code="own", values=own) if self.association else found

    def _reason(self, topic: str) -> Reason:
        edition, in_force = self.crowd.edition, self.crowd.in_force
        numbers: dict[str, object] = {"count": self.holders.get(topic, 0), "k": self.crowd.parameters.k}
        if self.crowd.closing:
            return Reason(topic=topic, listed=False, code="closed", values={"day": self.crowd.closing.on})
        if topic in self.house:
            return Reason(topic=topic, listed=True, code="house", values=numbers)
        if edition and topic in edition.listed:
            return Reason(topic=topic, listed=True, code="look", values=numbers | {"day": edition.looked})
        if edition and topic in in_force.staying.intersection(edition.signed):
            return Reason(topic=topic, listed=True, code="signed", values=numbers)
        if any(topic in card.topics for card in in_force.cards):
            return Reason(topic=topic, listed=True, code="card", values=numbers)
        return self._unlisted(topic, numbers)

    def _unlisted(self, topic: str, numbers: dict[str, object]) -> Reason:
        clock, edition = self.crowd.clock, self.crowd.edition
        more: dict[str, object]
        if topic in self.crowd.in_force.signed:
            code, more = "waits-edition", {"day": max(clock.edition_from or self.on, self.on)}
        elif not (edition and edition.look):
            code = "first-look" if clock.has_look else "floor"
            more = {"size": clock.size, "floor": self.crowd.parameters.floor}
        else:
            code, more = "not-found", {"day": edition.looked, "next": clock.look_from}
        return Reason(topic=topic, listed=False, code=code, values=numbers | more)


def situation(inputs: Inputs, on: date, association: str | None = None) -> Situation:
    """Everything that decides what is listed on the day, as all associations or a single one may know it."""
    house = inputs.settings.house_topics if inputs.settings else frozenset()
    return Situation(
        profiles=of_association(inputs.profiles, association),
        crowd=crowd.on_the_day(inputs, on),
        house=house,
        vocabulary=inputs.vocabulary,
        association=association,
    )


def of_association(profiles: Iterable[Profile], association: str | None) -> tuple[Profile, ...]:
    """The profiles of one association, including experts who belong to another one too; all if none is named."""
    return tuple(profile for profile in profiles if association is None or association in profile.associations)


def standing(profile: Profile, on: date) -> str:
    """The state of an expert's consent on the day, as a key ``standing.*`` of ``coordinator/texts/explain.yml``."""
    if on < profile.consent.given:
        return "before"
    if profile.consent.withdrawn and profile.consent.withdrawn <= on:
        return "withdrawn"
    if on > profile.consent.review:
        return "lapsed"
    if profile.card:
        return "card-paused" if consent.on_break(profile, on) else "card"
    if not consent.counts(profile, on):
        return "not-admitted"
    return "paused" if consent.on_break(profile, on) else "counts"


def own_card(profile: Profile, day: Crowd) -> Card | None:
    """The expert's card as the site shows it on the day, if it does."""
    return None if day.closing else next(iter(consent.in_force([profile], day.in_force.on).cards), None)
