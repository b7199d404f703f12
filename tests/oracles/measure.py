"""How sure an exact insider becomes of the topics of experts, in different kinds of crowd."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from math import comb, inf

import numpy as np

from tests.oracles.histories import Clock, Life, Presence, histories
from tests.oracles.insider import Kind, Numbers, Way, Whole, alike, believe, editing, every_story, some_stories

YEARLY = Clock()
CERTAIN, SURE, RARE = 1 - 1e-9, 0.9, 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The topics of a row: their items, the sorts that hold each, and the probability of each sort at a rate.

    With ``group``, the last item is a group. With ``known``, the insider knows to which sort each person may belong.
    """

    name: str
    items: tuple[frozenset[int], ...]
    held: tuple[frozenset[int], ...]
    chances: Callable[[float], tuple[float, ...]]
    group: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A kind of crowd, of topics, and of insider.

    ``knows``: the number of others whose topics they know. ``colluders``: how many choose together what they hold and
    whether they are there at each look, knowing what was published before; with ``stories`` they choose at random.
    ``editors`` choose their topics again before every look. ``again``: how often every look is made.
    """

    name: str
    topics: Topics
    life: Life
    way: Callable[[Topics], Way]
    clock: Clock = YEARLY
    months: int = 36
    knows: int = 0
    colluders: int = 0
    editors: int = 0
    again: int = 1
    histories: int = 20
    stories: int = 0
    """How many stories are drawn at random for each history; 0: all possible ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How sure the insider became.

    ``certain`` and ``sure`` are shares of all pairs of an expert and a topic. ``largest`` is the largest posterior and
    ``factor`` its change of the odds, among stories with a probability of at least one in a thousand. ``ever`` is the
    largest posterior in any story.
    """

    certain: float = 0
    sure: float = 0
    largest: float = 0
    factor: float = 0
    ever: float = 0


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """The largest value of each field."""
    return Verdict(**{name.name: max(getattr(one, name.name) for one in verdicts) for name in fields(Verdict)})


def measure(row: Row, rate: float, seed: int) -> Verdict:
    """The row at one base rate: shares are averaged over its histories, the other fields are the largest."""
    rng = np.random.default_rng(seed)
    found = [_measured(row, rate, rng) for _ in range(row.histories)]
    mean = {name: float(np.mean([getattr(one, name) for one in found])) for name in ("certain", "sure")}
    return replace(worst(found), **mean)


def _measured(row: Row, rate: float, rng: np.random.Generator) -> Verdict:
    life = replace(row.life, founders=row.life.founders - row.knows - row.colluders - row.editors)
    crowd = histories(life, row.clock, row.months, rng)
    crowd = {tuple(one for one in presence for _ in range(row.again)): size for presence, size in crowd.items()}
    looks = len(next(iter(crowd)))
    way, chances = row.way(row.topics), row.topics.chances(rate)
    kinds = list(_kinds(row.topics, crowd, chances, rng))
    kinds += [editing((True,) * looks, rate) for _ in range(row.editors)]
    known, prior = _known(row, chances, looks, rng)
    if row.stories:
        seen = some_stories(way, kinds, known, rng)
    else:
        every = every_story(way, looks)
        known, prior = np.repeat(known, len(every), axis=0), np.repeat(prior, len(every))
        seen = np.tile(every, (len(known) // len(every), 1))
    return _verdict(row, rate, kinds, known, prior, seen)


def _kinds(
    topics: Topics, crowd: Mapping[Presence, int], chances: tuple[float, ...], rng: np.random.Generator
) -> Iterator[Kind]:
    for presence, size in sorted(crowd.items()):
        if not topics.known:
            yield alike(size, presence, chances, topics.held)
            continue
        for sort, number in enumerate(rng.multinomial(size, [1 / len(chances)] * len(chances))):
            own = [chance * (other == sort) for other, chance in enumerate(chances)]
            if number:
                yield alike(int(number), presence, own, topics.held)


def _known(row: Row, chances: Sequence[float], looks: int, rng: np.random.Generator) -> tuple[Whole, Numbers]:
    """What the insider may know of others' topics, by story, look and sort, and the probability of that."""
    sorts = len(chances)
    if row.stories and row.colluders:
        chosen = rng.integers(0, row.colluders + 1, size=(row.stories, looks, sorts))
        return chosen * (np.arange(sorts) == sorts - 1), np.full(row.stories, 1 / row.stories)
    if row.stories:
        held = rng.multinomial(row.knows, [*chances, 1 - sum(chances)], size=row.stories)[:, None, :sorts]
        return np.repeat(held, looks, axis=1), np.full(row.stories, 1 / row.stories)
    if row.colluders:
        moves = np.array(list(product(range(row.colluders + 1), repeat=looks)))
        return moves[:, :, None], np.ones(len(moves))
    (rate,) = chances
    held = np.arange(row.knows + 1)
    binomial = [comb(row.knows, number) * rate**number * (1 - rate) ** (row.knows - number) for number in held]
    return np.repeat(held[:, None], looks, axis=1)[:, :, None], np.array(binomial)


def _verdict(row: Row, rate: float, kinds: Sequence[Kind], known: Whole, prior: Numbers, seen: Whole) -> Verdict:
    largest = ever = 0.0
    certain, sure = np.zeros(len(seen)), np.zeros(len(seen))
    people = sum(kind.size for kind in kinds)
    for part in _parts(kinds, seen):
        belief = believe(row.way(row.topics), kinds, known[part], seen[part])
        chance = prior[part] * (1 if row.stories else belief.evidence)
        for kind, posterior in zip(kinds, belief.sure, strict=True):
            each = chance[:, None] * kind.size / people / posterior.shape[1]
            certain[part] += (each * (posterior > CERTAIN)).sum(axis=1)
            sure[part] += (each * (posterior > SURE)).sum(axis=1)
            ever = max(ever, float(posterior[belief.evidence > 0].max()))
            largest = max(largest, float(posterior[(chance >= RARE) | bool(row.stories)].max(initial=0)))
    factor = largest / (1 - largest) / (rate / (1 - rate)) if largest <= CERTAIN else inf
    share = _best if row.colluders and not row.stories else _sum
    return Verdict(
        certain=share(certain, row, seen), sure=share(sure, row, seen), largest=largest, factor=factor, ever=ever
    )


def _parts(kinds: Sequence[Kind], seen: Whole) -> Iterator[slice]:
    """Slices of stories that fit into some 30 MB."""
    looks = range(seen.shape[1])
    states = [np.prod([len(kind.weights) for kind in kinds if kind.first <= look <= kind.last]) for look in looks]
    room = max(1, 4_000_000 // int(max(states)))
    return (slice(begin, begin + room) for begin in range(0, len(seen), room))


def _sum(share: Numbers, row: Row, seen: Whole) -> float:
    return float(share.sum())


def _best(share: Numbers, row: Row, seen: Whole) -> float:
    """The share under the best strategy: each look's move is chosen with what was published before in mind."""
    looks, things = seen.shape[1], int(seen.max()) + 1
    tree = share.reshape([row.colluders + 1] * looks + [things] * looks)
    for look in reversed(range(looks)):
        tree = tree.sum(axis=-1).max(axis=look)
    return float(tree)
