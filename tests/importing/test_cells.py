"""Parsing cells as people type them."""

from datetime import date

import pytest

from kokemus.importing import cells


@pytest.mark.parametrize("typed", ["a, b", "a;b", "a / b", "a\nb", "a\r\nb", " a ,, b ", "a – b", "a, b, a"])
def test_a_list_may_use_any_common_separator(typed: str) -> None:
    """Repeated items count once."""
    assert cells.parts(typed) == ("a", "b")


def test_a_hyphen_within_a_word_is_not_a_separator() -> None:
    """Nor does a space."""
    assert cells.parts("Pedersören kunta, itä-Lappi") == ("Pedersören kunta", "itä-Lappi")


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-02",
        "2026-03-02 12:00:00",
        "2.3.2026",
        "02.03.2026",
        "2. 3. 2026",
        "ma 2.3.2026",
        "2.3.26",
        "2.3.2026 klo 12",
    ],
)
def test_a_day_is_read_as_finns_write_it(typed: str) -> None:
    """And as spreadsheets store it."""
    assert cells.day(typed) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "typed",
    ["", "on", "2/3/2026", "3/2026", "31.2.2026", "2026", "46083", "2026-13-01", "2.3", "2-3-2026", "32/1/2026"],
)
def test_an_invalid_or_ambiguous_day_is_rejected(typed: str) -> None:
    """The day of a consent is never guessed."""
    assert cells.day(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, True) for typed in ("Kyllä", "x", "JA", "yes", "True", "1", "✓")),
        *((typed, False) for typed in ("ei", "Nej", "no", "-", "", "0")),
        *((typed, None) for typed in ("joskus", "kyllä tai ei")),
    ],
)
def test_yes_and_no_in_words_signs_and_numbers(typed: str, meant: bool | None) -> None:
    """Anything else is not guessed."""
    assert cells.answer(typed) is meant


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("401234567", "0401234567"),
        ("358401234567", "+358401234567"),
        *((typed, typed) for typed in ("040 123", "016 123456", "+358 40 1234567", "", "050-1234567")),
    ],
)
def test_telephone_numbers_get_back_their_zero_or_plus(typed: str, number: str) -> None:
    """The leading zero, or the plus."""
    assert cells.phone(typed) == number


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2/3/2026", (date(2026, 3, 2), date(2026, 2, 3))),
        ("2/2/2026", ()),
        ("13/3/2026", ()),
        ("2.3.2026", ()),
        ("on", ()),
    ],
)
def test_an_ambiguous_day_is_reported_with_both_readings(typed: str, days: tuple[date, ...]) -> None:
    """The day or the month may come first. If only one reading is a valid day, it is not ambiguous."""
    assert cells.readings(typed) == days


def test_a_day_with_slashes_is_read_if_it_is_unambiguous() -> None:
    """There is no month thirteen."""
    assert cells.day("13/3/2026") == cells.day("3/13/26") == date(2026, 3, 13)
