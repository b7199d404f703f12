"""The part of YAML that a person can read without surprises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.documents.problems import Mark, render


def read(text: str) -> Document:
    document, problems = parser.read("a.yml", text.encode())
    assert document is not None
    assert problems == ()
    return document


def refused(content: bytes) -> list[str]:
    _, problems = parser.read("a.yml", content)
    return [found.code for found in problems]


def test_plain_values_are_typed() -> None:
    """Text, integers, numbers, booleans, dates and null, as in YAML 1.1."""
    data = read("{a: text, b: 7, c: 0.8, d: true, e: 2026-03-02, f: ~, g: [1, 2]}").data
    assert data == {"a": "text", "b": 7, "c": 0.8, "d": True, "e": date(2026, 3, 2), "f": None, "g": [1, 2]}


def test_odd_numbers_stay_as_they_were_typed() -> None:
    """A phone number is not octal, and a time is not sexagesimal."""
    assert read("{a: 0401234567, b: 10:30, c: 0x1F, d: 1_000}").data == {
        "a": "0401234567",
        "b": "10:30",
        "c": "0x1F",
        "d": "1_000",
    }


def test_what_was_typed_is_kept_where_yaml_made_something_else_of_it() -> None:
    """The raw text of a value that is not text can still be searched for."""
    assert read("a: 12345\nb: no\nc: text\n").raw == {("a",): "12345", ("b",): "no"}


def test_keys_are_text_even_where_yaml_sees_a_truth_value() -> None:
    """``no`` as a key is the word no."""
    assert read("no: {off: x}").data == {"no": {"off": "x"}}


def test_marks_are_those_of_keys_and_list_items() -> None:
    """A problem points at the key of a value and at the beginning of a list item."""
    marks = read("a:\n  - b: c\n  - d\n").marks
    assert marks["a",] == Mark(1, 1)
    assert marks["a", 0, "b"] == Mark(2, 5)
    assert marks["a", 1] == Mark(3, 5)


def test_a_byte_order_mark_is_no_problem() -> None:
    """Notepad writes one."""
    document, problems = parser.read("a.yml", b"\xef\xbb\xbfa: b\n")
    assert document is not None
    assert document.data == {"a": "b"}
    assert problems == ()


@pytest.mark.parametrize("content", [b"a: [1, 2\n", b"a: 'b\n", b"a: b: c\n", b"{", b"a\n b: c\n", b"- a\nb: c\n"])
def test_broken_yaml_is_a_problem_and_no_exception(content: bytes) -> None:
    """Anything that libyaml refuses becomes one problem."""
    (code,) = refused(content)
    assert code.startswith("yaml-")


def test_nothing_is_built_from_a_bomb_of_aliases_or_brackets() -> None:
    """Neither uses much memory: both end at their first forbidden step."""
    assert refused(b"a: &a [x]\nb: [*a, *a]\n") == ["anchor"]
    assert refused(b"a: " + b"[" * 20_000) == ["too-deep"]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_problems(content: bytes) -> None:
    """No input raises an exception, and no untrustworthy document is returned."""
    document, problems = parser.read("a.yml", content)
    assert (document is not None) or problems
    render(problems, {})


@pytest.mark.slow
@given(st.text(max_size=200))
def test_no_message_repeats_what_stood_in_the_file(text: str) -> None:
    """Messages about broken files come from our own list, whatever is in the file."""
    word = "canaryword"
    document, problems = parser.read("a.yml", f"{text}: {word}\n{word} {text}".encode(errors="replace"))
    assert document is not None or problems
    assert word not in render(problems, {})
