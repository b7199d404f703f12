"""Which statements a crowd may publish, so that nobody can be singled out from them.

k-anonymity over statements of one topic (k^m-anonymity: Terrovitis, Mamoulis, Kalnis, VLDB 2008), with a guard against
homogeneous groups ((h,k,p)-coherence: Xu, Wang, Fu, Yu, KDD 2008), hereditary, searched as an iceberg cube (BUC: Beyer,
Ramakrishnan, SIGMOD 1999); and a swap gate, after crowd-blending (Gehrke et al., CRYPTO 2012), against inference from
several statements at once (Atzori, Bonchi, Giannotti, Pedreschi, VLDB J. 2008).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import NamedTuple

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
        numerator, denominator = _as_typed(self.h)
        return min(size - self.d, size * numerator // denominator)


@cache
def _as_typed(share: float) -> tuple[int, int]:
    """0.8 as four fifths, not as the binary number nearest to it."""
    return Fraction(str(share)).as_integer_ratio()


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


class Bound(NamedTuple):
    """A cell whose count stands where one more or one less would show: when a topic moves away from one of ``leaving``,
    nothing changes there if it goes to one of ``kept``."""

    statement: Statement
    leaving: int
    kept: int


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
        return cell.size if cell.statement.topic in self.house_topics else self.parameters.most(cell.size)

    def passes(self, cell: Cell) -> bool:
        """Support and guard of the cell itself.

        Support counts offer by offer; the guard counts everybody in the cell who holds the topic in whatever format
        or for whatever audience, which is the stricter of the two readings.
        """
        return cell.offering >= self.parameters.k and cell.inside <= self.most(cell)

    def publishable(self, topic: str) -> frozenset[Statement]:
        """The topic's statements on the highest step of the ladder that the swap gate lets through.

        The gate does not ask whether the crowd after a swap would pass it on the same step. Who knows the rule and all
        that others can know of everybody can therefore sometimes tell from a coarsened topic who holds it; how often
        is measured in ``tests/promises/test_2_anonymity.py``.
        """
        passing, bounds = self._search(topic, self.passes)
        for step in LADDER:
            shown = frozenset(filter(step, passing))
            if shown and (topic in self.house_topics or self._least(topic, bounds, step) >= self.parameters.g):
                return shown
        return frozenset()

    def passing(self, topic: str) -> frozenset[Statement]:
        """The topic's statements with support and guard, and all their generalisations, before the gate."""
        return frozenset(cell.statement for cell, passes in self.cells.below(topic, self.passes) if passes)

    def swaps(self, topic: str, shown: frozenset[Statement], step: Step = LADDER[0]) -> int:
        """The least number of others to whom a holder's topic could be moved with the same publication."""
        return self._least(topic, self._search(topic, lambda cell: cell.statement in shown)[1], step)

    def swap_counts(self, topic: str, shown: frozenset[Statement], step: Step = LADDER[0]) -> Iterator[tuple[int, int]]:
        """For each holder, by position, to how many others the topic could be moved with the same publication.

        When the topic moves from i to j, j offers it to those audiences and in those formats of i's that j has too.
        A closed form, no search: each cell at one of its bounds keeps, for the holders whose leaving it would show,
        only those others who make up for it. Cells below an unpublished one do not matter.
        """
        return self._swap_counts(topic, self._search(topic, lambda cell: cell.statement in shown)[1], step)

    def _search(self, topic: str, shown: Callable[[Cell], bool]) -> tuple[frozenset[Statement], Sequence[Bound]]:
        """The topic's statements that are shown, and the bounds at which cells stand."""
        found: list[Statement] = []
        bounds: list[Bound] = []
        for cell, is_shown in self.cells.below(topic, shown):
            if is_shown:
                found.append(cell.statement)
            bounds.extend(self._bounds(cell, is_shown))
        return frozenset(found), bounds

    def _least(self, topic: str, bounds: Sequence[Bound], step: Step) -> int:
        """The least swap count, 0 where nobody holds the topic; after a first 0 no other holder is looked at."""
        least = None
        for _, count in self._swap_counts(topic, bounds, step):
            least = count if least is None else min(least, count)
            if not least:
                break
        return least or 0

    def _swap_counts(self, topic: str, bounds: Sequence[Bound], step: Step) -> Iterator[tuple[int, int]]:
        """Most holders are touched by the same bounds; who differs from that, and where, is looked up one by one."""
        holders = self.cells.topics.get(topic, 0)
        others = self.cells.everyone ^ holders
        bounds = [bound for bound in bounds if step(bound.statement)]
        usual, unusual = 0, 0
        differs: dict[int, int] = {}
        for number, (_, leaving, _) in enumerate(bounds):
            if 2 * leaving.bit_count() > holders.bit_count():
                usual |= 1 << number
                leaving ^= holders
            unusual |= leaving
            for holder in positions(leaving):
                differs[holder] = differs.get(holder, 0) | 1 << number
        known: dict[int, int] = {}
        for holder in chain(differs, positions(holders & ~unusual)):
            touched = usual ^ differs.get(holder, 0)
            if touched not in known:
                left = others
                for number in positions(touched):
                    left &= bounds[number].kept
                known[touched] = left.bit_count()
            yield holder, known[touched]

    def _bounds(self, cell: Cell, shown: bool) -> Iterator[Bound]:
        """For a cell at a bound: the holders whose topic must not leave or enter it, and the others it may go to."""
        holders = self.cells.topics.get(cell.statement.topic, 0)
        support, inside, most = cell.offering, cell.inside, self.most(cell)
        by_offer = bool(cell.statement.format or cell.statement.audience)
        if shown != (support >= self.parameters.k and inside <= most):
            return
        outside = self.cells.everyone ^ cell.members
        if shown:
            if support == self.parameters.k:
                yield Bound(cell.statement, cell.support, cell.members)
            if inside == most:
                yield Bound(cell.statement, holders & outside, outside)
        elif inside <= most:
            if support == self.parameters.k - 1 and inside < most and not by_offer:
                yield Bound(cell.statement, holders & outside, outside)
        elif inside == most + 1 and support >= self.parameters.k:
            staying = cell.holders if support > self.parameters.k else cell.holders & ~cell.support
            yield Bound(cell.statement, staying, cell.members)


def publishable(
    crowd: Sequence[Member], chosen: Parameters, vocabulary: Vocabulary, house_topics: frozenset[str] = frozenset()
) -> frozenset[Statement]:
    """Every statement that may be published of a crowd, with all its generalisations."""
    rule = Rule(Cells.of(crowd, vocabulary), chosen, house_topics)
    return frozenset(
        statement for topic in vocabulary.topics if topic in rule.cells.topics for statement in rule.publishable(topic)
    )
