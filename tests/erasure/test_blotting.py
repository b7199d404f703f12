"""Every value that needles find is replaced by stars, in any form, and nothing else is."""

import re
import unicodedata
from pathlib import Path

import git_filter_repo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.audit.needles import Needles, Secret
from kokemus.erasure.blotting import blotted, expressions

NAME = Secret("experts/z9k3w.yml", ("private", "name"), "Åke-Matti Ätkäläinen")
EMAIL = Secret("experts/z9k3w.yml", ("private", "email"), "ake@example.org")
PHONE = Secret("experts/z9k3w.yml", ("private", "phone"), "+358 40 555 9876")
CYRILLIC = Secret("experts/z9k3w.yml", ("private", "name"), "Олена Їжак")
SHORT = Secret("experts/z9k3w.yml", ("card", "name"), "Åke M")
CODE = Secret("experts/z9k3w.yml", (), "z9k3w")
OWN = (NAME, EMAIL, PHONE, CYRILLIC, SHORT, CODE)

between = st.sampled_from(["", " ", "-", ".", "\n", "_", " \t", "\u00a0", "\u00ad", "\u2013", "\u200b", "…", "<b>"])
around = st.sampled_from(["", " ", "x", "ä", "7", "\n", "–", "_", "(", "\u00a0"])


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A value as somebody may have written it, with other case, accents, composition and separators."""
    value = draw(st.sampled_from([form for secret in OWN for form in (secret.text.upper(), secret.text.lower())]))
    value = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), value)
    if draw(st.booleans()):
        value = "".join(letter for letter in unicodedata.normalize("NFD", value) if not unicodedata.combining(letter))
    value = "".join(draw(between) if letter in " -@." else letter for letter in value)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(value)))
        value = value[:at] + draw(between) + value[at:]
    return draw(around) + value + draw(around)


@given(mangled())
def test_whatever_needles_find_in_a_text_is_replaced(text: str) -> None:
    needles = Needles(OWN)
    assert not list(needles.found(blotted(text.encode(), OWN).decode()))


@given(st.text("abcdeåäö 123-.\n", max_size=60))
def test_a_text_in_which_needles_find_nothing_stays_as_it_is(text: str) -> None:
    few = (
        Secret("x", ("private", "name"), "abc"),
        Secret("x", ("private", "name"), "abcde åäö"),
        Secret("x", (), "a1"),
    )
    if not list(Needles(few).found(text)):
        assert blotted(text.encode(), few) == text.encode()


@pytest.mark.parametrize(
    "text", ["Soita 040-5559876!", "Z9K3W", "z9\u00adk3w", "consent-z9k3w.fi.html", "åke m.", "ОЛЕНА ЇЖАК"]
)
def test_usual_forms_are_replaced(text: str) -> None:
    """Needles do find them: the positive control."""
    assert list(Needles(OWN).found(text))
    assert "***" in blotted(text.encode(), OWN).decode()


@pytest.mark.parametrize("text", ["az9k3w", "äz9k3w", "z9k3wä", "åke mi", "2040 555 98", "ä"])
def test_what_only_begins_alike_stays(text: str) -> None:
    assert blotted(text.encode(), OWN) == text.encode()


def test_a_binary_file_stays_as_git_filter_repo_leaves_it() -> None:
    assert blotted(b"\0z9k3w", OWN) == b"\0z9k3w"
    assert blotted(b"x" * 8192 + b"\0z9k3w ", OWN).endswith(b"\0*** ")


def test_git_filter_repo_reads_the_expressions_as_they_are_meant(tmp_path: Path) -> None:
    """One on each line, all regular expressions, longest values first."""
    file = tmp_path / "blot.txt"
    file.write_text(expressions(OWN), "utf-8")
    read = git_filter_repo.FilteringOptions.get_replace_text(str(file))
    assert read["literals"] == []
    text = "Åke-Matti Ätkäläinen, ake@example.org, 0405559876, z9k3w".encode()
    for pattern, stars in read["regexes"]:
        text = re.sub(pattern, stars, text)
    assert text == b"***, ***, ***, ***"
