"""When a look at the crowd is due, and what an edition without a look leaves unchanged."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from kokemus import anonymity
from kokemus.anonymity import Edition, Member, Parameters

START = date(2026, 1, 15)
A_YEAR_LATER = date(2027, 1, 15)
SEED, OTHER = "01" * 32, "02" * 32
ITEMS = {"hope": frozenset(["hope"]), "grief": frozenset(["grief"])}


def crowd(count: int, *, admitted: date = START, first: int = 0) -> tuple[Member, ...]:
    topics = frozenset(ITEMS)
    return tuple(Member(code=f"m{at}", admitted=admitted, topics=topics) for at in range(first, first + count))


def following(
    previous: Edition | None,
    members: tuple[Member, ...],
    on: date,
    *,
    signed: Iterable[str] = (),
    postponed: bool = False,
) -> Edition | None:
    return anonymity.following(previous, members, frozenset(signed), Parameters(), ITEMS, on, OTHER, postponed)


def first(count: int = 14) -> Edition:
    made = anonymity.following(None, crowd(count), frozenset(), Parameters(), ITEMS, START, SEED)
    assert made
    return made


def test_the_first_look_waits_for_the_floor() -> None:
    """A crowd of eleven gets no look, a crowd of twelve does."""
    assert following(None, crowd(11), START) is None
    made = following(None, crowd(12), START)
    assert made
    assert (made.look, made.looked, made.counted, made.seed) == (1, START, 12, OTHER)


def test_below_the_floor_signed_topics_make_an_edition_without_a_look() -> None:
    """It lists nothing of the crowd."""
    assert following(None, crowd(5), START, signed=["grief"]) == Edition(
        day=START, parameters=Parameters(), signed=("grief",)
    )


@pytest.mark.parametrize(
    ("joined", "left", "on", "looks"),
    [
        (3, 0, A_YEAR_LATER, True),
        (2, 0, A_YEAR_LATER, False),
        (0, 3, A_YEAR_LATER, False),
        (1, 3, A_YEAR_LATER, True),
        (3, 0, date(2027, 1, 14), False),
        (0, 0, date(2036, 1, 15), False),
        (2, 2, date(2036, 1, 15), False),
    ],
    ids=["three came", "two came", "three left, below the floor", "three left", "a day early", "nobody", "two and two"],
)
def test_a_later_look_waits_for_the_year_and_for_movement(joined: int, left: int, on: date, looks: bool) -> None:
    """It needs twelve months, and three people who came or three who left."""
    members = (*crowd(14)[left:], *crowd(joined, admitted=date(2026, 6, 1), first=100))
    made = following(first(), members, on)
    assert (made is not None and made.look == 2) is looks


def test_an_expert_who_returns_is_noticed_by_the_number_alone() -> None:
    """They were admitted before the look but not counted by it, such as somebody who has given up a card since."""
    assert anonymity.clock(first(), crowd(17), frozenset(), Parameters(), A_YEAR_LATER).came == 3


def test_who_came_and_left_again_is_no_movement() -> None:
    """The clock sees only numbers and days, so an edit of topics is no movement either."""
    now = anonymity.clock(first(), crowd(14), frozenset(), Parameters(), A_YEAR_LATER)
    assert (now.came, now.left, now.has_look) == (0, 0, False)


def test_an_edition_without_a_look_leaves_the_list_as_it_was() -> None:
    """The day and the signed topics are new, everything else is copied."""
    made = following(first(), crowd(13), date(2026, 3, 1), signed=["grief"])
    assert made == replace(first(), day=date(2026, 3, 1), signed=("grief",))


def test_a_postponed_look_is_not_made() -> None:
    """The edition is made with the old list, and the look is due again a month later."""
    members = (*crowd(14), *crowd(3, admitted=date(2026, 6, 1), first=100))
    made = following(first(), members, A_YEAR_LATER, signed=["hope"], postponed=True)
    assert made == replace(first(), day=A_YEAR_LATER, signed=("hope",))
    assert following(first(), members, A_YEAR_LATER, postponed=True) == replace(first(), day=A_YEAR_LATER)
    postponed = replace(first(), day=A_YEAR_LATER)
    assert following(postponed, members, date(2027, 2, 14)) is None
    later = following(postponed, members, date(2027, 2, 15))
    assert later
    assert later.look == 2


def test_a_configured_k_does_not_count_as_the_k_of_a_look() -> None:
    """Between 45 and 49 only the k of an earlier look keeps the larger k."""
    without_look = Edition(day=START, parameters=Parameters(k=6, floor=14), signed=("grief",))
    made = following(without_look, crowd(46), date(2026, 3, 1))
    assert made
    assert made.parameters.k == 3


def test_a_crowd_below_the_floor_loses_its_list_after_the_year() -> None:
    """This follows from numbers alone. The data of the look itself are kept."""
    assert first().listed
    assert following(first(), crowd(11), date(2027, 1, 14)) is None
    assert following(first(), crowd(11), A_YEAR_LATER) == replace(first(), day=A_YEAR_LATER, listed=())
    emptied = replace(first(), day=A_YEAR_LATER, listed=())
    assert following(emptied, crowd(11), date(2028, 1, 15)) is None


def test_a_month_passes_between_editions() -> None:
    """31 January and the last day of February are a month apart."""
    edition = replace(first(), day=date(2027, 1, 31))
    assert following(edition, crowd(14), date(2027, 2, 27), signed=["grief"]) is None
    assert following(edition, crowd(14), date(2027, 2, 28), signed=["grief"])


def test_a_topic_that_was_signed_before_makes_no_edition() -> None:
    """Only topics that ``signed`` lacks make an edition due."""
    edition = replace(first(), signed=("grief", "hope"))
    assert following(edition, crowd(14), date(2026, 5, 1), signed=["grief"]) is None


def test_a_look_never_uses_the_seed_of_the_last_one() -> None:
    """Each look has new coins."""
    members = (*crowd(14), *crowd(3, admitted=date(2026, 6, 1), first=100))
    made = following(first(), members, A_YEAR_LATER)
    assert made
    assert made.seed == OTHER != first().seed
