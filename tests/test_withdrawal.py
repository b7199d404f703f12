"""A withdrawal: marked where the consent is written, and what of the edition nobody stands behind afterwards."""

from datetime import date

import pytest

from kokemus import source, withdrawal
from kokemus.document import Document
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary
from tests.test_desk import OTHERS, people, situation

ON = date(2026, 11, 24)


def read(text: str) -> Document:
    document, problems = source.read("experts/a.yml", text.encode())
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
def test_its_day_is_read_whatever_else_is_wrong(text: str, expected: date | None) -> None:
    """As a day or as text."""
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
def test_a_withdrawal_is_marked_and_nothing_else_of_the_file_changes(before: str, after: str) -> None:
    """Comments, layout and line endings stay."""
    assert withdrawal.marked(before, read(before), ON) == after


def test_a_later_day_is_replaced_and_a_file_without_a_consent_is_left_alone() -> None:
    """The former is what was meant; where in the latter it belongs nobody can tell."""
    later = "consent:\n  given: 2026-03-02\n  withdrawn: 2027-01-01  # her wish\n"
    assert withdrawal.marked(later, read(later), ON) == later.replace("2027-01-01", "2026-11-24")
    assert withdrawal.marked("languages: [fi]\n", read("languages: [fi]\n"), ON) == "languages: [fi]\n"


def test_only_what_nobody_stands_behind_may_go_at_once(lapland: Vocabulary) -> None:
    """With everything that implies it."""
    profiles = people(lapland, "hope", "hope", "hope", *OTHERS)
    before = situation(profiles, lapland)
    assert before.edition
    assert withdrawal.abandoned(before.edition, before.rule) == ()
    after = situation(people(lapland, *OTHERS), lapland)
    gone = withdrawal.abandoned(before.edition, after.rule)
    assert Statement("hope") in gone
    assert {found.topic for found in gone} == {"hope"}
    kept = withdrawal.without(before.edition, gone, after.rule)
    assert kept.crowd == before.edition.crowd - set(gone)
