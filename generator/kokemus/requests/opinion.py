"""What hosts thought of the visits of a half-year, from so many answers that none of them can be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kokemus.requests.demand import FEWEST, Half
from kokemus.requests.evaluation import SCALES
from kokemus.requests.request import Request

ENOUGH = 5
"""So many answers to a question are the least of which an average is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """By question how many answered and the average in tenths; ``again`` is how many of how many would ask again.

    ``again`` is None where few answered, or where a few answered otherwise than the rest.
    """

    scales: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    again: tuple[int, int] | None = None


def opinion(requests: Iterable[Request], half: Half) -> Opinion:
    """The answers about requests of the half-year that came before it was settled."""
    answers = [
        one.evaluation
        for one in requests
        if half.start <= one.received <= half.end
        and isinstance(on := one.evaluation.get("on"), date)
        and on < half.told_from
    ]
    scales: dict[str, tuple[int, int]] = {}
    for key in SCALES:
        given = [value for one in answers if isinstance(value := one.get(key), int)]
        if len(given) >= ENOUGH:
            scales[key] = (len(given), round(10 * sum(given) / len(given)))
    again = [one.get("again") for one in answers if one.get("again")]
    yes = again.count("yes")
    parts = [part for part in (yes, len(again) - yes) if part]
    is_told = len(again) >= ENOUGH and min(parts) >= FEWEST
    return Opinion(scales=scales, again=(yes, len(again)) if is_told else None)
