"""What hosts thought of the visits of a half-year, from enough answers to reveal no single one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kokemus.requests.demand import FEWEST, Half
from kokemus.requests.evaluation import SCALES
from kokemus.requests.request import Request

ENOUGH = 5
"""The smallest number of answers to a question for which a result is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """For each scale the number of answers and the average in tenths.

    ``again`` is how many would request a visit again, and out of how many. It is None if few answered, or if only a
    few answered differently from the rest.
    """

    scales: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    again: tuple[int, int] | None = None


def opinion(requests: Iterable[Request], half: Half) -> Opinion:
    """The opinion on requests received in a half-year, from evaluations that came before it was settled."""
    answers = [
        one.evaluation
        for one in requests
        if half.start <= one.received <= half.end
        and isinstance(on := one.evaluation.get("on"), date)
        and on < half.settled_on
    ]
    scales: dict[str, tuple[int, int]] = {}
    for key in SCALES:
        given = [value for one in answers if isinstance(value := one.get(key), int)]
        if len(given) >= ENOUGH:
            scales[key] = (len(given), round(10 * sum(given) / len(given)))
    again = [one.get("again") for one in answers if one.get("again")]
    yes = again.count("yes")
    parts = [part for part in (yes, len(again) - yes) if part]
    is_enough = len(again) >= ENOUGH and min(parts) >= FEWEST
    return Opinion(scales=scales, again=(yes, len(again)) if is_enough else None)
