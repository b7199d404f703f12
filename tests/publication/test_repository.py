"""What the repository around the profiles has that it must not have, or has in the wrong place."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from kokemus import resources
from kokemus.documents.problems import Problem
from kokemus.publication.inputs import gather
from tests.conftest import git
from tests.rigs.repositories import commit


@pytest.fixture
def kept(demo: Path) -> Path:
    """The demo in a repository, with the files that ``init`` writes to publish it."""
    scaffold = resources.PACKAGE / "coordinator" / "scaffold"
    for name in (".gitignore", ".github/workflows/site.yml"):
        (demo / name).parent.mkdir(parents=True, exist_ok=True)
        (demo / name).write_bytes((scaffold / name).read_bytes())
    git(demo, "init", "--quiet")
    commit(demo, "Begin")
    return demo


def told(folder: Path, code: str) -> list[Problem]:
    return [one for one in gather(folder / "mkdocs.yml").problems if one.code == code]


@pytest.mark.parametrize("name", ["people.xlsx", "experts/People.CSV", "experts/o.ods", "o.xls"])
def test_a_spreadsheet_that_git_records_is_told_with_the_command(kept: Path, name: str) -> None:
    """It went in with -f, past .gitignore. One that git ignores, or that a page offers, is nobody's concern."""
    (kept / name).write_text("x", "utf-8")
    (kept / "site_src" / "sv" / "prices.csv").write_text("x", "utf-8")
    git(kept, "add", "-f", "site_src/sv/prices.csv")
    assert not told(kept, "sheet-recorded")
    git(kept, "add", "-f", name)
    for _ in ("not committed yet", "committed"):
        (found,) = told(kept, "sheet-recorded")
        assert (found.path, found.severity) == (name, "warning")
        assert f"git rm --cached {name}" in found.text("help", "fi")
        commit(kept, "Change")
    git(kept, "rm", "--quiet", "--cached", name)
    assert not told(kept, "sheet-recorded")


@pytest.mark.parametrize(("line", "told_once"), [("experts/", True), ("*.yml", True), ("experts/*.csv", False)])
def test_profiles_that_git_is_told_to_leave_out_are_told_once(kept: Path, line: str, told_once: bool) -> None:
    """Whoever publishes from the repository would see no withdrawal. Nobody is told to take profiles out of git."""
    with (kept / ".gitignore").open("a", encoding="utf-8") as ignoring:
        ignoring.write(f"{line}\n")
    for hidden in (False, True):
        found = told(kept, "profiles-ignored")
        assert [(one.path, one.severity) for one in found] == [("experts", "warning")] * told_once
        assert not any(one.path == "experts" for one in told(kept, "ignored-recorded"))
        if not hidden:
            git(kept, "rm", "-r", "--quiet", "--cached", "experts")
            commit(kept, "Hide")


@pytest.mark.parametrize("name", ["suostumukset/e05.png", "Suostumus e05.PDF", "papers/consent-e05.jpg"])
def test_a_signed_paper_that_git_records_is_told_with_the_command(kept: Path, name: str) -> None:
    """A scan in a folder of its own. A picture of a page is none, nor is a paper that git does not have."""
    (kept / name).parent.mkdir(exist_ok=True)
    (kept / name).write_bytes(b"x")
    (kept / "site_src" / "picture.png").write_bytes(b"x")
    git(kept, "add", "site_src/picture.png")
    assert not told(kept, "consent-recorded")
    git(kept, "add", name)
    (found,) = told(kept, "consent-recorded")
    assert (found.path, found.severity) == (name, "warning")
    assert "git rm --cached" in found.text("help", "fi")


ADDRESSES = ["git@github.com:a/content.git", "ssh://git@github.com:22/A/Content", "https://u:p@github.com/a/content/"]


@pytest.mark.parametrize(("remote", "target"), [*pairwise((*ADDRESSES, ADDRESSES[0])), (ADDRESSES[0], "a/content")])
@pytest.mark.parametrize("host", [".github", ".forgejo"])
def test_a_site_that_would_be_published_into_this_very_repository_is_an_error(
    kept: Path, host: str, target: str, remote: str
) -> None:
    """Its branch would be public beside the profiles, or private with them. Another repository is right."""
    workflow = kept / host / "workflows" / "site.yml"
    workflow.parent.mkdir(parents=True, exist_ok=True)
    git(kept, "remote", "add", "origin", remote)
    for right in ('""', "git@github.com:a/site.git", "git@codeberg.org:a/content.git"):
        workflow.write_text(f'env:\n  # Whose?\n  SITE_REPOSITORY: {right}\n  SITE_HOST_KEY: ""\n', "utf-8")
        assert not told(kept, "site-into-content")
    workflow.write_text(f'env:\n  # Whose?\n  SITE_REPOSITORY: "{target}"\n', "utf-8")
    (found,) = told(kept, "site-into-content")
    assert (found.path, found.mark, found.severity) == (f"{host}/workflows/site.yml", (3, 21), "error")
    assert target not in found.text("message", "fi") + found.text("help", "fi")


@pytest.mark.parametrize(
    ("right", "moved"),
    [
        (".github/workflows/site.yml", ".github/site.yml"),
        (".github/workflows/site.yml", "workflows/site.yml"),
        (".forgejo/workflows/site.yml", ".forgejo/site.yml"),
        (".gitlab-ci.yml", "ci/.gitlab-ci.yml"),
    ],
)
def test_a_workflow_where_no_host_looks_for_it_is_told_with_the_command(kept: Path, right: str, moved: str) -> None:
    """Nothing would be published at night. A copy beside one that is in its place is nobody's concern."""
    shipped = (resources.PACKAGE / "coordinator" / "scaffold" / right).read_bytes()
    (kept / moved).parent.mkdir(parents=True, exist_ok=True)
    (kept / moved).write_bytes(shipped)
    assert not told(kept, "workflow-elsewhere")
    (kept / ".github/workflows/site.yml").unlink()
    (found,) = told(kept, "workflow-elsewhere")
    assert (found.path, found.severity) == (moved, "warning")
    assert f"git mv {moved} {right}" in found.text("help", "fi")
    (kept / moved).write_text("a: another file of that name\n", "utf-8")
    assert not told(kept, "workflow-elsewhere")


WORKFLOW = ".github/workflows/site.yml"


@pytest.mark.parametrize(("code", "name"), [("workflow-gone", WORKFLOW), ("gitignore-gone", ".gitignore")])
def test_a_file_of_init_that_was_deleted_is_told_with_the_command_that_brings_it_back(
    kept: Path, code: str, name: str
) -> None:
    """Before and after the commit. The command works, and then there is nothing to tell."""
    assert not told(kept, code)
    (kept / name).unlink()
    for message in ("Change", "Change more"):
        (found,) = told(kept, code)
        assert (found.path, found.severity) == (name, "warning")
        commit(kept, message)
    command = found.text("help", "fi").partition("git ")[2].partition(" ja sitten")[0]
    git(kept, *command.split())
    assert not told(kept, code)


def test_a_workflow_that_was_moved_or_never_there_is_not_told_as_deleted(kept: Path) -> None:
    """Another host's file in its place is right, and one that lies elsewhere has a message of its own."""
    (kept / WORKFLOW).rename(kept / ".github" / "site.yml")
    assert [told(kept, "workflow-gone"), len(told(kept, "workflow-elsewhere"))] == [[], 1]
    (kept / ".github" / "site.yml").unlink()
    (kept / ".gitlab-ci.yml").write_text("pages: {script: [kokemus build]}\n", "utf-8")
    assert not told(kept, "workflow-gone")


def test_what_git_has_although_it_is_ignored_is_told_once_for_a_folder(kept: Path) -> None:
    """The desk's private notes or any other folder. What the site is made from is never to be taken out."""
    (kept / "desk").mkdir()
    for name in ("requests.yml", "kept.yml"):
        (kept / "desk" / name).write_text("requests: []\n", "utf-8")
    with (kept / ".gitignore").open("a", encoding="utf-8") as ignoring_more:
        ignoring_more.write("mkdocs.yml\nsite_src/\n")
    assert not told(kept, "ignored-recorded")
    git(kept, "add", "-f", "desk")
    (found,) = told(kept, "ignored-recorded")
    assert (found.path, found.severity) == ("desk", "warning")
    assert "git rm -r --cached desk" in found.text("help", "fi")
    ignoring = (kept / ".gitignore").read_text("utf-8")
    (kept / ".gitignore").write_text(ignoring.replace("desk/\n", ""), "utf-8")
    assert not told(kept, "ignored-recorded")
    (kept / "minutes").mkdir()
    (kept / "minutes" / "board.txt").write_text("x", "utf-8")
    git(kept, "add", "minutes")
    with (kept / ".gitignore").open("a", encoding="utf-8") as ignoring_more:
        ignoring_more.write("minutes/\n")
    assert [one.path for one in told(kept, "ignored-recorded")] == ["minutes"]


def test_a_deleted_history_is_told_and_never_taken_for_an_empty_one(kept: Path) -> None:
    """What git once knew of withdrawals is gone. A folder that was never prepared for git has nothing to lose."""
    assert not told(kept, "history-gone")
    shutil.rmtree(kept / ".git")
    (found,) = told(kept, "history-gone")
    assert (found.path, found.severity) == ("experts", "warning")
    (kept / "experts" / "edition.yml").unlink()
    assert not told(kept, "history-gone")
