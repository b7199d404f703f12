"""Which statements a crowd may publish: support, guard and heredity, held against SQL and against the definition."""

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kokemus.anonymity import LADDER, Parameters, Rule, parameters, publishable
from kokemus.cells import Cells, Member
from kokemus.profile import where
from kokemus.statement import Statement, closed
from kokemus.vocabulary import Vocabulary, load

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
        (8, Parameters(3, 2, 0.8, 4, 2)),
        (14, Parameters(3, 2, 0.8, 4, 2)),
        (15, Parameters(3, 2, 0.8, 2, 2)),
        (49, Parameters(3, 2, 0.8, 2, 2)),
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
    """The same crowd with a topic moved from one member to another, who offers it as far as they have the like."""
    giver, taker = crowd[i], crowd[j]
    does = {format for _, format in taker.formats}, {audience for _, audience in taker.audiences}
    changed = list(crowd)
    changed[i] = replace(
        giver,
        topics=giver.topics - {topic},
        formats=frozenset(pair for pair in giver.formats if pair[0] != topic),
        audiences=frozenset(pair for pair in giver.audiences if pair[0] != topic),
    )
    changed[j] = replace(
        taker,
        topics=taker.topics | {topic},
        formats=taker.formats | {pair for pair in giver.formats if pair[0] == topic and pair[1] in does[0]},
        audiences=taker.audiences | {pair for pair in giver.audiences if pair[0] == topic and pair[1] in does[1]},
    )
    return changed


@settings(max_examples=60, deadline=None)
@given(number=st.integers(3, 12), seed=st.integers(0, 2**32), step=st.sampled_from(range(len(LADDER))))
def test_swap_counts_equal_exhaustive_swapping(number: int, seed: int, step: int) -> None:
    """For every holder, every other is tried, and the whole of the topic is published anew."""
    crowd = people(number, seed, SMALL)
    cells = Cells.of(crowd, SMALL)
    rule = Rule(cells, RULE)
    for topic in TOPICS:
        statements = [found for found in every_statement(SMALL) if found.topic == topic and LADDER[step](found)]
        known = {found: [member for member in crowd if in_cell(member, found)] for found in statements}
        places = {id(member): at for at, member in enumerate(crowd)}
        shown = republished(crowd, known, statements, RULE, SMALL)
        expected: dict[int, int] = {}
        for i, giver in enumerate(crowd):
            if topic not in giver.topics:
                continue
            expected[i] = 0
            for j, taker in enumerate(crowd):
                if topic in taker.topics:
                    continue
                after = moved(crowd, topic, i, j)
                cells_after = {found: [after[places[id(member)]] for member in cell] for found, cell in known.items()}
                expected[i] += republished(after, cells_after, statements, RULE, SMALL) == shown
        assert dict(rule.swap_counts(topic, shown, LADDER[step])) == expected, topic


def test_the_swap_gate_lowers_a_topic_step_by_step(lapland: Vocabulary) -> None:
    """Where it lets a topic through, every holder has at least g others; where not, the next step is tried."""
    steps = set()
    for seed in range(40):
        cells = Cells.of(people(16, seed, lapland), lapland)
        rule, ungated = Rule(cells, RULE), Rule(cells, UNGATED)
        for topic in TOPICS:
            passing, shown = ungated.publishable(topic), rule.publishable(topic)
            reached = [step for step in LADDER if shown == frozenset(filter(step, passing))]
            assert reached or not shown
            if shown:
                assert rule.swaps(topic, shown, reached[0]) >= RULE.g
                steps.add(LADDER.index(reached[0]))
            for above in LADDER[: LADDER.index(reached[0]) if shown else len(LADDER)]:
                higher = frozenset(filter(above, passing))
                assert not higher or higher == shown or rule.swaps(topic, higher, above) < RULE.g
    assert steps == {0, 1, 2, 3}


def test_the_ladder_gives_up_formats_first_then_audiences_then_all_but_the_topic() -> None:
    """What a topic still shows on each step."""
    formed, heard = Statement("hope", format="panel"), Statement("hope", audience="patients")
    placed, alone = Statement("hope", language="fi", where="kemi"), Statement("hope")
    steps = [[found for found in (formed, heard, placed, alone) if step(found)] for step in LADDER]
    assert steps == [[formed, heard, placed, alone], [heard, placed, alone], [placed, alone], [alone]]


def test_places_that_the_site_does_not_show_are_in_no_cell() -> None:
    """Neither in a statement nor in the counts of the lock file."""
    crowd = people(40, 9, SMALL)
    assert any("rovaniemi" in member.where for member in crowd)
    combinations = [found for found, _ in Cells.of(crowd, SMALL).combinations(1)]
    assert {found.where for found in combinations} <= SMALL.served | {"", "remote"}
