"""Restores earlier states: of a file that was saved, or of everything that the last publication changed on the site.

Neither ever restores an edition, a withdrawal or an erased profile.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kokemus import disk
from kokemus.desk import pending
from kokemus.desk.pending import Change
from kokemus.desk.shared import CONFIGURATION, compared, folder, inputs
from kokemus.git import history
from kokemus.git.history import Unreadable


@dataclass(frozen=True, slots=True)
class Earlier:
    """A page, a file of facts or the settings before the last publication; ``content`` is None if it was not there."""

    path: str
    label: str
    content: bytes | None
    lines: list[str]


def undoable(changed: list[Change]) -> Iterator[tuple[Change, str]]:
    """The changed files that may be restored, with their committed text."""
    for one in changed:
        is_erased = one.kind == "person" and one.state == "gone"
        if one.state == "new" or one.kind in ("edition", "withdrawal") or is_erased:
            continue
        text = (one.old or b"").decode("utf-8", "replace")
        if one.old is not None and "\ufffd" not in text:
            yield one, text


def before_last(changed: list[Change]) -> list[Earlier]:
    """What the last commit that changed pages, facts or settings has changed of them.

    Nothing if one of these files was changed since, because that would be lost. Nothing either if there were no
    settings before: then there is no published site to go back to, and all pages would be removed.
    """
    files = [path.name for path in folder().glob("*.yml")]
    last = _told(*history.PLAINLY, "-1", "--format=%H", "--", inputs().docs, "terms", *files)
    parent = _told("rev-parse", "--verify", "--quiet", f"{last}^") if last else ""
    if not parent or isinstance(history.git(folder(), "cat-file", "-e", f"{parent}:./{CONFIGURATION}"), Unreadable):
        return []
    shown = history.git(folder(), "diff", "--name-only", "--no-renames", "--relative", "-z", parent, last)
    paths = [path for path in history.words(shown if isinstance(shown, bytes) else b"") if pending.is_of_site(path)]
    if {one.path for one in changed} & {*paths}:
        return []
    return [_earlier(path, parent) for path in paths]


def _earlier(path: str, commit: str) -> Earlier:
    kept = history.git(folder(), "show", f"{commit}:./{path}")
    old = None if isinstance(kept, Unreadable) else kept
    file = folder() / path
    now = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
    texts = [content.decode("utf-8", "replace") for content in (now, old or b"")]
    lines = [] if "\0" in "".join(texts) else compared(*texts)
    return Earlier(path, pending.titled(path), old, lines)


def put_back(earlier: list[Earlier]) -> None:
    """Write the files as they were before. The next publication makes that a new commit."""
    for one in earlier:
        if one.content is None:
            (folder() / one.path).unlink(missing_ok=True)
        else:
            (folder() / one.path).parent.mkdir(parents=True, exist_ok=True)
            disk.write(folder(), one.path, one.content)


def _told(*arguments: str) -> str:
    answer = history.git(folder(), *arguments)
    return answer.decode().strip() if isinstance(answer, bytes) else ""
