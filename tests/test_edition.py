"""The lock file: read, written, and refused when it is not as it was written."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kokemus import edition, source
from kokemus.anonymity import Rule
from kokemus.cells import Cells
from kokemus.edition import Edition, Gathered
from kokemus.inputs import gather
from kokemus.parameters import Parameters
from kokemus.problems import Problem
from kokemus.statement import Statement
from kokemus.vocabulary import Vocabulary
from tests.conftest import copy_of_demo

ON = date(2026, 11, 24)
RULE = Parameters(3, 2, 0.8, 4, 2)
EDITION = Edition(
    date(2026, 10, 1),
    RULE,
    frozenset(
        {
            Statement("depression"),
            Statement("depression", language="sv"),
            Statement("depression", where="everywhere"),
            Statement("depression", where="lappi"),
            Statement("recovery"),
            Statement("recovery", format="class-talk"),
        }
    ),
    {Statement(""): Gathered(0, 1, 11), Statement("", language="fi", where="remote"): Gathered(2, 0, 9)},
)
BY_HAND = """\
edition: 2026-10-01
parameters: {k: 3, d: 2, h: 0.8, g: 4, c: 2}
crowd:
  - [depression]
  - [depression, {language: sv}]
  - [recovery]
  - [recovery, {format: talk}]
"""


def read(text: str, vocabulary: Vocabulary, on: date = ON) -> tuple[Edition | None, tuple[Problem, ...]]:
    document, problems = source.read("experts/edition.yml", text.encode())
    assert document, problems
    return edition.read(document, vocabulary, on)


def codes(text: str, vocabulary: Vocabulary, on: date = ON) -> list[str]:
    return [found.code for found in read(text, vocabulary, on)[1]]


def test_what_is_written_is_read_back_whole(lapland: Vocabulary) -> None:
    """And written again it has the same bytes."""
    text = edition.write(EDITION)
    assert read(text, lapland) == (EDITION, ())
    assert edition.write(read(text, lapland)[0] or EDITION) == text


def test_the_same_edition_has_the_same_bytes() -> None:
    """In whatever order its parts are kept; statements and counts are sorted."""
    text = edition.write(EDITION)
    assert edition.write(replace(EDITION, gathered=dict(reversed(list(EDITION.gathered.items()))))) == text
    statements = [line[4:] for line in text.splitlines() if line.startswith("  - ")]
    assert statements == [edition.in_words(statement) for statement in sorted(EDITION.crowd)]


def test_each_statement_that_a_crowd_does_not_allow_is_named(lapland: Vocabulary) -> None:
    """Of nobody, none is allowed."""
    found = edition.unsupported("experts/edition.yml", EDITION, Rule(Cells.of([], lapland), RULE))
    assert [problem.code for problem in found] == ["edition-unsupported"] * len(EDITION.crowd)


def test_the_edition_of_a_whole_country_is_read_though_it_is_larger_than_any_profile_may_be(tmp_path: Path) -> None:
    """What ``edition --write`` writes, a build reads."""
    folder = copy_of_demo(tmp_path / "demo")
    places = gather(folder / "mkdocs.yml").vocabulary.places
    crowd = frozenset(Statement(topic, where=place) for topic in ("depression", "recovery", "hope") for place in places)
    text = edition.write(replace(EDITION, crowd=frozenset({*crowd, *(replace(one, language="fi") for one in crowd)})))
    assert len(text) > source.MAX_BYTES
    (folder / "experts" / edition.NAME).write_text(text, "utf-8")
    inputs = gather(folder / "mkdocs.yml")
    assert inputs.edition
    assert "file-too-large" not in [found.code for found in inputs.problems]


def test_the_form_that_other_tools_write_is_read_too(lapland: Vocabulary) -> None:
    """Without counts and checksum, and with synonyms."""
    found, problems = read(BY_HAND, lapland)
    assert problems == ()
    assert found
    assert Statement("recovery", format="class-talk") in found.crowd
    assert not found.sealed


@pytest.mark.parametrize(
    ("text", "codes_"),
    [
        ("- 1\n", ["not-a-mapping"]),
        ("edition: 2026-10-01\nparameters: [3]\ncrowd: []\n", ["not-a-mapping"]),
    ],
)
def test_what_is_no_mapping_is_no_edition(text: str, codes_: list[str], lapland: Vocabulary) -> None:
    """Neither the file nor its parameters."""
    found, problems = read(text, lapland)
    assert (found, [problem.code for problem in problems]) == (None, codes_)


HAND_EDITS = {
    "a statement more": ("  - [recovery]\n", "  - [recovery]\n  - [grief]\n"),
    "a statement less": ("  - [recovery, {format: class-talk}]\n", ""),
    "another day": ("edition: 2026-10-01", "edition: 2026-09-01"),
    "another parameter": ("k: 3", "k: 2"),
    "other counts": ("joined: 2", "joined: 3"),
}


@pytest.mark.parametrize(("old", "new"), HAND_EDITS.values(), ids=HAND_EDITS)
def test_an_edit_by_hand_is_an_error(old: str, new: str, lapland: Vocabulary) -> None:
    """The checksum is over everything."""
    text = edition.write(EDITION)
    assert old in text
    assert codes(text.replace(old, new), lapland) == ["edition-changed"]


def test_comments_and_layout_may_change(lapland: Vocabulary) -> None:
    """What is said counts, not how."""
    assert codes("# reviewed\n" + edition.write(EDITION), lapland) == []


_LAST = "  - [recovery, {format: talk}]\n"
BROKEN = {
    "a missing parent": ("  - [recovery]\n", "", "edition-parent"),
    "a shape that is not published": ("{language: sv}", "{language: sv, format: panel}", "statement-shape"),
    "two topics": ("[recovery]\n", "[recovery, hope]\n", "not-a-mapping"),
    "no list": ("  - [recovery]\n", "  - recovery\n", "statement-form"),
    "an unknown topic": ("[recovery]\n", "[recoverry]\n", "unknown-topic"),
    "an unknown dimension": ("{language: sv}", "{age: sv}", "unknown-key"),
    "the same twice": ("  - [recovery]\n", "  - [recovery]\n  - [recovery]\n", "edition-named-twice"),
    "k of one": ("k: 3", "k: 1", "k-too-small"),
    "a parameter that is no number": ("g: 4", "g: many", "edition-parameter"),
    "a parameter less": (", c: 2", "", "missing-key"),
    "a parameter below nothing": ("d: 2", "d: -1", "edition-parameter"),
    "a yes for a parameter": ("d: 2", "d: yes", "edition-parameter"),
    "half a person": ("k: 3", "k: 3.5", "edition-parameter"),
    "a place that the site does not show": ("{language: sv}", "{where: turku}", "edition-place-not-served"),
    "a count below nothing": (
        _LAST,
        f"{_LAST}gathered: {{everyone: {{joined: -1, left: 0, matching: 9}}}}\n",
        "edition-counts",
    ),
    "counts of no dimension": (
        _LAST,
        f"{_LAST}gathered: {{age=sv: {{joined: 1, left: 0, matching: 9}}}}\n",
        "edition-counts",
    ),
    "no day": ("edition: 2026-10-01", "edition: autumn", "no-date"),
}


@pytest.mark.parametrize(("old", "new", "code"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_no_edition_is_refused(old: str, new: str, code: str, lapland: Vocabulary) -> None:
    """Whoever wrote it."""
    assert old in BY_HAND
    assert read(BY_HAND.replace(old, new), lapland)[0] is None
    assert code in codes(BY_HAND.replace(old, new), lapland)


def test_an_edition_is_in_force_from_its_own_day(lapland: Vocabulary) -> None:
    """A clock that is wrong, or a day asked for before it, is an error and no empty catalogue."""
    assert codes(BY_HAND, lapland, date(2026, 10, 1)) == []
    assert codes(BY_HAND, lapland, date(2026, 9, 30)) == ["edition-in-future"]


def test_what_enters_and_leaves_is_told_in_order(lapland: Vocabulary) -> None:
    """Against nothing, everything enters."""
    after = replace(EDITION, crowd=EDITION.crowd - {Statement("recovery", format="class-talk")} | {Statement("hope")})
    found = edition.difference(EDITION, after)
    assert found.enters == (Statement("hope"),)
    assert found.leaves == (Statement("recovery", format="class-talk"),)
    assert not edition.difference(EDITION, EDITION)
    assert edition.difference(None, EDITION).enters == tuple(sorted(EDITION.crowd))


@pytest.mark.parametrize(
    ("rhythm", "size", "expected"),
    [
        ("quarterly", 15, date(2027, 1, 1)),
        ("quarterly", 14, date(2027, 4, 1)),
        ("half-yearly", 40, date(2027, 4, 1)),
    ],
)
def test_editions_have_a_rhythm(rhythm: str, size: int, expected: date) -> None:
    """Quarterly, half-yearly in a small crowd."""
    assert edition.due(EDITION, rhythm, size) == expected
