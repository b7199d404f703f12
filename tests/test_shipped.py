"""What comes with Kokemus: every text that a site may show, in every language in which a site can be."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kokemus import shipped
from kokemus.shipped import LANGUAGES

SHOWN = (
    *("ui", "form", "search", "crisis", "fees", "desk/papers"),
    *("topics", "formats", "audiences", "languages", "places", "groups"),
)
FOR_THE_COORDINATOR = "report."
"""How the texts of ``desk/papers`` begin that are not for experts, so only in the coordinator's languages."""


def lacking(part: Any, language: str, route: str = "") -> Iterator[str]:
    """Where a text has another language and not this one, or has it blank, as a whole or in a part.

    Synonyms are due in none, a bare fact is the same in all.
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
    """Where one is, Finnish would stand in unmarked, and be read aloud as if it were the page's language."""
    missing = [route for route in lacking(shipped.terms(name), language) if not route.startswith(FOR_THE_COORDINATOR)]
    assert not missing, f"terms/{name}.yml has no {language} of: {', '.join(missing)}"


def test_a_missing_text_is_found() -> None:
    """The positive control: a text, a list, an empty one, a term's label and what is said of the term."""
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
