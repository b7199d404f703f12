"""Profiles that were copied for somebody else."""

from pathlib import Path

import pytest

from kokemus.documents.problems import Problem
from kokemus.publication.inputs import gather
from tests.conftest import change

NEW = "experts/e25.yml"


def told(folder: Path) -> list[Problem]:
    return [one for one in gather(folder / "mkdocs.yml").problems if one.code in {"profile-copied", "same-person"}]


def copy(folder: Path, code: str, *names: str) -> None:
    """A profile copied for a new person, whose name, e-mail and phone are written anew."""
    text = (folder / "experts" / f"{code}.yml").read_text("utf-8").replace(f"555 01{code[1:]}", "555 0125")
    for name in names:
        text = text.replace(name, "Uusi").replace(name.lower(), "uusi")
    (folder / NEW).write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("code", "names", "keys"),
    [
        ("e05", ("Hilma", "Tekaista"), ("consent.given", "offers", "consent.solo", "private.notes")),
        ("e06", ("Saimi", "Mallila", "Revontuli"), ("consent.given", "offers", "card.text")),
        ("e01", ("Venla", "Keksitty"), ("consent.given", "offers", "private.limits")),
    ],
)
def test_a_profile_that_was_copied_for_somebody_else_is_told_once(
    demo: Path, code: str, names: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    """With the other file and its line, and the keys that are the same, but no value of them."""
    copy(demo, code, *names)
    (found,) = told(demo)
    assert (found.code, found.path, found.severity) == ("profile-copied", NEW, "warning")
    values = dict(found.values)
    assert values["others"] == f"experts/{code}.yml:2"
    assert {*keys} <= {*values["keys"].split(", ")}
    assert "invented" not in found.message


def test_who_signed_on_the_same_day_for_other_topics_is_no_copy(demo: Path) -> None:
    """A course ends, and all sign: the same day, places and languages."""
    copy(demo, "e05", "Hilma", "Tekaista")
    change(demo, NEW, "  - topic: loneliness\n", "")
    assert told(demo) == []


def test_a_copy_with_the_same_contact_details_is_told_as_one_person_alone(demo: Path) -> None:
    """And its help says what to do if the copy was meant for somebody new."""
    (demo / NEW).write_bytes((demo / "experts" / "e05.yml").read_bytes())
    found = told(demo)
    assert [(one.code, one.path) for one in found] == [("same-person", "experts/e05.yml"), ("same-person", NEW)]
    assert "uutta ihmistä varten" in found[0].text("help", "fi")
