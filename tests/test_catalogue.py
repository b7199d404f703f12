"""The published data: by its schema, maximal, the same as the pages say, and silent about whose it is."""

import json
import re
from html import unescape
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.catalogue import as_answers, as_json, catalogue
from kokemus.statement import Card, Statement, closed, maximal
from kokemus.vocabulary import Vocabulary, load

LAPLAND = load()[0].serving(["lappi"])
SCHEMA = json.loads((files("kokemus") / "schemas" / "catalogue-1.json").read_text("utf-8"))

statements = st.sampled_from(
    [
        Statement(topic, **dimensions)
        for topic in ("depression", "recovery", "hope")
        for dimensions in (
            {},
            {"language": "sv"},
            {"where": "kemi"},
            {"where": "remote"},
            {"where": "kemi-tornio"},
            {"language": "sv", "where": "kemi"},
            {"audience": "upper-secondary"},
            {"format": "panel"},
        )
    ]
)


@pytest.mark.build
def test_the_published_file_is_valid_by_the_published_schema(demo_site: Path, whole_country: Vocabulary) -> None:
    """The schema is shipped beside it, under the address that the file names."""
    found = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    shipped = json.loads((demo_site / "catalogue-1.json").read_text("utf-8"))
    assert shipped == SCHEMA
    assert found["schema"] == "https://kokemus.example.org/catalogue-1.json"
    jsonschema.Draft202012Validator.check_schema(shipped)
    jsonschema.validate(found, shipped, format_checker=jsonschema.FormatChecker())
    assert found["topics"].keys() == whole_country.topics.keys()


@pytest.mark.parametrize(
    "statement",
    [
        ["depression", {"age": "30"}],
        ["depression", {"format": "panel", "where": "kemi"}],
        [],
        ["Depression"],
        "depression",
    ],
)
def test_the_schema_refuses_what_is_never_published(statement: object) -> None:
    """The positive control: other shapes and other keys are invalid."""
    good = as_json(catalogue(None, (), (), (), LAPLAND), "x", ("fi",), "https://example.org/s.json")
    jsonschema.validate(good, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "statements": [statement]}, SCHEMA)


@given(st.sets(statements), st.sets(statements))
def test_nobody_can_tell_crowd_from_solo(crowd: set[Statement], solo: set[Statement]) -> None:
    """Shown by the one or the other, in whatever order, the data are the same bytes."""
    one = as_json(catalogue(None, crowd, solo, (), LAPLAND), "x", ("fi",), "s")
    other = as_json(catalogue(None, sorted(crowd | solo), (), (), LAPLAND), "x", ("fi",), "s")
    assert json.dumps(one) == json.dumps(other)


@given(st.sets(statements))
def test_the_maximal_statements_say_all_and_nothing_twice(found: set[Statement]) -> None:
    """Their closure is the whole, and none of them implies another."""
    whole = closed(found, LAPLAND.ancestors)
    least = maximal(whole, LAPLAND.ancestors)
    assert closed(least, LAPLAND.ancestors) == whole
    for statement in least:
        assert not closed([statement], LAPLAND.ancestors) & (set(least) - {statement})
    assert list(least) == sorted(least)


def test_places_outside_the_served_area_are_not_shown(lapland: Vocabulary) -> None:
    """What implies them still stands for the wider place."""
    built = catalogue(None, [Statement("hope", where="oulu")], (), (), lapland)
    assert built.statements == {Statement("hope"), Statement("hope", where="everywhere")}


def test_what_a_topic_has_and_which_topics_have_it_are_two_sides_of_the_same(lapland: Vocabulary) -> None:
    """Values in one dimension alone; two dimensions together are no value of either."""
    crowd = [
        Statement("hope", where="kemi", language="sv"),
        Statement("hope", format="panel"),
        Statement("grief", format="panel"),
        Statement("recovery"),
    ]
    built = catalogue(None, crowd, (), (), lapland)
    assert built.offered == {"hope", "grief", "recovery"}
    assert built.values("hope", "where") == {"kemi", *lapland.ancestors("kemi")}
    assert built.values("recovery", "where") == frozenset()
    assert built.topics("format", "panel") == tuple(id for id in lapland.topics if id in ("hope", "grief"))
    assert built.topics("where", "oulu") == ()


def test_the_browser_gets_the_maximal_statements_and_only_their_places(lapland: Vocabulary) -> None:
    """Each place with the one that contains it; remote is none."""
    crowd = [Statement("hope", where="kemi"), Statement("hope", where="remote")]
    told = as_answers(catalogue(None, crowd, (), (), lapland))
    assert told["statements"] == [["hope", {"where": "kemi"}], ["hope", {"where": "remote"}]]
    above = lapland.ancestors("kemi")
    pairs = zip(("kemi", *above), above, strict=False)
    assert told["places"] == {place: {"parent": parent} for place, parent in pairs}


def test_a_card_is_shown_in_the_reader_s_language_or_else_as_it_was_signed_first() -> None:
    """Never translated."""
    card = Card("Alias", (), (), (("fi", "Hei"), ("sv", "Hej")))
    assert [card.text(language) for language in ("fi", "sv", "en")] == [("fi", "Hei"), ("sv", "Hej"), ("fi", "Hei")]


@pytest.mark.build
@pytest.mark.parametrize(("language", "folder"), [("fi", "aiheet"), ("sv", "sv/teman"), ("en", "en/topics")])
def test_pages_say_exactly_what_the_data_say(language: str, folder: str, demo_site: Path) -> None:
    """The formats and audiences linked from every topic's page are those of catalogue.json."""
    found = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    topics = {texts[language].casefold(): id for id, texts in found["topics"].items()}
    pages = sorted((demo_site / folder).glob("*/index.html"))
    assert len(pages) == len(topics)
    shown: set[tuple[str, str, str]] = set()
    for page in pages:
        html = unescape(page.read_text("utf-8"))
        title = re.search(r"<h1>(.*?)</h1>", html)
        assert title
        chips = set(re.findall(r'<a class="chip" href="[^"]*">([^<]*)</a>', html))
        for kind in ("formats", "audiences"):
            for id, texts in found[kind].items():
                if texts[language] in chips:
                    shown.add((topics[title[1].casefold()], kind.removesuffix("s"), id))
    published = {
        (topic, kind, dimensions[kind])
        for topic, *rest in found["statements"]
        for dimensions in rest
        for kind in ("format", "audience")
        if kind in dimensions
    }
    assert shown == published
    assert len(shown) > 20
