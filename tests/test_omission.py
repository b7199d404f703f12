"""What is left out where something is broken, and what stops everything; without a build."""

from dataclasses import replace
from pathlib import Path

import pytest

from kokemus import audit, crowd, omission, publish
from kokemus.inputs import Inputs, gather
from kokemus.problems import errors
from tests.conftest import DEMO_DAY, change


def left_out(folder: Path) -> tuple[Inputs, list[tuple[str, str]]]:
    """The inputs that remain, and file and code of each problem that was left out with its file."""
    kept = omission.leaving_out(gather(folder / "mkdocs.yml"), DEMO_DAY)
    return kept, [(found.path, found.code) for found in kept.left_out]


def test_where_nothing_is_broken_nothing_is_left_out(inputs: Inputs) -> None:
    """The same inputs."""
    assert omission.leaving_out(inputs, DEMO_DAY) == inputs
    assert not inputs.left_out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("remote: true", "remote:\ttrue", "tab"),
        ("topic: recovery", "topic: toipumnen", "unknown-topic"),
        ("given: 2026-03-02", "given: 2062-03-02", "consent-in-future"),
    ],
)
def test_a_broken_profile_goes_and_its_values_stay_secret(small: Path, old: str, new: str, code: str) -> None:
    """Whether the file, a word of it or a day of it is wrong."""
    change(small, "experts/e01.yml", old, new)
    kept, gone = left_out(small)
    assert gone == [("experts/e01.yml", code)]
    assert "experts/e01.yml" not in {profile.path for profile in kept.profiles}
    assert errors(kept.problems) == ()
    leaks = audit.leaks([("x.html", b"Venla Keksitty")], publish.secrets_of(kept, DEMO_DAY))
    assert "experts/e01.yml" in {leak.secret.path for leak in leaks}


def test_a_card_that_says_somebody_s_private_value_goes_with_its_profile(small: Path) -> None:
    """Only that card; the name that it told stays a secret."""
    change(small, "experts/e06.yml", "ajan yli.", "ajan yli. Kiitos, Venla Keksitty.")
    kept, gone = left_out(small)
    assert gone == [("experts/e06.yml", "leak")]
    assert [card.name for card in publish.of_the_day(kept, DEMO_DAY)[0].cards] != []
    assert audit.leaks([("x.html", b"Venla Keksitty")], publish.secrets_of(kept, DEMO_DAY))


def test_a_broken_lock_file_takes_every_statement_and_leaves_the_cards(small: Path, inputs: Inputs) -> None:
    """An edit by hand as much as a file that nobody can read."""
    before = publish.of_the_day(inputs, DEMO_DAY)[0]
    assert before.statements
    for new, code in (("edition: 2020", "edition-changed"), ("edition:\t", "tab")):
        change(small, "experts/edition.yml", "edition: ", new if code == "tab" else "edition: ")
        if code == "edition-changed":
            change(small, "experts/edition.yml", "joined: 0", "joined: 9")
        kept, gone = left_out(small)
        assert gone == [("experts/edition.yml", code)]
        shown, problems = publish.of_the_day(kept, DEMO_DAY)
        assert (shown.statements, shown.cards, problems) == (frozenset(), before.cards, ())


def test_an_edition_of_a_later_day_stops_everything(inputs: Inputs) -> None:
    """It is the clock that is wrong, and by a wrong clock no consent can be judged."""
    early = DEMO_DAY.replace(year=2026, month=1)
    kept = omission.leaving_out(inputs, early)
    assert kept.edition
    assert "edition-in-future" in [found.code for found in errors(crowd.current(kept, early)[1])]


def test_consents_of_most_from_a_later_day_stop_everything(inputs: Inputs) -> None:
    """One such consent is a slip of the pen; most of them say that the clock is wrong."""
    early = DEMO_DAY.replace(year=2020)
    kept = omission.leaving_out(inputs, early)
    assert kept.profiles == inputs.profiles
    assert [found.code for found in errors(publish.publish(kept, early).problems)].count("clock") == 1


@pytest.mark.parametrize("kind", ["fees", "crisis"])
def test_the_project_s_facts_stand_in_for_broken_ones(small: Path, kind: str, inputs: Inputs) -> None:
    """With the file named, so that it can be mended."""
    change(small, "mkdocs.yml", "  - kokemus:\n", f"  - kokemus:\n      {kind}: {{file: {kind}.yml}}\n")
    (small / f"{kind}.yml").write_text("checked_on: soon\n", "utf-8")
    kept, gone = left_out(small)
    assert {path for path, _ in gone} == {f"{kind}.yml"}
    assert getattr(kept, kind) == getattr(inputs, kind)
    assert errors(kept.problems) == ()


def test_a_configuration_that_is_wrong_stops_everything(small: Path) -> None:
    """Without settings there is no site to leave anything out of."""
    change(small, "mkdocs.yml", "answer_within:", "answer_soon:")
    kept, gone = left_out(small)
    assert gone == []
    assert kept.settings is None
    assert publish.publish(kept, DEMO_DAY).site is None


def test_the_lock_file_is_called_by_its_folder_even_without_settings(small: Path) -> None:
    """A folder of another name, in a configuration that is wrong elsewhere."""
    change(small, "mkdocs.yml", "experts: experts\n", "experts: people\n      unknown: 1\n")
    (small / "experts").rename(small / "people")
    inputs = gather(small / "mkdocs.yml")
    assert inputs.settings is None
    assert inputs.lock == "people/edition.yml"
    missing = crowd.current(replace(inputs, edition=None), DEMO_DAY)[1]
    assert [(found.code, found.path) for found in missing] == [("no-edition", "people/edition.yml")]
