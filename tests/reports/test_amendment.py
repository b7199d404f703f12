"""Renewing a consent in the profile's text keeps the day of admission, the comments and the layout."""

from datetime import date

import pytest

from kokemus.documents import parser
from kokemus.experts import profile
from kokemus.experts.profile import Profile
from kokemus.reports import renewal
from kokemus.vocabulary import Vocabulary

ON = date(2026, 11, 24)
REST = "languages: [fi]\nremote: true\noffers: []\n"


def read(text: str, vocabulary: Vocabulary) -> Profile:
    document, _ = parser.read("experts/a.yml", text.encode())
    assert document
    found, problems = profile.read(document, vocabulary)
    assert found, problems
    return found


def renewed(text: str, vocabulary: Vocabulary) -> str:
    document, _ = parser.read("experts/a.yml", text.encode())
    assert document
    return renewal.renewed(text, document, read(text, vocabulary), ON, "new")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '# who\nconsent:\n  given: 2025-03-02  # signed\n  text: "old"\n' + REST,
            '# who\nconsent:\n  given: 2026-11-24  # signed\n  text: "new"\nadmitted: 2025-03-02\n' + REST,
        ),
        (
            "consent: {given: 2025-03-02, text: an old one, review: 2026-03-02}  # kept\n" + REST,
            'consent: {given: 2026-11-24, text: "new", review: 2027-11-24}  # kept\nadmitted: 2025-03-02\n' + REST,
        ),
        (
            "consent:\n  given: 2025-03-02\nadmitted: 2025-01-15\n" + REST,
            'consent:\n  given: 2026-11-24\n  text: "new"\nadmitted: 2025-01-15\n' + REST,
        ),
        (
            REST + "consent:\n  text: 'the old'\n  given: \"2025-03-02\"",
            REST + 'consent:\n  text: "new"\n  given: 2026-11-24\nadmitted: 2025-03-02\n',
        ),
        (
            "consent:\r\n  given: 2025-03-02\r\nlanguages: [fi]\r\nremote: true\r\noffers: []\r\n",
            'consent:\r\n  given: 2026-11-24\r\n  text: "new"\r\nadmitted: 2025-03-02\r\n'
            "languages: [fi]\r\nremote: true\r\noffers: []\r\n",
        ),
    ],
)
def test_a_renewal_changes_the_consent_and_nothing_else(before: str, after: str, lapland: Vocabulary) -> None:
    """For a consent on lines of its own or in braces, with or without a day of admission."""
    assert renewed(before, lapland) == after


def test_a_renewal_is_not_a_new_admission(lapland: Vocabulary) -> None:
    """Checked in the profile as read again. The control: with only the new day, the expert would count as admitted."""
    before = "consent:\n  given: 2025-03-02\n" + REST
    after = read(renewed(before, lapland), lapland)
    assert (after.consent.given, after.admitted) == (ON, date(2025, 3, 2))
    assert read(before.replace("2025-03-02", "2026-11-24"), lapland).admitted == ON


@pytest.mark.parametrize(
    ("given", "review", "until"),
    [
        ("2024-11-24", "2026-11-24", "2028-11-24"),
        ("2024-02-29", "2026-02-28", "2028-11-24"),
        ("2025-03-02", "2026-03-02", "2027-11-24"),
        ("2026-09-07", "2026-11-16", "2028-11-24"),
        ("2026-03-02", "2026-09-02", "2027-05-24"),
        ("2025-01-31", "2025-12-31", "2027-10-24"),
    ],
)
def test_a_renewed_consent_lasts_as_long_as_the_former_one(given: str, review: str, until: str) -> None:
    """In whole calendar months. One of less than half a year, probably a slip, becomes the usual two years."""
    assert renewal.until(date.fromisoformat(given), date.fromisoformat(review), ON) == date.fromisoformat(until)
