"""Random histories of a crowd: who is in it in each month, and at which looks, given a clock."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Presence = tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How a crowd changes: the number of founders, and the average number who come, and who leave, in a month.

    A crowd is never smaller than at the start, so no look waits for the floor, and never more than three larger. With
    ``returns``, half of those who come have been there before. With ``in_turn``, those who came first leave first. With
    ``threes``, three come and three of the earliest leave each year.
    """

    founders: int
    moves: float = 0.35
    returns: bool = False
    in_turn: bool = False
    threes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When looks are made: at least ``months`` after the last one, once ``c`` have come or ``c`` have left."""

    months: int = 12
    c: int = 3


def histories(life: Life, clock: Clock, length: int, rng: np.random.Generator) -> Mapping[Presence, int]:
    """For each set of looks, how many experts were in the crowd at exactly those."""
    there = list(_in_threes(life, length) if life.threes else _at_random(life, length, rng))
    made = looks(there, clock)
    everybody = sorted(frozenset[int]().union(*there))
    presences = [tuple(expert in there[month] for month in made) for expert in everybody]
    return Counter(presence for presence in presences if any(presence))


def looks(there: Sequence[frozenset[int]], clock: Clock) -> list[int]:
    """The months in which a clock makes a look."""
    found = [0]
    for month, now in enumerate(there):
        before = there[found[-1]]
        moved = max(len(now - before), len(before - now))
        if month - found[-1] >= clock.months and moved >= clock.c:
            found.append(month)
    return found


def _at_random(life: Life, length: int, rng: np.random.Generator) -> Iterator[frozenset[int]]:
    here, gone, number = set(range(life.founders)), list[int](), life.founders
    yield frozenset(here)
    for _ in range(length):
        for _ in range(rng.poisson(life.moves)):
            if life.returns and gone and rng.random() < 0.5:
                here.add(gone.pop(rng.integers(len(gone))))
            else:
                here.add(number)
                number += 1
        more = len(here) - life.founders
        for _ in range(min(max(rng.poisson(life.moves), more - 3), more)):
            leaver = min(here) if life.in_turn else sorted(here)[rng.integers(len(here))]
            here.remove(leaver)
            gone.append(leaver)
        yield frozenset(here)


def _in_threes(life: Life, length: int) -> Iterator[frozenset[int]]:
    for month in range(length + 1):
        years = month // 12
        yield frozenset(range(3 * years, life.founders + 3 * years))
