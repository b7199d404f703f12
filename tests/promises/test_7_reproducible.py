"""Promise 7: the same inputs and the same day give the same bytes."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import DEMO_DAY, build, contents, kokemus

pytestmark = pytest.mark.build


def test_two_builds_in_two_places_are_byte_identical(demo: Path, demo_site: Path) -> None:
    """Another folder, time of day, time zone, locale, umask and hash seed."""
    place = demo.rename(demo.with_name("toinen paikka åäö"))
    mask = os.umask(0o077)
    try:
        done = kokemus(place, "build", "--on", DEMO_DAY.isoformat(), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    finally:
        os.umask(mask)
    assert done.code == 0, done.output
    assert contents(place / "site") == contents(demo_site)
    assert modes(place / "site") == modes(demo_site)


def modes(site: Path) -> dict[str, int]:
    """The permissions of each file and folder."""
    return {str(path.relative_to(site)): path.stat().st_mode for path in (site, *site.rglob("*"))}


def test_renamed_and_reordered_profiles_give_the_same_bytes(small: Path, small_site: Path) -> None:
    """The site does not depend on codes or on the order of files."""
    for number, file in enumerate(sorted((small / "experts").glob("e??.yml"), reverse=True)):
        file.rename(file.with_name(f"zz-{number:02}.yml"))
    done = build(small)
    assert done.code == 0, done.output
    assert contents(small / "site") == contents(small_site / "site")


def test_between_changes_of_consent_only_the_day_itself_changes(small: Path, small_site: Path) -> None:
    """A nightly build on which nothing lapses gives the previous bytes, except in the one file with the date."""
    assert build(small, date(2026, 11, 25)).code == 0
    today, yesterday = contents(small / "site"), contents(small_site / "site")
    assert today.keys() == yesterday.keys()
    assert {name for name in today if today[name] != yesterday[name]} == {"built.js"}
    assert [name for name, content in today.items() if b"2026-11-25" in content] == ["built.js"]


def test_a_deleted_file_of_the_crowd_changes_no_byte_before_the_next_edition(small: Path, small_site: Path) -> None:
    """The list of the crowd is frozen, so the site does not show who left."""
    (small / "experts" / "e02.yml").unlink()
    assert build(small).code == 0
    assert contents(small / "site") == contents(small_site / "site")


def test_the_demo_still_builds_many_years_ahead(demo: Path) -> None:
    """By then every consent has lapsed: no cards, no signed topics, and only warnings about old facts."""
    done = build(demo, date(2041, 7, 1))
    assert done.code == 0, done.output
    assert "warning[old-shipped-fact]" in done.output
    site = contents(demo / "site")
    assert not [name for name, content in site.items() if b"Revontuli" in content]
    shutil.rmtree(demo / "site")
