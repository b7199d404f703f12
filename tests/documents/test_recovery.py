"""Reading on in a broken file: the same run reports the problems after the first, and only real ones."""

from pathlib import Path

import pytest

from kokemus.documents import parser
from kokemus.documents.problems import Problem, errors
from kokemus.experts import further
from kokemus.publication import omission, publish
from kokemus.publication.inputs import gather
from kokemus.vocabulary import Vocabulary
from tests.conftest import DEMO_DAY, change
from tests.documents.test_syntax import MISTAKES, PROFILE


def placed(problems: tuple[Problem, ...]) -> list[tuple[str, int]]:
    return sorted((one.code, one.mark.line if one.mark else 0) for one in problems)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_single_problem_is_reported_alone(lapland: Vocabulary, name: str) -> None:
    """Reading on invents no problems."""
    old, new, _, _ = MISTAKES[name]
    broken = PROFILE.replace(old, new).encode()
    assert placed(tuple(further.problems("experts/a.yml", broken, lapland))) == []


LATER = ('notes: "invented: nobody\'s"', 'notes: "invented: nobody\'s"\npaused: {from: 2.3.2026}')
SHORTER = [name for name in MISTAKES if name != "the last one not closed"]


@pytest.mark.parametrize("name", SHORTER)
def test_a_problem_after_a_broken_line_is_reported_in_the_same_run(lapland: Vocabulary, name: str) -> None:
    """However the line is broken."""
    old, new, _, _ = MISTAKES[name]
    broken = PROFILE.replace(*LATER).replace(old, new).encode()
    told = placed(tuple(further.problems("experts/a.yml", broken, lapland)))
    assert [code for code, _ in told] == ["no-date"]


def test_tabs_hard_spaces_and_quotation_marks_of_a_document_hide_nothing(lapland: Vocabulary) -> None:
    """Three kinds of characters that look right, and an invalid date."""
    for old, new in (("  given", "\tgiven"), ("  given", "\u00a0\u00a0given"), ('"invented: n', "\u201dinvented: n")):
        broken = PROFILE.replace("2026-03-02", "2.3.2026").replace(old, new).replace("nobody's\"", "nobody's\u201d")
        document, first = parser.read("experts/a.yml", broken.encode())
        assert document is None
        told = (*first, *further.problems("experts/a.yml", broken.encode(), lapland))
        assert ("no-date", 2) in {(one.code, one.mark.line) for one in told if one.mark}


def test_a_file_in_another_encoding_is_read_on(lapland: Vocabulary) -> None:
    """Old Windows programs save files this way."""
    broken = PROFILE.replace("2026-03-02", "2.3.2026").replace("nobody", "äiti").encode("cp1252")
    assert placed(tuple(further.problems("experts/a.yml", broken, lapland))) == [("no-date", 2)]


@pytest.mark.parametrize("beginning", ["private", ""])
def test_no_word_of_a_private_part_that_lost_its_beginning_is_repeated(lapland: Vocabulary, beginning: str) -> None:
    """A message may quote a word that resembles a topic, but not if it may be private."""
    whole = PROFILE.replace("remote: true", "remote true").replace("topic: encounter", "topic: recoverry")
    (quoted,) = further.problems("experts/a.yml", whole.encode(), lapland)
    assert "recoverry" in quoted.message
    spoiled = whole.replace("private:", beginning).replace("invented: nobody's", "recoverry")
    told = tuple(further.problems("experts/a.yml", spoiled.encode(), lapland))
    assert "unknown-topic" in {one.code for one in told}
    assert not any("recoverry" in one.message for one in told)


def test_one_run_reports_two_problems_of_the_configuration(demo: Path) -> None:
    """The first no longer hides what the other lines say."""
    change(demo, "mkdocs.yml", "site_name: ", "site_name: a: ")
    change(demo, "mkdocs.yml", "coordinator_language: fi", "coordinator_language: fii")
    found = errors(gather(demo / "mkdocs.yml").problems)
    assert len({one.mark.line for one in found if one.mark}) == 2


def test_nothing_that_was_guessed_is_published(demo: Path) -> None:
    """The broken profile is left out completely, with its signed topic."""
    change(demo, "experts/e05.yml", "remote: true", "remote true")
    change(demo, "experts/e05.yml", "topic: psychosis", "topic: psychosiss")
    inputs = gather(demo / "mkdocs.yml")
    assert [one.code for one in errors(inputs.problems)] == ["yaml-no-colon", "unknown-topic"]
    left = publish.publish(omission.leaving_out(inputs, DEMO_DAY), DEMO_DAY)
    assert left.site
    assert "experts/e05.yml" not in {one.path for one in omission.leaving_out(inputs, DEMO_DAY).profiles}


def test_a_line_of_spaces_is_no_line_to_indent(lapland: Vocabulary) -> None:
    """YAML counts a line more than editors, so the broken line seems to be the next one."""
    broken = "paused: {from: \x852026-06-01}\n  - topic: masennus\n   ".encode()
    assert placed(tuple(further.problems("experts/a.yml", broken, lapland))) == []
