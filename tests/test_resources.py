"""What comes with Kokemus: every text that a site may show, in every language that a site can have."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kokemus import resources
from kokemus.resources import LANGUAGES

SHOWN = (
    *("public/texts/ui", "public/texts/form", "public/texts/evaluation", "public/texts/visits", "public/search/search"),
    *("public/facts/crisis", "public/facts/fees", "coordinator/texts/papers"),
    *(f"terms/{kind}" for kind in ("topics", "formats", "audiences", "languages", "places", "groups")),
)
FOR_THE_COORDINATOR = ("report.",)
"""The beginnings of those ``papers`` texts that are not for experts, so exist only in the coordinator's languages."""


def lacking(part: Any, language: str, route: str = "") -> Iterator[str]:
    """Where a text exists in another language but not in this one, or is empty, as a whole or in part.

    Synonyms are required in no language. A text that is only a placeholder, such as ``{name}``, is the same in all.
    """
    if isinstance(part, list):
        for at, item in enumerate(part):
            yield from lacking(item, language, f"{route}[{at}]")
    elif isinstance(part, dict):
        said = [part[tongue] for tongue in LANGUAGES if isinstance(part.get(tongue), str | list)]
        bare = any(re.fullmatch(r"\{\w+\}", text) for text in said if isinstance(text, str))
        own = part.get(language) or ""
        if (
            said
            and not bare
            and not all(str(words or "").strip() for words in (own if isinstance(own, list) else [own]))
        ):
            yield route
        for key, inner in part.items():
            if key != "synonyms":
                yield from lacking(inner, language, f"{route}.{key}".removeprefix("."))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_no_text_is_missing_in_a_language_of_the_site(name: str, language: str) -> None:
    """Otherwise Finnish would be shown unmarked, and read aloud as if it were in the page's language."""
    missing = [route for route in lacking(resources.texts(name), language) if not route.startswith(FOR_THE_COORDINATOR)]
    assert not missing, f"{name}.yml has no {language} of: {', '.join(missing)}"


def asked_of(folder: str) -> set[str]:
    """The texts that the templates of a folder request by a fixed key."""
    files = (file for file in Path(str(resources.PACKAGE / folder)).glob("*.html"))
    return {key for file in files for key in re.findall(r'\bt\("([\w.-]+)"\s*[,)]', file.read_text("utf-8"))}


@pytest.mark.parametrize(
    ("folder", "texts"),
    [("coordinator/templates", "coordinator/texts/papers"), ("public/templates", "public/texts/ui")],
)
def test_every_text_that_a_template_asks_for_is_there(folder: str, texts: str) -> None:
    """Even if no test renders the template in that state."""
    assert len(asked_of(folder)) > 20
    assert asked_of(folder) <= resources.texts(texts).keys()


def test_a_missing_text_is_found() -> None:
    """The positive control: a text, a list, an empty text, a term's label and the description of a term."""
    texts = {
        "skip": {"fi": "a", "sv": "b"},
        "notes": [{"fi": ["a"], "sv": ["b"]}, {"text": {"fi": "a", "sv": " "}}],
        "fi": {"fi": "suomi", "about": {"fi": "a", "sv": "b"}, "synonyms": {"fi": ["a"]}},
        "name": {"fi": "{processor_name}"},
        "lists": {"fi": ["a", "b"], "sv": ["a"], "en": ["a", " "]},
        "only": {"sv": "a", "en": "b"},
    }
    assert list(lacking(texts, "fi")) == ["only"]
    assert list(lacking(texts, "sv")) == ["notes[1].text", "fi"]
    assert list(lacking(texts, "en")) == ["skip", "notes[0]", "notes[1].text", "fi", "fi.about", "lists"]
