"""The report's figures, for the coordinator alone: what is covered, what would unlock what, what ends when."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kokemus import consent
from kokemus.calendar import months_later
from kokemus.explanation import Reason, Situation, offered
from kokemus.statement import DIMENSIONS, Statement

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Ending:
    """How many consents have their last day in one month; ``month`` is its first day."""

    month: date
    count: int


@dataclass(frozen=True)
class Coverage:
    """Every statement that somebody in consent offers or that is shown, with the reason why it is, or is not, shown."""

    reasons: Mapping[Statement, Reason]

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(statement.topic for statement in self.reasons))

    def values(self, dimension: str) -> tuple[str, ...]:
        """The values of a dimension that stand alone in some statement."""
        alone = (found.dimensions for found in self.reasons if len(found.dimensions) == 1)
        return tuple(sorted({values[dimension] for values in alone if dimension in values}))

    def of(self, topic: str, dimension: str = "", value: str = "") -> Reason | None:
        """The reason of a topic alone or with one value; None where nobody offers it."""
        return self.reasons.get(Statement(topic, **{dimension: value} if dimension else {}))

    def unlocks(self) -> Mapping[int, tuple[Reason, ...]]:
        """What is withheld for want of supporters alone, by how many more would do; the topic itself comes first."""
        found: dict[int, list[Reason]] = {}
        for statement, reason in self.reasons.items():
            topic = self.of(statement.topic)
            if reason.code == "support" and (not statement.dimensions or (topic and topic.shown)):
                found.setdefault(int(str(reason.values["missing"])), []).append(reason)
        return {missing: tuple(found[missing]) for missing in sorted(found)}

    def waiting(self) -> tuple[Reason, ...]:
        """What has its supporters and waits for something else."""
        return tuple(found for found in self.reasons.values() if not found.shown and found.code != "support")


def coverage(situation: Situation) -> Coverage:
    """The reasons of all topics alone and with one value, in the vocabulary's order of topics."""
    held = {
        statement
        for profile in situation.profiles
        if consent.in_force(profile, situation.on)
        for statement in offered(profile, situation.vocabulary)
        if len(statement.dimensions) < 2
    }
    crowd = situation.edition.crowd if situation.edition else frozenset()
    held |= {statement for statement in crowd if len(statement.dimensions) < 2}
    order = {topic: place for place, topic in enumerate(situation.vocabulary.topics)}
    listed = sorted(held, key=lambda found: (order[found.topic], *(getattr(found, name) for name in DIMENSIONS)))
    return Coverage({statement: situation.reason(statement) for statement in listed})


def endings(situation: Situation) -> tuple[Ending, ...]:
    """The consents that end in this month and in each of the months that follow."""
    months = Counter(
        profile.consent.review.replace(day=1)
        for profile in situation.profiles
        if not profile.consent.withdrawn and profile.consent.review >= situation.on
    )
    first = situation.on.replace(day=1)
    return tuple(Ending(month, months[month]) for month in (months_later(first, n) for n in range(MONTHS + 1)))
