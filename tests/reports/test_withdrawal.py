"""A withdrawal is written into the consent, and nothing else in the file changes."""

from datetime import date

import pytest

from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.reports import withdrawal

ON = date(2026, 11, 24)


def read(text: str) -> Document:
    document, problems = parser.read("experts/a.yml", text.encode())
    assert document, problems
    return document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("consent: {given: 2026-03-02, withdrawn: 2026-11-24}", ON),
        ('consent: {given: 2026-03-02, withdrawn: "2026-11-24"}', ON),
        ("consent: {given: 2026-03-02, withdrawn: soon}", None),
        ("consent: {given: 2026-03-02}", None),
        ("consent: yes", None),
        ("- consent", None),
    ],
)
def test_the_day_of_withdrawal_is_read_despite_other_errors(text: str, expected: date | None) -> None:
    """Written as a day or as text."""
    assert withdrawal.day(read(text)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "consent:\n  given: 2026-03-02  # signed\n  text: x\nlanguages: [fi]\n",
            "consent:\n  given: 2026-03-02  # signed\n  withdrawn: 2026-11-24\n  text: x\nlanguages: [fi]\n",
        ),
        ("consent: {given: 2026-03-02, text: x}\n", "consent: {given: 2026-03-02, withdrawn: 2026-11-24, text: x}\n"),
        ('consent: {given: "2026-03-02"}', 'consent: {given: "2026-03-02", withdrawn: 2026-11-24}'),
        ("consent:\n    given: 2026-03-02", "consent:\n    given: 2026-03-02\n    withdrawn: 2026-11-24\n"),
        ("consent:\r\n  given: 2026-03-02\r\n", "consent:\r\n  given: 2026-03-02\r\n  withdrawn: 2026-11-24\r\n"),
    ],
)
def test_marking_a_withdrawal_changes_nothing_else_in_the_file(before: str, after: str) -> None:
    """Comments, layout and line endings are kept."""
    assert withdrawal.marked(before, read(before), ON) == after


def test_a_later_day_is_replaced_and_a_file_without_a_consent_is_left_alone() -> None:
    """The earlier day is the intended one. Without a consent there is no place to write it."""
    later = "consent:\n  given: 2026-03-02\n  withdrawn: 2027-01-01  # her wish\n"
    assert withdrawal.marked(later, read(later), ON) == later.replace("2027-01-01", "2026-11-24")
    assert withdrawal.marked("languages: [fi]\n", read("languages: [fi]\n"), ON) == "languages: [fi]\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "consent:\n  given: 2026-03-02\n  solo: [hope]\n",
            "consent:\n  given: 2026-03-02\n  withdrawn: 2026-11-24\n  leaving: month\n  solo: [hope]\n",
        ),
        (
            "consent: {given: 2026-03-02, solo: [hope]}\n",
            "consent: {given: 2026-03-02, withdrawn: 2026-11-24, leaving: month, solo: [hope]}\n",
        ),
        (
            "# leaving: build is the default\nconsent:\n  given: 2026-03-02\n  leaving: build  # asked\n",
            "# leaving: build is the default\nconsent:\n  given: 2026-03-02\n  withdrawn: 2026-11-24\n"
            "  leaving: month  # asked\n",
        ),
        (
            "consent:\n  leaving: build\n  given: 2026-03-02\n  withdrawn: 2027-01-01\n",
            "consent:\n  leaving: month\n  given: 2026-03-02\n  withdrawn: 2026-11-24\n",
        ),
    ],
)
def test_how_signed_topics_are_removed_is_written_beside_it(before: str, after: str) -> None:
    """At the turn of a month, if the expert prefers that. An existing value is replaced in place."""
    assert withdrawal.marked(before, read(before), ON, "month") == after
    assert withdrawal.leaving(read(after)) == "month"
