"""What is lost: the edition file, topics that once existed, or profiles that lie where they are not read."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kokemus.anonymity import edition
from kokemus.documents import parser, source
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, problem
from kokemus.git import history, unrecorded
from kokemus.publication import forgotten

_OF_PROFILES = (re.compile(rb"^consent:", re.MULTILINE), re.compile(rb"^offers:", re.MULTILINE))
_SEVERAL = 3
_SIGNED = re.compile(rb"^ +given: *[\"']?\d{4}-", re.MULTILINE)
_NAMED = re.compile(rb"^private:", re.MULTILINE)


def topics(folder: Path, terms: str, lock: Document | None) -> Iterator[str]:
    """Ids of topics that the association once had, from the lock file and from the history of its own terms."""
    data = lock.data if lock and isinstance(lock.data, dict) else {}
    for key in ("listed", "signed"):
        ids = data.get(key)
        yield from (id for id in (ids if isinstance(ids, list) else ()) if isinstance(id, str))
    known = history.versions(folder, f"{terms}/topics.yml")
    for version in known if isinstance(known, tuple) else ():
        yield from re.findall(r"^([a-z0-9-]+):", version.content.decode("utf-8", "replace"), re.MULTILINE)


def lock_file(folder: Path, name: str, needed: bool) -> Iterator[Problem]:
    """What is wrong if there is no edition file: it was lost, git cannot tell, or something else has its name."""
    if (folder / name).exists() or (folder / name).is_symlink():
        yield problem("edition-no-file", name)
        return
    known = history.versions(folder, name)
    if isinstance(known, history.NoRepository):
        return
    if isinstance(known, history.Unreadable):
        if needed:
            yield problem("edition-unknown", name)
            yield known.problem(name)
        return
    lost = [version for version in known if not edition.is_of_version_1(version.content.decode("utf-8", "replace"))]
    if lost:
        yield problem("edition-lost", name, commit=lost[0].commit[:12], path=name)


def edited(folder: Path, wrong: Problem, on: date) -> Problem:
    """The problem of an edition that somebody edited.

    If the edit is committed, the problem names the last commit with a valid edition.
    """
    known = history.versions(folder, wrong.path)
    for number, version in enumerate(known if isinstance(known, tuple) else ()):
        document, _ = parser.read(wrong.path, version.content)
        if document and edition.read(document, on)[0]:
            commit = version.commit[:12]
            made = problem("edition-committed", wrong.path, wrong.route, commit=commit, file=wrong.path)
            return made if number else wrong
    return wrong


def profiles(folder: Path, experts: str, documents: Sequence[Document], lock: Document | None) -> Iterator[Problem]:
    """Profiles that are never read because of their folder or file name, and problems that only git history shows."""
    home = folder / experts
    if not home.is_dir():
        return  # the missing folder itself is reported elsewhere, once
    yield from _stray(folder, home, experts)
    for path in filter(_is_profile, sorted(home.glob("_*.yml"))):
        yield problem("profile-passed-over", f"{experts}/{path.name}")
    yield from forgotten.problems(folder, experts, documents, lock.at(("looked",)) if lock else None)
    yield from _unfinished(folder, experts)


def _stray(folder: Path, home: Path, experts: str) -> Iterator[Problem]:
    """Profiles in folders other than ``home``. Several in one subfolder, or copies from ``home``, are one problem."""
    seen = [one for one in folder.glob("*/") if one.name != "site" and not one.name.startswith(".")]
    others = {folder, *seen, *home.glob("*/"), *(below for one in seen for below in one.glob("*/"))} - {home}
    for other in sorted(others):
        found = [path for path in sorted(other.glob("*.y*ml")) if _is_profile(path)]
        is_copied = any((home / path.name).is_file() for path in found)
        if other != folder and (is_copied or len(found) >= _SEVERAL):
            name = other.relative_to(folder).as_posix()
            yield problem("stray-profiles", name, folder=experts, count=len(found))
        else:
            yield from (problem("stray-profile", path.relative_to(folder).as_posix(), folder=experts) for path in found)


def _is_profile(path: Path) -> bool:
    """Whether a file is a profile. A file ``_….yml`` may be an example, so it must also be signed and have a name."""
    content = source.read(path, path.name, parser.MAX_BYTES)
    keys = (*_OF_PROFILES, _SIGNED, _NAMED) if path.name.startswith("_") else _OF_PROFILES
    return isinstance(content, bytes) and all(key.search(content) for key in keys)


def _unfinished(folder: Path, experts: str) -> Iterator[Problem]:
    """A merge not yet committed, although no file has conflict markers any more."""
    waiting = unrecorded.in_conflict(folder)
    marked = [name for name in waiting if (folder / name).is_file() and b"<<<<<<<" in (folder / name).read_bytes()]
    for name in waiting if not marked else ():
        yield problem("merge-unfinished", name, files=name)
    if not waiting and unrecorded.is_merging(folder):
        yield problem("merge-unfinished", experts, files="-u")
