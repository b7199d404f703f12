"""Blocks: the crowd divided into experts whom others find alike, so that within a block nobody can be told apart.

Made of what others can know of everybody, never of topics, as microaggregation does (Domingo-Ferrer, Mateo-Sanz, IEEE
TKDE 2002). What is published of a topic depends on how many in each block hold it, not on who (as of the groups of
Anatomy: Xiao, Tao, VLDB 2006).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter

from kokemus.cells import Cells, positions

_NEARBY = 128
"""So many kinds of experts are compared each with each; a larger crowd is first divided by place, so that time grows
with N and neighbours, whom most combinations tell apart, stay together."""


@dataclass(frozen=True)
class Blocks:
    """A division of a crowd; ``sizes`` says how many are in each block."""

    sizes: tuple[int, ...]
    _ends: tuple[tuple[int, int], ...]
    _in_order: Callable[[str], tuple[str, ...]]
    _digits: str

    @classmethod
    def of(cls, cells: Cells, least: int) -> "Blocks":
        """A crowd in blocks of at least so many, or all in one; experts of whom others know the same share a block."""
        parts = tuple(divided(cells, least))
        sizes = tuple(part.bit_count() for part in parts)
        last = cells.everyone.bit_length() - 1
        order = [last - member for part in parts for member in positions(part)]
        return cls(sizes, tuple(pairwise(accumulate(sizes, initial=0))), itemgetter(*order or [0]), f"0{last + 1}b")

    def counts(self, members: int) -> tuple[int, ...]:
        """How many of some members are in each block."""
        row = "".join(self._in_order(format(members, self._digits)))
        return tuple(row.count("1", start, end) for start, end in self._ends)

    def first(self, counts: Sequence[int]) -> int:
        """A set with so many of each block, packed at its beginning.

        Of two sets of which only the counts are known, those packed at the same end have the greatest overlap that is
        possible, those packed at opposite ends the least.
        """
        return _set("1" * count + "0" * (size - count) for count, size in zip(counts, self.sizes, strict=True))

    def last(self, counts: Sequence[int]) -> int:
        """The same, packed at each block's end."""
        return _set("0" * (size - count) + "1" * count for count, size in zip(counts, self.sizes, strict=True))


def _set(blocks: Iterator[str]) -> int:
    return int("0" + "".join(blocks), 2)


def divided(cells: Cells, least: int) -> Iterator[int]:
    """The blocks as sets: whoever matches most of all, with those most like them, until at least so many are together.

    Equal experts go together, and ties are broken by what others know, so the order of the crowd does not matter.
    """
    kinds, first_place = _kinds(cells)
    todo = [sorted(kinds)]
    while todo:
        part = todo.pop()
        if len(part) > _NEARBY and (halves := _halves(part, kinds, first_place, least)):
            todo.extend(halves)
            continue
        size = sum(kinds[kind].bit_count() for kind in part)
        while part:
            widest = max(part, key=lambda kind: (kind.bit_count(), kind))
            part.sort(key=lambda kind: ((kind ^ widest).bit_count(), kind), reverse=True)
            block, taken = 0, 0
            while part and (taken < least or size < least):
                nearest = kinds[part.pop()]
                block |= nearest
                taken += nearest.bit_count()
                size -= nearest.bit_count()
            yield block


def _kinds(cells: Cells) -> tuple[dict[int, int], int]:
    """Who is alike: by all that others can know, as a number with a bit for each combination, the experts who match.

    The bits of the places come last and highest, so the second part tells at which bit they begin.
    """
    languages, places = (dict(sorted(found.items())) for found in (cells.languages, cells.where))
    sets = [
        *(members for _, members in sorted(cells.formats.items())),
        *(members for _, members in sorted(cells.audiences.items())),
        *languages.values(),
        *(speaking & going for speaking in languages.values() for going in places.values()),
        *places.values(),
    ]
    matched = [0] * cells.everyone.bit_length()
    for number, members in enumerate(sets):
        for member in positions(members):
            matched[member] |= 1 << number
    kinds: dict[int, int] = defaultdict(int)
    for member, kind in enumerate(matched):
        kinds[kind] |= 1 << member
    return kinds, len(sets) - len(places)


def _halves(part: Sequence[int], kinds: Mapping[int, int], first_place: int, least: int) -> tuple[list[int], ...]:
    """A part of the crowd by the place that comes nearest to dividing it evenly; nothing where none can."""
    going: dict[int, int] = defaultdict(int)
    for kind in part:
        for place in positions(kind >> first_place):
            going[place] += kinds[kind].bit_count()
    size = sum(kinds[kind].bit_count() for kind in part)
    dividing = [(abs(2 * count - size), place) for place, count in going.items() if least <= count <= size - least]
    if not dividing:
        return ()
    place = first_place + min(dividing)[1]
    return [kind for kind in part if kind >> place & 1], [kind for kind in part if not kind >> place & 1]
