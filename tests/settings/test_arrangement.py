"""What the association arranges: read from the configuration, with a clear error for each mistake."""

from typing import Any

import pytest

from kokemus import vocabulary
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem
from kokemus.settings import arrangement
from kokemus.settings.arrangement import MOST_READY, USUAL, Arrangement
from kokemus.vocabulary import Vocabulary
from kokemus.vocabulary.node import Node
from kokemus.website import visits

LANGUAGES = ("fi", "sv")
TITLE = {"fi": "Tunti luokassa", "sv": "En lektion"}
READY = {"format": "class-talk", "audiences": ["upper-secondary"], "title": TITLE, "length": TITLE}


def read(options: dict[str, Any]) -> tuple[Arrangement, list[Problem]]:
    """The arrangement in these options of the plugin, and its problems."""
    node = Node(Document(path="mkdocs.yml", data=options, marks={}, raw={}), [], (), options)
    return arrangement.read(node, vocabulary.load()[0], LANGUAGES), node.problems


def codes(arranges: Any) -> list[str]:
    return [found.code for found in read({"arranges": arranges})[1]]


def test_what_is_written_is_read_in_the_vocabulary_s_order() -> None:
    """Labels are accepted as in profiles. Ready visits keep the association's own order."""
    made, problems = read(
        {
            "arranges": {
                "formats": ["paneeli tai haastattelu", "class-talk"],
                "audiences": ["public", "lukio tai ammattiopisto"],
                "languages": ["sv", "suomi"],
                "remote": False,
                "ready": [READY | {"quote": {"sv": "Tack!", "signed": "2026-03-02"}}, READY],
            }
        }
    )
    assert problems == []
    assert made.formats == ("class-talk", "panel")
    assert made.audiences == ("upper-secondary", "public")
    assert made.languages == ("fi", "sv")
    assert not made.remote
    first, second = made.ready
    assert (first.format, first.audiences, first.title) == ("class-talk", ("upper-secondary",), TITLE)
    assert first.quote == {"sv": "Tack!"}
    assert second.quote is None


def test_an_association_that_says_nothing_is_advised_and_has_no_empty_page(whole_country: Vocabulary) -> None:
    """A warning, and the defaults: usual formats, every audience, the first language of the pages, remote visits."""
    made, problems = read({})
    assert [(found.code, found.severity) for found in problems] == [("arranges-missing", "warning")]
    assert made.formats == tuple(id for id in whole_country.formats if id in USUAL)
    assert made.audiences == tuple(whole_country.audiences)
    assert made.languages == ("fi",)
    assert made.remote
    for audience in made.audiences:
        assert any(visits.suits(format, audience) for format in made.formats), audience


@pytest.mark.parametrize(
    ("arranges", "code"),
    [
        ("everything", "not-a-mapping"),
        ({"format": []}, "unknown-key"),
        ({"formats": ["dance"]}, "unknown-format"),
        ({"audiences": ["wolves"]}, "unknown-audience"),
        ({"languages": ["klingon"]}, "unknown-language"),
        ({"remote": "perhaps"}, "not-yes-or-no"),
        ({"ready": [READY] * (MOST_READY + 1)}, "ready-too-many"),
        ({"ready": [READY | {"format": "dance"}]}, "unknown-format"),
        ({"ready": [READY | {"audiences": ["wolves"]}]}, "unknown-audience"),
        ({"formats": ["panel"], "ready": [READY]}, "ready-not-arranged"),
        ({"audiences": ["public"], "ready": [READY]}, "ready-not-arranged"),
        ({"ready": [READY | {"title": {"fi": "Tunti"}}]}, "missing-language"),
        ({"ready": [READY | {"quote": {"fi": "Kiitos!"}}]}, "quote-unsigned"),
        ({"ready": [READY | {"quote": {"signed": "2026-03-02"}}]}, "empty-text"),
        ({"ready": [READY | {"quote": {"fi": "Kiitos!", "signed": "2026-02-31"}}]}, "no-date"),
        ({"ready": [{key: READY[key] for key in READY if key != "length"}]}, "missing-key"),
    ],
)
def test_each_slip_is_an_error_of_its_own(arranges: Any, code: str) -> None:
    """There are no other problems."""
    assert codes(arranges) == [code]


def test_as_many_ready_visits_as_the_front_page_holds_are_allowed() -> None:
    """The control for the test with one too many."""
    assert codes({"ready": [READY] * MOST_READY}) == []


def test_the_hours_of_visits_add_up_and_have_names(whole_country: Vocabulary) -> None:
    """Parts follow one another without a gap, each has its texts, and formats and audiences are in the vocabulary."""
    assert visits._VISITS.keys() == whole_country.formats.keys()
    for format, entry in visits._VISITS.items():
        assert set(entry["suits"]) <= whole_country.audiences.keys(), format
        at = 0
        for part in visits.timeline(format):
            assert part.start == at
            at += part.minutes
    assert visits.timeline("class-talk")[-1].minutes == 5
    assert visits.timeline("of-their-own") == ()
    assert visits.suits("of-their-own", "public")
    assert whole_country.audiences.keys() >= visits.AGREE_FIRST
