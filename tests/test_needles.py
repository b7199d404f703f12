"""Needles: whatever of a text lies between, a value is found, and by looking at each line but once."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus import needles
from kokemus.needles import Needles, Secret, fold

VALUES = ("Toivo Ränderström", "Aino", "Pikkukylä", "a b", "masennus", "040 123 4567")
SECRETS = tuple(Secret("experts/q7x.yml", ("private", str(at)), value) for at, value in enumerate(VALUES))
PARTS = st.sampled_from([*"aoiäk 1.-\n", "\n\n", "mas", "Ain", "a b", "+358 40", "123", "45-67", "</p>\n<p>", *VALUES])


def plainly(text: str) -> set[Secret]:
    """What stands in a text, by going through the whole of it for each value."""
    words = fold(text)
    runs = {words[start:end] for start in range(len(words)) for end in (start + 1, start + 2)}
    numbers = [re.sub(r"\D", "", run) for run in re.findall(r"\d[\d\s()./–-]{5,}\d", text)]
    return {
        secret
        for secret in SECRETS
        for value in (fold(secret.text),)
        if (len("".join(value)) >= 8 and "".join(value) in "".join(words))
        or value in runs
        or (secret.text == "040 123 4567" and any("401234567" in number for number in numbers))
    }


@given(st.lists(PARTS, max_size=40).map("".join))
def test_a_text_holds_what_looking_plainly_finds_in_it(text: str) -> None:
    """No place in a line, no break of a line and nothing that came before makes a difference."""
    assert set(Needles(SECRETS).found(text)) == plainly(text)


def test_a_line_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages it stands on; a very long one is not kept."""
    looked: list[str] = []

    def noted(line: str) -> tuple[str, ...]:
        looked.append(line)
        return fold(line)

    monkeypatch.setattr(needles, "fold", noted)
    known = Needles(())
    wide = "a" * 2000
    for _ in range(3):
        list(known.found(f"one\ntwo\n{wide}"))
    assert sorted(looked) == ["a" * 2000] * 3 + ["one", "two"]


def test_many_values_that_begin_alike_take_no_longer() -> None:
    """As a long note of short words makes them: the same few words again and again."""
    many = [Secret("experts/a.yml", ("private", "notes"), "a a a b")] * 20_000
    before = time.process_time()
    known = Needles(many)
    for _ in range(50):
        assert set(known.found("a a a c " * 20)) == set()
        assert set(known.found("a a a b")) == set(many)
    assert time.process_time() - before < 1


def test_long_values_that_begin_as_a_page_does_take_no_longer() -> None:
    """A page of one line, and hundreds of notes that begin with a word which it says again and again."""
    word, notes = "kokemusasiantuntija", ("private", "notes")
    known = Needles(Secret(f"experts/{number}.yml", notes, f"{word} {number}") for number in range(300))
    before = time.process_time()
    assert set(known.found(f"{word} puhuu " * 5000)) == set()
    assert time.process_time() - before < 2


def test_little_room_for_lines_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two lines at most are remembered, the others are read anew."""
    monkeypatch.setattr(needles, "_LINES", 2)
    known = Needles(SECRETS)
    page = "Toivo\nAino\nRänder\nström\nAino\nPikku\nkylä\nAino"
    for _ in range(3):
        assert set(known.found(page)) == plainly(page)


@given(st.lists(st.lists(PARTS, max_size=20).map("".join), max_size=6))
def test_a_line_that_was_seen_before_is_read_as_if_for_the_first_time(texts: list[str]) -> None:
    """What a line's neighbours make of it is looked for on every page."""
    known = Needles(SECRETS)
    for text in texts:
        assert set(known.found(text)) == plainly(text)


@pytest.mark.parametrize(
    ("value", "written"), [(VALUES[0], VALUES[0]), ("a b", "a b"), ("040 123 4567", "+358 40 123 4567")]
)
@pytest.mark.parametrize("between", ["\n", " \n ", "\n\n", "-\n", "</b>\n<b>", "\n-\n"])
def test_a_value_that_is_broken_over_lines_is_found(value: str, written: str, between: str) -> None:
    """Wherever it is broken and with whatever markup."""
    secret = SECRETS[VALUES.index(value)]
    for at in [1] if value == "a b" else range(2, len(written)):
        page = f"<p>Terveisin\n{written[:at]}{between}{written[at:]}\nja muut</p>"
        assert secret in set(Needles(SECRETS).found(re.sub("<[^>]*>", "", page))), at
