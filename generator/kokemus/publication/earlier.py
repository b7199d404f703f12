"""The earlier versions of profiles in git, as far as they can matter today."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha1
from itertools import groupby
from pathlib import Path, PurePosixPath

from kokemus import dates
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.experts import salvage
from kokemus.git import history
from kokemus.git.history import Standing

_PROFILE = re.compile(rb"^(?:consent|private):", re.MULTILINE)
_SIGNED = re.compile(rb"^\s*\{?\s*given:\s*(\S+)", re.MULTILINE)
_CARD = re.compile(rb"^card:.*(?:\r?\n(?:[ \t#].*)?$)*", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An earlier version of a profile. ``until`` is the day it was replaced; None for the newest version in git."""

    document: Document
    since: date
    until: date | None


def versions(folder: Path, experts: str, now: Mapping[str, bytes]) -> Iterator[Version]:
    """The earlier versions that matter, profile by profile, newest first.

    Those are the versions with a withdrawal or with another signature than today's, and all versions of a deleted
    profile or of one whose card has changed. ``now`` has the contents of today's profiles; versions with the same
    content are not read from git.
    """
    home = str(PurePosixPath(experts))
    files = [one for one in history.standings(folder, experts) if _is_profile(one.path, home)]
    read = {_id(content): content for content in now.values()}
    others = sorted({one.id for one in files if one.id and one.id not in read})
    read |= {id: content for id, _, content in history.read(folder, others)}
    for path, found in groupby(sorted(files, key=lambda one: one.path), lambda one: one.path):
        until: Standing | None = None
        standings = tuple(found)
        cards = {
            *_CARD.findall(now.get(path, b"")),
            *(card for one in standings for card in _CARD.findall(read.get(one.id, b""))),
        }
        for one in standings:
            content, current = read.get(one.id, b""), now.get(one.path)
            if _PROFILE.search(content) and (
                b"withdrawn" in content
                or current is None
                or (until is None and content != current)
                or len(cards) > 1
                or (content != current and _SIGNED.findall(content) != _SIGNED.findall(current))
            ):
                document = parser.read(one.path, content)[0] or salvage.document(one.path, content)
                end = dates.of(until.seconds) if until else None
                yield Version(document=document, since=dates.of(one.seconds), until=end)
            until = one


def ages(folder: Path, experts: str) -> Mapping[str, int]:
    """How old each file in the folder is, in commits since git first had it."""
    return {one.path: one.age for one in history.standings(folder, experts)}


def _id(content: bytes) -> str:
    """The id of a file's content in a repository that names objects by SHA-1, as nearly all do."""
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _is_profile(path: str, experts: str) -> bool:
    home, _, name = path.rpartition("/")
    return home == experts and name.endswith(".yml") and not name.startswith("_")
