"""Texts under the wrong language: on cards, on pages, in settings and own terms."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kokemus import resources, vocabulary
from kokemus.documents import tongue
from kokemus.documents.problems import Problem
from kokemus.publication.inputs import gather
from kokemus.resources import LANGUAGES
from tests.conftest import ROOT, change

CODES = {"other-language", "page-other-language"}
CARD = "experts/e06.yml"


def told(folder: Path) -> list[Problem]:
    return [one for one in gather(folder / "mkdocs.yml").problems if one.code in CODES]


def lines(folder: Path, path: str, *keys: str) -> list[str]:
    return [line for line in (folder / path).read_text("utf-8").splitlines() if line.strip().partition(":")[0] in keys]


def test_texts_of_a_card_that_have_changed_places_are_one_problem_with_both_keys(demo: Path) -> None:
    """The Finnish text under ``sv`` and the Swedish under ``fi``: one mistake, and no word of the card."""
    finnish, swedish = lines(demo, CARD, "fi", "sv")
    change(demo, CARD, f"{finnish}\n{swedish}", f"{finnish.replace('fi:', 'sv:')}\n{swedish.replace('sv:', 'fi:')}")
    (found,) = told(demo)
    assert (found.path, found.route, found.severity) == (CARD, ("card", "text", "fi"), "warning")
    assert {"fi:", "sv:"} <= {*found.text("message", "fi").split()}


def test_one_language_copied_below_another_is_told_where_it_belongs(demo: Path) -> None:
    """Somebody meant to translate it later."""
    finnish, swedish = lines(demo, CARD, "fi", "sv")
    change(demo, CARD, swedish, finnish.replace("fi:", "sv:"))
    (found,) = told(demo)
    assert (found.route, dict(found.values)) == (("card", "text", "sv"), {"key": "sv", "told": "fi"})


def test_a_page_in_another_languages_folder_is_told(demo: Path) -> None:
    """Whoever chooses Swedish would read Finnish."""
    (demo / "site_src/sv/join.md").write_bytes((demo / "site_src/fi/join.md").read_bytes())
    (found,) = told(demo)
    assert (found.code, found.path) == ("page-other-language", "site_src/sv/join.md")


def test_settings_and_own_terms_are_looked_at_too(demo: Path, tmp_path: Path) -> None:
    """Wherever a text stands in several languages."""
    change(demo, "mkdocs.yml", "fi: 30 päivää, sv: 30 dagar", "fi: den sparas inte och är bara vår, sv: 30 dagar")
    (found,) = told(demo)
    assert found.route[-1] == "fi"
    own = tmp_path / "terms"
    own.mkdir()
    about = "about: {fi: 'Det är inte så, och vi vet det.', sv: 'Olen oma itseni ja kerron siitä.'}"
    (own / "topics.yml").write_text(f"a: {{group: recovery, fi: eka, sv: första, en: first, {about}}}\n", "utf-8")
    assert [one.route for one in vocabulary.load(own)[1] if one.code in CODES] == [("a", "about", "fi")]


@pytest.mark.parametrize(
    "text", ["Aino", "Kerron kirjasta «Jag är inte rädd för det» ja siitä, mitä se opetti.", "", "on", "i kaaos"]
)
def test_in_doubt_nothing_is_said(text: str) -> None:
    """A name, a title in another language, a few words."""
    assert tongue.of(text) is None


def _by_language(data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in LANGUAGES and isinstance(value, str):
                yield key, value
            else:
                yield from _by_language(value)
    elif isinstance(data, list):
        for one in data:
            yield from _by_language(one)


def _public() -> Iterator[tuple[str, str]]:
    """Every text that the project has written in a known language: terms, pages and their paragraphs, cards, forms."""
    for folder in ("terms", "public/texts", "public/facts", "coordinator/texts"):
        for file in sorted((ROOT / "generator" / "kokemus" / folder).glob("*.yml")):
            yield from _by_language(resources.texts(f"{folder}/{file.stem}"))
    for file in (*sorted((ROOT / "experts").glob("*.yml")), ROOT / "mkdocs.yml"):
        yield from _by_language(yaml.safe_load(file.read_text("utf-8")))
    for language in LANGUAGES:
        for file in sorted((ROOT / "site_src" / language).glob("*.md")):
            text = file.read_text("utf-8")
            yield from ((language, part) for part in (text, *re.split(r"\n+", text)))


def test_no_text_of_the_project_is_taken_for_another_language_and_most_long_ones_are_recognised() -> None:
    """Measured on all of them: nothing false; of texts as long as a card's, nine in ten."""
    texts = [*_public()]
    assert [(language, text) for language, text in texts if tongue.of(text) not in {None, language}] == []
    long = [(language, text) for language, text in texts if len(text) >= 100]
    assert len(long) > 1000
    assert sum(tongue.of(text) == language for language, text in long) > 0.9 * len(long)
