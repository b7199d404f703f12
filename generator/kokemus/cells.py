"""Cells: for each combination that others can know of people, who matches it, and who of them holds a topic.

Sets of members are integers, bit i for the i-th member, so that a thousand of them are compared in one step.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kokemus.statement import Statement
from kokemus.vocabulary import EVERYWHERE, REMOTE, Vocabulary

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Member:
    """An expert as the crowd sees one: no code, no name, no day.

    ``formats`` and ``audiences`` are pairs with the topic they are offered for; ``where`` holds every node that
    matches.
    """

    topics: frozenset[str]
    languages: frozenset[str]
    where: frozenset[str]
    formats: frozenset[tuple[str, str]]
    audiences: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A statement with its sets: ``members`` match all but the topic (E_q), ``holders`` of them have the topic at all
    (X_t ∩ E_q), ``support`` of those match the whole statement, offer by offer."""

    statement: Statement
    members: int
    holders: int
    support: int

    @property
    def size(self) -> int:
        """How many match all but the topic."""
        return self.members.bit_count()

    @property
    def inside(self) -> int:
        """How many of them have the topic at all."""
        return self.holders.bit_count()

    @property
    def offering(self) -> int:
        """How many match the whole statement."""
        return self.support.bit_count()


@dataclass(frozen=True, slots=True)
class Cells:
    """Who matches what, in a whole crowd."""

    everyone: int
    topics: Mapping[str, int]
    languages: Mapping[str, int]
    where: Mapping[str, int]
    formats: Mapping[str, int]
    audiences: Mapping[str, int]
    offered_formats: Mapping[str, Mapping[str, int]]
    offered_audiences: Mapping[str, Mapping[str, int]]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, crowd: Sequence[Member], vocabulary: Vocabulary) -> "Cells":
        """The cells of a crowd; places that the site does not show have none."""
        shown = vocabulary.served | {REMOTE}
        formats = _sets(member.formats for member in crowd)
        audiences = _sets(member.audiences for member in crowd)
        return cls(
            everyone=(1 << len(crowd)) - 1,
            topics=_sets(member.topics for member in crowd),
            languages=_sets(member.languages for member in crowd),
            where=_sets(member.where & shown for member in crowd),
            formats=_for_any_topic(formats),
            audiences=_for_any_topic(audiences),
            offered_formats=_by_topic(formats),
            offered_audiences=_by_topic(audiences),
            vocabulary=vocabulary,
        )

    def members(self, statement: Statement) -> int:
        """Everybody who matches a statement but for its topic."""
        found = self.everyone
        if statement.language:
            found &= self.languages.get(statement.language, 0)
        if statement.where:
            found &= self.where.get(statement.where, 0)
        if statement.format:
            found &= self.formats.get(statement.format, 0)
        if statement.audience:
            found &= self.audiences.get(statement.audience, 0)
        return found

    def cell(self, statement: Statement) -> Cell:
        """One statement with its sets."""
        members, holders = self.members(statement), self.topics.get(statement.topic, 0)
        support = members & holders
        if statement.format:
            support &= self.offered_formats.get(statement.topic, {}).get(statement.format, 0)
        if statement.audience:
            support &= self.offered_audiences.get(statement.topic, {}).get(statement.audience, 0)
        return Cell(statement, members, members & holders, support)

    def combinations(self, least: int) -> Iterator[tuple[Statement, int]]:
        """Every combination of the published shapes that at least so many match, with those who do."""
        yield Statement(""), self.everyone
        for language, members in self.languages.items():
            yield from _enough(Statement("", language=language), members, least)
        for where, members in self.where.items():
            yield from _enough(Statement("", where=where), members, least)
            for language, speaking in self.languages.items():
                yield from _enough(Statement("", language=language, where=where), members & speaking, least)
        for audience, members in self.audiences.items():
            yield from _enough(Statement("", audience=audience), members, least)
        for format, members in self.formats.items():
            yield from _enough(Statement("", format=format), members, least)

    def shown(self, topic: str, least: int, passes: Callable[[Cell], bool]) -> Iterator[Cell]:
        """Every cell of a topic that passes together with all its generalisations, coarsest first.

        That is the search of an iceberg cube: nothing without the least support is looked at more closely, and nothing
        at all below a cell that is not shown.
        """
        holders = self.topics.get(topic, 0)

        def judged(members: int, offering: int | None = None, **values: str) -> Cell | None:
            inside = members & holders
            support = inside if offering is None else offering
            if support.bit_count() < least:
                return None
            cell = Cell(Statement(topic, **values), members, inside, support)
            return cell if passes(cell) else None

        def descend(where: str, above: Iterable[str]) -> Iterator[Cell]:
            going = self.where.get(where, 0)
            if not (here := judged(going, where=where)):
                return
            yield here
            crossed = {
                language: cell
                for language in above
                if (cell := judged(going & self.languages[language], language=language, where=where))
            }
            yield from crossed.values()
            for nearer in self.vocabulary.children(where):
                yield from descend(nearer, crossed)

        if not (whole := judged(self.everyone)):
            return
        yield whole
        if self.vocabulary.topics[topic].topic_only:
            return
        spoken = {
            language: cell
            for language, members in self.languages.items()
            if (cell := judged(members, language=language))
        }
        yield from spoken.values()
        yield from descend(REMOTE, spoken)
        yield from descend(EVERYWHERE, spoken)
        for audience, support in self.offered_audiences.get(topic, {}).items():
            if offered := judged(self.audiences[audience], support, audience=audience):
                yield offered
        for format, support in self.offered_formats.get(topic, {}).items():
            if offered := judged(self.formats[format], support, format=format):
                yield offered


def positions(members: int) -> Iterator[int]:
    """The positions of a set's members, from the last to the first."""
    row = format(members, "b")
    last = len(row) - 1
    at = row.find("1")
    while at >= 0:
        yield last - at
        at = row.find("1", at + 1)


def _enough(combination: Statement, members: int, least: int) -> Iterator[tuple[Statement, int]]:
    if members.bit_count() >= least:
        yield combination, members


def _for_any_topic(pairs: Mapping[tuple[str, str], int]) -> Mapping[str, int]:
    found: dict[str, int] = defaultdict(int)
    for (_, value), members in pairs.items():
        found[value] |= members
    return dict(found)


def _by_topic(pairs: Mapping[tuple[str, str], int]) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (topic, value), members in sorted(pairs.items()):
        found[topic][value] = members
    return found


def _sets(keys: Iterable[Iterable[Key]]) -> dict[Key, int]:
    """For each key the set of the positions at which it occurs."""
    found: dict[Key, list[int]] = defaultdict(list)
    for position, occurring in enumerate(keys):
        for key in occurring:
            found[key].append(position)
    return {key: bits(at) for key, at in found.items()}


def bits(positions: Sequence[int]) -> int:
    """The set of these positions."""
    octets = bytearray(max(positions, default=0) // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")
