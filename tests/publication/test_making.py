"""Making an edition, with the real command and real git: each look once, written and committed in one step."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kokemus import anonymity, dates
from kokemus.anonymity import Edition
from kokemus.anonymity import edition as lock
from kokemus.experts import consent
from kokemus.publication import crowd, publish
from kokemus.publication import day as days
from kokemus.publication.inputs import Inputs, gather
from tests.conftest import DEMO_DAY, Run, change, git, kokemus

FIRST = date(2026, 10, 5)
NEXT_YEAR = date(2027, 10, 5)


def edition(folder: Path, *options: str, on: date = FIRST) -> Run:
    return kokemus(folder, "edition", *options, SOURCE_DATE_EPOCH=dates.epoch(on))


@pytest.fixture
def fresh(demo: Path) -> Path:
    """The demo before its first edition."""
    (demo / "experts" / "edition.yml").unlink()
    return demo


@pytest.fixture
def kept(fresh: Path) -> Path:
    """The demo before its first edition, in a repository of its own."""
    git(fresh, "init", "--quiet")
    git(fresh, "add", "--all")
    git(fresh, "commit", "--quiet", "--message=Begin")
    return fresh


def test_the_demo_s_edition_is_what_its_profiles_make(inputs: Inputs) -> None:
    """With its published seed: the demo has nobody to protect."""
    standing = crowd.on_the_day(inputs, DEMO_DAY).edition
    assert standing
    assert standing.seed
    then = crowd.on_the_day(replace(inputs, edition=None), FIRST)
    assert crowd.following(then, standing.seed, False) == standing


def test_an_edition_is_shown_first_and_then_written_for_today(fresh: Path) -> None:
    """Before it is made, only what is due and what then has to wait is shown; afterwards what it lists."""
    announced = edition(fresh)
    assert announced.code == 1
    assert "Ensimmäisen tarkistuksen voi tehdä: joukossa on 18." in announced.output
    assert "lykkää nyt" in announced.output
    assert "+ " not in announced.output
    assert not (fresh / "experts" / "edition.yml").exists()
    made = edition(fresh, "--write")
    assert made.code == 0
    assert "Tarkistus 1 on tehty: joukossa 18" in made.output
    again = edition(fresh)
    assert again.code == 0
    assert "Mitään ei ole tehtävänä." in again.output
    assert kokemus(fresh, "check", "--on", FIRST.isoformat()).code == 0


def test_an_edition_can_only_be_made_for_today(fresh: Path) -> None:
    """A choice of date would be a choice among random results."""
    assert edition(fresh, "--write", "--on", "2026-10-04").code == 2
    assert edition(fresh, "--postpone").code == 2
    assert not (fresh / "experts" / "edition.yml").exists()


def test_no_edition_is_made_while_a_profile_is_broken(fresh: Path) -> None:
    """An expert whose file cannot be read would be missing from the crowd."""
    change(fresh, "experts/e01.yml", "remote: true", "remote: maybe")
    done = edition(fresh, "--write")
    assert done.code == 1
    assert "error[not-yes-or-no]" in done.output
    assert not (fresh / "experts" / "edition.yml").exists()


def test_a_look_can_be_postponed_and_signed_topics_are_listed_anyway(fresh: Path) -> None:
    """If nothing else is due, nothing is written."""
    assert edition(fresh, "--write", "--postpone").code == 0
    read = gather(fresh / "mkdocs.yml").edition
    assert read
    made, _ = lock.read(read, FIRST)
    assert made
    assert (made.look, made.listed, made.signed) == (0, (), ("bullying", "ocd", "psychosis"))
    later = date(2026, 11, 5)
    postponed = edition(fresh, "--write", "--postpone", on=later)
    assert postponed.code == 0
    assert "Tarkistus on lykätty" in postponed.output
    assert edition(fresh, on=later).code == 0
    assert edition(fresh, on=date(2026, 12, 5)).code == 1


def test_an_edition_is_committed_at_once_and_nothing_else_is(kept: Path) -> None:
    """The coordinator's other changes stay as they are, staged or not."""
    change(kept, "experts/e01.yml", "prefers mornings", "prefers evenings")
    change(kept, "experts/e02.yml", "Kuviteltu", "Kuvitelma")
    git(kept, "add", "experts/e02.yml")
    done = edition(kept, "--write")
    assert done.code == 0, done.output
    shown = git(kept, "show", "--format=%s", "--name-only", "HEAD")
    assert shown.split("\n") == ["Make an edition", "", "experts/edition.yml", ""]
    assert git(kept, "status", "--porcelain") == " M experts/e01.yml\nM  experts/e02.yml\n"


def begin_again(folder: Path) -> None:
    """Removes the commit with the edition, as after a correction."""
    git(folder, "reset", "--quiet", "--hard", "HEAD~1")


def on_another_branch(folder: Path) -> None:
    git(folder, "checkout", "--quiet", "-b", "another", "HEAD~1")


def where_no_branch_leads(folder: Path) -> None:
    """Removes the commit and empties the reflog."""
    begin_again(folder)
    git(folder, "reflog", "expire", "--expire=now", "--all")


def in_another_folder(folder: Path) -> None:
    """Moves the profiles, without the edition."""
    git(folder, "mv", "experts", "people")
    git(folder, "rm", "--quiet", "--force", "people/edition.yml")
    change(folder, "mkdocs.yml", "experts: experts", "experts: people")
    git(folder, "commit", "--quiet", "--all", "--message=Move")


@pytest.mark.parametrize("way", [begin_again, on_another_branch, where_no_branch_leads, in_another_folder])
def test_a_look_is_never_made_twice(kept: Path, way: object) -> None:
    """Whatever git still has of it counts, in any folder, on a branch or not."""
    assert callable(way)
    assert edition(kept, "--write").code == 0
    way(kept)
    done = edition(kept, "--write")
    assert done.code == 1
    assert "+ " not in done.output
    assert list(kept.glob("*/edition.yml")) == []


def test_the_number_of_a_look_is_what_is_used_once(kept: Path) -> None:
    """The first look's edition stays. The second was made and removed; it can be restored but not made again."""
    assert edition(kept, "--write").code == 0
    for code in ("x1", "x2", "x3"):
        profile = (kept / "experts" / "e21.yml").read_text("utf-8")
        number = {"x1": "0771", "x2": "0772", "x3": "0773"}[code]
        text = profile.replace("0121", number).replace("Liioiteltu", code.upper()).replace("liioiteltu", code)
        (kept / "experts" / f"{code}.yml").write_text(text.replace("2026-10-19", "2027-01-01"), "utf-8")
    git(kept, "add", "--all")
    git(kept, "commit", "--quiet", "--message=Three came")
    assert edition(kept, "--write", on=NEXT_YEAR).code == 0
    second = (kept / "experts" / "edition.yml").read_text("utf-8")
    assert lock.number_of_look(second) == 2
    begin_again(kept)
    refused = edition(kept, "--write", on=NEXT_YEAR)
    assert refused.code == 1
    told = next(line for line in refused.output.splitlines() if "git cat-file" in line)
    command, _, file = told.partition("Palauta se: git ")[2].partition(" > ")
    assert file == "experts/edition.yml"
    assert git(kept, *command.split()) == second


def test_without_a_readable_history_no_look_is_made(kept: Path) -> None:
    """An unreadable history is not an empty one."""
    (kept / ".git" / "HEAD").write_text("nonsense\n", "utf-8")
    done = edition(kept, "--write")
    assert done.code == 1
    assert not (kept / "experts" / "edition.yml").exists()


def test_an_edition_that_cannot_be_committed_is_not_made_and_nobody_sees_it(kept: Path) -> None:
    """Otherwise somebody could look at it, delete it and make it again. Here another program holds git's lock."""
    (kept / ".git" / "index.lock").touch()
    done = edition(kept, "--write")
    assert done.code == 1
    assert "+ " not in done.output
    assert not (kept / "experts" / "edition.yml").exists()
    (kept / ".git" / "index.lock").unlink()
    assert git(kept, "status", "--porcelain") == ""
    assert edition(kept, "--write").code == 0


def test_an_edited_edition_is_restored_as_the_error_says(kept: Path) -> None:
    """From the newest commit if that has the valid edition, otherwise from the last one that has."""
    assert edition(kept, "--write").code == 0
    lock = kept / "experts" / "edition.yml"
    right = lock.read_text("utf-8")
    for code, committed in (("edition-changed", False), ("edition-committed", True)):
        lock.write_text(re.sub(r"look: (\d+)", "look: 1\\1", right), "utf-8")
        if committed:
            git(kept, "commit", "--all", "--quiet", "--message=Change")
        done = kokemus(kept, "check", "--on", FIRST.isoformat())
        assert f"error[{code}]" in done.output
        told = next(line for line in done.output.splitlines() if "edition.yml" in line and ": git " in line)
        git(kept, *re.split(r"\.(?: |$)", told.split(": git ")[1])[0].split())
        assert lock.read_text("utf-8") == right
        assert kokemus(kept, "check", "--on", FIRST.isoformat()).code == 0


def test_a_missing_lock_file_that_git_has_is_an_error(kept: Path) -> None:
    """The command in the error restores it."""
    assert edition(kept, "--write").code == 0
    (kept / "experts" / "edition.yml").unlink()
    done = kokemus(kept, "check", "--on", FIRST.isoformat())
    assert done.code == 1
    assert "error[edition-lost]" in done.output
    told = next(line for line in done.output.splitlines() if "git checkout" in line)
    git(kept, *told.split("palauta se: git ")[1].split(". ")[0].split())
    assert kokemus(kept, "check", "--on", FIRST.isoformat()).code == 0


def test_a_repository_with_editions_of_version_1_only_starts_over(kept: Path) -> None:
    """Their file is an error while it exists. Once deleted, it is not a lost edition."""
    file = kept / "experts" / "edition.yml"
    file.write_text("edition: 2026-09-01\nparameters: {k: 3, d: 2, h: 0.8, g: 4, c: 3}\ncrowd: []\n", "utf-8")
    git(kept, "add", "--all")
    git(kept, "commit", "--quiet", "--message=Version 1")
    done = kokemus(kept, "check", "--on", FIRST.isoformat())
    assert done.code == 1
    assert "error[edition-version-1]" in done.output
    git(kept, "rm", "--quiet", "experts/edition.yml")
    git(kept, "commit", "--quiet", "--message=Version 2")
    assert edition(kept, "--write").code == 0


def published(folder: Path, inputs: Inputs, standing: Edition | None, name: str = "catalogue.json") -> Path:
    """A published site that shows a look."""
    folder.mkdir(exist_ok=True)
    data = {"look": standing.look if standing else 0, "look_digest": standing.digest if standing else None}
    (folder / name).write_text(json.dumps(data), "utf-8")
    return folder


def test_an_older_or_another_look_never_replaces_the_one_that_is_shown(tmp_path: Path, inputs: Inputs) -> None:
    """This also covers histories that an erasure has rewritten. An emptied list is not another result."""
    day = days.on_the_day(inputs, DEMO_DAY)
    now = day.crowd.edition
    assert now
    assert now.seed

    def wrong(shown: Edition | None, made: Edition | None = now) -> list[str]:
        site = published(tmp_path / "site", inputs, shown)
        return [found.code for found in publish.regressed(site, replace(day, crowd=replace(day.crowd, edition=made)))]

    assert wrong(None) == []
    assert wrong(now) == []
    assert wrong(replace(now, look=2)) == ["look-lower"]
    assert wrong(now, None) == ["look-lower"]
    assert wrong(replace(now, seed="0" * 64)) == ["look-other"]
    assert wrong(replace(now, listed=now.listed[1:])) == ["look-other"]
    assert wrong(now, replace(now, listed=())) == []
    assert wrong(replace(now, listed=()), now) == ["look-other"]
    assert publish.regressed(tmp_path / "none", day) == ()
    (tmp_path / "site" / "catalogue.json").write_text("{", "utf-8")
    assert [found.code for found in publish.regressed(tmp_path / "site", day)] == ["published-unreadable"]


def test_a_lock_that_a_killed_git_left_is_named(kept: Path) -> None:
    """A leftover lock would prevent every edition."""
    (kept / ".git" / "index.lock").touch()
    refused = edition(kept, "--write")
    assert refused.code == 1
    assert ".git/index.lock" in refused.output
    assert not (kept / "experts" / "edition.yml").exists()


@pytest.mark.build
def test_the_build_refuses_what_would_show_an_older_look(built: Path) -> None:
    """The last good site stays."""
    catalogue = built / "site" / "catalogue.json"
    change(built, "site/catalogue.json", '"look": 1', '"look": 2')
    before = catalogue.read_bytes()
    done = kokemus(built, "build", "--on", DEMO_DAY.isoformat())
    assert done.code == 1
    assert "look-lower" in done.output
    assert catalogue.read_bytes() == before
    shutil.rmtree(built / "site")
    assert kokemus(built, "build", "--on", DEMO_DAY.isoformat()).code == 0


def test_what_is_removed_when_a_crowd_falls_below_the_floor(tmp_path: Path, inputs: Inputs) -> None:
    """Topics that only the leavers had signed go at once; after a year the crowd's whole list goes, and nothing else.

    The site with the emptied list may replace the one before. Eleven experts stay, and so do cards and signed topics.
    """
    crowded = [one for one in inputs.profiles if all(consent.counts(one, on) for on in (DEMO_DAY, NEXT_YEAR))]
    leaver, *stay = sorted(crowded, key=lambda one: not one.solo)
    few = replace(inputs, profiles=(*(one for one in inputs.profiles if one.card), *stay[:11]))
    assert leaver.solo
    assert inputs.settings
    house, terms = inputs.settings.house_topics, inputs.vocabulary
    standing, now, late = (
        crowd.on_the_day(found, on) for found, on in ((inputs, DEMO_DAY), (few, DEMO_DAY), (few, NEXT_YEAR))
    )
    assert (now.clock.size, late.clock.size) == (11, 11)
    assert now.edition
    before, after = (publish.listed(one, house, terms) for one in (standing, now))
    assert before.topics - after.topics == standing.in_force.staying - now.in_force.staying - {*now.edition.listed}
    assert after.cards == before.cards
    the_day_before = crowd.on_the_day(few, NEXT_YEAR - timedelta(1))
    assert not the_day_before.clock.due
    assert publish.listed(the_day_before, house, terms).topics == after.topics
    assert late.clock.empties
    emptied = crowd.following(late, "0" * 64, postponed=False)
    assert emptied
    left = publish.listed(replace(late, edition=emptied), house, terms)
    carded = {topic for card in left.cards for topic in card.topics}
    assert left.topics == late.in_force.signed | carded | house
    assert left.topics < after.topics
    day = days.on_the_day(few, NEXT_YEAR)
    site = published(tmp_path / "site", few, now.edition)
    assert publish.regressed(site, replace(day, crowd=replace(day.crowd, edition=emptied))) == ()
    assert crowd.following(replace(late, edition=emptied), "0" * 64, postponed=False) is None


def test_items_of_an_edition_are_those_of_the_vocabulary(inputs: Inputs) -> None:
    """The catalogue reads what the lock file lists as topics and groups."""
    known = anonymity.items(inputs.vocabulary)
    standing = crowd.on_the_day(inputs, DEMO_DAY).edition
    assert standing
    assert set(standing.listed) <= set(known)


def test_an_edition_outside_a_repository_says_that_git_does_not_have_it(fresh: Path) -> None:
    """It was made in a folder that was copied without ``.git``. In a repository there is no such message."""
    made = edition(fresh, "--write")
    assert made.code == 0, made.output
    assert "ei ole git-arkisto" in made.output


def test_an_edition_in_a_repository_does_not_mention_git(kept: Path) -> None:
    """The opposite of the test above."""
    assert "ei ole git-arkisto" not in edition(kept, "--write").output
