"""The exact insider is exact: checked against a sum over all worlds and coins, and against the product's own output."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import product

import numpy as np
import pytest

from kokemus import anonymity
from kokemus.anonymity import Member, Parameters
from tests.oracles.insider import Way, alike, believe, editing, every_story, sightings

FIRST, SECOND, ALL = frozenset([0, 2]), frozenset([1, 2]), frozenset([0])
ONE = Way(items=(ALL,), k=2)
THREE = Way(items=(ALL,) * 3, k=2)
GROUP = Way(items=(FIRST, SECOND, FIRST | SECOND), k=2, group=True)
PRESENCES = {(True, True): 2, (True, False): 1, (False, True): 1}


@pytest.mark.parametrize(
    ("way", "chances", "topics"),
    [(ONE, (0.2,), (ALL,)), (THREE, (0.2,), (ALL,)), (GROUP, (0.1, 0.2, 0.15), (FIRST, SECOND))],
    ids=["one topic", "three held together", "two in a group"],
)
def test_the_insider_believes_what_the_sum_over_all_worlds_says(
    way: Way, chances: tuple[float, ...], topics: tuple[frozenset[int], ...]
) -> None:
    """Four experts, two looks: one leaves and one comes in between. Sums over every world and every coin."""
    people: list[tuple[bool, ...]] = [presence for presence, size in PRESENCES.items() for _ in range(size)]
    evidence: dict[tuple[int, ...], float] = defaultdict(float)
    holding: dict[tuple[int, ...], np.ndarray] = defaultdict(lambda: np.zeros((len(people), len(topics))))
    for world in product(range(-1, way.sorts), repeat=len(people)):
        prior = float(np.prod([1 - sum(chances) if sort < 0 else chances[sort] for sort in world]))
        held = np.array([[sort in topic for topic in topics] for sort in world])
        looks = [_published(way, [one for one, there in zip(world, people, strict=True) if there[at]]) for at in (0, 1)]
        for (first, chance), (second, other) in product(looks[0].items(), looks[1].items()):
            evidence[first, second] += prior * chance * other
            holding[first, second] += prior * chance * other * held
    kinds = [alike(size, presence, chances, topics) for presence, size in PRESENCES.items()]
    stories = every_story(way, 2)
    belief = believe(way, kinds, np.zeros((len(stories), 2, way.sorts), dtype=np.int64), stories)
    assert len(stories) == len(evidence)
    for number, story in enumerate(map(tuple, stories.tolist())):
        assert belief.evidence[number] == pytest.approx(evidence[story])
        summed = holding[story] / evidence[story]
        for sure, expert in zip(belief.sure, (0, 2, 3), strict=True):
            assert sure[number] == pytest.approx(summed[expert])


def _published(way: Way, world: list[int]) -> dict[int, float]:
    """The probability of each row that readers may see, summed over all outcomes of the coins of one look."""
    found: dict[int, float] = defaultdict(float)
    rows = sightings(way, len(world)).rows
    for left_out in product((False, True), repeat=len(world)):
        chance = np.prod([way.person if out else 1 - way.person for out in left_out])
        counted = [sort for sort, out in zip(world, left_out, strict=True) if not out]
        enough = [sum(sort in item for sort in counted) >= way.k for item in way.items]
        for rests in product((False, True), repeat=len(way.items)):
            falls = np.prod([way.item if one else 1 - way.item for one in rests])
            listed = [one and not asleep for one, asleep in zip(enough, rests, strict=True)]
            shown = (*listed[:-1], any(listed)) if way.group else tuple(listed)
            found[rows[shown]] += float(chance * falls)
    return found


def test_an_expert_who_edits_is_believed_look_by_look() -> None:
    """With k = 1 and no coins, a crowd of one shows its topic: the insider is sure at each look, for that look only."""
    way = Way(items=(ALL,), k=1, person=0, item=0)
    rows = sightings(way, 1).rows
    seen = np.array([[rows[True,], rows[False,], rows[True,]]])
    belief = believe(way, [editing((True, True, True), 0.2)], np.zeros((1, 3, 1), dtype=np.int64), seen)
    assert belief.sure[0].tolist() == [[1, 0, 1]]
    assert belief.evidence[0] == pytest.approx(0.2 * 0.8 * 0.2)


@pytest.mark.slow
def test_the_insider_s_guesses_come_true_as_often_as_they_should() -> None:
    """Of the experts to whom the insider gives a chance of p, the share p holds the topic.

    2,000 generated crowds of twelve; three looks by the product with real seeds. Three people leave and three come
    between two looks.
    """
    way, rate, crowds = Way(items=(ALL,)), 0.25, 2_000
    rng = np.random.default_rng(20_270_103)
    presences = {(True, True, True): 6, (True, True, False): 3, (True, False, False): 3}
    presences |= {(False, True, True): 3, (False, False, True): 3}
    people = [presence for presence, size in presences.items() for _ in range(size)]
    holds = rng.random((crowds, len(people))) < rate
    seen = np.array([_looks(people, row, rng) for row in holds])
    kinds = [alike(size, presence, (rate,), (ALL,)) for presence, size in presences.items()]
    belief = believe(way, kinds, np.zeros((crowds, 3, 1), dtype=np.int64), seen)
    given = np.concatenate(
        [np.repeat(sure, kind.size, axis=1) for sure, kind in zip(belief.sure, kinds, strict=True)], 1
    )
    for least in np.arange(0, 0.8, 0.1):
        among = (given >= least) & (given < least + 0.1)
        error = 5 * np.sqrt((given[among] * (1 - given[among])).sum() + 1)
        assert abs(holds[among].sum() - given[among].sum()) < error, (least, among.sum())
    assert given.max() > 0.4


def _looks(people: Sequence[tuple[bool, ...]], holds: np.ndarray, rng: np.random.Generator) -> list[int]:
    rows = sightings(Way(items=(ALL,)), len(people)).rows
    found = []
    for look in range(3):
        members = [
            Member(code=f"e{number}", admitted=date(2026, 1, 1), topics=frozenset(["hope"] if held else []))
            for number, (there, held) in enumerate(zip(people, holds, strict=True))
            if there[look]
        ]
        listed = anonymity.look(members, {"hope": frozenset(["hope"])}, look + 1, rng.bytes(32).hex(), Parameters())
        found.append(rows[bool(listed),])
    return found
