"""Invented crowds, independent and correlated, for those who attack them."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kokemus.anonymity import Rule
from kokemus.cells import Cells, Member
from kokemus.parameters import Parameters
from kokemus.profile import where
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary, load

LAPLAND = load()[0].serving(["lappi"])
NEARBY = LAPLAND.serving(["kemi-tornio"])
GROUPS = (("depression", "anxiety", "recovery"), ("loneliness", "peer-support", "hope"))
TOPICS = tuple(topic for group in GROUPS for topic in group)
_FORMATS = ("class-talk", "panel", "public-lecture")
_AUDIENCES = ("upper-secondary", "patients", "workplaces")
_HOMES = ("kemi", "tornio", "rovaniemi")
_PLACES = (*_HOMES, "kemi-tornio", "lappi")


def publishable(
    crowd: Sequence[Member], chosen: Parameters, vocabulary: Vocabulary, house_topics: frozenset[str] = frozenset()
) -> frozenset[Statement]:
    """Every statement that may be published of a crowd."""
    return Rule(Cells.of(crowd, vocabulary), chosen, house_topics).statements()


def crowd(size: int, seed: int, correlated: bool, vocabulary: Vocabulary = LAPLAND) -> tuple[Member, ...]:
    """So many invented experts, each offering every topic in all their formats and for all their audiences.

    Correlated: topics of a group go together, the language and the other places go with the home town.
    """
    drawn = random.Random(seed)

    def some(values: Sequence[str], share: float) -> list[str]:
        return [value for value in values if drawn.random() < share]

    def member() -> Member:
        if correlated:
            own, other = drawn.sample(GROUPS, 2)
            home = drawn.choice(_HOMES)
            topics = some(own, 0.75) + some(other, 0.1)
            languages = ["fi", *some(("sv",), 0.8 if home == "tornio" else 0.1)]
            places = [home, *some(_PLACES, 0.15)]
        else:
            topics = some(TOPICS, 0.4)
            languages = some(("fi",), 0.9) + some(("sv",), 0.4)
            places = some(_PLACES, 0.35)
        topics = topics or [drawn.choice(TOPICS)]
        formats, audiences = some(_FORMATS, 0.6) or [drawn.choice(_FORMATS)], some(_AUDIENCES, 0.6)
        return Member(
            topics=frozenset(topics),
            languages=frozenset(languages or ["fi"]),
            where=where(places, drawn.random() < 0.5, vocabulary),
            formats=frozenset((topic, format) for topic in topics for format in formats),
            audiences=frozenset((topic, audience) for topic in topics for audience in audiences),
        )

    return tuple(member() for _ in range(size))


def choosy(members: Sequence[Member], seed: int) -> tuple[Member, ...]:
    """The same experts offering with each topic only some of what they do, each thing with one topic at least."""
    drawn = random.Random(seed)

    def chosen(pairs: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        kept = {value: (topic, value) for topic, value in drawn.sample(sorted(pairs), len(pairs))}
        return frozenset(pair for pair in sorted(pairs) if pair in kept.values() or drawn.random() < 0.6)

    return tuple(
        replace(member, formats=chosen(member.formats), audiences=chosen(member.audiences)) for member in members
    )


def speaking(*groups: tuple[int, str, str]) -> tuple[Member, ...]:
    """So many members with the languages and the topic of each group, alike in all else, for the smallest cases."""
    return tuple(
        Member(frozenset({topic}), frozenset(languages.split()), frozenset(), frozenset(), frozenset())
        for number, languages, topic in groups
        for _ in range(number)
    )


def holding(cells: Cells, topic: str, world: int, offered: frozenset[Statement] | None = None) -> Cells:
    """The cells as they are in a world: the topic with others, who does what and where unchanged.

    The holders offer the topic in all their formats and for all their audiences, or in those of some combinations only.
    """

    def offers(kind: str, known: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        wanted = {value for value in known if offered is None or Statement("", **{kind: value}) in offered}
        return {topic: {value: world & members for value, members in known.items() if value in wanted}}

    return replace(
        cells,
        topics={topic: world},
        offered_formats=offers("format", cells.formats),
        offered_audiences=offers("audience", cells.audiences),
    )
