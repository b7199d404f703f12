"""Promise 1: nothing about an expert is published before consent, on a break, or after lapse or withdrawal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus import consent
from kokemus.profile import Consent, Pause, Profile
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary
from tests.profiles import read, text

CARD = 'card: {consent: 2024-01-01, name: Alias, text: {fi: "Tervetuloa."}}'
SOLO = "solo: [{topic: depression, format: class-talk}]"

DAYS = {
    "the day before consent": ("given: 2026-03-02", "", date(2026, 3, 1), False),
    "the day of consent": ("given: 2026-03-02", "", date(2026, 3, 2), True),
    "the last day in force, 24 months later": ("given: 2026-03-02", "", date(2028, 3, 2), True),
    "the day after the last day": ("given: 2026-03-02", "", date(2028, 3, 3), False),
    "the last day as reviewed": ("given: 2026-03-02, review: 2026-09-30", "", date(2026, 9, 30), True),
    "the day after it": ("given: 2026-03-02, review: 2026-09-30", "", date(2026, 10, 1), False),
    "a leap day's last day": ("given: 2024-02-29", "", date(2026, 2, 28), True),
    "the day after a leap day's last": ("given: 2024-02-29", "", date(2026, 3, 1), False),
    "the day before withdrawal": ("given: 2026-03-02, withdrawn: 2026-08-15", "", date(2026, 8, 14), True),
    "the day of withdrawal": ("given: 2026-03-02, withdrawn: 2026-08-15", "", date(2026, 8, 15), False),
    "withdrawn on the day of consent": ("given: 2026-03-02, withdrawn: 2026-03-02", "", date(2026, 3, 2), False),
    "the day before a break": ("given: 2026-03-02", "{from: 2026-06-01, until: 2026-09-01}", date(2026, 5, 31), True),
    "the first day of a break": ("given: 2026-03-02", "{from: 2026-06-01, until: 2026-09-01}", date(2026, 6, 1), False),
    "the last day of a break": ("given: 2026-03-02", "{from: 2026-06-01, until: 2026-09-01}", date(2026, 9, 1), False),
    "the day after a break": ("given: 2026-03-02", "{from: 2026-06-01, until: 2026-09-01}", date(2026, 9, 2), True),
    "a break without an end": ("given: 2026-03-02", "{from: 2026-06-01}", date(2027, 12, 31), False),
}


@pytest.mark.parametrize(("given_", "paused", "on", "shown"), DAYS.values(), ids=DAYS)
def test_day_by_day(given_: str, paused: str, on: date, shown: bool, lapland: Vocabulary) -> None:
    """Solo statements, cards and counting follow the consent to the day."""
    break_ = f"paused: {paused}\n" if paused else ""
    with_card = read(text(consent=f"{given_}, {SOLO}", more=break_ + CARD), lapland)
    in_crowd = read(text(consent=given_, more=break_), lapland)
    assert (Statement("depression", format="class-talk") in consent.solo([with_card], on, lapland)) is shown
    assert bool(consent.cards([with_card], on)) is shown
    assert bool(consent.crowd([in_crowd], on, lapland)) is shown


def test_a_card_needs_its_own_signature(lapland: Vocabulary) -> None:
    """A card signed later than the profile shows from its own day on."""
    profile = read(text(more=CARD.replace("2024-01-01", "2026-04-01")), lapland)
    assert not consent.cards([profile], date(2026, 3, 31))
    assert consent.cards([profile], date(2026, 4, 1))


def test_admission_is_a_day_of_its_own(lapland: Vocabulary) -> None:
    """Who is admitted later than the consent does not count before."""
    profile = read(text(more="admitted: 2026-03-05"), lapland)
    assert not consent.crowd([profile], date(2026, 3, 4), lapland)
    assert consent.crowd([profile], date(2026, 3, 5), lapland)


def test_who_has_a_card_is_in_no_count_even_before_it_shows(lapland: Vocabulary) -> None:
    """Readers could subtract a person whose card they see, now or later."""
    profile = read(text(more=CARD.replace("2024-01-01", "2027-01-01")), lapland)
    assert consent.crowd([profile], date(2026, 6, 1), lapland) == ()


def test_solo_is_signed_with_all_that_it_implies_and_nothing_more(lapland: Vocabulary) -> None:
    """Signing a topic with a municipality signs the sub-region, the region, the country and the topic."""
    profile = read(text(consent="given: 2026-03-02, solo: [{topic: depression, where: kemi}]"), lapland)
    assert consent.solo([profile], date(2026, 6, 1), lapland) == {
        Statement("depression"),
        Statement("depression", where="everywhere"),
        Statement("depression", where="lappi"),
        Statement("depression", where="kemi-tornio"),
        Statement("depression", where="kemi"),
    }


days = st.dates(date(2026, 1, 1), date(2029, 1, 1))


@given(given_=days, review=days, withdrawn=st.none() | days, start=st.none() | days, until=st.none() | days, on=days)
def test_in_force_is_exactly_the_days_that_were_agreed(
    given_: date, review: date, withdrawn: date | None, start: date | None, until: date | None, on: date
) -> None:
    """Counted the slow way, a day is in force when it is among the days given and not among those taken back."""
    pause = Pause(start, until) if start else None
    profile = Profile("x", "x", Consent(given_, review, withdrawn), pause, given_, (), (), False, (), (), None, ())
    agreed = {given_ + timedelta(n) for n in range((review - given_).days + 1)}
    if withdrawn:
        agreed = {day for day in agreed if day < withdrawn}
    if start:
        end = until or date.max
        agreed = {day for day in agreed if not start <= day <= end}
    assert consent.in_force(profile, on) == (on in agreed)


def test_the_next_lapse_is_the_next_day_that_takes_something_away(lapland: Vocabulary) -> None:
    """Of two people the one whose break begins first."""
    one = read(text(consent="given: 2026-03-02, withdrawn: 2026-12-01"), lapland)
    two = read(text(more="paused: {from: 2026-11-30}"), lapland)
    assert consent.next_lapse([one, two], date(2026, 11, 24)) == date(2026, 11, 30)
    assert consent.next_lapse([one], date(2026, 12, 1)) is None
