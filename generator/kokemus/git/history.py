"""What git remembers of a folder, or why it cannot be read: an unreadable history is never taken for an empty one.

Nothing is written. ``whole`` says if the folder is in no repository, if its history cannot be read whole, or what was
read. The functions passed to it raise ``UnreadableError``. Paths are relative to the top of the repository.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal, TypeVar

from kokemus.documents.problems import Problem, problem

T = TypeVar("T")
Cause = Literal["no-git", "not-owned", "shallow", "partial", "missing", "failed"]
EVERYTHING = ("--all", "--reflog")
ENVIRONMENT = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0"}
ENVIRONMENT |= {"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "force"}
"""Git never prompts: nobody may be at the terminal."""
COMMAND = ("git", "-c", "core.quotePath=false", "--literal-pathspecs")
_SUBMODULE = "160000"
PLAINLY = ("-c", "log.showSignature=false", "log")
_STANDING = re.compile(r"\x01(\d+)|:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\0([^\0]+)\0")
_LONGEST_REASON, _MOST_NAMED = 200, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRepository:
    """The folder is in no repository, so it has no history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why the history cannot be read whole.

    ``reason`` is git's first complaint without the names that it quotes. ``missing`` are the files whose content is
    missing, or the ids of objects that belong to no known file.
    """

    cause: Cause
    reason: str = ""
    missing: tuple[str, ...] = ()

    def problem(self, path: str) -> Problem:
        """The same as an error about a file for which the whole history is needed."""
        return problem(f"history-{self.cause}", path, reason=self.reason, missing=", ".join(self.missing[:_MOST_NAMED]))


class UnreadableError(Exception):
    """Carries the reason from the command that failed to ``whole``."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.cause)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The content of a file at a commit."""

    commit: str
    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A file as a commit left it: the id of its content and, if it was renamed, its earlier path and content."""

    commit: str
    id: str
    path: str
    old_id: str
    old_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A file's new content in a commit: its id, empty if deleted. ``age`` counts the folder's commits, newest first."""

    age: int
    seconds: int
    path: str
    id: str


def whole(folder: Path, read: Callable[[], T]) -> T | NoRepository | Unreadable:
    """What ``read`` returns, if the folder's repository holds every object of its history; else why not."""
    try:
        if not _is_in_repository(folder):
            return NoRepository()
        _require_all_objects(folder)
        return read()
    except UnreadableError as error:
        return error.why


def versions(folder: Path, path: str) -> tuple[Version, ...] | NoRepository | Unreadable:
    """Every text that a file in the folder ever had, in any branch, tag, stash or reflog entry.

    Each text comes once, with the newest commit that brought it: newest first, and last those that only a stash or a
    reflog keeps. The result is empty if the whole history was read and the file is not in it.
    """
    return whole(folder, lambda: tuple(remembered(folder, path)))


def remembered(folder: Path, path: str) -> Iterator[Version]:
    """The same as ``versions``, to be called inside ``whole``."""
    last: dict[str, Change] = {}
    for revisions in (("--exclude=refs/stash", "--all"), EVERYTHING):
        for change in changes(folder, *revisions, path=path):
            last.setdefault(change.id, change)
    for id, _, content in read(folder, list(last)):
        yield Version(commit=last[id].commit, path=last[id].path, content=content)


def changes(folder: Path, *revisions: str, path: str | None = None, renames: bool = False) -> Iterator[Change]:
    """Every file that a commit added or changed, newest commit first, without submodules.

    With ``renames`` only the files that git takes for renamed ones.
    """
    commits = ask(folder, "rev-list", *revisions, "--")
    options = ("--find-renames=40%", "--diff-filter=R") if renames else ("--no-renames", "--diff-filter=ACMRT")
    only = ("--", path) if path else ()
    shown = ask(folder, "diff-tree", "--stdin", "-r", "-m", "--root", "-z", *options, *only, given=commits)
    parts = iter(words(shown))
    commit = ""
    for word in parts:
        if not word.startswith(":"):
            commit = word
            continue
        _, mode, old_id, id, _ = word.split()
        old_path = next(parts)
        new_path = next(parts) if renames else old_path
        if mode != _SUBMODULE:
            yield Change(commit=commit, id=id, path=new_path, old_id=old_id, old_path=old_path)


def standings(folder: Path, path: str) -> Iterator[Standing]:
    """Every change and deletion in a folder, in the commits up to the one checked out; for use inside ``whole``."""
    if newest(folder) is None:
        return
    options = ("--full-history", "--raw", "--no-abbrev", "--no-renames", "--relative", "-z", "--format=%x01%ct")
    shown = ask(folder, *PLAINLY, *options, "HEAD", "--", path)
    age = seconds = 0
    for found in _STANDING.finditer(shown.decode("utf-8", "surrogateescape")):
        age, seconds = age + bool(found[1]), int(found[1] or seconds)
        if found[3]:
            yield Standing(age=age, seconds=seconds, path=found[3], id=found[2].strip("0") and found[2])


def read(folder: Path, ids: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    """The id, kind and content of each of these objects."""
    shown = BytesIO(ask(folder, "cat-file", "--batch", given="".join(f"{id}\n" for id in ids).encode()))
    while line := shown.readline():
        id, kind, *size = line.decode().split()
        if not size:
            raise UnreadableError(Unreadable(cause="missing", missing=(id[:12],)))
        yield id, kind, shown.read(int(size[0]))
        shown.read(1)


def newest(folder: Path) -> int | None:
    """When the commit that is checked out was made, in seconds since 1970; None if git cannot say."""
    seconds = git(folder, *PLAINLY, "-1", "--format=%ct")
    return int(seconds) if isinstance(seconds, bytes) and re.fullmatch(rb"\d{1,10}\n", seconds) else None


def from_top(folder: Path, path: str) -> str:
    """A path in the folder, relative to the top of the repository."""
    return ask(folder, "rev-parse", "--show-prefix").decode().rstrip("\n") + path


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | Unreadable:
    """The output of a git command, or why it failed."""
    try:
        done = subprocess.run(  # noqa: S603 (a list of words, no shell)
            [*COMMAND, *arguments],
            cwd=folder,
            env=os.environ | ENVIRONMENT,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        return Unreadable(cause="no-git")
    return failure(done.stderr) if done.returncode else done.stdout


def failure(complaint: bytes) -> Unreadable:
    """Why a git command failed, from its error output."""
    said = complaint.decode("utf-8", "replace")
    return Unreadable(cause="not-owned" if "dubious ownership" in said else "failed", reason=_reason(said))


def ask(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """The output of a git command. Raises ``UnreadableError`` if it fails."""
    answer = git(folder, *arguments, given=given)
    if isinstance(answer, Unreadable):
        raise UnreadableError(answer)
    return answer


def _reason(said: str) -> str:
    """The first error line of git's output, safe to show: no quoted text, paths, addresses or control characters."""
    line = next((line for line in said.splitlines() if line.startswith(("fatal:", "error:"))), said.strip())
    shown = re.sub(r"'[^']*'|\S*[/\\@]\S*", "…", line)
    return "".join(letter for letter in shown if letter.isprintable())[:_LONGEST_REASON]


def words(shown: bytes) -> list[str]:
    """The parts of git's output between zero bytes. Names that are not UTF-8 can be written back unchanged."""
    return [word for word in shown.decode("utf-8", "surrogateescape").split("\0") if word]


def _is_in_repository(folder: Path) -> bool:
    """Whether git finds a repository. Raises if it finds none although something looks like one."""
    answer = git(folder, "rev-parse", "--git-dir")
    if not isinstance(answer, Unreadable):
        return True
    above = (folder.resolve(), *folder.resolve().parents)
    if "GIT_DIR" in os.environ or any(os.path.lexists(one / ".git") for one in above):
        raise UnreadableError(answer)
    return False


def _require_all_objects(folder: Path) -> None:
    """Raises if a part of the history was never fetched or has been lost."""
    if ask(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
        raise UnreadableError(Unreadable(cause="shallow"))
    listed = ask(folder, "rev-list", "--objects", *EVERYTHING, "--missing=print").splitlines()
    missing = {line[1:].decode() for line in listed if line.startswith(b"?")}
    if not missing:
        return
    if not isinstance(git(folder, "config", "--get-regexp", r"^remote\..*\.promisor$"), Unreadable):
        raise UnreadableError(Unreadable(cause="partial"))
    raise UnreadableError(Unreadable(cause="missing", missing=tuple(sorted(_named(folder, missing)))))


def _named(folder: Path, ids: set[str]) -> Iterator[str]:
    """The paths of the files with these contents; the shortened ids if no file is known."""
    try:
        paths = {change.id: change.path for change in changes(folder, *EVERYTHING) if change.id in ids}
    except UnreadableError:
        paths = {}
    yield from (paths.get(id, id[:12]) for id in ids)
