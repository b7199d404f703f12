"""What git remembers, read from real repositories. A history that cannot be read is never taken for an empty one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kokemus.git import history
from kokemus.git.history import NoRepository, Unreadable
from tests.conftest import git
from tests.rigs.repositories import SPOIL, Spoiled, commit, object_file

EDITION = "experts/edition.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits, each with a different configuration and edition."""
    folder = tmp_path / "repository"
    (folder / "experts").mkdir(parents=True)
    git(folder, "init", "--quiet")
    for number in ("one", "two"):
        write(folder, number)
        (folder / "mkdocs.yml").write_text(f"{number}\n", "utf-8")
        commit(folder, number)
    return folder


def write(folder: Path, text: str) -> None:
    (folder / EDITION).write_text(f"{text}\n", "utf-8")


def texts(folder: Path, path: str = EDITION) -> list[str]:
    """Every text of a file in the history."""
    found = history.versions(folder, path)
    assert not isinstance(found, NoRepository | Unreadable)
    assert {version.path for version in found} <= {path}
    return [version.content.decode().strip() for version in found]


def test_versions_are_those_of_every_branch_tag_stash_and_reflog_entry(repository: Path) -> None:
    """Newest first; those that no branch leads to come last. A text that came back is given once."""
    git(repository, "switch", "--quiet", "--create", "side")
    write(repository, "on another branch")
    commit(repository, "side")
    git(repository, "switch", "--quiet", "main")
    write(repository, "amended away")
    commit(repository, "wrong")
    write(repository, "tagged")
    git(repository, "commit", "--quiet", "--all", "--amend", "--message=right")
    git(repository, "tag", "autumn")
    git(repository, "reset", "--quiet", "--hard", "HEAD~1")
    for number in ("first", "second"):
        write(repository, f"{number} stash")
        git(repository, "stash", "push", "--quiet")
    write(repository, "one")
    commit(repository, "back to one")
    found = texts(repository)
    assert sorted(found[:4]) == ["on another branch", "one", "tagged", "two"]
    assert sorted(found[4:]) == ["amended away", "first stash", "second stash"]


def test_each_version_is_in_its_commit(repository: Path) -> None:
    found = history.versions(repository, EDITION)
    assert isinstance(found, tuple)
    for version in found:
        assert git(repository, "show", f"{version.commit}:{version.path}").encode() == version.content


def test_versions_are_found_from_a_folder_inside_of_the_repository(repository: Path) -> None:
    assert history.versions(repository / "experts", "edition.yml") == history.versions(repository, EDITION)


def test_a_file_on_both_sides_of_a_merge_and_one_made_in_the_merge_are_remembered(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--create", "side")
    write(repository, "theirs")
    commit(repository, "side")
    git(repository, "switch", "--quiet", "main")
    write(repository, "ours")
    commit(repository, "main")
    git(repository, "merge", "--quiet", "--no-commit", "--strategy=ours", "side")
    write(repository, "merged")
    commit(repository, "merge")
    assert {"ours", "theirs", "merged"} < set(texts(repository))


def test_a_replaced_commit_hides_nothing(repository: Path) -> None:
    """By default git shows the replacement."""
    other = git(repository, "commit-tree", "HEAD~1^{tree}", "-m", "instead").strip()
    git(repository, "replace", "HEAD", other)
    assert "two" in texts(repository)


def test_a_path_is_taken_literally_and_one_that_never_was_has_no_versions(repository: Path) -> None:
    assert texts(repository, "experts/*.yml") == []
    assert texts(repository, "experts/e99.yml") == []


def test_a_repository_without_a_commit_remembers_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert history.versions(tmp_path, EDITION) == ()


def test_a_submodule_is_no_file(repository: Path, tmp_path: Path) -> None:
    with_submodule(repository, tmp_path)
    assert texts(repository, "theme") == []
    assert texts(repository) == ["two", "one"]


def with_submodule(repository: Path, beside: Path) -> None:
    """Commit another repository as a submodule of this one."""
    theme = beside / "theme"
    theme.mkdir()
    git(theme, "init", "--quiet")
    commit(theme, "theme")
    git(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(theme), "theme")
    commit(repository, "with a theme")


def test_a_folder_outside_of_any_repository_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With git installed and without."""
    assert history.versions(tmp_path, EDITION) == NoRepository()
    monkeypatch.setenv("PATH", os.devnull)
    assert history.versions(tmp_path, EDITION) == NoRepository()


@pytest.mark.parametrize(("cause", "spoil"), SPOIL.values(), ids=SPOIL)
@pytest.mark.parametrize("inside", ["", "experts"])
def test_a_history_that_cannot_be_read_is_never_an_empty_one(
    repository: Path, monkeypatch: pytest.MonkeyPatch, cause: str, spoil: Callable[[Path], Spoiled], inside: str
) -> None:
    """Whether the damage concerns the file asked for or another; each kind of damage has its own cause."""
    assert texts(repository) == ["two", "one"]
    spoiled = spoil(repository)
    for name, value in spoiled.environment.items():
        monkeypatch.setenv(name, value)
    found = history.versions(spoiled.folder / inside, "edition.yml")
    assert isinstance(found, Unreadable)
    assert found.cause == cause


@pytest.mark.parametrize("name", ["HEAD~1:experts/edition.yml", "HEAD~1"])
def test_what_is_damaged_is_not_read(repository: Path, name: str) -> None:
    """The object is there, so only reading it shows the damage."""
    file = object_file(repository, name)
    file.chmod(0o644)
    file.write_bytes(b"damaged")
    assert isinstance(history.versions(repository, EDITION), Unreadable)


def test_what_is_missing_is_named(repository: Path) -> None:
    lost = git(repository, "rev-parse", "HEAD~1:experts").strip()
    object_file(repository, "HEAD~1:mkdocs.yml").unlink()
    assert history.versions(repository, EDITION) == Unreadable(cause="missing", missing=("mkdocs.yml",))
    object_file(repository, lost).unlink()
    found = history.versions(repository, EDITION)
    assert isinstance(found, Unreadable)
    assert lost[:12] in found.missing


@pytest.mark.parametrize(
    ("option", "completed"),
    [("--depth=1", ["--unshallow"]), ("--filter=blob:none", ["--refetch", "--no-filter"])],
)
def test_a_clone_is_whole_again_after_the_command_that_the_error_names(
    repository: Path, tmp_path: Path, option: str, completed: list[str]
) -> None:
    git(repository, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", option, f"file://{repository}", str(clone))
    found = history.versions(clone, EDITION)
    assert isinstance(found, Unreadable)
    assert f"git fetch {' '.join(completed)}" in found.problem(EDITION).help
    git(clone, "fetch", "--quiet", *completed)
    assert texts(clone) == ["two", "one"]


def test_git_s_reason_is_given_without_what_it_quotes(repository: Path) -> None:
    """An error message of git may quote a path, a branch or a value of the settings."""
    (repository / ".git" / "config").write_text("[core]\n\tbare = saimi@example.org\n", "utf-8")
    found = history.versions(repository, EDITION)
    assert isinstance(found, Unreadable)
    assert found.reason.startswith("fatal: ")
    assert "saimi" not in found.reason
    assert "saimi" not in found.problem(EDITION).message
