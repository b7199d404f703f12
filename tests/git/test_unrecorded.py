"""What no commit has is told in one line; a merge is told until git has its end."""

from pathlib import Path

import pytest

from kokemus import resources
from kokemus.git import unrecorded
from kokemus.publication.inputs import gather
from tests.conftest import change, git, kokemus
from tests.rigs.repositories import commit

LINE = "Vielä kirjaamatta gitiin: "


@pytest.fixture
def kept(demo: Path) -> Path:
    """The demo in a repository, below its top."""
    git(demo, "init", "--quiet")
    commit(demo, "Begin")
    return demo


def told(folder: Path) -> list[str]:
    return [line for line in kokemus(folder, "check", "--on", "2026-11-24").output.splitlines() if LINE in line]


def merging(folder: Path) -> list[tuple[str, str]]:
    ours = {"merge-conflict", "merge-unfinished"}
    return [(one.code, one.path) for one in gather(folder / "mkdocs.yml").problems if one.code in ours]


def test_a_profile_that_git_does_not_know_is_told_with_the_commands(kept: Path) -> None:
    """Only what is committed is published, so nobody would find the new expert."""
    assert told(kept) == []
    text = (kept / "experts" / "e05.yml").read_text("utf-8").partition("card:")[0].partition("private:")[0]
    (kept / "experts" / "m3s9r.yml").write_text(text, "utf-8")
    (kept / "muistio.txt").write_text("x", "utf-8")
    (line,) = told(kept)
    assert line.startswith(f"{LINE}experts/m3s9r.yml. ")
    assert line.endswith("git add experts/m3s9r.yml && git commit -m Update")
    change(kept, "experts/e06.yml", "remote: true", "remote: false")
    (line,) = told(kept)
    assert line.endswith("git add experts/m3s9r.yml && git commit -am Update")
    change(kept, "experts/e06.yml", "remote: false", "remote: [")
    assert told(kept) == []
    change(kept, "experts/e06.yml", "remote: [", "remote: false")
    git(kept, "add", "experts/m3s9r.yml")
    commit(kept, "Change")
    assert told(kept) == []


def test_a_file_that_the_settings_name_is_told_too(kept: Path) -> None:
    """The advised commit of the settings alone would publish a site that lacks it; other files are nobody's concern."""
    shipped = resources.PACKAGE / "public" / "facts" / "crisis.yml"
    (kept / "crisis.yml").write_text(shipped.read_text("utf-8"), "utf-8")
    (kept / "list.docx").write_text("x", "utf-8")
    change(kept, "mkdocs.yml", "  - kokemus:\n", "  - kokemus:\n      crisis: {file: crisis.yml}\n")
    (line,) = told(kept)
    assert line.endswith("git add crisis.yml && git commit -am Update")


def test_nothing_is_told_without_a_commit_or_a_repository(demo: Path) -> None:
    """A first try is no mistake."""
    assert told(demo) == []
    git(demo, "init", "--quiet")
    assert told(demo) == []


def test_a_merge_is_told_until_it_is_finished(kept: Path) -> None:
    """While its marks stand in a file, when the file is right, when git has been told so; then no more."""
    profile = kept / "experts" / "e05.yml"
    ours, theirs = (profile.read_text("utf-8").replace("remote: true", f"remote: {word}") for word in ("false", "yes"))
    git(kept, "checkout", "--quiet", "-b", "other")
    profile.write_text(theirs, "utf-8")
    commit(kept, "Change")
    git(kept, "checkout", "--quiet", "-")
    profile.write_text(ours, "utf-8")
    commit(kept, "Change")
    with pytest.raises(AssertionError):
        git(kept, "merge", "--quiet", "other")
    assert merging(kept) == [("merge-conflict", "experts/e05.yml")]
    profile.write_text(ours, "utf-8")
    assert merging(kept) == [("merge-unfinished", "experts/e05.yml")]
    assert "git add experts/e05.yml, sitten git commit --no-edit" in kokemus(kept, "check").output
    git(kept, "add", "experts/e05.yml")
    assert merging(kept) == [("merge-unfinished", "experts")]
    git(kept, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--no-edit")
    assert merging(kept) == []


def test_what_the_last_commit_has_is_read_below_the_top_too(demo: Path) -> None:
    """A new file and a folder without commits have nothing to read."""
    folder = demo / "below"
    folder.mkdir()
    git(demo, "init", "--quiet")
    names = ("a.yml", "with space.yml", "ä.yml")
    for name in names:
        (folder / name).write_text(name, "utf-8")
    assert unrecorded.committed(folder, names) == {}
    commit(demo, "Begin")
    (folder / "a.yml").write_text("changed", "utf-8")
    (folder / "ä.yml").unlink()
    assert unrecorded.committed(folder, (*names, "new.yml")) == {name: name.encode() for name in names}
