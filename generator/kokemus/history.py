"""What git remembers: the last text of a file, its earlier names, and every text that ever stood in any commit.

Read only. Where there is no git, or no repository, nothing is remembered. Paths are from the repository's top.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Version:
    """What a file was at a commit."""

    commit: str
    path: str
    content: bytes


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | None:
    """What a git command prints; None where it fails."""
    try:
        done = subprocess.run(  # noqa: S603 (a list of words, no shell)
            ["git", "-c", "core.quotePath=false", *arguments],  # noqa: S607 (the git that the user has)
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def from_top(folder: Path, path: str) -> str:
    """A path in the folder as the repository calls it."""
    return (git(folder, "rev-parse", "--show-prefix") or b"").decode().strip() + path


def is_cut_off(folder: Path) -> bool:
    """Whether only the newest commits of the repository are here."""
    return (git(folder, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def last(folder: Path, path: str) -> Version | None:
    """The last version of a file in any branch, whether or not it still exists."""
    found = git(folder, "log", "--all", "-1", "--format=%h", "--diff-filter=ACMRT", "--", path)
    commit = found.decode().strip() if found else ""
    top = from_top(folder, path)
    content = git(folder, "show", f"{commit}:{top}") if commit else None
    return None if content is None else Version(commit, top, content)


def renames(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every rename that git sees in any commit: the old name, the new one, and the id of the old text."""
    words = _raw(folder, "--find-renames=40%", "--diff-filter=R")
    for entry, old, new in zip(words[::3], words[1::3], words[2::3], strict=False):
        yield old, new, entry.split()[2]


def blobs(folder: Path) -> frozenset[tuple[str, str]]:
    """Every text that a file had in any commit: its id and its path."""
    words = _raw(folder, "--no-renames", "--diff-filter=ACMRT")
    return frozenset((entry.split()[3], path) for entry, path in zip(words[::2], words[1::2], strict=False))


def _raw(folder: Path, *options: str) -> list[str]:
    shown = git(folder, "log", "--all", "-m", "--root", "--raw", "-z", "--no-abbrev", "--format=", *options)
    return [word for word in (shown or b"").decode("utf-8", "surrogateescape").split("\0") if word]


def contents(folder: Path, ids: list[str]) -> Iterator[tuple[str, bytes]]:
    """The texts with these ids."""
    shown = git(folder, "cat-file", "--batch", given="".join(f"{id}\n" for id in ids).encode()) or b""
    at = 0
    while at < len(shown):
        end = shown.index(b"\n", at)
        id, kind, size = shown[at:end].decode().split()
        if kind == "blob":
            yield id, shown[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size) + 1


def messages(folder: Path) -> str:
    """The messages of all commits and tags."""
    commits = git(folder, "log", "--all", "--format=%B") or b""
    tags = git(folder, "for-each-ref", "--format=%(contents)", "refs/tags") or b""
    return (commits + tags).decode("utf-8", "replace")


def tracked(folder: Path) -> frozenset[str]:
    """The files that the repository holds now, from its top."""
    top = (git(folder, "rev-parse", "--show-toplevel") or b"").decode().strip()
    listed = git(Path(top), "ls-files", "-z") if top else None
    return frozenset(word for word in (listed or b"").decode("utf-8", "surrogateescape").split("\0") if word)


def remotes(folder: Path) -> tuple[tuple[str, str], ...]:
    """The other copies that the repository knows: their names and addresses."""
    listed = (git(folder, "config", "--get-regexp", r"^remote\..*\.url$") or b"").decode()
    pairs = (line.split(" ", 1) for line in listed.splitlines())
    return tuple((name.removeprefix("remote.").removesuffix(".url"), url) for name, url in pairs)
