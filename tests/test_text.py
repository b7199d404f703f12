"""Texts: choosing a language, and guessing a mistyped word."""

import pytest

from kokemus.text import in_language, nearest, sentence


@pytest.mark.parametrize(
    ("languages", "said"), [(("sv", "fi"), "hej"), (("en", "fi"), "moi"), (("de",), "moi"), ((), "moi")]
)
def test_a_text_is_returned_in_the_first_available_language(languages: tuple[str, ...], said: str) -> None:
    """An empty text does not count. If no language fits, any language is better than nothing."""
    assert in_language({"en": "", "fi": "moi", "sv": "hej"}, *languages) == said


@pytest.mark.parametrize(("word", "meant"), [("Offres", "offers"), ("offers", "offers"), ("x", None), ("", None)])
def test_the_nearest_word_is_one_or_none(word: str, meant: str | None) -> None:
    """In upper or lower case."""
    assert nearest(word, ("consent", "offers")) == meant


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("Kerron surusta. Maksuton.", "Kerron surusta.", "Maksuton."),
        ("Kysy, esim. surusta. Ääneen?", "Kysy, esim. surusta.", "Ääneen?"),
        ("Klo 9.30 asti", "Klo 9.30 asti", ""),
        ("", "", ""),
    ],
)
def test_the_first_sentence_ends_before_a_capital(text: str, first: str, rest: str) -> None:
    """An abbreviation or a time of day ends none."""
    assert sentence(text) == (first, rest)
