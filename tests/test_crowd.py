"""The crowd on a day: which edition is in force, and what would follow it."""

from dataclasses import replace
from pathlib import Path

from kokemus import crowd, edition, publish
from kokemus.inputs import Inputs, gather
from tests.conftest import DEMO_DAY, ROOT, change


def test_the_edition_in_force_is_the_one_in_the_lock_file(inputs: Inputs) -> None:
    """Sealed, it is believed."""
    current, problems = crowd.current(inputs, DEMO_DAY)
    assert problems == ()
    assert current
    assert current.sealed
    assert edition.write(current) == (ROOT / "experts" / "edition.yml").read_text("utf-8")


def test_an_edition_without_its_seal_must_be_what_the_profiles_allow(demo: Path) -> None:
    """Nothing that too few stand behind can be written in by hand."""
    lock = demo / "experts" / "edition.yml"
    lines = [line for line in lock.read_text("utf-8").splitlines(keepends=True) if not line.startswith("checksum")]
    lock.write_text("".join(lines), "utf-8")
    current, problems = crowd.current(gather(demo / "mkdocs.yml"), DEMO_DAY)
    assert (bool(current), problems) == (True, ())
    change(demo, "experts/edition.yml", "crowd:\n", "crowd:\n  - [grief]\n")
    current, problems = crowd.current(gather(demo / "mkdocs.yml"), DEMO_DAY)
    assert current is None
    assert [found.code for found in problems] == ["edition-unsupported"]


def test_where_there_is_no_edition_yet_it_is_said_once(demo: Path, inputs: Inputs) -> None:
    """As a warning; where the file is there and broken, that is said instead, and without profiles nothing is."""
    none = replace(inputs, edition=None)
    assert [found.code for found in crowd.current(none, DEMO_DAY)[1]] == ["no-edition"]
    assert crowd.current(replace(none, documents=()), DEMO_DAY) == (None, ())
    change(demo, "experts/edition.yml", "edition: ", "edition:\t")
    assert crowd.current(gather(demo / "mkdocs.yml"), DEMO_DAY) == (None, ())


def test_without_an_edition_the_next_is_all_that_the_crowd_may_show(inputs: Inputs) -> None:
    """Nothing waits, since there is nothing to compare with."""
    first, waiting = crowd.following(inputs, None, DEMO_DAY)
    assert (first.crowd, waiting) == (crowd.rule(inputs, DEMO_DAY).statements(), ())
    again, waiting = crowd.following(inputs, first, DEMO_DAY)
    assert (again.crowd, waiting) == (first.crowd, ())


def test_the_situation_holds_what_is_published(inputs: Inputs) -> None:
    """The edition in force, which the day's catalogue shows."""
    found = crowd.situation(inputs, DEMO_DAY)
    assert found.edition == crowd.current(inputs, DEMO_DAY)[0]
    assert found.edition
    assert found.edition.crowd <= publish.of_the_day(inputs, DEMO_DAY)[0].statements


def test_house_topics_are_those_of_the_configuration(inputs: Inputs) -> None:
    """None without one."""
    assert inputs.settings
    chosen = replace(inputs, settings=replace(inputs.settings, house_topics=frozenset({"recovery"})))
    assert crowd.rule(chosen, DEMO_DAY).house_topics == {"recovery"}
    assert crowd.rule(replace(chosen, settings=None), DEMO_DAY).house_topics == frozenset()
