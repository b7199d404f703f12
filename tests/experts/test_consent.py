"""When something of a profile changes by itself, and which days are probably typing errors."""

from datetime import date, timedelta

import pytest

from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.vocabulary import Vocabulary
from tests.rigs.profiles import read, text

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
    """The next day on which a profile stops being at hand, and the next on which it becomes so."""
    profile = read(text(consent=given, more=more), lapland)
    assert consent.next_lapse([profile], ON) == lapse
    assert consent.next_start([profile], ON) == start


def test_a_card_has_its_own_day_of_change(lapland: Vocabulary) -> None:
    """The days of a profile come in order, each once."""
    profile = read(text(more=f"{CARD}\nadmitted: 2026-03-05"), lapland)
    assert consent.changes(profile) == (date(2026, 3, 2), date(2026, 3, 5), date(2026, 5, 1), date(2028, 3, 3))


def in_force(profile: Profile, on: date) -> tuple[int, set[str], set[str], int]:
    """The size of the crowd, the signed topics, those that stay listed, and the number of cards shown."""
    found = consent.in_force([profile], on)
    return len(found.members), set(found.signed), set(found.staying), len(found.cards)


def test_a_break_hides_a_card_and_changes_nothing_else(lapland: Vocabulary) -> None:
    """An expert on a break stays in the crowd, and the topics they signed stay listed."""
    rest = "paused: {from: 2026-09-01, until: 2026-09-30}\n"
    signed = "given: 2026-03-02, solo: [depression]"
    plain = read(text(consent=signed, more=rest), lapland)
    carded = read(text(more=rest + CARD), lapland)
    for on in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1)):
        assert in_force(plain, on) == (1, {"depression"}, {"depression"}, 0)
        assert in_force(carded, on)[3] == (0 if on.month == 9 else 1)


def test_the_crowd_is_everybody_in_consent_without_a_card_whatever_they_speak_about(lapland: Vocabulary) -> None:
    """No topic decides who is in it. Any card keeps its expert out, even one that does not show yet."""
    assert in_force(read(text(offers="[]"), lapland), ON)[0] == 1
    assert in_force(read(text(more=CARD.replace("2026-05-01", "2027-05-01")), lapland), ON) == (0, set(), set(), 0)
    admitted = read(text(more="admitted: 2026-06-01"), lapland)
    assert in_force(admitted, date(2026, 5, 31))[0] == 0
    assert in_force(admitted, date(2026, 6, 1))[0] == 1


@pytest.mark.parametrize(
    ("leaving", "last"),
    [
        ("", date(2026, 11, 9)),
        (", leaving: build", date(2026, 11, 9)),
        (", leaving: month", date(2026, 12, 31)),
    ],
)
def test_signed_topics_go_at_once_or_at_the_turn_of_a_month(leaving: str, last: date, lapland: Vocabulary) -> None:
    """After a withdrawal on 10 November: that day, or on 1 January. New editions no longer include them."""
    profile = read(text(consent=f"given: 2026-03-02, withdrawn: 2026-11-10, solo: [depression]{leaving}"), lapland)
    assert consent.gone_from(profile) == last + timedelta(days=1)
    assert in_force(profile, date(2026, 11, 9)) == (1, {"depression"}, {"depression"}, 0)
    assert in_force(profile, date(2026, 11, 10))[:2] == (0, set())
    assert in_force(profile, last)[2] == {"depression"}
    assert in_force(profile, last + timedelta(days=1))[2] == set()


def test_a_consent_that_lapses_takes_signed_topics_with_it(lapland: Vocabulary) -> None:
    """Even topics that were to go at the turn of a month."""
    consents = "given: 2024-11-20, withdrawn: 2026-11-10, solo: [depression], leaving: month"
    profile = read(text(consent=consents), lapland)
    assert in_force(profile, date(2026, 11, 20))[2] == {"depression"}
    assert in_force(profile, date(2026, 11, 21))[2] == set()


def test_a_future_withdrawal_is_reported_with_its_day(lapland: Vocabulary) -> None:
    """A withdrawal of today or earlier is not reported."""
    ahead, holds, none = (
        read(text(consent=f"given: 2026-03-02{more}"), lapland, code)
        for code, more in (("a1", ", withdrawn: 2027-01-01"), ("a2", ", withdrawn: 2026-11-24"), ("a3", ""))
    )
    (found,) = consent.ahead([ahead, holds, none], ON)
    assert (found.code, found.path, found.values) == ("withdrawn-ahead", "experts/a1.yml", (("day", "2027-01-01"),))


def test_a_future_signature_is_reported_with_its_day(lapland: Vocabulary) -> None:
    """If swapping day and month gives a past day, that is suggested. A signature of today is not reported."""
    card = "card: {consent: 2026-12-24, name: Kaamos, text: {fi: Puhun.}}\n"
    swapped, odd, today = (
        read(text(consent=f"given: {day}"), lapland, code)
        for code, day in (("a1", "2026-12-10"), ("a2", "2026-12-13"), ("a3", ON))
    )
    shown = read(text(consent="given: 2026-03-02") + card, lapland, "a4")
    assert [
        (one.code, one.path, one.route, dict(one.values)) for one in consent.ahead((swapped, odd, today, shown), ON)
    ] == [
        ("signed-ahead", "experts/a1.yml", ("consent", "given"), {"day": "2026-12-10", "near": "2026-10-12"}),
        ("signed-ahead", "experts/a2.yml", ("consent", "given"), {"day": "2026-12-13"}),
        ("signed-ahead", "experts/a4.yml", ("card", "consent"), {"day": "2026-12-24"}),
    ]
