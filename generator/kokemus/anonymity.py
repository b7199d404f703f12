"""Which statements a crowd may publish, so that nobody can be singled out from them.

k-anonymity over statements of one topic (k^m-anonymity: Terrovitis, Mamoulis, Kalnis, VLDB 2008), with a guard against
homogeneous groups ((h,k,p)-coherence: Xu, Wang, Fu, Yu, KDD 2008), hereditary, searched as an iceberg cube (BUC: Beyer,
Ramakrishnan, SIGMOD 1999).

Several such statements together can still single somebody out (Atzori, Bonchi, Giannotti, Pedreschi, VLDB J. 2008). So
a statement counts only if it holds *whichever* members of each block of alike experts hold the topic: who blends with
g others can be exchanged for any of them (crowd-blending: Gehrke et al., CRYPTO 2012). What is published of a topic is
then a function of how many in each block hold it, where a block with no more than g others counts as full. Therefore,
whoever holds it, and whatever else is known of everybody, some world in which they do not gives the same publication:
in a block with g others or more, one of these holds it instead; in one with fewer, they simply do not.

The design asked for a *gate* instead: count, for each holder, to whom the topic could move without a change of the
statements that have support and guard, and coarsen a topic until there are g. That gate leaks: the crowd after a move
need not pass it on the same step, so a coarsened topic is itself a sign. Measured on 20 crowds of 8, an insider who
knew the gate was certain of 0.2 % of pairs; here it is 0 by construction, and small crowds show several times as much.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from kokemus.blocks import Blocks
from kokemus.cells import Cell, Cells, Group
from kokemus.parameters import Parameters
from kokemus.statement import Statement


@dataclass(frozen=True)
class Rule:
    """The rule for one crowd.

    House topics, which the association's own name already says of everybody, need support alone: where all hold a
    topic there is nobody to blend with, and nothing to hide.
    """

    cells: Cells
    parameters: Parameters
    house_topics: frozenset[str] = frozenset()

    @cached_property
    def blocks(self) -> Blocks:
        """The crowd in blocks of alike experts."""
        return Blocks.of(self.cells, self.parameters.block)

    def most(self, cell: Cell) -> int:
        """How many of the cell's members may hold the topic."""
        size = cell.group.size
        return size if cell.statement.topic in self.house_topics else self.parameters.most(size)

    def passes(self, cell: Cell) -> bool:
        """Support and guard of the cell itself.

        Support counts offer by offer; the guard counts everybody in the cell who holds the topic in whatever format
        or for whatever audience, which is the stricter of the two readings.
        """
        return cell.offering >= self.parameters.k and cell.inside <= self.most(cell)

    def passing(self, topic: str) -> frozenset[Statement]:
        """The topic's statements with support and guard, and all their generalisations."""
        return frozenset(cell.statement for cell in self.cells.shown(topic, self.parameters.k, self.passes))

    def statements(self) -> frozenset[Statement]:
        """Every statement that may be published of the crowd, with all its generalisations."""
        topics = (topic for topic in self.cells.vocabulary.topics if topic in self.cells.topics)
        return frozenset(statement for topic in topics for statement in self.publishable(topic))

    def publishable(self, topic: str) -> frozenset[Statement]:
        """The topic's statements with support and guard whichever members of each block hold it.

        A block that has only g others left, or fewer, counts as one that may be full; where that leaves nothing and
        none has fewer, it counts as it is.
        """
        if topic in self.house_topics:
            return self.passing(topic)
        sizes, g = self.blocks.sizes, self.parameters.g
        held = self.blocks.counts(self.cells.topics.get(topic, 0))
        capped = {block: min(count, max(0, sizes[block] - g)) for block, count in held.items()}
        filled = {block: sizes[block] if count >= sizes[block] - g else count for block, count in held.items()}
        return self._blending(topic, capped, filled) or (
            self._blending(topic, held, held) if capped == held else frozenset()
        )

    def _blending(self, topic: str, fewest: Mapping[int, int], most: Mapping[int, int]) -> frozenset[Statement]:
        known = _Known(fewest, self.blocks.first(fewest), self.blocks.first(most))
        blending = self.cells.shown(
            topic, self.parameters.k, lambda cell: self.passes(cell) and self._blends(cell, known)
        )
        return frozenset(cell.statement for cell in blending)

    def _blends(self, cell: Cell, known: "_Known") -> bool:
        """Whether the cell has support and guard for whichever members of each block.

        In a format or for an audience, no more of a block support a statement than really offer it: whoever takes a
        holder's place can offer the same.
        """
        members = self._packed(cell.group)
        if cell.support is cell.holders:
            least = (known.packed_fewest & members.last).bit_count()
        else:
            least = sum(1 for _ in islice(self._sure(cell, known, members), self.parameters.k))
        return least >= self.parameters.k and (known.packed_most & members.first).bit_count() <= self.most(cell)

    def _sure(self, cell: Cell, known: "_Known", members: "_Packed") -> Iterator[int]:
        """The block of each who supports the cell, of no more in a block than surely hold the topic and match."""
        found: Counter[int] = Counter()
        for block in self.blocks.of_each(cell.support):
            found[block] += 1
            if found[block] <= known.fewest[block] + members.counts[block] - self.blocks.sizes[block]:
                yield block

    def _packed(self, group: Group) -> "_Packed":
        found = self._packings.get(group)
        if not found:
            counts = self.blocks.counts(group.members)
            found = self._packings[group] = _Packed(counts, self.blocks.first(counts), self.blocks.last(counts))
        return found

    @cached_property
    def _packings(self) -> dict[Group, "_Packed"]:
        """What was packed before; the same for every topic."""
        return {}


@dataclass(frozen=True, slots=True)
class _Known:
    """Of a topic's holders: how many each block has at least, and packed that many and as many as it has at most."""

    fewest: Mapping[int, int]
    packed_fewest: int
    packed_most: int


@dataclass(frozen=True, slots=True)
class _Packed:
    """Of a cell's members: how many each block has, and packed at either end."""

    counts: Mapping[int, int]
    first: int
    last: int
