"""Promise 1: nothing about an expert is published before consent, nor after lapse or withdrawal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.experts import consent
from kokemus.experts.profile import Consent, Pause, Profile
from kokemus.vocabulary import Vocabulary
from tests.rigs.profiles import read, text

CARD = 'card: {consent: 2024-01-01, name: Alias, topics: [depression], text: {fi: "Tervetuloa."}}'
SOLO = "solo: [depression]"

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
    """Cards follow the consent and the break to the day; signed topics and the crowd follow only the consent."""
    break_ = f"paused: {paused}\n" if paused else ""
    carded = consent.in_force([read(text(consent=f"{given_}, {SOLO}", more=break_ + CARD), lapland)], on)
    counted = consent.in_force([read(text(consent=given_, more=break_), lapland)], on)
    assert bool(carded.cards) is shown
    assert ("depression" in carded.signed) is ("depression" in carded.staying) is (shown or bool(paused))
    assert bool(counted.members) is (shown or bool(paused))


def test_a_card_needs_its_own_signature(lapland: Vocabulary) -> None:
    """A card signed later than the profile is shown from its own day on."""
    profile = read(text(more=CARD.replace("2024-01-01", "2026-04-01")), lapland)
    assert not consent.in_force([profile], date(2026, 3, 31)).cards
    assert consent.in_force([profile], date(2026, 4, 1)).cards


def test_admission_is_a_day_of_its_own(lapland: Vocabulary) -> None:
    """An expert admitted after the day of consent does not count before."""
    profile = read(text(more="admitted: 2026-03-05"), lapland)
    assert not consent.counts(profile, date(2026, 3, 4))
    assert consent.counts(profile, date(2026, 3, 5))


def test_who_has_a_card_is_never_counted_even_before_it_shows(lapland: Vocabulary) -> None:
    """Readers could subtract a person whose card they see, now or later."""
    profile = read(text(more=CARD.replace("2024-01-01", "2027-01-01")), lapland)
    assert not consent.counts(profile, date(2026, 6, 1))


days = st.dates(date(2026, 1, 1), date(2029, 1, 1))


@given(given_=days, review=days, withdrawn=st.none() | days, start=st.none() | days, until=st.none() | days, on=days)
def test_consent_holds_exactly_on_the_days_that_were_agreed(
    given_: date, review: date, withdrawn: date | None, start: date | None, until: date | None, on: date
) -> None:
    """Checked by listing every day. A break removes days only from being at hand."""
    profile = Profile(
        code="x",
        path="x",
        consent=Consent(given=given_, review=review, withdrawn=withdrawn),
        pause=Pause(start=start, until=until) if start else None,
        admitted=given_,
        languages=(),
        places=(),
        remote=False,
        formats=(),
        audiences=(),
        offers=(),
        solo=(),
        card=None,
        associations=(),
        private=(),
    )
    agreed = {given_ + timedelta(n) for n in range((review - given_).days + 1)}
    if withdrawn:
        agreed = {day for day in agreed if day < withdrawn}
    assert consent.holds(profile, on) is consent.counts(profile, on) is (on in agreed)
    if start:
        end = until or date.max
        agreed = {day for day in agreed if not start <= day <= end}
    assert consent.at_hand(profile, on) is (on in agreed)


def test_the_next_lapse_is_the_next_day_that_takes_something_away(lapland: Vocabulary) -> None:
    """Of two people, the earlier day counts: here the first day of a break."""
    one = read(text(consent="given: 2026-03-02, withdrawn: 2026-12-01"), lapland)
    two = read(text(more="paused: {from: 2026-11-30}"), lapland)
    assert consent.next_lapse([one, two], date(2026, 11, 24)) == date(2026, 11, 30)
    assert consent.next_lapse([one], date(2026, 12, 1)) is None
