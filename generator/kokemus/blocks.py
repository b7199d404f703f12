"""Blocks: the crowd divided into experts whom others find alike, so that within a block nobody can be told apart.

Made of what others can know of everybody, never of topics, as microaggregation does (Domingo-Ferrer, Mateo-Sanz, IEEE
TKDE 2002). What is published of a topic depends on how many in each block hold it, not on who (as of the groups of
Anatomy: Xiao, Tao, VLDB 2006).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import accumulate, chain, pairwise

from kokemus.cells import Cells, bits, positions

_NEARBY = 128
"""So many kinds of experts are compared each with each; a larger crowd is first divided by place, so that neighbours,
whom most combinations tell apart, stay together, and time grows with N log N. Those whom no place divides are compared
each with each all the same: to divide them by what else is known of them takes little less time and leaves more unsaid,
of 10,000 in Lapland one statement in 25."""


@dataclass(frozen=True)
class Blocks:
    """A division of a crowd; ``sizes`` says how many are in each block. Counts name only blocks that have any."""

    sizes: tuple[int, ...]
    _block_of: tuple[int, ...]
    _spans: tuple[range, ...]

    @classmethod
    def of(cls, cells: Cells, least: int) -> "Blocks":
        """A crowd in blocks of at least so many, or all in one; experts of whom others know the same share a block."""
        parts = tuple(divided(cells, least))
        sizes = tuple(map(len, parts))
        blocks = {member: block for block, part in enumerate(parts) for member in part}
        return cls(
            sizes,
            tuple(blocks[member] for member in range(len(blocks))),
            tuple(range(start, end) for start, end in pairwise(accumulate(sizes, initial=0))),
        )

    def counts(self, members: int) -> Mapping[int, int]:
        """How many of some members are in each block."""
        return Counter(map(self._block_of.__getitem__, positions(members)))

    def first(self, counts: Mapping[int, int]) -> int:
        """A set with so many of each block, packed at its beginning.

        Of two sets of which only the counts are known, those packed at the same end have the greatest overlap that is
        possible, those packed at opposite ends the least.
        """
        return bits([at for block, count in counts.items() for at in self._spans[block][:count]])

    def last(self, counts: Mapping[int, int]) -> int:
        """The same, packed at each block's end."""
        return bits([at for block, count in counts.items() for at in self._spans[block][self.sizes[block] - count :]])


@dataclass(frozen=True, slots=True, eq=False)
class _Kind:
    """Experts who are alike: by all that others can know, as a number with a bit for each combination."""

    known: int
    places: frozenset[str]
    members: list[int]


def divided(cells: Cells, least: int) -> Iterator[Sequence[int]]:
    """The blocks, as positions: whoever matches most of all, with those most like them, until so many are together.

    Equal experts go together, and ties are broken by what others know, so the order of the crowd does not matter.
    """
    todo = [_kinds(cells)]
    while todo:
        part = todo.pop()
        if len(part) > _NEARBY and (halves := _halves(part, least)):
            todo.extend(halves)
        else:
            yield from _grouped(part, least)


def _grouped(part: list[_Kind], least: int) -> Iterator[Sequence[int]]:
    """The blocks of a part; what would be left over joins the last one."""
    part.sort(key=lambda kind: (kind.known.bit_count(), kind.known))
    left = _size(part)
    while part:
        widest = part[-1].known
        block: list[int] = []
        for kind in nsmallest(least, part, key=lambda kind: ((kind.known ^ widest).bit_count(), kind.known)):
            if len(block) < least:
                block += kind.members
                part.remove(kind)
        left -= len(block)
        if left < least:
            block += (member for kind in part for member in kind.members)
            part.clear()
        yield block


def _kinds(cells: Cells) -> list[_Kind]:
    languages, places = (dict(sorted(found.items())) for found in (cells.languages, cells.where))
    sets = [
        *(members for _, members in sorted(cells.formats.items())),
        *(members for _, members in sorted(cells.audiences.items())),
        *languages.values(),
        *(speaking & going for speaking in languages.values() for going in places.values()),
        *places.values(),
    ]
    known = [0] * cells.everyone.bit_length()
    for number, members in enumerate(sets):
        for member in positions(members):
            known[member] |= 1 << number
    kinds: dict[int, list[int]] = defaultdict(list)
    for member, kind in enumerate(known):
        kinds[kind].append(member)
    names, first = tuple(places), len(sets) - len(places)
    reached = cache(lambda places: frozenset(names[place] for place in positions(places)))
    return [_Kind(kind, reached(kind >> first), members) for kind, members in kinds.items()]


def _halves(part: Sequence[_Kind], least: int) -> tuple[list[_Kind], ...]:
    """A part of the crowd by the place that comes nearest to dividing it evenly; nothing where none can."""
    size = _size(part)
    going = Counter(chain.from_iterable(kind.places for kind in part for _ in kind.members))
    dividing = [(abs(2 * count - size), place) for place, count in going.items() if least <= count <= size - least]
    if not dividing:
        return ()
    _, place = min(dividing)
    return [kind for kind in part if place in kind.places], [kind for kind in part if place not in kind.places]


def _size(part: Sequence[_Kind]) -> int:
    return sum(len(kind.members) for kind in part)
