"""Which statements a crowd may publish, so that nobody can be singled out from them.

k-anonymity over statements of one topic (k^m-anonymity: Terrovitis, Mamoulis, Kalnis, VLDB 2008), with a guard
against homogeneous groups ((h,k,p)-coherence: Xu, Wang, Fu, Yu, KDD 2008), hereditary: a statement is publishable
only when all its generalisations are. The search is that of an iceberg cube, coarsest cells first, so that nothing
below an unpublishable cell is looked at (BUC: Beyer, Ramakrishnan, SIGMOD 1999).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import TypeVar

from kokemus.statement import Statement
from kokemus.vocabulary import EVERYWHERE, REMOTE, Vocabulary

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Member:
    """An expert as the crowd sees one: no code, no name, no day.

    ``formats`` and ``audiences`` are pairs with the topic they are offered for; ``where`` holds
    every node that matches.
    """

    topics: frozenset[str]
    languages: frozenset[str]
    where: frozenset[str]
    formats: frozenset[tuple[str, str]]
    audiences: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Parameters:
    """k: least support; d: least number outside the topic in each cell; h: greatest share inside it.

    g and c belong to the swap gate and to editions: how many others a topic could be moved to, and how many joiners
    or leavers a change needs.
    """

    k: int
    d: int
    h: float
    g: int
    c: int


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


def publishable(
    crowd: Sequence[Member],
    rule: Parameters,
    vocabulary: Vocabulary,
    house_topics: frozenset[str] = frozenset(),
) -> frozenset[Statement]:
    """Every statement with enough support and a guarded cell, and whose generalisations are all publishable too.

    House topics, which the association's own name already says, need no guard.
    """
    cells = _Cells.of(crowd, vocabulary)
    return frozenset(
        statement
        for topic in vocabulary.topics
        if topic in cells.topics
        for statement in _topic(topic, cells, rule, vocabulary, guarded=topic not in house_topics)
    )


def _topic(
    topic: str, cells: "_Cells", rule: Parameters, vocabulary: Vocabulary, *, guarded: bool
) -> Iterator[Statement]:
    holders = cells.topics[topic]

    def passes(cell: int, supporters: int) -> bool:
        if supporters.bit_count() < rule.k:
            return False
        size, inside = cell.bit_count(), (cell & holders).bit_count()
        return not guarded or (size - inside >= rule.d and inside <= floor(rule.h * size + 1e-9))

    if not passes(cells.everyone, holders):
        return
    yield Statement(topic)
    if vocabulary.topics[topic].facts.get("topic_only") == "True":
        return
    languages = [id for id, cell in cells.languages.items() if passes(cell, cell & holders)]
    for language in languages:
        yield Statement(topic, language=language)

    def descend(where: str, above: Sequence[str]) -> Iterator[Statement]:
        place = cells.where.get(where, 0)
        if not passes(place, place & holders):
            return
        yield Statement(topic, where=where)
        crossed = [id for id in above if passes(cell := place & cells.languages[id], cell & holders)]
        for language in crossed:
            yield Statement(topic, language=language, where=where)
        for below in vocabulary.children(where):
            yield from descend(below, crossed)

    yield from descend(REMOTE, languages)
    yield from descend(EVERYWHERE, languages)
    yield from (
        Statement(topic, audience=audience)
        for (offered, audience), supporters in cells.offered_audiences.items()
        if offered == topic and passes(cells.audiences[audience], supporters)
    )
    yield from (
        Statement(topic, format=format)
        for (offered, format), supporters in cells.offered_formats.items()
        if offered == topic and passes(cells.formats[format], supporters)
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    """Who matches what, as sets of members: bit i stands for the i-th member."""

    everyone: int
    topics: Mapping[str, int]
    languages: Mapping[str, int]
    where: Mapping[str, int]
    formats: Mapping[str, int]
    audiences: Mapping[str, int]
    offered_formats: Mapping[tuple[str, str], int]
    offered_audiences: Mapping[tuple[str, str], int]

    @classmethod
    def of(cls, crowd: Sequence[Member], vocabulary: Vocabulary) -> "_Cells":
        """The cells of a crowd; places that the site does not show have none."""
        shown = vocabulary.served | {REMOTE}
        return cls(
            everyone=(1 << len(crowd)) - 1,
            topics=_sets(member.topics for member in crowd),
            languages=_sets(member.languages for member in crowd),
            where=_sets(member.where & shown for member in crowd),
            formats=_sets({format for _, format in member.formats} for member in crowd),
            audiences=_sets({audience for _, audience in member.audiences} for member in crowd),
            offered_formats=_sets(member.formats for member in crowd),
            offered_audiences=_sets(member.audiences for member in crowd),
        )


def _sets(keys: Iterable[Iterable[Key]]) -> dict[Key, int]:
    """For each key the set of the positions at which it occurs, as the bits of an integer."""
    positions: dict[Key, list[int]] = defaultdict(list)
    for position, found in enumerate(keys):
        for key in found:
            positions[key].append(position)
    return {key: _bits(found) for key, found in positions.items()}


def _bits(positions: Sequence[int]) -> int:
    octets = bytearray(positions[-1] // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")
