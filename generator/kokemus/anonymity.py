"""Which statements a crowd may publish, so that nobody can be singled out from them.

k-anonymity over statements of one topic (k^m-anonymity: Terrovitis, Mamoulis, Kalnis, VLDB 2008), with a guard against
homogeneous groups ((h,k,p)-coherence: Xu, Wang, Fu, Yu, KDD 2008), hereditary, searched as an iceberg cube (BUC: Beyer,
Ramakrishnan, SIGMOD 1999); and a swap gate, after crowd-blending (Gehrke et al., CRYPTO 2012), against inference from
several statements at once (Atzori, Bonchi, Giannotti, Pedreschi, VLDB J. 2008).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from kokemus.cells import Cell, Cells, Member, positions
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Parameters:
    """k: least support; d: least number outside the topic in each cell; h: greatest share inside it.

    g: to how many others each holder's topic could be moved unnoticed; c: how many joiners or leavers a change needs.
    """

    k: int
    d: int
    h: float
    g: int
    c: int

    def most(self, size: int) -> int:
        """How many of a cell of so many may hold the topic."""
        return min(size - self.d, floor(Fraction(str(self.h)) * size))


def parameters(size: int, chosen: Mapping[str, float]) -> Parameters:
    """The parameters for a crowd of so many: those that the association chose, safe ones for the rest."""
    k = int(chosen.get("k", 5 if size >= 50 else 3))
    return Parameters(
        k=k,
        d=int(chosen.get("d", 2)),
        h=float(chosen.get("h", 0.8)),
        g=int(chosen.get("g", k - 1 if size >= 15 else 2 * (k - 1))),
        c=int(chosen.get("c", 3 if size >= 50 else 2)),
    )


Step = Callable[[Statement], bool]

LADDER: tuple[Step, ...] = (
    lambda statement: True,
    lambda statement: not statement.format,
    lambda statement: not (statement.format or statement.audience),
    lambda statement: not statement.dimensions,
)
"""What a topic still shows on each step, from all shapes to the topic alone; below it is nothing."""


@dataclass(frozen=True)
class Rule:
    """The rule for one crowd.

    House topics, which the association's own name already says of everybody, need neither guard nor gate: where all
    hold a topic there is nobody to move it to, and nothing to hide.
    """

    cells: Cells
    parameters: Parameters
    house_topics: frozenset[str] = frozenset()

    def most(self, cell: Cell) -> int:
        """How many of the cell's members may hold the topic."""
        size = cell.members.bit_count()
        return size if cell.statement.topic in self.house_topics else self.parameters.most(size)

    def passes(self, cell: Cell) -> bool:
        """Support and guard of the cell itself.

        Support counts offer by offer; the guard counts everybody in the cell who holds the topic in whatever format
        or for whatever audience, which is the stricter of the two readings.
        """
        return cell.support.bit_count() >= self.parameters.k and cell.holders.bit_count() <= self.most(cell)

    def publishable(self, topic: str) -> frozenset[Statement]:
        """The topic's statements on the highest step of the ladder that the swap gate lets through."""
        passing = self.passing(topic)
        for step in LADDER:
            shown = frozenset(filter(step, passing))
            if shown and (topic in self.house_topics or self.swaps(topic, shown, step) >= self.parameters.g):
                return shown
        return frozenset()

    def passing(self, topic: str) -> frozenset[Statement]:
        """The topic's statements with support and guard, and all their generalisations, before the gate."""
        return frozenset(cell.statement for cell in self.cells.below(topic, self.passes) if self.passes(cell))

    def swaps(self, topic: str, shown: frozenset[Statement], step: Step = LADDER[0]) -> int:
        """The least number of others to whom a holder's topic could be moved with the same publication."""
        return min((count for _, count in self.swap_counts(topic, shown, step)), default=0)

    def swap_counts(self, topic: str, shown: frozenset[Statement], step: Step = LADDER[0]) -> Iterator[tuple[int, int]]:
        """For each holder, by position, to how many others the topic could be moved with the same publication.

        When the topic moves from i to j, j offers it to those audiences and in those formats of i's that j has too.
        A closed form, no search: each cell at one of its bounds keeps, for the holders whose leaving it would show,
        only those others who make up for it. Cells below an unpublished one do not matter.
        """
        outside = self.cells.everyone & ~self.cells.topics.get(topic, 0)
        bounds = [
            bound
            for cell in self.cells.below(topic, lambda cell: cell.statement in shown)
            if step(cell.statement)
            for bound in self._bounds(cell, cell.statement in shown)
        ]
        width = (self.cells.everyone.bit_length() + 7) // 8
        tests = [(leaving.to_bytes(width, "little"), kept) for leaving, kept in bounds]
        known: dict[tuple[bool, ...], int] = {}
        for holder in positions(self.cells.topics.get(topic, 0)):
            at, bit = holder >> 3, 1 << (holder & 7)
            touched = tuple(bool(leaving[at] & bit) for leaving, _ in tests)
            if touched not in known:
                others = outside
                for touches, (_, kept) in zip(touched, tests, strict=True):
                    if touches:
                        others &= kept
                known[touched] = others.bit_count()
            yield holder, known[touched]

    def _bounds(self, cell: Cell, shown: bool) -> Iterator[tuple[int, int]]:
        """For a cell at a bound: the holders whose topic must not leave or enter it, and the others it may go to."""
        holders = self.cells.topics.get(cell.statement.topic, 0)
        support, inside, most = cell.support.bit_count(), cell.holders.bit_count(), self.most(cell)
        by_offer = bool(cell.statement.format or cell.statement.audience)
        if shown != self.passes(cell):
            return
        if shown:
            if support == self.parameters.k:
                yield cell.support, cell.members
            if inside == most:
                yield holders & ~cell.members, ~cell.members
        elif inside <= most:
            if support == self.parameters.k - 1 and inside < most and not by_offer:
                yield holders & ~cell.members, ~cell.members
        elif inside == most + 1 and support >= self.parameters.k:
            staying = cell.holders if support > self.parameters.k else cell.holders & ~cell.support
            yield staying, cell.members


def publishable(
    crowd: Sequence[Member], chosen: Parameters, vocabulary: Vocabulary, house_topics: frozenset[str] = frozenset()
) -> frozenset[Statement]:
    """Every statement that may be published of a crowd, with all its generalisations."""
    rule = Rule(Cells.of(crowd, vocabulary), chosen, house_topics)
    return frozenset(
        statement for topic in vocabulary.topics if topic in rule.cells.topics for statement in rule.publishable(topic)
    )
