"""How one edition follows another: nothing that one person's coming or leaving would show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kokemus.anonymity import Rule
from kokemus.cells import Cells, Member
from kokemus.edition import Edition, Gathered
from kokemus.parameters import Parameters
from kokemus.statement import Statement, closed
from kokemus.succession import following
from kokemus.vocabulary import Vocabulary

RULE = Parameters(k=3, d=2, h=0.8, g=2, c=2)
FIRST, SECOND, THIRD = date(2026, 10, 1), date(2027, 1, 1), date(2027, 4, 1)


def person(*topics: str, languages: str = "fi", where: str = "remote") -> Member:
    return Member(
        topics=frozenset(topics),
        languages=frozenset(languages.split()),
        where=frozenset(where.split()),
        formats=frozenset(),
        audiences=frozenset(),
    )


def edition(
    crowd: Sequence[Member],
    vocabulary: Vocabulary,
    previous: Edition | None = None,
    day: date = FIRST,
    newcomers: int = 0,
) -> Edition:
    """The edition of a crowd, of whom the last so many are new."""
    new = ((1 << newcomers) - 1) << (len(crowd) - newcomers)
    return following(previous, Rule(Cells.of(crowd, vocabulary), RULE), day, new)[0]


OTHERS = [person("recovery") for _ in range(8)]


def test_the_first_edition_needs_no_history(lapland: Vocabulary) -> None:
    """It is all that the rule allows."""
    crowd = [*OTHERS, person("hope"), person("hope"), person("hope")]
    first = edition(crowd, lapland)
    assert {Statement("hope"), Statement("hope", language="fi", where="remote"), Statement("recovery")} <= first.crowd
    assert first.gathered[Statement("")] == Gathered(0, 0, 11)
    assert edition(crowd, lapland, newcomers=3).gathered == first.gathered


def test_one_who_comes_changes_nothing_two_do(lapland: Vocabulary) -> None:
    """The third holder of a topic waits until a second person has come, whatever that one offers."""
    crowd = [*OTHERS, person("hope"), person("hope")]
    first = edition(crowd, lapland)
    assert Statement("hope") not in first.crowd
    crowd = [*crowd, person("hope")]
    second = edition(crowd, lapland, first, SECOND, newcomers=1)
    assert second.crowd == first.crowd
    assert second.gathered[Statement("")] == Gathered(1, 0, 11)
    third = edition([*crowd, person("recovery")], lapland, second, THIRD, newcomers=1)
    assert Statement("hope") in third.crowd
    assert third.gathered[Statement("")] == Gathered(0, 0, 12)


def test_one_who_leaves_changes_nothing_two_do(lapland: Vocabulary) -> None:
    """The statement stays, and goes when another who matches it has left, too."""
    crowd = [*OTHERS, person("hope"), person("hope"), person("hope")]
    first = edition(crowd, lapland)
    second = edition(crowd[:-1], lapland, first, SECOND)
    assert second.crowd == first.crowd
    assert second.gathered[Statement("")] == Gathered(0, 1, 10)
    third = edition(crowd[1:-1], lapland, second, THIRD)
    assert Statement("hope") not in third.crowd
    assert third.gathered[Statement("")] == Gathered(0, 0, 9)
    assert Statement("recovery") in third.crowd


def test_a_combination_waits_for_those_who_match_it(lapland: Vocabulary) -> None:
    """Two who come without Swedish let a topic in, but not the topic in Swedish."""
    swedish = [person("recovery", languages="fi sv") for _ in range(8)]
    crowd = [*swedish, person("hope", languages="fi sv"), person("hope", languages="fi sv")]
    first = edition(crowd, lapland)
    crowd = [*crowd, person("hope", languages="fi sv"), person("recovery")]
    second = edition(crowd, lapland, first, SECOND, newcomers=2)
    assert Statement("hope") in second.crowd
    assert Statement("hope", language="fi") in second.crowd
    assert Statement("hope", language="sv") not in second.crowd


def test_one_who_comes_as_another_leaves_counts_in_both_ways(lapland: Vocabulary) -> None:
    """The same number of people is not the same people."""
    crowd = [*OTHERS, person("hope"), person("hope")]
    first = edition(crowd, lapland)
    second = edition([*crowd[1:], person("hope")], lapland, first, SECOND, newcomers=1)
    assert second.gathered[Statement("")] == Gathered(1, 1, 10)


def test_who_is_no_newcomer_and_yet_was_not_there_has_come(lapland: Vocabulary) -> None:
    """As after a day put right by hand; nobody else is needed to explain the number."""
    second = edition([*OTHERS, person("hope")], lapland, edition(OTHERS, lapland), SECOND)
    assert second.gathered[Statement("")] == Gathered(1, 0, 9)


def test_a_combination_is_counted_from_k_who_match_it_and_then_for_good(lapland: Vocabulary) -> None:
    """Who was there before has not come; who left is not forgotten when fewer than k are left."""
    swedish = person("recovery", languages="sv")
    combination = Statement("", language="sv")
    few = edition([*OTHERS, swedish, swedish], lapland)
    assert combination not in few.gathered
    enough = edition([*OTHERS, swedish, swedish, swedish], lapland, few, SECOND, newcomers=1)
    assert enough.gathered[combination] == Gathered(1, 0, 3)
    left = edition([*OTHERS, swedish, swedish], lapland, enough, THIRD, newcomers=1)
    assert left.gathered[combination] == Gathered(2, 2, 2)


def test_who_is_entered_after_an_edition_of_nobody_has_come(lapland: Vocabulary) -> None:
    """Their files may tell of older days. An edition that was not written by the command has no counts to go by."""
    crowd = [*OTHERS, person("hope", languages="sv"), person("hope", languages="sv"), person("hope", languages="sv")]
    for few in ([], OTHERS[:2]):
        empty = edition(few, lapland)
        assert not empty.crowd
        assert edition(crowd, lapland, empty, SECOND).crowd == edition(crowd, lapland).crowd
        assert not edition(crowd, lapland, replace(empty, gathered={}, sealed=False), SECOND).crowd


def test_as_many_as_may_have_been_there_uncounted_have_not_come(lapland: Vocabulary) -> None:
    """Two who speak Swedish may have been there, fewer than are counted: of three only one must have come."""
    swedish = person("recovery", languages="sv")
    combination = Statement("", language="sv")
    few = edition([*OTHERS, swedish, swedish], lapland)
    for more in (3, 4):
        found = edition([*OTHERS, *[swedish] * more], lapland, few, SECOND).gathered
        assert found[combination] == Gathered(more - 2, 0, more)


def test_nothing_enters_before_its_parents(lapland: Vocabulary) -> None:
    """Even where enough have come for it, and its parents have been refreshed since."""
    crowd = [*OTHERS, person("hope"), person("hope"), person("hope")]
    finest = Statement("hope", language="fi", where="remote")
    first = edition(crowd, lapland)
    assert finest in first.crowd
    waiting = frozenset(found for found in first.crowd if found.topic != "hope" or not found.dimensions)
    previous = replace(first, crowd=waiting, gathered={**first.gathered, finest.combination: Gathered(2, 0, 11)})
    assert edition(crowd, lapland, previous, SECOND).crowd == waiting


def test_nothing_leaves_before_its_children(lapland: Vocabulary) -> None:
    """Even where enough have left for it, and its children have been refreshed since."""
    first = edition([*OTHERS, person("hope"), person("hope"), person("hope")], lapland)
    previous = replace(first, gathered={**first.gathered, Statement(""): Gathered(0, 2, 11)})
    kept = edition([*OTHERS, person("hope"), person("hope")], lapland, previous, SECOND)
    assert kept.crowd == first.crowd


def test_every_edition_holds_the_parents_of_its_statements(lapland: Vocabulary) -> None:
    """Carried over or new."""
    crowd = [*OTHERS, *(person("hope", where="remote kemi kemi-tornio lappi everywhere") for _ in range(4))]
    first = edition(crowd, lapland)
    for leaving in (1, 2, 3):
        after = edition(crowd[leaving:-leaving], lapland, first, SECOND).crowd
        assert closed(after, lapland.ancestors) == after


def test_nothing_changed_changes_nothing(lapland: Vocabulary) -> None:
    """The counts, too, are the same."""
    crowd = [*OTHERS, person("hope"), person("hope"), person("hope")]
    first = edition(crowd, lapland)
    second = edition(crowd, lapland, first, SECOND)
    assert (second.crowd, second.gathered) == (first.crowd, first.gathered)


def test_what_waits_is_told_with_how_many_are_still_needed(lapland: Vocabulary) -> None:
    """In both directions."""
    crowd = [*OTHERS, person("hope"), person("hope")]
    first = edition(crowd, lapland)
    _, waiting = following(first, Rule(Cells.of([*crowd, person("hope")], lapland), RULE), SECOND, 1 << len(crowd))
    assert [(wait.enters, wait.gathered, wait.needed) for wait in waiting if wait.statement == Statement("hope")] == [
        (True, 1, 2)
    ]
    _, waiting = following(
        edition([*crowd, person("hope")], lapland), Rule(Cells.of(crowd, lapland), RULE), SECOND, newcomers=0
    )
    assert [(wait.enters, wait.gathered, wait.needed) for wait in waiting if wait.statement == Statement("hope")] == [
        (False, 1, 2)
    ]


def test_what_the_rule_would_take_back_without_anybody_leaving_stays(lapland: Vocabulary) -> None:
    """A statement that vanished would point at whoever changed, or came; with leavers enough it goes."""
    crowd = [*(person("hope") for _ in range(3)), *(person("recovery") for _ in range(4))]
    first = edition(crowd, lapland)
    assert Statement("hope") in first.crowd
    stricter = replace(RULE, g=5)
    stays = following(first, Rule(Cells.of(crowd, lapland), stricter), SECOND, 0)[0]
    assert stays.crowd == first.crowd
    come = Rule(Cells.of([*crowd, person("hope"), person("hope")], lapland), stricter)
    assert following(first, come, SECOND, 0b11 << len(crowd))[0].crowd == first.crowd
    left = Rule(Cells.of(crowd[:-2], lapland), stricter)
    assert Statement("hope") not in following(first, left, SECOND, 0)[0].crowd
