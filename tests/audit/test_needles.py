"""Needles: a value is found wherever it is in a text and whatever separates its parts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kokemus.audit.needles import Needles, Secret
from kokemus.text import fold
from tests.rigs.growth import LINEAR, growth, seconds

VALUES = ("Toivo Ränderström", "Aino", "Pikkukylä", "a b", "masennus", "040 123 4567")
SECRETS = tuple(Secret("experts/q7x.yml", ("private", str(at)), value) for at, value in enumerate(VALUES))
SIGNS = (*"aoiäk 1.-\n:_\u200b", "\n\n", "--------", ":::::::", "</p>\n<p>")
PARTS = st.sampled_from([*SIGNS, "mas", "Ain", "a b", "+358 40", "123", "45-67", *VALUES])


def runs_of_digits(text: str) -> list[str]:
    """The digits of a text in runs. A letter, a > or ten signs end a run; usual signs in a row count as one."""
    found = [""]
    between = ""
    for sign in text:
        if not sign.isdigit():
            between += sign
            continue
        signs = re.sub(r"[\s()./–-]+", ".", between)
        joined = len(signs) < 10 and not any(sign.isalnum() or sign == ">" for sign in signs)
        found = [*found[:-1], found[-1] + sign] if joined else [*found, sign]
        between = ""
    return found


def plainly(text: str) -> set[Secret]:
    """The secrets in a text, by a plain search of the whole text for each value."""
    words = fold(text)
    runs = {words[start:end] for start in range(len(words)) for end in (start + 1, start + 2)}
    numbers = runs_of_digits(text)
    return {
        secret
        for secret in SECRETS
        for value in (fold(secret.text),)
        if (len("".join(value)) >= 8 and "".join(value) in "".join(words))
        or value in runs
        or (secret.text == "040 123 4567" and any("401234567" in number for number in numbers))
    }


@given(st.lists(PARTS, max_size=40).map("".join))
def test_needles_find_what_a_plain_search_finds(text: str) -> None:
    """The index finds exactly what the plain search finds."""
    assert set(Needles(SECRETS).found(text)) == plainly(text)


def test_many_values_that_begin_alike_take_no_longer() -> None:
    """As from a long note of short words that repeats the same few words."""
    many = [Secret("experts/a.yml", ("private", "notes"), "a a a b")] * 20_000
    known, alone = Needles(many), Needles(many[:1])
    for needles in (known, alone):
        assert set(needles.found("a a a c " * 20)) == set()
        assert set(needles.found("a a a b")) == set(many)
    text = "a a a c a a a b " * 2000
    assert seconds(lambda: list(known.found(text))) < 5 * seconds(lambda: list(alone.found(text)))


def test_many_values_that_begin_like_a_page_take_no_longer() -> None:
    """A page of one line, and hundreds of notes that begin with a word that the page repeats: linear in the page."""
    word, notes = "kokemusasiantuntija", ("private", "notes")
    known = Needles(Secret(f"experts/{number}.yml", notes, f"{word} {number}") for number in range(300))
    assert set(known.found(f"{word} puhuu " * 400)) == set()
    assert growth(lambda times: list(known.found(f"{word} puhuu " * times)), 50) < LINEAR
