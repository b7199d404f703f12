"""What was here once, as git and the lock file tell it: a lock file that is gone, and topics that the terms lack."""

import re
from collections.abc import Iterator
from pathlib import Path

from kokemus.anonymity import edition
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, problem
from kokemus.git import history


def topics(folder: Path, terms: str, lock: Document | None) -> Iterator[str]:
    """Ids of topics that the association had once, by the lock file and by the history of its own terms."""
    data = lock.data if lock and isinstance(lock.data, dict) else {}
    for key in ("listed", "signed"):
        ids = data.get(key)
        yield from (id for id in (ids if isinstance(ids, list) else ()) if isinstance(id, str))
    known = history.versions(folder, f"{terms}/topics.yml")
    for version in known if isinstance(known, tuple) else ():
        yield from re.findall(r"^([a-z0-9-]+):", version.content.decode("utf-8", "replace"), re.MULTILINE)


def lock_file(folder: Path, name: str, needed: bool) -> Iterator[Problem]:
    """What is wrong with there being no lock file: it was lost, or nobody can tell, or something else has its name."""
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
