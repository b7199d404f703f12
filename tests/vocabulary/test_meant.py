"""Everyday names of areas: what to write instead of them."""

from datetime import date
from pathlib import Path

import pytest

from kokemus.vocabulary import REMOTE, Vocabulary, meant
from tests.conftest import change, kokemus

EVERYDAY = [(name, ids) for ids, names in meant.PLACES.items() for name in names]


@pytest.mark.parametrize(("name", "ids"), EVERYDAY, ids=lambda value: str(value))
def test_what_is_written_instead_is_in_the_vocabulary(name: str, ids: str, whole_country: Vocabulary) -> None:
    """And the everyday name is not; or else nobody would be told."""
    assert whole_country.places.find(name) is None
    assert meant.place(name.upper()) == ids
    assert ids == REMOTE or all(id in whole_country.places for id in ids.split(", "))


@pytest.mark.parametrize("word", ["pääkaupunkiseutu", "Huvudstadsregionen", "capital region"])
def test_an_everyday_name_leads_to_the_places_that_it_means(demo: Path, word: str) -> None:
    """In a profile, in the configuration and in the list, never to a name that only looks like it."""
    change(demo, "experts/e05.yml", "places: [kemi, rovaniemi, sodankyla, tornio]", f"places: [{word}]")
    change(demo, "mkdocs.yml", "serves: [lappi]", f"serves: [{word}]")
    checked = kokemus(demo, "check", "--on", "2026-11-24").output
    assert checked.count("error[everyday-place]") == 2
    assert checked.count("espoo, helsinki, kauniainen, vantaa") == 2
    listed = kokemus(demo, "vocabulary", "places", word)
    assert (listed.code, "espoo, helsinki, kauniainen, vantaa" in listed.output) == (0, True)


def test_a_connection_is_no_place(demo: Path) -> None:
    """It has a key of its own."""
    change(demo, "experts/e05.yml", "places: [kemi, rovaniemi, sodankyla, tornio]", "places: [kemi, etänä]")
    assert "remote: true" in kokemus(demo, "check", "--on", "2026-11-24").output.partition("error[no-place]")[2]
    assert "remote: true" in kokemus(demo, "vocabulary", "places", "etänä").output


@pytest.mark.parametrize("typed", ["13.4.2026", "13. 4. 2026", "13/4/2026", "13-04-2026", "2026/4/13", "2026-13-04"])
def test_a_day_written_in_another_way_is_understood(typed: str) -> None:
    """If it can be no other day, or is written as Finns write it."""
    assert meant.day(typed) == {"near": date(2026, 4, 13)}


@pytest.mark.parametrize("typed", ["3/4/2026", "31.2.2026", "2026-02-31", "13.4.", "24 kk", "true", "viime keväänä"])
def test_a_day_that_may_be_another_is_not_guessed(typed: str) -> None:
    """Nor is what is no day at all."""
    assert meant.day(typed) == {}
