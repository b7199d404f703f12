"""Copies of files, as computers, cloud folders and people name them: «e05 (1).yml», «e05 - Kopio.yml»."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from kokemus.documents.problems import Problem, problem

_WORD = r"(?:kopio|kopia|copy|vanha|uusi|old|new|gammal|ny|backup|varmuuskopio)"
_COPIED = re.compile(
    rf"^(?:{_WORD}(?: of| av)?[ _–-]+)?(?P<stem>.+?)(?:[ _–-]*\(\d+\)|[ _–-]+{_WORD}(?:[ _–-]*\(?\d+\)?)?)*$"
)
_CONFLICT = re.compile(r"[ _–-]*\([^()]*\)$")
_ENDED = re.compile(r"(?:\.(?:txt|bak|old|orig|tmp)|~)+$")


def original(name: str, known: Collection[str]) -> str | None:
    """The known file of which this is a copy, judging by its name; None if there is none."""
    whole = _ENDED.sub("", name.casefold())
    stem, dot, ending = whole.rpartition(".")
    if ending in {"yml", "yaml"}:  # a page may well have a word in brackets
        stem = _CONFLICT.sub("", stem)
    found = _COPIED.match(stem)
    meant = f"{found['stem'] if found else stem}{dot}{'yml' if ending == 'yaml' else ending}"
    return meant if meant != name.casefold() and meant in known else None


def problems(folder: Path, names: Collection[str]) -> Iterator[Problem]:
    """A problem for each copy beside one of the named files of a folder, since nothing reads copies."""
    for parent in sorted({PurePosixPath(name).parent for name in names}):
        known = {PurePosixPath(name).name for name in names if PurePosixPath(name).parent == parent}
        files = sorted((folder / parent).iterdir()) if (folder / parent).is_dir() else []
        here = known & {file.name for file in files}
        for file in files:
            if file.is_file() and (of := original(file.name, here)):
                yield problem("file-copy", (parent / file.name).as_posix(), original=of)
