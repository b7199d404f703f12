"""Cells: for each combination that others can know of people, who matches it, and who of them holds a topic.

Sets of members are integers, bit i for the i-th member, so that a thousand of them are compared in one step.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
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


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Who match all of a statement but its topic (E_q), and how many they are; one for all topics."""

    members: int
    size: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A statement with its sets: of the ``group``, ``holders`` have the topic at all (X_t ∩ E_q), ``support`` of those
    match the whole statement, offer by offer; ``inside`` and ``offering`` say how many these are."""

    statement: Statement
    group: Group
    holders: int
    support: int
    inside: int
    offering: int


@dataclass(frozen=True)
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
        formats = _sets([member.formats for member in crowd])
        audiences = _sets([member.audiences for member in crowd])
        return cls(
            everyone=(1 << len(crowd)) - 1,
            topics=_sets([member.topics for member in crowd]),
            languages=_sets([member.languages for member in crowd]),
            where=_sets([member.where & shown for member in crowd]),
            formats=_for_any_topic(formats),
            audiences=_for_any_topic(audiences),
            offered_formats=_by_topic(formats),
            offered_audiences=_by_topic(audiences),
            vocabulary=vocabulary,
        )

    def group(self, language: str = "", where: str = "", audience: str = "", format: str = "") -> Group:
        """Everybody who matches these."""
        key = language, where, audience, format
        if found := self._groups.get(key):
            return found
        members = self.everyone
        if language:
            members &= self.languages.get(language, 0)
        if where:
            members &= self.where.get(where, 0)
        if audience:
            members &= self.audiences.get(audience, 0)
        if format:
            members &= self.formats.get(format, 0)
        found = self._groups[key] = self._counted(members)
        return found

    @cached_property
    def _groups(self) -> dict[tuple[str, ...], Group]:
        """What was looked up before."""
        return {}

    @cached_property
    def _counted(self) -> Callable[[int], Group]:
        """The group of a set, the same for all that name it."""
        return cache(lambda members: Group(members, members.bit_count()))

    def cell(self, statement: Statement) -> Cell:
        """One statement with its sets."""
        group = self.group(**statement.dimensions)
        support = holders = group.members & self.topics.get(statement.topic, 0)
        if statement.format:
            support &= self.offered_formats.get(statement.topic, {}).get(statement.format, 0)
        if statement.audience:
            support &= self.offered_audiences.get(statement.topic, {}).get(statement.audience, 0)
        return Cell(statement, group, holders, support, holders.bit_count(), support.bit_count())

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

        def judged(group: Group, offers: int | None = None, **values: str) -> Cell | None:
            if group.size < least:
                return None
            held = group.members & holders
            support = held if offers is None else offers
            if (offering := support.bit_count()) < least:
                return None
            inside = offering if offers is None else held.bit_count()
            cell = Cell(Statement(topic, **values), group, held, support, inside, offering)
            return cell if passes(cell) else None

        if not (whole := judged(self.group())):
            return
        yield whole
        if self.vocabulary.topics[topic].topic_only:
            return
        spoken = {
            language: cell for language in self.languages if (cell := judged(self.group(language), language=language))
        }
        yield from spoken.values()
        todo = [(REMOTE, spoken), (EVERYWHERE, spoken)]
        while todo:
            where, above = todo.pop()
            if not (here := judged(self.group(where=where), where=where)):
                continue
            yield here
            crossed = {
                language: cell
                for language in above
                if (cell := judged(self.group(language, where), language=language, where=where))
            }
            yield from crossed.values()
            todo.extend((nearer, crossed) for nearer in self.vocabulary.children(where) if nearer in self.where)
        for audience, support in self.offered_audiences.get(topic, {}).items():
            if offered := judged(self.group(audience=audience), support, audience=audience):
                yield offered
        for format, support in self.offered_formats.get(topic, {}).items():
            if offered := judged(self.group(format=format), support, format=format):
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
    for (topic, value), members in pairs.items():
        found[topic][value] = members
    return found


def _sets(keys: Sequence[Iterable[Key]]) -> dict[Key, int]:
    """For each key the set of the positions at which it occurs."""
    found: dict[Key, bytearray] = defaultdict(partial(bytearray, len(keys) // 8 + 1))
    for position, occurring in enumerate(keys):
        octet, bit = position >> 3, 1 << (position & 7)
        for key in occurring:
            found[key][octet] |= bit
    return {key: int.from_bytes(octets, "little") for key, octets in found.items()}


def bits(positions: Sequence[int]) -> int:
    """The set of these positions."""
    octets = bytearray(max(positions, default=0) // 8 + 1)
    for position in positions:
        octets[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(octets, "little")
