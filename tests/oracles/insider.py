"""An insider who knows everything about everybody but the topics, and reasons exactly.

They keep everything ever published and know who came and left when, and the whole rule, but no coin. Experts whom they
cannot tell apart are counted together, so that crowds of 40 are still exact. The sum over all worlds is computed look
by look: a forward and a backward pass over the counts of those present.

Holders are divided into *sorts*. For one topic, or for topics that the same people hold, there is one sort. For two
topics there are three: those who hold only the first, only the second, or both. An item is the set of sorts that hold
it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import comb, factorial

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A rule as the insider knows it.

    With ``group``, the last item is a group that is also shown if any of its topics is. The items in each set of
    ``resting`` share one coin; by default each item has its own. With ``tries``, an item is published if any of that
    many looks lists it.
    """

    items: tuple[frozenset[int], ...]
    k: int = 3
    person: float = 0.15
    item: float = 0.1
    group: bool = False
    resting: tuple[frozenset[int], ...] = ()
    tries: int = 1

    @property
    def sorts(self) -> int:
        """The number of sorts of holders."""
        return 1 + max(sort for item in self.items for sort in item)

    def shown(self, listed: tuple[bool, ...]) -> tuple[bool, ...]:
        """What readers see of the listed items."""
        return (*listed[:-1], any(listed)) if self.group else listed

    def outcomes(self, enough: tuple[bool, ...]) -> Iterator[tuple[tuple[bool, ...], float]]:
        """What readers may see if these items have enough holders, with probabilities."""
        coins = self.resting or tuple(frozenset([number]) for number in range(len(self.items)))
        for rests in product((False, True), repeat=len(coins)):
            chance = np.prod([self.item if one else 1 - self.item for one in rests])
            asleep = frozenset[int]().union(*(coin for coin, one in zip(coins, rests, strict=True) if one))
            yield self.shown(tuple(one and number not in asleep for number, one in enumerate(enough))), float(chance)


@dataclass(frozen=True, slots=True, eq=False)
class Sightings:
    """What readers may see at a look: a table of probabilities by number of holders of each sort, and the row of each.

    Observations that say the same about the holders share a row: of three topics that the same people hold, only
    whether any is listed matters.
    """

    tables: Numbers
    rows: Mapping[tuple[bool, ...], int]


@cache
def sightings(way: Way, most: int) -> Sightings:
    """What readers may see of a crowd with at most this many holders of each sort."""
    counts = np.indices((most + 1,) * way.sorts)
    enough = np.array([counts[sorted(item)].sum(axis=0) >= way.k for item in way.items])
    seen: dict[tuple[bool, ...], Numbers] = {}
    for pattern in product((False, True), repeat=len(way.items)):
        here = np.all([one == wanted for one, wanted in zip(enough, pattern, strict=True)], axis=0)
        for shown, chance in way.outcomes(pattern):
            seen.setdefault(shown, np.zeros(here.shape))
            seen[shown] += chance * here
    seen = {shown: _thinned(table, way.person) for shown, table in seen.items() if table.any()}
    if way.tries > 1:
        silent = seen[(False,)] ** way.tries
        seen = {(False,): silent, (True,): 1 - silent}
    tables: list[Numbers] = []
    rows: dict[tuple[bool, ...], int] = {}
    for shown, table in seen.items():
        same = next((row for row, other in enumerate(tables) if _says_the_same(table, other)), None)
        if same is None:
            tables.append(table)
        else:
            tables[same] = tables[same] + table
        rows[shown] = len(tables) - 1 if same is None else same
    return Sightings(np.array(tables), rows)


def _says_the_same(one: Numbers, other: Numbers) -> bool:
    return bool(np.allclose(one * other.sum(), other * one.sum(), rtol=1e-12, atol=0))


def _thinned(table: Numbers, person: float) -> Numbers:
    """Turns a table by the number of counted holders into one by the number of all holders."""
    most = len(table) - 1
    left_in = [
        [
            comb(held, counted) * (1 - person) ** counted * person ** max(held - counted, 0)
            for counted in range(most + 1)
        ]
        for held in range(most + 1)
    ]
    for axis in range(table.ndim):
        table = np.moveaxis(np.tensordot(left_in, table, (1, axis)), 0, axis)
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Experts whom the insider cannot tell apart, and all that they may hold.

    ``weights``: the probability of each state before anything is published. ``counts``: by look, state and sort, how
    many are in the crowd and hold it. ``share``: by state and question, the share of them for whom the answer is yes.
    """

    first: int
    last: int
    weights: Numbers
    counts: Whole
    share: Numbers
    size: int


def alike(size: int, present: Sequence[bool], chances: Sequence[float], topics: Sequence[frozenset[int]]) -> Kind:
    """This many experts with the same history. The questions: does one of them hold each of the topics?"""
    most = [size if chance else 0 for chance in chances]
    states = [state for state in product(*(range(number + 1) for number in most)) if sum(state) <= size]
    none = 1 - sum(chances)
    weights = [
        factorial(size)
        * none ** (size - sum(state))
        / factorial(size - sum(state))
        * np.prod([chance**number / factorial(number) for chance, number in zip(chances, state, strict=True)])
        for state in states
    ]
    held = np.array(states)
    share = np.array([held[:, sorted(topic)].sum(axis=1) / size for topic in topics]).T
    return _kind(present, np.array(weights), np.array(present, dtype=np.int64)[:, None, None] * held, share, size)


def editing(present: Sequence[bool], chance: float) -> Kind:
    """One expert who chooses again before every look. The questions: did they hold the topic at each look?"""
    states = np.array(list(product((0, 1), repeat=len(present))))
    weights = np.prod(np.where(states, chance, 1 - chance), axis=1)
    counts = (states * np.array(present)).T[:, :, None]
    return _kind(present, weights, counts, states[:, list(present)].astype(float), 1)


def _kind(present: Sequence[bool], weights: Numbers, counts: Whole, share: Numbers, size: int) -> Kind:
    looks = [look for look, one in enumerate(present) if one]
    return Kind(looks[0], looks[-1], weights, counts, share, size)


@dataclass(frozen=True, slots=True, eq=False)
class Belief:
    """What the insider believes after everything that was published.

    ``evidence``: the probability of what was published. ``sure``: by kind and question, the probability that the answer
    is yes; 0 if that could not be published at all.
    """

    evidence: Numbers
    sure: tuple[Numbers, ...]


def believe(way: Way, kinds: Sequence[Kind], known: Whole, seen: Whole) -> Belief:
    """Exact Bayes for many stories at once.

    ``known``: by story, look and sort, how many holders in the crowd the insider knows. ``seen``: by story and look,
    what was published, as a row of ``sightings``.
    """
    tables = sightings(way, sum(kind.size for kind in kinds) + int(known.max(initial=0))).tables
    here: list[Kind] = []
    states, likely, present = [], [], []
    state = np.ones((len(seen), 1))
    for look in range(seen.shape[1]):
        for kind in (kind for kind in kinds if kind.first == look):
            state = (state[:, :, None] * kind.weights).reshape(len(seen), -1)
            here.append(kind)
        likely.append(_likely(tables, here, known[:, look], seen[:, look], look))
        state = state * likely[look]
        states.append(state)
        present.append(list(here))
        for kind in [kind for kind in here if kind.last == look]:
            state = _apart(state, here, kind).sum(axis=2).reshape(len(seen), -1)
            here.remove(kind)
    evidence, later = state[:, 0], np.ones((len(seen), 1))
    sure: dict[Kind, Numbers] = {}
    for look in reversed(range(seen.shape[1])):
        here = present[look]
        later = _spread(later, here, look)
        joint = states[look] * later
        for kind in (kind for kind in here if kind.last == look):
            answers = _apart(joint, here, kind).sum(axis=(1, 3)) @ kind.share
            sure[kind] = answers / np.where(evidence > 0, evidence, 1)[:, None]
        later = later * likely[look]
        for kind in [kind for kind in here if kind.first == look]:
            later = np.einsum("spkq,k->spq", _apart(later, here, kind), kind.weights).reshape(len(seen), -1)
            here.remove(kind)
    return Belief(evidence, tuple(sure[kind] for kind in kinds))


def _apart(state: Numbers, here: Sequence[Kind], kind: Kind) -> Numbers:
    """The states of all kinds in sight, with those of one kind as an axis of their own."""
    before = int(np.prod([len(other.weights) for other in here[: here.index(kind)]]))
    return state.reshape(len(state), before, len(kind.weights), -1)


def _spread(later: Numbers, here: Sequence[Kind], look: int) -> Numbers:
    """Repeats the values over the states of kinds that leave after this look: what follows does not depend on them."""
    shape = [1 if kind.last == look else len(kind.weights) for kind in here]
    whole = [len(kind.weights) for kind in here]
    return np.broadcast_to(later.reshape(len(later), *shape), (len(later), *whole)).reshape(len(later), -1)


def _likely(tables: Numbers, here: Sequence[Kind], known: Whole, seen: Whole, look: int) -> Numbers:
    """The probability of what was seen at a look, by story and by state of everybody in sight."""
    totals = np.zeros((1, known.shape[1]), dtype=np.int64)
    for kind in here:
        totals = (totals[:, None] + kind.counts[look]).reshape(-1, known.shape[1])
    cases, case = np.unique(np.column_stack([seen, known]), axis=0, return_inverse=True)
    rows = [tables[row][tuple((totals + held).T)] for row, *held in cases.tolist()]
    return np.asarray(np.array(rows)[case])


def every_story(way: Way, looks: int) -> Whole:
    """Everything that can ever be published in this many looks, one story in each row."""
    return np.array(list(product(range(len(sightings(way, way.k).tables)), repeat=looks)))


def some_stories(way: Way, kinds: Sequence[Kind], known: Whole, rng: np.random.Generator) -> Whole:
    """What is published in random worlds, one for each row of ``known``."""
    totals = known
    for kind in kinds:
        state = rng.choice(len(kind.weights), size=len(known), p=kind.weights / kind.weights.sum())
        totals = totals + kind.counts[:, state].transpose(1, 0, 2)
    tables = sightings(way, sum(kind.size for kind in kinds) + int(known.max(initial=0))).tables
    chances = tables[(slice(None), *np.moveaxis(totals, -1, 0))]
    return np.asarray((rng.random(totals.shape[:2]) > chances.cumsum(axis=0)).sum(axis=0).clip(max=len(tables) - 1))
