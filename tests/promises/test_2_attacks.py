"""Promise 2: attacks that made an insider certain of named people in version 1, and what they achieve now.

Version 1 also published a topic in combination with what others know of people, once three matching people held it. It
followed changes once three matching people had come or left. The insider knows everything but the topics, and rules out
every world that would have published something else.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain, combinations, pairwise

import numpy as np
import pytest

from kokemus import anonymity
from kokemus.anonymity import Edition, Member, Parameters
from kokemus.documents import parser
from kokemus.experts import consent, profile
from kokemus.vocabulary import Vocabulary
from tests.oracles.insider import Way, alike, believe, every_story
from tests.rigs import profiles

World = frozenset[str]
TOPIC = frozenset([0])
OLD, NEW = frozenset("abcdefgh"), frozenset("xyz")
A_YEAR = date(2026, 3, 1), date(2027, 3, 1)


def worlds(people: World) -> Iterator[World]:
    """All possible sets of people who hold the topic."""
    return map(frozenset, chain.from_iterable(combinations(sorted(people), size) for size in range(len(people) + 1)))


def certain(people: World, published: Callable[[World], object], truth: World) -> World:
    """The people of whom the insider is certain that they hold the topic."""
    return frozenset.intersection(*(world for world in worlds(people) if published(world) == published(truth)))


def combined(holders: World, groups: Mapping[str, World]) -> World:
    """The rule of version 1: the values in combination with which the topic is published."""
    return frozenset(value for value, members in groups.items() if len(holders & members) >= 3)


def surest(*presences: tuple[int, tuple[bool, ...]]) -> float:
    """The highest certainty that the insider can reach now, whatever is published, if one in ten holds the topic.

    Each pair is a number of experts and the looks at which they are all present.
    """
    way = Way(items=(TOPIC,))
    kinds = [alike(size, presence, (0.1,), (TOPIC,)) for size, presence in presences]
    stories = every_story(way, len(presences[0][1]))
    belief = believe(way, kinds, np.zeros((*stories.shape, 1), dtype=np.int64), stories)
    return max(float(posterior.max()) for posterior in belief.sure)


def crowd(size: int, admitted: date = A_YEAR[0], topics: frozenset[str] = frozenset()) -> tuple[Member, ...]:
    return tuple(Member(code=f"{admitted}-{number}", admitted=admitted, topics=topics) for number in range(size))


def edition(previous: Edition | None, members: tuple[Member, ...], on: date) -> Edition | None:
    topics = {topic: frozenset([topic]) for topic in ("hope", "grief")}
    return anonymity.following(previous, members, frozenset(), Parameters(), topics, on, "01" * 32)


def test_all_three_newcomers_between_eight_and_eleven() -> None:
    """Before: «in Swedish» names all three newcomers.

    Three groups that each lack one expert show who of the eight hold the topic. Two of the eight speak Swedish, and so
    do the newcomers. Now: crowds of eight or eleven get no look, and of three who join twelve nobody is ever nearly
    sure.
    """
    before = {"": OLD, "panel": OLD - {"a"}, "lecture": OLD - {"b"}, "workshop": OLD - {"c"}}
    after = {"": OLD | NEW, "sv": frozenset("gh") | NEW}

    def published(world: World) -> tuple[World, World]:
        return combined(world - NEW, before), combined(world, after)

    assert certain(OLD | NEW, published, frozenset("abc") | NEW) == frozenset("abc") | NEW
    everything = frozenset(["hope", "grief"])
    assert edition(None, crowd(8, topics=everything), A_YEAR[0]) is None
    assert edition(None, crowd(11, topics=everything), A_YEAR[1]) is None
    assert surest((12, (True, True)), (3, (False, True))) < 0.6


@pytest.mark.parametrize("leaves", [False, True], ids=["a newcomer", "a leaver"])
def test_a_single_person_who_moves_once_the_counters_are_full(leaves: bool) -> None:
    """Before: three had come and three had left without any change, so the next change of the list was one person's.

    Now: one person does not move the clock. If three others do, they may also have changed the list.
    """
    crowds = (OLD | {"x"}, OLD) if leaves else (OLD, OLD | {"x"})

    def published(world: World) -> list[World]:
        return [combined(world & members, {"": members}) for members in crowds]

    assert "x" in certain(OLD | {"x"}, published, frozenset("abx"))
    first = edition(None, crowd(13), A_YEAR[0])
    moved = crowd(12) if leaves else (*crowd(13), *crowd(1, admitted=A_YEAR[1]))
    assert edition(first, moved, A_YEAR[1]) is None
    presence = (True, True, True, False) if leaves else (False, False, False, True)
    others = tuple(not one for one in presence)
    assert surest((9, (True,) * 4), (1, presence), (3, presence), (3, others)) < 0.8


def test_an_expert_who_edits_three_times() -> None:
    """Before: each edit counted as coming and leaving, so one expert filled the counters and changed the list.

    Now: an edit is no movement.
    """

    def published(world: World) -> list[World]:
        return [combined(world - {"a"}, {"": OLD}), combined(world, {"": OLD})]

    assert "a" in certain(OLD, published, frozenset("abc"))
    first = edition(None, crowd(12), A_YEAR[0])
    for topics in (frozenset(["hope"]), frozenset(["grief"]), frozenset[str]()):
        edited = (*crowd(12, topics=topics)[:1], *crowd(12)[1:])
        now = anonymity.clock(first, edited, frozenset(), Parameters(), A_YEAR[1])
        assert (now.came, now.left, now.due) == (0, 0, False)


def test_a_holder_whose_formats_differ_in_one_edition_of_seven() -> None:
    """Before: the topic is published, but not with the format that all but one offer, so that one holds it.

    Now: no format is combined with anything, and a crowd of seven gets no look.
    """
    seven = OLD - {"h"}
    groups = {"": seven, "panel": seven - {"a"}}
    assert certain(seven, lambda world: combined(world, groups), frozenset("abc")) == {"a"}
    assert edition(None, crowd(7, topics=frozenset(["hope"])), A_YEAR[0]) is None
    assert surest((12, (True,))) < 0.4


def test_a_card_and_a_signed_topic_that_vanish_on_one_night(whole_country: Vocabulary) -> None:
    """Before: a card and a topic that is not on it vanish on the same night, so a reader connects the two.

    Now: an expert with a card cannot sign a topic that is not on the card.
    """

    def shown(people: Mapping[str, set[str]]) -> set[str]:
        return set(people).union(*people.values())

    stays = {"Kaisla": {"grief"}}
    assert shown(stays | {"Aino": {"psychosis"}}) - shown(stays) == {"Aino", "psychosis"}

    def problems(solo: str) -> set[str]:
        text = profiles.text(
            consent=f"given: 2026-03-02, solo: [{solo}]",
            offers="[{topic: hope}, {topic: psychosis}]",
            more="card: {consent: 2026-03-02, name: Aino, text: {fi: Hei}, topics: [hope]}\n",
        )
        document, _ = parser.read("experts/x1.yml", text.encode())
        assert document
        return {found.code for found in profile.read(document, whole_country)[1]}

    assert problems("psychosis") == {"solo-beside-card"}
    assert problems("hope") == set()


def test_two_signed_topics_that_vanish_on_one_night(whole_country: Vocabulary) -> None:
    """Two experts leave on different days. Before, and still by default, topics that vanish together are one expert's.

    With ``leaving: month`` all four topics go at the turn of a month.
    """

    given = "given: 2026-03-02"

    def vanished(leaving: str) -> list[frozenset[str]]:
        people = [
            profiles.read(
                profiles.text(
                    consent=f"{given}, withdrawn: 2026-05-{day}, solo: [{first}, {second}], leaving: {leaving}",
                    offers=f"[{{topic: {first}}}, {{topic: {second}}}]",
                ),
                whole_country,
            )
            for day, first, second in (("07", "hope", "psychosis"), ("19", "grief", "violence"))
        ]
        days = [date(2026, 5, 1) + timedelta(number) for number in range(90)]
        shown = [consent.in_force(people, on).staying for on in days]
        return [before - after for before, after in pairwise(shown) if before != after]

    assert vanished("build") == [{"hope", "psychosis"}, {"grief", "violence"}]
    assert vanished("month") == [{"hope", "psychosis", "grief", "violence"}]
