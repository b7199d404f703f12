"""The published data: valid by its schema, the same as on the pages, and silent about which layer listed what."""

import json
import re
from datetime import date
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kokemus.anonymity import Card
from kokemus.settings.arrangement import Arrangement
from kokemus.vocabulary import Vocabulary, load
from kokemus.website.catalogue import Catalogue, as_json, catalogue

LAPLAND = load()[0].serving(["lappi"])
SCHEMA = json.loads((files("kokemus") / "public" / "schemas" / "catalogue-2.json").read_text("utf-8"))
ARRANGES = Arrangement(formats=("panel",), audiences=("public",), languages=("fi", "se"))
CARD = Card("Alias", ("burnout",), (), (("fi", "Hei"), ("sv", "Hej")))

topics = st.sets(st.sampled_from(("depression", "recovery", "hope", "grief")))


def listing(crowd: tuple[str, ...] = (), cards: tuple[Card, ...] = (), **layers: tuple[str, ...]) -> Catalogue:
    """A catalogue of the first look at a crowd."""
    signed, house = layers.get("signed", ()), layers.get("house", ())
    return catalogue(date(2026, 12, 1), 1, "a" * 64, crowd, signed, house, cards, LAPLAND)


def data(made: Catalogue) -> dict[str, Any]:
    return dict(as_json(made, "Yhdistys ry", ("fi", "sv"), ARRANGES, ("kemi-tornio",), "https://example.org/s.json"))


def _title(html: str) -> str:
    """A page's title in lower case, without what only divides it."""
    title = re.findall(r"<h1>(.*?)</h1>", html)[0]
    return unescape(re.sub(r"<.*?>|\N{SOFT HYPHEN}", "", title)).casefold()


@pytest.mark.build
def test_the_published_file_is_valid_by_the_published_schema(demo_site: Path, whole_country: Vocabulary) -> None:
    """The schema is shipped with it, at the address that the file names."""
    found = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    shipped = json.loads((demo_site / "catalogue-2.json").read_text("utf-8"))
    assert shipped == SCHEMA
    assert found["schema"] == "https://kokemus.example.org/catalogue-2.json"
    jsonschema.Draft202012Validator.check_schema(shipped)
    jsonschema.validate(found, shipped, format_checker=jsonschema.FormatChecker())
    assert found["topics"].keys() == whole_country.topics.keys()
    assert found["groups"].keys() == whole_country.groups.keys()


def test_the_file_says_what_is_listed_and_what_is_arranged() -> None:
    """Exactly the published format: all topics, and of other terms only what the association arranges."""
    found = data(listing(("hope", "group/addiction")))
    assert {key: found[key] for key in ("edition", "look", "look_digest", "association")} == {
        "edition": "2026-12-01",
        "look": 1,
        "look_digest": "a" * 64,
        "association": {"name": "Yhdistys ry"},
    }
    assert found["topics"]["hope"] == {"fi": "toivo", "sv": "hopp", "group": "recovery", "listed": True}
    assert [id for id, topic in found["topics"].items() if topic["listed"]] == ["hope"]
    assert found["topics"].keys() == LAPLAND.topics.keys()
    assert [id for id, group in found["groups"].items() if group["listed"]] == ["recovery", "addiction"]
    assert found["arranges"]["formats"] == {"panel": {"fi": "paneeli tai haastattelu", "sv": "panel eller intervju"}}
    assert [*found["arranges"]["languages"]] == ["fi", "se"]
    assert found["arranges"]["places"].keys() == set(LAPLAND.within("kemi-tornio"))
    assert found["arranges"]["remote"] is True


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.update(statements=[["depression", {"where": "kemi"}]]),
        lambda found: found["topics"]["hope"].update(formats={"panel": True}),
        lambda found: found["topics"]["hope"].update(count=3),
        lambda found: found["topics"]["hope"].pop("listed"),
        lambda found: found["arranges"].update(topics={}),
        lambda found: found.update(look_digest="x"),
    ],
)
def test_the_schema_refuses_what_is_never_published(change: Any) -> None:
    """The positive control: combinations, numbers and other keys are invalid."""
    good = data(listing(("hope",)))
    jsonschema.validate(good, SCHEMA)
    bad = json.loads(json.dumps(good))
    change(bad)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, SCHEMA)


@given(topics, topics, topics)
def test_nobody_can_tell_one_layer_from_another(crowd: set[str], signed: set[str], house: set[str]) -> None:
    """Whichever layer lists a topic, and in whatever order, the data are the same bytes."""
    one = data(listing(tuple(crowd), signed=tuple(signed), house=tuple(house)))
    other = data(listing(tuple(sorted(crowd | signed | house, reverse=True))))
    assert json.dumps(one) == json.dumps(other)


def test_a_group_is_listed_when_one_of_its_topics_is_by_whatever_layer() -> None:
    """By crowd, signature, house topic or card. A group listed by itself lists none of its topics."""
    for made in (listing(("hope",)), listing(signed=("hope",)), listing(house=("hope",))):
        assert made.groups == {"recovery"}
    carded = listing(cards=(CARD,))
    assert (carded.topics, carded.groups) == (frozenset({"burnout"}), frozenset({"mental-health"}))
    alone = listing(("group/addiction",))
    assert (alone.topics, alone.groups) == (frozenset(), frozenset({"addiction"}))


def test_what_the_vocabulary_no_longer_has_is_ignored() -> None:
    """An edition may contain ids that have left the vocabulary."""
    made = listing(("hope", "demons", "group/demons", "recovery"))
    assert made.topics == {"hope", "recovery"}
    assert made.groups == {"recovery"}


def test_a_card_is_shown_in_the_reader_s_language_or_else_as_it_was_signed_first() -> None:
    """It is never translated."""
    assert [CARD.text(language) for language in ("fi", "sv", "en")] == [("fi", "Hei"), ("sv", "Hej"), ("fi", "Hei")]


@pytest.mark.build
@pytest.mark.parametrize(("language", "folder"), [("fi", "aiheet"), ("sv", "sv/teman"), ("en", "en/topics")])
def test_pages_say_exactly_what_the_data_say(language: str, folder: str, demo_site: Path) -> None:
    """Each topic's own page and the page of all topics mark as listed exactly what catalogue.json lists."""
    found = json.loads((demo_site / "catalogue.json").read_text("utf-8"))
    listed = {topic[language].casefold() for topic in found["topics"].values() if topic["listed"]}
    assert 5 < len(listed) < len(found["topics"])
    pages = {
        _title(text): text for text in (page.read_text("utf-8") for page in (demo_site / folder).glob("*/index.html"))
    }
    assert len(pages) == len(found["topics"])
    assert {
        title for title, text in pages.items() if "badge--listed" in text.partition("</header>\n<section")[0]
    } == listed
    rows = re.findall(r'row__name">(.*?)</span>(.*?)</a>', (demo_site / folder / "index.html").read_text("utf-8"))
    assert {unescape(name).casefold() for name, more in rows if "badge--listed" in more} == listed
    assert len(rows) == len(pages)
