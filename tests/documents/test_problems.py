"""Problems as people and machines read them."""

import json
import re
from pathlib import Path
from typing import get_args

import kokemus
from kokemus import lint
from kokemus.documents.problems import TEXTS, Mark, problem, render
from kokemus.git import history
from kokemus.settings import association
from kokemus.vocabulary import KINDS

PACKAGE = Path(kokemus.__file__).parent
MARKS = {"experts/a.yml": {("offers",): Mark(6, 1), ("offers", 0): Mark(7, 5)}}


def test_every_code_is_documented_and_every_documented_code_is_used() -> None:
    """``coordinator/texts/problems.yml`` is the list of codes, each with its severity, a message and a help line."""
    source = "".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'(?:report|problem|Problem|_refuse)\(\s*(?:code=)?"([a-z0-9-]+)"', source))
    used |= (
        {f"unknown-{kind.removesuffix('s')}" for kind in KINDS}
        | {"topic-gone", "unknown-association"}
        | {f"text-{kind}" for kind in lint.KINDS}
    )
    used |= {code for code, _ in association.SHAPES.values()}
    used |= {"logo-large", "logo-missing", "text-private-name", "text-private-initials", "card-private-name"}
    used |= {
        "consent-text",
        "consent-text-later",
        "gitignore-gone",
        "leak-name",
        "leak-properties",
        "own-topic-taken",
        "own-topic-twice",
        "workflow-gone",
    }
    used |= {f"history-{cause}" for cause in get_args(history.Cause)}
    assert used == set(TEXTS)
    for code, texts in TEXTS.items():
        assert texts["severity"] in ("error", "warning"), code
        assert texts["message"], code
        assert texts["help"], code
        assert not texts["message"].endswith("."), code


def test_every_code_speaks_finnish_and_of_nothing_else() -> None:
    """The coordinator's language changes only the words: no Finnish text needs a value that the English one lacks."""
    for code, texts in TEXTS.items():
        for english, finnish in ((texts, texts["fi"]), (texts.get("near", {}), texts["fi"].get("near", {}))):
            for part in english.keys() & {"message", "help"}:
                assert finnish[part], code
                names = [set(re.findall(r"(?<!{){(\w+)}(?!})", text)) for text in (finnish[part], english[part])]
                assert {name.removesuffix("_fi") for name in names[0]} <= names[1], code


def test_a_problem_is_at_the_nearest_part_of_its_route_with_a_position() -> None:
    """A missing key is reported at the mapping that lacks it."""
    missing = problem("missing-key", "experts/a.yml", ("offers", 0, "topic"), name="topic", example="topic: depression")
    assert render([missing], MARKS).startswith("experts/a.yml:7:5: error[missing-key]: topic is missing\n  help: ")
    elsewhere = problem("missing-key", "experts/b.yml", ("offers",), name="topic", example="topic: depression")
    assert render([elsewhere], MARKS).startswith("experts/b.yml:1:1: ")


def test_a_list_of_people_is_moved_away_whole_before_any_words_are_searched_for() -> None:
    """Taking out the experts' names would leave other people's."""
    found = problem("leak", "site_src/list.csv", where="private.name", profile="experts/a.yml")
    for language, whole, words in (("en", "the whole file", "search for"), ("fi", "koko tiedosto", "etsi samat")):
        help = found.text("help", language)
        assert 0 < help.index(whole) < help.index(words)


def test_problems_come_in_the_order_of_files_lines_and_columns_and_once_each() -> None:
    """Whatever the order in which the rules found them."""
    late = problem("missing-key", "experts/b.yml", name="x", example="x: …")
    early = problem("missing-key", "experts/a.yml", ("offers",), name="y", example="y: …")
    lines = render([late, early, late], MARKS).splitlines()
    assert [line.split(":")[0] for line in lines[::2]] == ["experts/a.yml", "experts/b.yml"]


def test_annotations_and_json_say_the_same_as_the_text() -> None:
    """Escaped as GitHub's workflow commands need it."""
    found = problem("unknown-topic", "experts/a,b.yml", word="100 %\nx", near="masennus", label="depression")
    assert render([found], {}, "github").startswith(
        '::error file=experts/a%2Cb.yml,line=1,col=1,title=unknown-topic::"100 %25\\nx" is not in the vocabulary '
    )
    (listed,) = json.loads(render([found], {}, "json"))
    assert (listed["severity"], listed["code"], listed["line"]) == ("error", "unknown-topic", 1)
    assert listed["message"] == found.message
    assert render([], {}) == ""
    assert render([], {}, "json") == "[]\n"
