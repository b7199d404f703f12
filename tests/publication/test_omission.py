"""What is left out if something is broken, and what stops everything; without a build."""

from dataclasses import replace
from pathlib import Path

import pytest

from kokemus import audit
from kokemus.audit import Wanted
from kokemus.documents.problems import errors
from kokemus.experts import consent
from kokemus.publication import crowd, day, omission, publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.website.catalogue import Catalogue
from tests.conftest import DEMO_DAY, ROOT, change


def left_out(folder: Path) -> tuple[Inputs, list[tuple[str, str]]]:
    """The remaining inputs, and the file and code of each problem that was left out."""
    kept = omission.leaving_out(gather(folder / "mkdocs.yml"), DEMO_DAY)
    return kept, [(found.path, found.code) for found in kept.left_out]


def test_without_broken_files_nothing_is_left_out(inputs: Inputs) -> None:
    """The inputs are unchanged."""
    assert omission.leaving_out(inputs, DEMO_DAY) == inputs
    assert not inputs.left_out


def listed(inputs: Inputs) -> Catalogue:
    return publish.listed(crowd.on_the_day(inputs, DEMO_DAY), (), inputs.vocabulary)


def secrets(inputs: Inputs) -> Wanted:
    return day.on_the_day(inputs, DEMO_DAY).secrets


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("remote: true", "remote:\ttrue", "tab"),
        ("given: 2026-03-02", "given: 2062-03-02", "consent-in-future"),
    ],
)
def test_a_broken_profile_is_left_out_and_its_values_stay_secret(small: Path, old: str, new: str, code: str) -> None:
    """Whether the whole file, a word or a date in it is wrong."""
    change(small, "experts/e01.yml", old, new)
    kept, gone = left_out(small)
    assert gone == [("experts/e01.yml", code)]
    assert "experts/e01.yml" not in {profile.path for profile in kept.profiles}
    assert errors(kept.problems) == ()
    leaks = audit.leaks([("x.html", b"Venla Keksitty")], secrets(kept))
    assert "experts/e01.yml" in {leak.secret.path for leak in leaks}


def test_an_unknown_topic_is_left_out_alone(small: Path) -> None:
    """Otherwise, when it leaves the vocabulary, the signed topics and cards of exactly its holders would vanish."""
    for name, topic in (("e05", "peer-support"), ("e06", "recovery")):
        change(small, f"experts/{name}.yml", f"topic: {topic}", "topic: voices")
    before, after = (
        crowd.on_the_day(one, DEMO_DAY).in_force for one in (gather(ROOT / "mkdocs.yml"), left_out(small)[0])
    )
    assert left_out(small)[1] == [("experts/e05.yml", "unknown-topic"), ("experts/e06.yml", "unknown-topic")]
    assert (after.signed, after.staying, after.cards) == (before.signed, before.staying, before.cards)
    assert len(after.members) == len(before.members)
    change(small, "experts/e05.yml", "remote: true", "remote: maybe")
    assert "psychosis" not in crowd.on_the_day(left_out(small)[0], DEMO_DAY).in_force.signed


def test_a_card_with_a_private_value_is_left_out_with_its_profile(small: Path) -> None:
    """Only that card goes, and what it revealed stays secret."""
    told = "prefers mornings, and no evening drives in winter"
    change(small, "experts/e06.yml", "ajan yli.", f"ajan yli. Kerron: {told}.")
    kept, gone = left_out(small)
    assert gone == [("experts/e06.yml", "leak")]
    assert crowd.on_the_day(kept, DEMO_DAY).in_force.cards != ()
    assert audit.leaks([("x.html", told.encode())], secrets(kept))


def test_a_card_with_an_unaccepted_detail_is_left_out_alone(small: Path, inputs: Inputs) -> None:
    """The rest shows. The expert still has a card, so they are not in the crowd, and the card's words are secret."""
    before = consent.in_force(inputs.profiles, DEMO_DAY)
    change(small, "experts/e06.yml", "ajan yli.", "ajan yli. Olen 47-vuotias poromies Utsjoelta.")
    given_away = errors(gather(small / "mkdocs.yml").problems)
    assert [found.code for found in given_away] == ["text-age", "text-place", "text-combination"]
    assert publish.publish(gather(small / "mkdocs.yml"), DEMO_DAY).site is None
    kept, gone = left_out(small)
    assert gone == [("experts/e06.yml", found.code) for found in given_away]
    after = consent.in_force(kept.profiles, DEMO_DAY)
    assert after.members == before.members
    assert "experts/e06.yml" in {profile.path for profile in kept.profiles}
    assert (after.signed, after.staying) == (before.signed, before.staying)
    assert len(after.cards) == len(before.cards) - 1
    assert publish.publish(kept, DEMO_DAY).site
    words = b"ajan yli. Olen 47-vuotias poromies Utsjoelta."
    assert {leak.secret.path for leak in audit.leaks([("x.html", words)], secrets(kept))} == {"experts/e06.yml"}


def test_a_card_with_an_accepted_detail_stays(small: Path, inputs: Inputs) -> None:
    """The control: the same words, accepted."""
    change(small, "experts/e06.yml", "ajan yli.", "ajan yli. Olen 47-vuotias poromies Utsjoelta.")
    change(small, "experts/e06.yml", "card:\n", "card:\n  accepted: [age, place, combination]\n")
    kept, gone = left_out(small)
    assert gone == []
    cards = consent.in_force(kept.profiles, DEMO_DAY).cards
    assert any("Utsjoelta" in words for card in cards for _, words in card.texts)


def test_a_broken_lock_file_removes_the_crowd_s_list_but_no_cards(small: Path, inputs: Inputs) -> None:
    """Whether it was edited by hand or cannot be read."""
    before = listed(inputs)
    carded = {topic for card in before.cards for topic in card.topics}
    assert before.topics > carded
    for old, new, code in (("  - hope", "  - grief", "edition-changed"), ("edition: ", "edition:\t", "tab")):
        change(small, "experts/edition.yml", old, new)
        kept, gone = left_out(small)
        assert gone == [("experts/edition.yml", code)]
        shown = listed(kept)
        assert (shown.topics, shown.cards) == (frozenset(carded), before.cards)


def test_an_edition_from_the_future_stops_everything(inputs: Inputs) -> None:
    """The clock is wrong, and with a wrong clock no consent can be judged."""
    early = DEMO_DAY.replace(year=2026, month=1)
    kept = omission.leaving_out(inputs, early)
    assert kept.edition
    assert "edition-in-future" in [found.code for found in errors(crowd.on_the_day(kept, early).problems)]


def test_if_most_consents_are_in_the_future_everything_stops(inputs: Inputs) -> None:
    """A single one is a typing mistake; if most are in the future, the clock is wrong."""
    early = DEMO_DAY.replace(year=2020)
    kept = omission.leaving_out(inputs, early)
    assert kept.profiles == inputs.profiles
    assert [found.code for found in errors(publish.publish(kept, early).problems)].count("clock") == 1


@pytest.mark.parametrize("kind", ["fees", "crisis"])
def test_the_project_s_facts_replace_broken_ones(small: Path, kind: str, inputs: Inputs) -> None:
    """The broken file is named, so that it can be fixed."""
    change(small, "mkdocs.yml", "  - kokemus:\n", f"  - kokemus:\n      {kind}: {{file: {kind}.yml}}\n")
    (small / f"{kind}.yml").write_text("checked_on: soon\n", "utf-8")
    kept, gone = left_out(small)
    assert {path for path, _ in gone} == {f"{kind}.yml"}
    assert getattr(kept, kind) == getattr(inputs, kind)
    assert errors(kept.problems) == ()


def test_a_configuration_that_is_wrong_stops_everything(small: Path) -> None:
    """Without settings there is no site from which to leave anything out."""
    change(small, "mkdocs.yml", "answer_within:", "answer_soon:")
    kept, gone = left_out(small)
    assert gone == []
    assert kept.settings is None
    assert publish.publish(kept, DEMO_DAY).site is None


def test_the_lock_file_is_called_by_its_folder_even_without_settings(small: Path) -> None:
    """With a renamed folder, in a configuration that has an error elsewhere."""
    change(small, "mkdocs.yml", "experts: experts\n", "experts: people\n      unknown: 1\n")
    (small / "experts").rename(small / "people")
    inputs = gather(small / "mkdocs.yml")
    assert inputs.settings is None
    assert inputs.lock == "people/edition.yml"
    missing = crowd.on_the_day(replace(inputs, edition=None), DEMO_DAY).problems
    assert [(found.code, found.path) for found in missing] == [("no-edition", "people/edition.yml")]
