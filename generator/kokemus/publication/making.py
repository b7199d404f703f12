"""Making an edition: the number of a look is used only once, and the result is committed before anyone sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kokemus import disk
from kokemus.anonymity import Edition
from kokemus.anonymity import edition as lock
from kokemus.git import history, objects
from kokemus.git.history import NoRepository, Unreadable
from kokemus.publication import crowd
from kokemus.publication.crowd import Crowd

_NOBODY = ("-c", "user.name=kokemus", "-c", "user.email=kokemus@invalid")
_MESSAGE = "Make an edition"
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why no edition was made: a text of ``coordinator/texts/explain.yml`` with its values. Nothing was written."""

    key: str
    values: Mapping[str, object]


def make(folder: Path, day: Crowd, seed: str, postponed: bool) -> Edition | Refusal | None:
    """The edition of the day, written to the lock file and committed; None if none is due.

    Refuses a look whose number git already has, or where git history cannot be read. If the commit fails, the lock file
    is restored, and nobody has seen the result.
    """
    edition = crowd.following(day, seed, postponed)
    if edition is None:
        return None
    if edition.look > (day.edition.look if day.edition else 0) and (
        refused := _made_before(folder, day.lock, edition.look)
    ):
        return refused
    file = folder / day.lock
    before = file.read_text("utf-8") if file.is_file() else None
    disk.write(folder, day.lock, lock.write(edition))
    if not _is_kept(folder, day.lock):
        history.git(folder, "reset", "--quiet", "--", day.lock)
        file.unlink() if before is None else disk.write(folder, day.lock, before)
        return Refusal(key="edition.uncommitted", values={"path": day.lock})
    return edition


def _made_before(folder: Path, path: str, number: int) -> Refusal | None:
    """The refusal if git has a look with this number or a later one, in any file, on a branch or not."""

    def read() -> str | None:
        for thing in objects.things(folder, _MOST_BYTES):
            text = (thing.content or b"").decode("utf-8", "replace") if thing.kind == "blob" else ""
            if "\nlooked: " in text and (lock.number_of_look(text) or 0) >= number:
                return thing.id
        return None

    known = history.whole(folder, read)
    if isinstance(known, Unreadable):
        return Refusal(key="edition.unknown", values={"reason": known.reason})
    if isinstance(known, str):
        return Refusal(key="edition.used", values={"look": number, "id": known[:12], "path": path})
    return None


def by_whom(folder: Path) -> tuple[str, ...]:
    """The options that a commit needs if git has no e-mail address of the user."""
    return _NOBODY if isinstance(history.git(folder, "config", "user.email"), Unreadable) else ()


def is_remembered(folder: Path) -> bool:
    """Whether the folder belongs to a repository, so that its editions are committed."""
    return not isinstance(history.whole(folder, lambda: None), NoRepository)


def _is_kept(folder: Path, path: str) -> bool:
    """Commits one file and nothing else if the folder belongs to a repository. False if that failed."""
    if not is_remembered(folder):
        return True
    record = ("commit", "--quiet", "--no-verify", "-m", _MESSAGE, "--", path)
    return not any(
        isinstance(history.git(folder, *words), Unreadable)
        for words in (("add", "--force", "--", path), (*by_whom(folder), *record))
    )
