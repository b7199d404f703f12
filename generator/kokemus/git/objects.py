"""Everything that a repository holds: all objects, even those that no branch leads to, refs, the index, remotes.

These functions are called inside ``history.whole``. They raise ``history.UnreadableError`` if git fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kokemus.git import history
from kokemus.git.history import Unreadable, UnreadableError, ask, words

_AT_ONCE = 16 * 1024 * 1024
_STASH = "refs/stash"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A git object: ``blob``, ``tree``, ``commit`` or ``tag``. ``content`` is None if it is too large."""

    id: str
    kind: str
    content: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A branch, a tag or another name for an object."""

    name: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """Another copy that the repository is configured to know."""

    name: str
    urls: tuple[str, ...]


def things(folder: Path, most_bytes: int) -> Iterator[Thing]:
    """Every object, even those that only a reflog, only the index or nothing leads to."""
    waiting: list[str] = []
    size = 0
    for line in ask(folder, "cat-file", "--batch-all-objects", "--batch-check").decode().splitlines():
        id, kind, *counted = line.split()
        if not counted:
            raise UnreadableError(Unreadable(cause="missing", missing=(id[:12],)))
        if int(counted[0]) > most_bytes:
            yield Thing(id=id, kind=kind, content=None)
            continue
        waiting.append(id)
        size += int(counted[0])
        if size > _AT_ONCE:
            yield from _read(folder, waiting)
            waiting, size = [], 0
    yield from _read(folder, waiting)


def _read(folder: Path, ids: list[str]) -> Iterator[Thing]:
    for id, kind, content in history.read(folder, ids):
        yield Thing(id=id, kind=kind, content=content)


def stashes(folder: Path) -> tuple[str, ...]:
    """The ids of all stash entries, newest first."""
    if all(ref.name != _STASH for ref in refs(folder)):
        return ()
    return tuple(ask(folder, "rev-list", "--walk-reflogs", _STASH, "--").decode().split())


def reachable(folder: Path, *revisions: str) -> frozenset[str]:
    """The ids of all objects reachable from these revisions."""
    return frozenset(ask(folder, "rev-list", "--objects", "--no-object-names", *revisions, "--").decode().split())


def refs(folder: Path) -> tuple[Ref, ...]:
    """Every ref except symbolic ones, such as the HEAD of a remote."""
    listed = ask(folder, "for-each-ref", "--format=%(objectname)%00%(refname)%00%(symref)")
    lines = (line.split("\0") for line in listed.decode("utf-8", "surrogateescape").splitlines())
    return tuple(Ref(name=name, id=id) for id, name, symbolic in lines if not symbolic)


def index(folder: Path) -> Mapping[str, str]:
    """The files of the next commit, by path from the top, with the ids of their contents."""
    entries = (entry.split("\t", 1) for entry in words(ask(top(folder), "ls-files", "--stage", "-z")))
    return {path: described.split()[1] for described, path in entries}


def remotes(folder: Path) -> tuple[Remote, ...]:
    """The remotes of the repository."""
    named: dict[str, list[str]] = {}
    for line in words(ask(folder, "config", "--null", "--list")):
        key, _, value = line.partition("\n")
        if key.startswith("remote.") and key.endswith(".url"):
            named.setdefault(key.removeprefix("remote.").removesuffix(".url"), []).append(value)
    return tuple(Remote(name=name, urls=tuple(urls)) for name, urls in named.items())


def top(folder: Path) -> Path:
    """The top folder of the repository."""
    return Path(ask(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n"))


def other_trees(folder: Path) -> tuple[str, ...]:
    """The other working trees of the repository."""
    listed = words(ask(folder, "worktree", "list", "--porcelain", "-z"))
    trees = [line.removeprefix("worktree ") for line in listed if line.startswith("worktree ")]
    return tuple(tree for tree in trees if Path(tree).resolve() != top(folder).resolve())


def directory(folder: Path) -> Path:
    """The folder of git's own files."""
    return folder / ask(folder, "rev-parse", "--git-common-dir").decode().rstrip("\n")
