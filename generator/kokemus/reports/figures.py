"""Figures of the coordinator's report: which topics are covered and why, and when consents end."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kokemus.dates import months_later
from kokemus.reports.explanation import Reason, Situation

MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How many consents end in one month; ``month`` is its first day."""

    month: date
    count: int


def coverage(situation: Situation) -> tuple[Reason, ...]:
    """Every topic that somebody in the crowd offers or that is listed, in the vocabulary's order, with the reason.

    For one association only the topics that its own experts offer: the rest of the list says nothing about it.
    """
    reasons, whole = map(situation.reason, situation.vocabulary.topics), situation.association is None
    return tuple(found for found in reasons if situation.holders.get(found.topic) or (found.listed and whole))


def endings(situation: Situation) -> tuple[Ending, ...]:
    """How many consents end in this month and in each of the ``MONTHS`` months that follow."""
    months = Counter(
        profile.consent.review.replace(day=1)
        for profile in situation.profiles
        if not profile.consent.withdrawn and profile.consent.review >= situation.on
    )
    first = situation.on.replace(day=1)
    return tuple(
        Ending(month=month, count=months[month]) for month in (months_later(first, n) for n in range(MONTHS + 1))
    )
