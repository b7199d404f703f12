"""When something of a profile changes by itself, and what is probably a slip of the pen."""

from datetime import date

import pytest

from kokemus import consent
from kokemus.vocabulary import Vocabulary
from tests.profiles import read, text

ON = date(2026, 11, 24)
CARD = 'card: {consent: 2026-05-01, name: Alias, text: {fi: "Tervetuloa."}}'


@pytest.mark.parametrize(
    ("given", "more", "lapse", "start"),
    [
        ("given: 2026-03-02", "", date(2028, 3, 3), None),
        ("given: 2026-03-02, withdrawn: 2026-12-01", "", date(2026, 12, 1), None),
        ("given: 2026-03-02, withdrawn: 2026-11-01", "", None, None),
        ("given: 2026-03-02", "paused: {from: 2026-11-01, until: 2026-12-31}", date(2028, 3, 3), date(2027, 1, 1)),
        ("given: 2026-03-02", "paused: {from: 2026-12-01}", date(2026, 12, 1), None),
        ("given: 2026-12-24", "", date(2028, 12, 25), date(2026, 12, 24)),
    ],
    ids=["runs out", "will be withdrawn", "is withdrawn", "on a break", "a break ahead", "not begun"],
)
def test_the_next_days_of_change_are_known(
    given: str, more: str, lapse: date | None, start: date | None, lapland: Vocabulary
) -> None:
    """The first day on which a profile is no longer in force, and the first on which it is again."""
    profile = read(text(consent=given, more=more), lapland)
    assert consent.next_lapse([profile], ON) == lapse
    assert consent.next_start([profile], ON) == start


def test_a_card_has_its_own_day_of_change(lapland: Vocabulary) -> None:
    """All days of a profile come in order, and each once."""
    profile = read(text(more=f"{CARD}\nadmitted: 2026-03-05"), lapland)
    assert consent.changes(profile) == (date(2026, 3, 2), date(2026, 3, 5), date(2026, 5, 1), date(2028, 3, 3))


def test_who_counts_now_and_did_not_then_is_a_newcomer(lapland: Vocabulary) -> None:
    """By the place in the crowd, in which nobody with a card has one."""
    carded = read(text(more=CARD), lapland)
    old, new = (read(text(consent=f"given: {day}"), lapland) for day in ("2026-03-02", "2026-10-01"))
    assert consent.newcomers([carded, old, new], ON, date(2026, 9, 1)) == 0b10
    assert consent.size([carded, old, new], ON) == len(consent.crowd([carded, old, new], ON, lapland)) == 2


def test_who_took_a_break_on_the_day_of_an_edition_is_no_newcomer(lapland: Vocabulary) -> None:
    """It counted him perhaps, and the break was written in the evening: he would pass for one who left and came."""
    rested = read(text(more="paused: {from: 2026-09-01, until: 2026-09-02}\n"), lapland)
    assert consent.counts(rested, ON)
    assert not consent.counts(rested, date(2026, 9, 1))
    assert consent.newcomers([rested], ON, date(2026, 9, 1)) == 0


def test_a_withdrawal_ahead_is_told_with_its_day(lapland: Vocabulary) -> None:
    """One that holds already is as it should be."""
    ahead, holds, none = (
        read(text(consent=f"given: 2026-03-02{more}"), lapland, code)
        for code, more in (("a1", ", withdrawn: 2027-01-01"), ("a2", ", withdrawn: 2026-11-24"), ("a3", ""))
    )
    (found,) = consent.ahead([ahead, holds, none], ON)
    assert (found.code, found.path, found.values) == ("withdrawn-ahead", "experts/a1.yml", (("day", "2027-01-01"),))
