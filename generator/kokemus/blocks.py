"""Blocks: the crowd divided into experts whom others find alike, so that within a block nobody can be told apart.

Made of what others can know of everybody, never of topics, as microaggregation does (Domingo-Ferrer, Mateo-Sanz, IEEE
TKDE 2002). What is published of a topic depends on how many in each block hold it, not on who (as of the groups of
Anatomy: Xiao, Tao, VLDB 2006).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from itertools import accumulate, pairwise

from kokemus.cells import Cells, bits, positions

_NEARBY = 128
"""A larger part of the crowd than so many kinds of experts is first divided by place, so that neighbours, whom most
combinations tell apart, stay together. Those whom no place divides stay together all the same: to divide them by what
else is known of them leaves more unsaid, of 10,000 in Lapland one statement in 25."""
_COMPARED = 256
"""Whoever matches most of a part is compared with so many of those who match next most, so that time grows with
N log N. To compare them with the whole part takes 100,000 twice as long and says no more of them."""


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
        block_of = [0] * sum(sizes)
        for block, part in enumerate(parts):
            for member in part:
                block_of[member] = block
        return cls(
            sizes,
            tuple(block_of),
            tuple(range(start, end) for start, end in pairwise(accumulate(sizes, initial=0))),
        )

    def of_each(self, members: int) -> Iterator[int]:
        """The block of each of some members."""
        return map(self._block_of.__getitem__, positions(members))

    def counts(self, members: int) -> Mapping[int, int]:
        """How many of some members are in each block."""
        return Counter(self.of_each(members))

    def first(self, counts: Mapping[int, int]) -> int:
        """A set with so many of each block, packed at its beginning.

        Of two sets of which only the counts are known, those packed at the same end have the greatest overlap that is
        possible, those packed at opposite ends the least.
        """
        return bits([at for block, count in counts.items() for at in self._spans[block][:count]])

    def last(self, counts: Mapping[int, int]) -> int:
        """The same, packed at each block's end."""
        return bits([at for block, count in counts.items() for at in self._spans[block][self.sizes[block] - count :]])


_Kinds = Mapping[int, Sequence[int]]
"""Members by all that others can know of them, as a number with a bit for each combination that they match."""


@dataclass(frozen=True, slots=True, eq=False)
class _Neighbours:
    """Experts who go to the same places, how many they are, and the kinds of them that others can tell apart."""

    places: frozenset[str]
    size: int
    kinds: _Kinds


def divided(cells: Cells, least: int) -> Iterator[Sequence[int]]:
    """The blocks, as positions: whoever matches most of all, with those most like them, until so many are together.

    Equal experts go together, and ties are broken by what others know, so the order of the crowd does not matter.
    """
    crossed = _crossed(cells)
    todo = [_neighbours(cells)]
    while todo:
        part = todo.pop()
        kinds = sum(len(neighbours.kinds) for neighbours in part)
        if kinds > _NEARBY and (halves := _halves(part, least)):
            todo.extend(halves)
        else:
            yield from _grouped(
                {crossed(kind): members for neighbours in part for kind, members in neighbours.kinds.items()}, least
            )


def _grouped(alike: _Kinds, least: int) -> Iterator[Sequence[int]]:
    """The blocks of a part; what would be left over joins the last one."""
    kinds = sorted(alike, key=lambda kind: (kind.bit_count(), kind))
    left = sum(map(len, alike.values()))
    while kinds:
        widest, near = kinds[-1], range(max(0, len(kinds) - max(_COMPARED, least)), len(kinds))
        block: list[int] = []
        taken: list[int] = []
        for at in nsmallest(least, near, key=lambda at: ((kinds[at] ^ widest).bit_count(), kinds[at])):
            if len(block) < least:
                block += alike[kinds[at]]
                taken.append(at)
        for at in sorted(taken, reverse=True):
            del kinds[at]
        left -= len(block)
        if left < least:
            block += (member for kind in kinds for member in alike[kind])
            kinds.clear()
        yield block


def _neighbours(cells: Cells) -> list[_Neighbours]:
    """The crowd by where they go, and by what else is known of them but for what they speak in each place."""
    sets = [
        members
        for found in (cells.formats, cells.audiences, cells.languages, cells.where)
        for _, members in sorted(found.items())
    ]
    known = [0] * cells.everyone.bit_length()
    for number, members in enumerate(sets):
        bit = 1 << number
        for member in positions(members):
            known[member] |= bit
    names, first = sorted(cells.where), len(sets) - len(cells.where)
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for member, kind in enumerate(known):
        found[kind >> first][kind].append(member)
    return [
        _Neighbours(frozenset(names[place] for place in positions(going)), sum(map(len, kinds.values())), kinds)
        for going, kinds in found.items()
    ]


def _crossed(cells: Cells) -> Callable[[int], int]:
    """For a kind the same with a bit for each language in each place, too."""
    languages, places = len(cells.languages), len(cells.where)
    first = len(cells.formats) + len(cells.audiences) + languages

    @cache
    def spread(spoken: int, going: int) -> int:
        return sum(going << places * language for language in (*positions(spoken), languages))

    def crossed(kind: int) -> int:
        others = kind & (1 << first) - 1
        return others | spread(others >> first - languages, kind >> first) << first

    return crossed


def _halves(part: Sequence[_Neighbours], least: int) -> tuple[list[_Neighbours], ...]:
    """A part of the crowd by the place that comes nearest to dividing it evenly; nothing where none can."""
    size = sum(neighbours.size for neighbours in part)
    going: dict[str, int] = defaultdict(int)
    for neighbours in part:
        for place in neighbours.places:
            going[place] += neighbours.size
    dividing = [(abs(2 * count - size), place) for place, count in going.items() if least <= count <= size - least]
    if not dividing:
        return ()
    _, place = min(dividing)
    return [found for found in part if place in found.places], [found for found in part if place not in found.places]
