"""Blocks: the crowd divided into experts whom others find alike, so that within a block nobody can be told apart.

Made of what others can know of everybody, never of topics, as microaggregation does (Domingo-Ferrer, Mateo-Sanz, IEEE
TKDE 2002). What is published of a topic depends on how many in each block hold it, not on who (as of the groups of
Anatomy: Xiao, Tao, VLDB 2006).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter

from kokemus.cells import Cells, positions

_NEARBY = 128
"""So many kinds of experts are compared each with each; a larger crowd is halved first, so that time grows with N."""


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
        return int(
            "".join("1" * count + "0" * (size - count) for count, size in zip(counts, self.sizes, strict=True)), 2
        )

    def last(self, counts: Sequence[int]) -> int:
        """The same, packed at each block's end."""
        return int(
            "".join("0" * (size - count) + "1" * count for count, size in zip(counts, self.sizes, strict=True)), 2
        )


def divided(cells: Cells, least: int) -> Iterator[int]:
    """The blocks as sets: whoever matches most of all, with those most like them, until at least so many are together.

    Equal experts go together, and ties are broken by what others know, so the order of the crowd does not matter.
    """
    kinds = _kinds(cells)
    todo = [sorted(kinds)]
    while todo:
        part = todo.pop()
        size = sum(kinds[kind].bit_count() for kind in part)
        halves = _halves(part, kinds, size, least) if len(part) > _NEARBY else ()
        if halves:
            todo.extend(halves)
            continue
        while part:
            widest = max(part, key=lambda kind: (kind.bit_count(), kind))
            block = 0
            for kind in sorted(part, key=lambda kind: ((kind ^ widest).bit_count(), kind)):
                if block.bit_count() >= least and size >= least:
                    break
                block |= kinds[kind]
                size -= kinds[kind].bit_count()
            part = [kind for kind in part if not kinds[kind] & block]
            yield block


def _kinds(cells: Cells) -> dict[int, int]:
    """Who is alike: by all that others can know, as a number with a bit for each combination, the experts who match."""
    sets = [
        *(members for _, members in sorted(cells.languages.items())),
        *(members for _, members in sorted(cells.where.items())),
        *(members for _, members in sorted(cells.formats.items())),
        *(members for _, members in sorted(cells.audiences.items())),
        *(
            speaking & going
            for _, speaking in sorted(cells.languages.items())
            for _, going in sorted(cells.where.items())
        ),
    ]
    matched = [0] * cells.everyone.bit_length()
    for number, members in enumerate(sets):
        for member in positions(members):
            matched[member] |= 1 << number
    kinds: dict[int, int] = defaultdict(int)
    for member, kind in enumerate(matched):
        kinds[kind] |= 1 << member
    return kinds


def _halves(part: Sequence[int], kinds: dict[int, int], size: int, least: int) -> tuple[list[int], ...]:
    """A part of the crowd by the combination that comes nearest to dividing it evenly; nothing where none can."""
    matching: dict[int, int] = defaultdict(int)
    for kind in part:
        for number in positions(kind):
            matching[number] += kinds[kind].bit_count()
    number, count = min(matching.items(), key=lambda found: (abs(2 * found[1] - size), found[0]), default=(0, 0))
    if min(count, size - count) < least:
        return ()
    return [kind for kind in part if kind >> number & 1], [kind for kind in part if not kind >> number & 1]
