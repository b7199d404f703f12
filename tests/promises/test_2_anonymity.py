"""Promise 2: who knows everybody, the rule and all that is published still cannot tell who holds a topic.

``python -m tests.attackers`` prints what is measured here. House topics are not attacked: there is nothing to hide.
"""

from dataclasses import replace
from functools import reduce
from operator import and_

import pytest

from kokemus.anonymity import Rule
from kokemus.cells import Cells
from kokemus.parameters import parameters
from kokemus.statement import Statement
from kokemus.succession import following
from tests.attackers import (
    ATTACKS,
    CHANGES,
    FIRST,
    LARGE,
    LARGEST,
    SECOND,
    SIZES,
    Change,
    Insider,
    Tally,
    attacked,
    counting_cards,
    followed,
    measured,
    searched,
    seen,
    table,
    tally,
)
from tests.crowds import LAPLAND, NEARBY, TOPICS, choosy, crowd, holding, speaking

pytestmark = pytest.mark.slow
PEOPLE = pytest.mark.parametrize("correlated", [False, True], ids=["independent", "correlated"])

HELD = {
    "support only": 0.14,  # measured 12.92 %, N = 8, independent
    "support and guard": 0.008,  # 0.75 %, N = 10, independent
}
LACKING = {
    "support only": 0.10,  # measured 9.38 %, N = 8, independent
    "support and guard": 0.012,  # 1.18 %, N = 12, independent
    "full rule": 0,
    "full rule, offers known": 0,
}
WHOLE = ("full rule", "full rule, offers known")
HIGHEST = 0.7  # measured 0.681, N = 14, independent: the share of worlds in which the likeliest pair is held
NAIVE = 0.2


def worlds_alike(cells: Cells, topic: str) -> list[int]:
    """All worlds of which the rule itself publishes the same, asked one by one."""
    rule = Rule(cells, parameters(cells.everyone.bit_length(), {}))
    published = seen(rule, topic)
    every = range(cells.everyone + 1)
    return [world for world in every if seen(replace(rule, cells=holding(cells, topic, world)), topic) == published]


@PEOPLE
@pytest.mark.parametrize("g", [0, 1, 2, 4])
def test_the_attacker_publishes_every_world_as_the_rule_does(g: int, correlated: bool) -> None:
    """Of 8 members whose offers are known, all 256 worlds are asked of the rule itself, in one block and in two."""
    divisions = set()
    for seed in range(4):
        cells = Cells.of(crowd(8, seed, correlated), LAPLAND)
        rule = replace(parameters(8, {}), k=2, g=g)
        insider = Insider(cells, rule, knows_offers=True)
        publications = [seen(Rule(holding(cells, "hope", world), rule), "hope") for world in range(256)]
        for published in set(publications):
            assert list(insider.possible(published)) == [other == published for other in publications]
        divisions.add(len(insider.blocks))
    assert divisions == {0: {8}, 1: {2}}.get(g, {1})


@PEOPLE
def test_what_the_attacker_thinks_possible_is(correlated: bool) -> None:
    """Where offers are not known, some offers give the publication in each world that is kept."""
    for seed in range(6):
        cells = Cells.of(choosy(crowd(9, seed, correlated), seed), LAPLAND)
        rule = parameters(9, {})
        for topic in TOPICS:
            published = seen(Rule(cells, rule), topic)
            for world in Insider(cells, rule).possible(published).nonzero()[0][::7]:
                assert seen(Rule(holding(cells, topic, int(world), published), rule), topic) == published


@PEOPLE
def test_a_world_is_never_given_up_that_could_be_real(correlated: bool) -> None:
    """Whatever is offered: the attack stops with an error where the real world is not among those that are left."""
    for seed in range(40):
        assert attacked(choosy(crowd(9, seed % 10, correlated), seed), parameters(9, {})).pairs == 9 * len(TOPICS)


def test_too_large_a_crowd_is_not_half_attacked() -> None:
    """Beyond 16 members it says so instead of looking at some worlds only."""
    with pytest.raises(ValueError, match="17 members"):
        attacked(crowd(LARGEST + 1, 1, False), parameters(17, {}))


@PEOPLE
def test_search_and_enumeration_find_the_same(correlated: bool) -> None:
    """What is proven by search is certain by enumeration, with two blocks, of which some are full."""
    for seed in range(5):
        members, rule = choosy(crowd(12, seed, correlated), seed), replace(parameters(12, {}), k=2, g=2)
        proven, whole = searched(members, rule), attacked(members, rule)
        assert (proven.held, proven.lacking) == (whole.held, whole.lacking)


@PEOPLE
@pytest.mark.parametrize("size", SIZES)
def test_the_naive_rule_is_broken(size: int, correlated: bool) -> None:
    """The control: publishing every combination that k share gives away a fifth of all pairs and more."""
    assert measured("naive", size, correlated).certain >= NAIVE


@PEOPLE
@pytest.mark.parametrize("size", LARGE)
def test_the_naive_rule_is_broken_in_larger_crowds(size: int, correlated: bool) -> None:
    """The control for the search."""
    assert measured("naive, searched", size, correlated).certain >= NAIVE


@PEOPLE
@pytest.mark.parametrize("attack", WHOLE)
@pytest.mark.parametrize("size", SIZES)
def test_nobody_surely_holds_a_topic(size: int, attack: str, correlated: bool) -> None:
    """For each holder some world with the same publication has somebody else in their place, or nobody."""
    assert measured(attack, size, correlated).held == 0


@PEOPLE
@pytest.mark.parametrize("attack", LACKING)
def test_what_is_certain_stays_within_budgets(attack: str, correlated: bool) -> None:
    """With each part of the rule there is less of it."""
    for size in SIZES:
        found = measured(attack, size, correlated)
        assert found.held <= HELD.get(attack, 1) * found.pairs, size
        assert found.lacking <= LACKING[attack] * found.pairs, size


@PEOPLE
def test_a_good_guess_stays_a_guess(correlated: bool) -> None:
    """Of all worlds that fit, those in which an open pair is held are not nearly all."""
    assert max(measured("full rule", size, correlated).highest for size in SIZES) <= HIGHEST


@PEOPLE
@pytest.mark.parametrize("size", LARGE)
def test_nothing_is_proven_of_larger_crowds(size: int, correlated: bool) -> None:
    """For every pair the search finds a world that publishes the same, in which it is the other way."""
    found = measured("full rule, searched", size, correlated)
    assert found.statements
    assert (found.held, found.lacking) == (0, 0)


@pytest.mark.parametrize("size", [8, 14, 20, 40])
def test_the_only_one_without_a_language_is_not_given_away(size: int) -> None:
    """Some world without them publishes the same; the others are alike, so only how many of them hold it matters."""
    members = speaking((1, "fi", "hope"), (2, "fi sv", "hope"), (size - 3, "fi sv", "recovery"))
    rule = Rule(Cells.of(members, LAPLAND), parameters(size, {}))
    published = seen(rule, "hope")
    without = [((1 << others) - 1) << 1 for others in range(size)]
    assert any(seen(replace(rule, cells=holding(rule.cells, "hope", world)), "hope") == published for world in without)


def test_two_without_a_language_are_not_given_away() -> None:
    """In the smallest crowd of which anything is published, seven, all worlds asked."""
    members = speaking((2, "fi", "hope"), (1, "fi sv", "hope"), (4, "fi sv", "recovery"))
    cells = Cells.of(members, LAPLAND)
    assert Statement("") in seen(Rule(cells, parameters(7, {})), "hope")
    assert reduce(and_, worlds_alike(cells, "hope")) == 0


@pytest.mark.parametrize("kind", CHANGES)
def test_a_second_edition_tells_nothing_of_who_came_or_left(kind: str) -> None:
    """Nobody who moved is more certain to hold a topic than after the first edition alone."""
    assert followed("two editions", kind).held == followed("first edition alone", kind).held


def test_two_who_come_together_would_give_each_other_away() -> None:
    """The control: where two are enough for a change, some of them surely hold a topic."""
    assert followed("two editions", "two come", c=2).held > 0


@pytest.mark.parametrize("kind", CHANGES)
def test_republishing_the_naive_rule_at_once_gives_the_movers_away(kind: str) -> None:
    """The control: most of what those who move hold or do not is certain."""
    assert followed("naive at once", kind).certain >= 0.5


@pytest.mark.parametrize("size", [7, 9, 12])
def test_one_who_takes_up_a_topic_is_not_given_away(size: int) -> None:
    """An edit counts as a leave and a join, and yet it is one person: the topic stays until a second one moves."""
    rule = parameters(size, {})
    cells = Cells.of(speaking((size, "fi", "recovery")), NEARBY)
    most = max(count for count in range(size) if seen(Rule(holding(cells, "hope", (1 << count) - 1), rule), "hope"))
    first, _ = following(None, Rule(holding(cells, "hope", (1 << most) - 1), rule), FIRST, 0)
    edited = Rule(holding(cells, "hope", (1 << most + 1) - 1), rule)
    second, _ = following(first, edited, SECOND, newcomers=1 << most)
    assert second.crowd == first.crowd


def test_a_card_gives_nobody_else_away() -> None:
    """Who leaves the crowd for a card shows that they held a topic; of the others no more is certain than before."""
    before = after = Tally()
    for seed in range(12):
        change = Change(crowd(9, seed, correlated=True), leaving=1, joining=0)
        for topic in sorted(change.people[0].topics):
            rule = parameters(9, {})
            on_the_card = change.worlds & 1 == 1
            others = range(1, 9)
            before += tally(change.worlds[change.first(topic, rule)], others)
            after += tally(change.worlds[change.by_editions(topic, rule) & on_the_card], others)
    assert after.held == before.held


def test_cards_in_the_crowd_would_give_the_others_away() -> None:
    """The control: where four of seven show on a card that a topic is not theirs, the other three hold it."""
    members = speaking((4, "fi", "recovery"), (3, "fi", "hope"))
    assert counting_cards(members, 4, parameters(7, {})).held == 3
    assert attacked(members[4:], parameters(3, {})).held == 0


def test_the_table() -> None:
    """``pytest -s`` shows it."""
    print(f"\n{table()}")
    assert set(ATTACKS) >= {"naive", "full rule"}
