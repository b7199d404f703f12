"""Lines find what a plain search of each text finds, whatever was read before, and look at each line once."""

import base64
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.audit import lines
from kokemus.audit.decoding import base64_texts, forms
from kokemus.audit.lines import Lines
from kokemus.audit.needles import Needles, Secret
from tests.audit.test_needles import PARTS, SECRETS, VALUES, plainly

MARKUP = st.sampled_from(["<b>", "</b", ">", "<", "&#", "10;", "&auml;", "%C3", "%A4", "%0A", "\\u00e4", "\n"])


def known(*secrets: Secret) -> Lines:
    return Lines(Needles(secrets or SECRETS))


def plainly_in_each_form(*texts: str) -> set[Secret]:
    return set().union(*(plainly(form) for text in texts for form in forms(text)))


@pytest.mark.slow
@given(st.lists(st.lists(PARTS | MARKUP, max_size=20).map("".join), max_size=6))
def test_searching_line_by_line_finds_what_a_plain_search_finds(texts: list[str]) -> None:
    """Whatever is escaped, wherever a tag or an escape is broken, and whichever lines were seen before."""
    ours = known()
    for text in texts:
        found = set(ours.found(text))
        assert plainly_in_each_form(text) <= found <= plainly_in_each_form(text, *text.split("\n"))


def test_a_line_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cached, however many pages it is on. Very long lines and long runs of base64 are not cached."""
    looked: list[str] = []

    def noted(look: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*given: Any) -> Any:
            looked.append(given[-1])
            return look(*given)

        return noting

    monkeypatch.setattr(lines, "forms", noted(forms))
    monkeypatch.setattr(lines, "base64_texts", noted(base64_texts))
    monkeypatch.setattr(Needles, "seen", noted(Needles.seen))
    ours = known()
    wide = "a" * 30_000
    for _ in range(3):
        list(ours.found(f"one\ntwoandthree\n{wide}"))
    counted = Counter(looked)
    assert (counted["one"], counted["twoandthree"]) == (2, 3)
    assert counted[wide] == 3 * 3


@pytest.mark.parametrize(
    ("value", "written"), [(VALUES[0], VALUES[0]), ("a b", "a b"), ("040 123 4567", "+358 40 123 4567")]
)
@pytest.mark.parametrize("between", ["\n", " \n ", "\n\n", "-\n", "</b>\n<b>", "\n-\n", "<b\n>", "&#10;", "\n<BR>\n"])
def test_a_value_that_is_broken_over_lines_is_found(value: str, written: str, between: str) -> None:
    """At any break, with any markup around it."""
    secret = SECRETS[VALUES.index(value)]
    for at in [1] if value == "a b" else range(2, len(written)):
        page = f"<p>Terveisin\n{written[:at]}{between}{written[at:]}\nja muut</p>"
        assert secret in set(known().found(page)), at


@pytest.mark.parametrize("before", range(3))
def test_a_value_that_is_broken_is_found_wherever_in_a_line_it_begins(before: int) -> None:
    """For every start in the line and every break. There is only one break in the text."""
    value = "Pikkukylä"
    for at in range(1, len(value)):
        assert set(known(SECRETS[2]).found(f"{'x' * before}{value[:at]}\n{value[at:]}x")), at


def test_a_number_may_begin_in_what_looks_like_an_escape() -> None:
    """The number is gone from the text once its escapes are undone."""
    assert SECRETS[-1] in set(known().found("%40\n1234567"))


@pytest.mark.parametrize(
    "escaped", [str, lambda text: "".join(f"&#{ord(letter)};" for letter in text)], ids=["as it is", "escaped"]
)
def test_a_value_that_an_attribute_begins_and_the_next_line_ends_is_found(
    escaped: Callable[[str], str],
) -> None:
    """A value that is whole in the attribute is found too."""
    value = VALUES[0]
    for at in range(1, len(value) + 1):
        assert set(known(SECRETS[0]).found(f'<a title="{escaped(value[:at])}">\n{value[at:]}</a>')), at


def test_a_value_that_looks_escaped_itself_is_found() -> None:
    """It is found as typed, whole or broken over lines."""
    link = Secret("experts/q7x.yml", ("private", "link"), "%41ino.example.org/oma%20sivu")
    for at in range(len(link.text)):
        assert set(known(link).found(f"katso {link.text[:at]}\n{link.text[at:]}!")) == {link}, at


PACKED = base64.b64encode(b"name: " + VALUES[0].encode()).decode()


@pytest.mark.parametrize(
    "written",
    [
        PACKED,
        f"{PACKED[:9]}<wbr>{PACKED[9:]}",
        f"&#{ord(PACKED[0])};{PACKED[1:]}",
        f"{PACKED[:9]}<wbr\n>{PACKED[9:]}",
        "".join(f"%{ord(letter):x}" for letter in PACKED),
    ],
)
def test_a_packed_value_is_found_however_it_is_cut_or_escaped(written: str) -> None:
    """Even if a tag, which may itself be broken over lines, cuts the base64."""
    assert SECRETS[0] in set(known().found(f"<p>{written}</p>"))
