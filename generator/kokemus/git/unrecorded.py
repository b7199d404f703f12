"""What the folder has that no commit has: files that are new, changed or gone, and a merge that nobody has finished."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from kokemus.git import history
from kokemus.git.history import Unreadable, UnreadableError

_STATUS = ("status", "--porcelain", "--untracked-files=all", "--no-renames", "-z", "--")


def changed(folder: Path, *paths: str) -> list[tuple[str, str]] | Unreadable:
    """Every file that git would take, in the order of the names, with its state: new, changed or gone."""
    answer = history.git(folder, *_STATUS, *paths)
    if isinstance(answer, Unreadable):
        return answer
    top = history.git(folder, "rev-parse", "--show-prefix")
    prefix = top.decode().rstrip("\n") if isinstance(top, bytes) else ""
    states = {"??": "new", "A": "new", "D": "gone"}
    found = []
    for line in history.words(answer):
        state = states.get(line[:2].strip(), "changed")
        found.append((state, str(PurePosixPath(line[3:].removeprefix(prefix)))))
    return sorted(found, key=lambda one: one[1])


def committed(folder: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """What the last commit has of these files. Git is asked for all at once."""
    try:
        listed = history.words(history.ask(folder, "ls-tree", "-r", "-z", "HEAD"))
        ids = {path: head.split()[2] for head, _, path in (line.partition("\t") for line in listed)}
        wanted = {path: ids[path] for path in paths if path in ids}
        contents = {id: content for id, _, content in history.read(folder, sorted({*wanted.values()}))}
    except UnreadableError:
        return {}
    return {path: contents[id] for path, id in wanted.items()}


def files(folder: Path, read: set[str]) -> tuple[list[str], list[str]]:
    """New files that matter (those in ``read``, settings, terms), and all files changed since the last commit.

    Both are empty before the first commit.
    """
    found = changed(folder, ".") if history.newest(folder) else []
    found = [] if isinstance(found, Unreadable) else found
    new = [path for state, path in found if state == "new"]
    kept = [
        path for path in new if path in read or (path.endswith(".yml") and path.rpartition("/")[0] in ("", "terms"))
    ]
    return kept, [path for state, path in found if state != "new"]


def in_conflict(folder: Path) -> tuple[str, ...]:
    """The files below the folder of which git still has two versions."""
    answer = history.git(folder, "ls-files", "--unmerged", "-z")
    entries = [] if isinstance(answer, Unreadable) else history.words(answer)
    return tuple(dict.fromkeys(entry.partition("\t")[2] for entry in entries))


def is_merging(folder: Path) -> bool:
    """Whether a merge waits for its commit."""
    return isinstance(history.git(folder, "rev-parse", "--quiet", "--verify", "MERGE_HEAD"), bytes)
