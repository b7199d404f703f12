"""The report's figures, for the coordinator alone: what is covered, what would help, what ends when."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kokemus.dates import months_later
from kokemus.reports.explanation import Reason, Situation

MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How many consents have their last day in one month; ``month`` is its first day."""

    month: date
    count: int


def coverage(situation: Situation) -> tuple[Reason, ...]:
    """Every topic that somebody in the crowd holds or that is listed, in the vocabulary's order, with the reason.

    Of one association only what its own hold, since the rest of the list says nothing of it.
    """
    reasons, whole = map(situation.reason, situation.vocabulary.topics), situation.association is None
    return tuple(found for found in reasons if situation.holders.get(found.topic) or (found.listed and whole))


def endings(situation: Situation) -> tuple[Ending, ...]:
    """The consents that end in this month and in each of the months that follow."""
    months = Counter(
        profile.consent.review.replace(day=1)
        for profile in situation.profiles
        if not profile.consent.withdrawn and profile.consent.review >= situation.on
    )
    first = situation.on.replace(day=1)
    return tuple(
        Ending(month=month, count=months[month]) for month in (months_later(first, n) for n in range(MONTHS + 1))
    )
