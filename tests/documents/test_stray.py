"""Unwanted things in a file are named for what they are, at their line."""

from pathlib import Path

import pytest

from kokemus.documents import parser
from kokemus.documents.problems import errors, position
from kokemus.experts import profile
from kokemus.publication.inputs import gather
from kokemus.vocabulary import Vocabulary
from tests.conftest import change
from tests.rigs import profiles

CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> 1f2e3d4 (A change)\n"
WHOLE = profiles.text().replace("{given: 2026-03-02}", "\n  given: 2026-03-02\n  text: 2026-1")


def told(text: str, vocabulary: Vocabulary) -> list[tuple[str, int]]:
    """The code and line of every problem of a profile."""
    document, problems = parser.read("experts/x1.yml", text.encode())
    found = (*problems, *(profile.read(document, vocabulary)[1] if document else ()))
    marks = {"experts/x1.yml": document.marks} if document else {}
    return [(one.code, position(one, marks).line) for one in errors(found)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  text", "\u00a0\u00a0text", 3),
        ("given: 2", "given:\u00a02", 2),
        ("given: 2", "given: \u00a02", 2),
        ("given: 2026-03-02", "given: 2026\u201103\u201102", 2),
        ("given: 2026-03-02", "given: \u201d2026-03-02\u201d", 2),
        ("languages: [fi]", "languages:\n  -\u00a0fi\n", 5),
        ("languages: [fi]", "languages:\n  \u2013 fi\n  \u2013 sv", 5),
        ("places: [kemi]", "places: [ke\u200bmi]", 5),
        ("places: [kemi]", "places: [k\u0435mi]", 5),
        ("remote: true", "re\u00admote: true", 6),
        ("remote: true", "remote: tru\u200be", 6),
        ("remote: true", "remote\uff1a true", 6),
        ("remote: true", 'remote: "true\u201d', 6),
    ],
)
def test_a_character_that_is_not_what_it_looks_like_is_named(
    lapland: Vocabulary, old: str, new: str, line: int
) -> None:
    """One mistake gives one message, at its line. The control is the character that it looks like."""
    assert told(WHOLE, lapland) == []
    assert old in WHOLE
    code = "curly-quotes" if "\u201d" in new else "odd-character"
    assert told(WHOLE.replace(old, new), lapland) == [(code, line)]


@pytest.mark.parametrize(
    "marks", ["\u201e\u201d", "\u201d\u201d", "\u00bb\u00bb", "\u00ab\u00bb", "\u2018\u2019", "\u00b4\u00b4", "``"]
)
def test_copied_quotation_marks_are_reported_with_which_to_change(lapland: Vocabulary, marks: str) -> None:
    """Changing those inside the text too would break the line again."""
    said = f"{marks[0]}never {marks[0]}there{marks[1]}: by nobody{marks[1]}"
    broken = f"{WHOLE}private:\n  notes: {said}\n"
    assert told(broken, lapland) == [("curly-quotes", 9)]
    first, last = broken.index(said), broken.index(said) + len(said) - 1
    assert told(f'{broken[:first]}"{broken[first + 1 : last]}"{broken[last + 1 :]}', lapland) == []


def test_the_message_has_the_character_s_name(lapland: Vocabulary) -> None:
    """And its number, because its look does not identify it."""
    document, _ = parser.read("experts/x1.yml", WHOLE.replace("[kemi]", "[ke\u200bmi]").encode())
    assert document
    (found,) = profile.read(document, lapland)[1]
    assert "U+200B ZERO WIDTH SPACE" in found.text("message", "fi")
    assert found.mark == (5, 12)


@pytest.mark.parametrize(
    "text", ["kello\u00a010", "Hän sanoi: \u201chei\u201d", "10\u201312", "Олег and Liisa", "a\u00adb"]
)
def test_texts_may_contain_any_characters(lapland: Vocabulary, text: str) -> None:
    """Hard spaces, quotation marks, dashes and other scripts are right there."""
    assert told(f'{WHOLE}private: {{notes: "{text}"}}\n', lapland) == []


def test_a_word_of_another_script_is_only_unknown(lapland: Vocabulary) -> None:
    """Nobody mistakes it for another word."""
    assert told(WHOLE.replace("[kemi]", "[\u041a\u0435\u043c\u0438]"), lapland) == [("unknown-place", 5)]


def test_an_unfinished_merge_of_a_profile_is_reported_once(lapland: Vocabulary) -> None:
    """At its first line, however the rest of the file reads. Inside somebody's text it is text."""
    broken = WHOLE.replace("remote: true\n", CONFLICT.format("remote: true", "remote: false"))
    assert told(broken, lapland) == [("merge-conflict", 6)]
    assert told(f"{WHOLE}private:\n  notes: |\n    <<<<<<< HEAD\n", lapland) == []


@pytest.mark.parametrize(
    "name", ["site_src/fi/join.md", "mkdocs.yml", "experts/edition.yml", "site_src/own.css", "terms/topics.yml"]
)
def test_an_unfinished_merge_anywhere_stops_the_publication(demo: Path, name: str) -> None:
    """Also in pages, which would publish its text."""
    (demo / "terms").mkdir()
    (demo / name).touch()
    with (demo / name).open("a", encoding="utf-8") as file:
        file.write(CONFLICT.format("# One", "# Other"))
    wrong = [found.code for found in errors(gather(demo / "mkdocs.yml").problems) if found.path == name]
    assert wrong == ["merge-conflict"]


def test_a_heading_underlined_with_equals_signs_is_not_a_merge(demo: Path) -> None:
    """Markdown has such headings."""
    with (demo / "site_src" / "fi" / "join.md").open("a", encoding="utf-8") as file:
        file.write("\nLopuksi\n=======\n\nHei.\n")
    assert errors(gather(demo / "mkdocs.yml").problems) == ()


@pytest.mark.parametrize(
    ("indentation", "code"), [("\u00a0\u00a0", "odd-character"), ("\t", "tab")], ids=["hard spaces", "a tab"]
)
def test_odd_characters_in_the_configuration_are_named_too(demo: Path, indentation: str, code: str) -> None:
    """Including MkDocs' own keys, which would silently be other keys."""
    change(demo, "mkdocs.yml", "  font: false", f"{indentation}font: false")
    wrong = errors(gather(demo / "mkdocs.yml").problems)
    assert [(found.code, found.mark and found.mark.line) for found in wrong] == [(code, 7)]
