"""Sweeps, which try every case of something: whole in ``make fuzz``, and elsewhere a sample, the same on every run."""

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")

WHOLE = "KOKEMUS_SWEEP" in os.environ


def sample(cases: Sequence[Case], most: int) -> tuple[Case, ...]:
    """At most so many of the cases, at equal distances from the first to the last; in a whole sweep, all of them."""
    if WHOLE or len(cases) <= most:
        return tuple(cases)
    return tuple(cases[at * (len(cases) - 1) // (most - 1)] for at in range(most))


def in_turn(cases: Sequence[Case], at: int, of: int) -> tuple[Case, ...]:
    """Every ``of``-th case from ``at`` on, so that ``of`` tests share the cases; in a whole sweep, all of them."""
    return tuple(cases if WHOLE else cases[at % of :: of])
