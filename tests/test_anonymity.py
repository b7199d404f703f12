"""Which statements a crowd may publish: support, guard and heredity, held against SQL and against the definition."""

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations, islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokemus.anonymity import Rule
from kokemus.blocks import Blocks, divided
from kokemus.cells import Cells, Member, bits, positions
from kokemus.parameters import Parameters, parameters
from kokemus.profile import where
from kokemus.statement import DIMENSIONS, Statement, closed
from kokemus.vocabulary import Vocabulary, load
from tests.crowds import publishable

TOPICS = ("depression", "anxiety", "recovery", "sami-wellbeing")
FORMATS = ("class-talk", "panel")
AUDIENCES = ("upper-secondary", "patients")
LANGUAGES = ("fi", "sv")
PLACES = ("kemi", "tornio", "rovaniemi", "lappi", "kemi-tornio", "everywhere")
RULE = Parameters(k=3, d=2, h=0.8, g=2, c=2)
SMALL = load()[0].serving(["kemi-tornio"])
UNGATED = replace(RULE, g=0)


def person(seed: random.Random, vocabulary: Vocabulary) -> Member:
    """One invented expert; topics, formats and places are drawn freely."""
    topics = [topic for topic in TOPICS if seed.random() < 0.5] or ["recovery"]

    def some(values: tuple[str, ...]) -> frozenset[tuple[str, str]]:
        return frozenset(pair for pair in product(topics, values) if seed.random() < 0.5)

    return Member(
        topics=frozenset(topics),
        languages=frozenset(language for language in LANGUAGES if seed.random() < 0.6) or frozenset({"fi"}),
        where=where([place for place in PLACES if seed.random() < 0.3], seed.random() < 0.5, vocabulary),
        formats=some(FORMATS),
        audiences=some(AUDIENCES),
    )


def people(number: int, seed: int, vocabulary: Vocabulary) -> list[Member]:
    drawn = random.Random(seed)
    return [person(drawn, vocabulary) for _ in range(number)]


def matches(member: Member, statement: Statement) -> bool:
    return (
        statement.topic in member.topics
        and (not statement.language or statement.language in member.languages)
        and (not statement.where or statement.where in member.where)
        and (not statement.format or (statement.topic, statement.format) in member.formats)
        and (not statement.audience or (statement.topic, statement.audience) in member.audiences)
    )


def in_cell(member: Member, statement: Statement) -> bool:
    """Whether the member matches the statement but for its topic, which is what others can know."""
    return (
        (not statement.language or statement.language in member.languages)
        and (not statement.where or statement.where in member.where)
        and (not statement.format or any(format == statement.format for _, format in member.formats))
        and (not statement.audience or any(audience == statement.audience for _, audience in member.audiences))
    )


def every_statement(vocabulary: Vocabulary) -> list[Statement]:
    """All statements of the published shapes over the small vocabulary of these tests."""
    places = ["remote", *sorted(vocabulary.served)]
    return [
        statement
        for topic in TOPICS
        for statement in (
            Statement(topic),
            *(Statement(topic, language=language) for language in LANGUAGES),
            *(Statement(topic, where=place) for place in places),
            *(Statement(topic, language=language, where=place) for language in LANGUAGES for place in places),
            *(Statement(topic, audience=audience) for audience in AUDIENCES),
            *(Statement(topic, format=format) for format in FORMATS),
        )
        if topic != "sami-wellbeing" or not statement.dimensions
    ]


def by_definition(crowd: Sequence[Member], rule: Parameters, vocabulary: Vocabulary) -> frozenset[Statement]:
    """The definition read aloud: each statement and each of its generalisations passes on its own."""
    statements = every_statement(vocabulary)
    cells = {statement: [member for member in crowd if in_cell(member, statement)] for statement in statements}
    return republished(crowd, cells, statements, rule, vocabulary)


def republished(
    crowd: Sequence[Member],
    cells: dict[Statement, list[Member]],
    statements: list[Statement],
    rule: Parameters,
    vocabulary: Vocabulary,
) -> frozenset[Statement]:
    """What a crowd publishes when others know its cells."""

    def passes(statement: Statement) -> bool:
        cell = cells[statement]
        inside = sum(statement.topic in member.topics for member in cell)
        support = sum(matches(member, statement) for member in crowd)
        return support >= rule.k and len(cell) - inside >= rule.d and inside * 10 <= rule.h * 10 * len(cell)

    passing = {statement for statement in statements if passes(statement)}
    return frozenset(found for found in passing if closed([found], vocabulary.ancestors) <= passing)


@settings(max_examples=60, deadline=None)
@given(number=st.integers(0, 40), seed=st.integers(0, 2**32))
def test_the_search_finds_exactly_what_the_definition_allows(number: int, seed: int, lapland: Vocabulary) -> None:
    """No statement more and none less, on invented crowds of up to 40."""
    crowd = people(number, seed, lapland)
    assert publishable(crowd, UNGATED, lapland) == by_definition(crowd, UNGATED, lapland)


@pytest.mark.parametrize(("number", "seed"), [(8, 1), (14, 2), (40, 3), (200, 4), (1000, 5)])
def test_support_is_what_sql_counts(number: int, seed: int, lapland: Vocabulary) -> None:
    """Without the guard, the statements are those of GROUP BY … HAVING COUNT(DISTINCT …) >= k."""
    crowd = people(number, seed, lapland)
    base = sqlite3.connect(":memory:")
    base.executescript(
        "CREATE TABLE topic(i, t); CREATE TABLE l(i, v); CREATE TABLE w(i, v);"
        "CREATE TABLE f(i, t, v); CREATE TABLE a(i, t, v);"
    )
    for i, member in enumerate(crowd):
        base.executemany("INSERT INTO topic VALUES (?, ?)", [(i, topic) for topic in member.topics])
        base.executemany("INSERT INTO l VALUES (?, ?)", [(i, value) for value in member.languages])
        base.executemany("INSERT INTO w VALUES (?, ?)", [(i, value) for value in member.where])
        base.executemany("INSERT INTO f VALUES (?, ?, ?)", [(i, *pair) for pair in member.formats])
        base.executemany("INSERT INTO a VALUES (?, ?, ?)", [(i, *pair) for pair in member.audiences])
    having = f"HAVING COUNT(DISTINCT i) >= {RULE.k}"
    rows = {
        *(Statement(*row) for row in base.execute(f"SELECT t FROM topic GROUP BY t {having}")),
        *(
            Statement(t, language=v)
            for t, v in base.execute(f"SELECT t, v FROM topic JOIN l USING(i) GROUP BY t, v {having}")
        ),
        *(
            Statement(t, where=v)
            for t, v in base.execute(f"SELECT t, v FROM topic JOIN w USING(i) GROUP BY t, v {having}")
        ),
        *(
            Statement(t, language=v, where=u)
            for t, v, u in base.execute(
                f"SELECT t, l.v, w.v FROM topic JOIN l USING(i) JOIN w USING(i) GROUP BY t, l.v, w.v {having}"
            )
        ),
        *(Statement(t, format=v) for t, v in base.execute(f"SELECT t, v FROM f GROUP BY t, v {having}")),
        *(Statement(t, audience=v) for t, v in base.execute(f"SELECT t, v FROM a GROUP BY t, v {having}")),
    }
    expected = {
        row
        for row in rows
        if (row.where in lapland.served | {"", "remote"}) and (row.topic != "sami-wellbeing" or not row.dimensions)
    }
    assert expected or number < 10
    assert publishable(crowd, UNGATED, lapland, house_topics=frozenset(TOPICS)) == expected


@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 30), seed=st.integers(0, 2**32))
def test_all_generalisations_of_a_statement_are_published_too(number: int, seed: int, lapland: Vocabulary) -> None:
    """Never only the most specific level, which would invite working backwards."""
    found = publishable(people(number, seed, lapland), RULE, lapland)
    assert closed(found, lapland.ancestors) == found


@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 30), seed=st.integers(0, 2**32))
def test_the_order_of_people_does_not_matter(number: int, seed: int, lapland: Vocabulary) -> None:
    """Files can be renamed and reordered."""
    crowd = people(number, seed, lapland)
    shuffled = random.Random(seed + 1).sample(crowd, len(crowd))
    assert publishable(crowd, RULE, lapland) == publishable(shuffled, RULE, lapland)


def everyone(number: int, holders: int) -> list[Member]:
    """A crowd of equals, of whom so many hold a topic."""
    return [
        Member(
            topics=frozenset({"depression"} if i < holders else {"recovery"}),
            languages=frozenset({"fi"}),
            where=frozenset({"remote"}),
            formats=frozenset(),
            audiences=frozenset(),
        )
        for i in range(number)
    ]


def test_two_are_too_few(lapland: Vocabulary) -> None:
    """Support counts people, and k is the least."""
    assert Statement("depression") not in publishable(everyone(10, 2), RULE, lapland)
    assert Statement("depression") in publishable(everyone(10, 3), RULE, lapland)


def test_a_group_in_which_nearly_everybody_has_it_says_too_much(lapland: Vocabulary) -> None:
    """At least d outside, and at most the share h inside."""
    assert Statement("depression") not in publishable(everyone(4, 3), RULE, lapland)
    assert Statement("depression") in publishable(everyone(5, 3), RULE, lapland)
    assert Statement("depression") in publishable(everyone(10, 8), RULE, lapland)
    assert Statement("depression") not in publishable(everyone(20, 17), RULE, lapland)


def test_a_house_topic_needs_no_guard_but_support(lapland: Vocabulary) -> None:
    """What the association's own name says is no secret; that there are people is."""
    house = frozenset({"depression"})
    assert Statement("depression") in publishable(everyone(4, 4), RULE, lapland, house)
    assert Statement("depression") not in publishable(everyone(4, 2), RULE, lapland, house)


def test_a_topic_that_is_easily_recognised_is_published_alone(lapland: Vocabulary) -> None:
    """The vocabulary can hold a topic back from every combination."""
    crowd = people(300, 7, lapland)
    assert {found for found in publishable(crowd, RULE, lapland) if found.topic == "sami-wellbeing"} == {
        Statement("sami-wellbeing")
    }


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (8, Parameters(3, 2, 0.8, 4, 3)),
        (14, Parameters(3, 2, 0.8, 4, 3)),
        (15, Parameters(3, 2, 0.8, 2, 3)),
        (49, Parameters(3, 2, 0.8, 2, 3)),
        (50, Parameters(5, 2, 0.8, 4, 3)),
    ],
)
def test_defaults_follow_the_size_of_the_crowd(size: int, expected: Parameters) -> None:
    """Small crowds need more to swap with, large ones more support."""
    assert parameters(size, {}) == expected


def test_the_association_may_choose_its_own(lapland: Vocabulary) -> None:
    """What it chose holds at every size, and the rest follows from it."""
    assert parameters(100, {"k": 4, "h": 0.5}) == Parameters(4, 2, 0.5, 3, 3)


def moved(crowd: Sequence[Member], topic: str, i: int, j: int) -> list[Member]:
    """The same crowd with a topic moved from one member to another, who offers it in all ways that others know of them.

    The giver is known for the same as before, through another topic.
    """
    giver, taker = crowd[i], crowd[j]
    changed = list(crowd)
    changed[i] = replace(
        giver,
        topics=giver.topics - {topic},
        formats=frozenset(("other", value) for _, value in giver.formats),
        audiences=frozenset(("other", value) for _, value in giver.audiences),
    )
    changed[j] = replace(
        taker,
        topics=taker.topics | {topic},
        formats=taker.formats | {(topic, value) for _, value in taker.formats},
        audiences=taker.audiences | {(topic, value) for _, value in taker.audiences},
    )
    return changed


def offering_all(crowd: Sequence[Member]) -> list[Member]:
    """The same crowd, each offering every topic in all ways in which they offer any."""
    return [
        replace(
            member,
            formats=frozenset(product(member.topics, {value for _, value in member.formats})),
            audiences=frozenset(product(member.topics, {value for _, value in member.audiences})),
        )
        for member in crowd
    ]


def topics_of(crowd: Sequence[Member], topic: str, rule: Parameters, vocabulary: Vocabulary) -> frozenset[Statement]:
    return frozenset(found for found in publishable(crowd, rule, vocabulary) if found.topic == topic)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(number=st.integers(5, 16), seed=st.integers(0, 2**32))
def test_each_holder_could_be_g_others_or_none(number: int, seed: int) -> None:
    """Every holder is tried with every other, and all is published anew: the whole publication stays for g or more.

    In a block with fewer than g others it stays if the holder just does not hold it.
    """
    crowd = offering_all(people(number, seed, SMALL))
    rule = Rule(Cells.of(crowd, SMALL), RULE)
    for topic in TOPICS:
        shown = rule.publishable(topic)
        holders = rule.cells.topics.get(topic, 0)
        for block in map(bits, divided(rule.cells, RULE.block)):
            others = list(positions(block & ~holders))
            for i in positions(block & holders) if shown else ():
                if len(others) < RULE.g:
                    without = replace(crowd[i], topics=crowd[i].topics - {topic})
                    assert topics_of([*crowd[:i], without, *crowd[i + 1 :]], topic, RULE, SMALL) == shown
                else:
                    assert all(topics_of(moved(crowd, topic, i, j), topic, RULE, SMALL) == shown for j in others)


@settings(max_examples=40, deadline=None)
@given(number=st.integers(16, 40), seed=st.integers(0, 2**32))
def test_a_format_is_shown_only_where_enough_offers_of_it_are_sure(number: int, seed: int) -> None:
    """Of each block no more than really offer it, and no more than must be among those who do it."""
    rule = Rule(Cells.of(people(number, seed, SMALL), SMALL), RULE)
    for statement in (found for topic in TOPICS for found in rule.publishable(topic) if found.format):
        cell, holders = rule.cells.cell(statement), rule.cells.topics[statement.topic]
        sure = 0
        for block in map(bits, divided(rule.cells, RULE.block)):
            outside = (block & ~cell.group.members).bit_count()
            sure += max(0, min((block & holders).bit_count() - outside, (block & cell.support).bit_count()))
        assert sure >= RULE.k


def test_without_blocks_a_swap_shows() -> None:
    """The control: with support and guard alone, most publications change when a topic moves to another."""
    crowd = offering_all(people(16, 3, SMALL))
    rule = Rule(Cells.of(crowd, SMALL), UNGATED)
    changes = [
        topics_of(moved(crowd, topic, i, j), topic, UNGATED, SMALL) != rule.publishable(topic)
        for topic in TOPICS[:3]
        for i in positions(rule.cells.topics[topic])
        for j in positions(rule.cells.everyone & ~rule.cells.topics[topic])
    ]
    assert sum(changes) > len(changes) / 2


@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 40), seed=st.integers(0, 2**32))
def test_what_is_published_has_support_and_guard(number: int, seed: int, lapland: Vocabulary) -> None:
    """Blending only takes away."""
    crowd = people(number, seed, lapland)
    assert publishable(crowd, RULE, lapland) <= by_definition(crowd, RULE, lapland)


@settings(max_examples=40, deadline=None)
@given(number=st.integers(1, 24), seed=st.integers(0, 2**32), topics=st.randoms())
def test_blocks_do_not_depend_on_topics(number: int, seed: int, topics: random.Random) -> None:
    """Others know the blocks, so they must tell nothing."""
    crowd = people(number, seed, SMALL)
    shuffled = topics.sample(TOPICS, len(TOPICS))
    renamed = dict(zip(TOPICS, shuffled, strict=True))
    other = [
        replace(
            member,
            topics=frozenset(renamed[topic] for topic in member.topics),
            formats=frozenset((renamed[topic], value) for topic, value in member.formats),
            audiences=frozenset((renamed[topic], value) for topic, value in member.audiences),
        )
        for member in crowd
    ]
    assert list(divided(Cells.of(crowd, SMALL), 5)) == list(divided(Cells.of(other, SMALL), 5))


@pytest.mark.parametrize("number", [0, 1, 4, 5, 9, 10, 16, 300, 700])
def test_blocks_divide_the_crowd(number: int, lapland: Vocabulary) -> None:
    """Everybody is in one, each has enough, and a crowd too small for two is one."""
    cells = Cells.of(people(number, 11, lapland), lapland)
    found = list(divided(cells, 5))
    assert sorted(chain.from_iterable(found)) == list(range(number))
    assert all(len(block) >= min(5, number) for block in found)
    assert len(found) <= max(1, number // 5)


def test_a_large_crowd_that_no_place_divides_is_in_blocks_all_the_same(lapland: Vocabulary) -> None:
    """Whoever goes to the same places, and more kinds of them than are compared with each other."""
    kinds = list(islice(chain.from_iterable(combinations(lapland.formats, size) for size in range(1, 8)), 200))
    alike = Member(frozenset({"hope"}), frozenset({"fi"}), frozenset({"everywhere"}), frozenset(), frozenset())
    crowd = [
        replace(alike, languages=frozenset(languages), formats=frozenset(("hope", format) for format in kind))
        for kind in kinds
        for languages in (("fi",), ("fi", "sv"))
    ]
    assert len(set(crowd)) == 400
    for least in (5, 300):
        found = list(divided(Cells.of(crowd, lapland), least))
        assert sorted(chain.from_iterable(found)) == list(range(400))
        assert min(map(len, found)) >= least
    assert len(list(divided(Cells.of(crowd, lapland), 5))) == 80


def test_a_cell_says_the_same_of_a_statement_as_the_search(lapland: Vocabulary) -> None:
    """In every shape: who matches, who of them holds the topic, and who offers it so."""
    cells = Cells.of(people(60, 7, lapland), lapland)
    shown = [found for topic in TOPICS for found in cells.shown(topic, 3, lambda cell: True)]
    assert [cells.cell(found.statement) for found in shown] == shown
    assert {name for found in shown for name in found.statement.dimensions} == set(DIMENSIONS)


def test_experts_of_whom_others_know_the_same_share_a_block() -> None:
    """However many there are: nothing that others know tells them apart."""
    assert list(divided(Cells.of(everyone(40, 3), SMALL), 5)) == [list(range(40))]


@settings(max_examples=60, deadline=None)
@given(number=st.integers(1, 24), seed=st.integers(0, 2**32))
def test_packed_sets_overlap_as_little_and_as_much_as_they_can(number: int, seed: int) -> None:
    """Held against the sums over all blocks."""
    cells = Cells.of(people(number, seed, SMALL), SMALL)
    blocks = Blocks.of(cells, 5)
    one = blocks.counts(cells.topics.get("recovery", 0))
    for members in cells.languages.values():
        two = blocks.counts(members)
        parts = [(members & bits(block)).bit_count() for block in divided(cells, 5)]
        assert two == {block: count for block, count in enumerate(parts) if count}
        sizes = [(one.get(block, 0), two.get(block, 0), size) for block, size in enumerate(blocks.sizes)]
        least = (blocks.first(one) & blocks.last(two)).bit_count()
        most = (blocks.first(one) & blocks.first(two)).bit_count()
        assert least == sum(max(0, held + inside - size) for held, inside, size in sizes)
        assert most == sum(min(held, inside) for held, inside, _ in sizes)


def test_a_full_block_says_no_more_than_that_it_may_be_full() -> None:
    """Where nearly all of a block hold a topic, the guard counts the rest, too, and support leaves g of them out."""
    swedish = [replace(member, languages=frozenset({"sv"})) for member in everyone(8, 1)]
    for held, in_finnish in ((5, True), (6, False), (7, False)):
        rule = Rule(Cells.of([*everyone(8, held), *swedish], SMALL), RULE)
        assert len(rule.blocks.sizes) == 2
        shown = rule.publishable("depression")
        assert Statement("depression") in shown
        assert (Statement("depression", language="fi") in shown) == in_finnish
        assert Statement("depression", language="fi") in rule.passing("depression") or held == 7


def test_places_that_the_site_does_not_show_are_in_no_cell() -> None:
    """Neither in a statement nor in the counts of the lock file."""
    crowd = people(40, 9, SMALL)
    assert any("rovaniemi" in member.where for member in crowd)
    combinations = [found for found, _ in Cells.of(crowd, SMALL).combinations(1)]
    assert {found.where for found in combinations} <= SMALL.served | {"", "remote"}
