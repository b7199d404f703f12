"""What git still holds of people but the folder no longer says.

Withdrawals that were undone, admissions moved at a renewal, profiles deleted by hand, and names in commit messages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path, PurePosixPath

from kokemus import dates
from kokemus.documents import parser
from kokemus.documents.document import Data, Document
from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Problem, problem
from kokemus.experts import mistaken, salvage
from kokemus.git import history, sending
from kokemus.git.history import NoRepository, Standing, Unreadable
from kokemus.publication import mentions

_NAMES = ("name", "email", "phone")
_PROFILE = re.compile(rb"^(?:consent|private):", re.MULTILINE)
_SIGNED = re.compile(rb"^\s*\{?\s*given:\s*(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """An earlier version of a profile. ``until`` is the day it was replaced; None for the newest version in git."""

    document: Document
    since: date
    until: date | None


def problems(folder: Path, experts: str, documents: Sequence[Document]) -> Iterator[Problem]:
    """Withdrawals and admission dates that a profile no longer has, and profiles deleted without ``kokemus erase``."""
    signed = {document.path: _SIGNED.findall(document.text.encode()) for document in documents}
    remembered = history.whole(
        folder, lambda: (tuple(_versions(folder, experts, signed)), tuple(sending.unsent(folder)))
    )
    if isinstance(remembered, Unreadable):
        if documents:
            yield problem("withdrawals-unread", experts, folder=experts)
        return
    if isinstance(remembered, NoRepository):
        return
    known, commits = remembered
    gone = {one.document.path for one in known if not (folder / one.document.path).exists()}
    here = {value for document in documents for value in _person(document)}
    for document in documents:
        person = _person(document)
        theirs = [
            one
            for one in known
            if one.document.path == document.path
            or (one.document.path in gone and not person.isdisjoint(_person(one.document)))
        ]
        theirs.sort(key=lambda one: one.document.path != document.path)
        yield from _withdrawn_once(document, theirs)
        yield from _admitted_before(document, theirs)
    for path, versions in groupby(known, lambda one: one.document.path):
        if (
            path in gone
            and not _is_moved(folder, path)
            and here.isdisjoint(value for one in versions for value in _person(one.document))
        ):
            yield problem("deleted-not-erased", path, code=PurePosixPath(path).stem, file=path)
    yield from _named_in_messages(commits, experts, documents)


def _is_moved(folder: Path, path: str) -> bool:
    """Whether the file seems to be in another folder or under another name, which other problems tell."""
    home, stem = folder / PurePosixPath(path).parent, PurePosixPath(path).stem
    names = (f"*/{stem}.y*ml*", f"{stem}.y*ml*", f"_{stem}.y*ml")
    return any(next(where.glob(name), None) for where in (home, folder) for name in names)


def _named_in_messages(
    unsent: Iterable[tuple[str, str]], experts: str, documents: Iterable[Document]
) -> Iterator[Problem]:
    """The commits whose message names an expert. They are not pushed anywhere yet, so they can be reworded."""
    everybody = mentions.experts(documents, ())
    for commit, message in unsent:
        if mentions.names(message, everybody):
            yield problem("commit-names", experts, commit=commit[:12])


def _versions(folder: Path, experts: str, signed: Mapping[str, Sequence[bytes]]) -> Iterator[_Version]:
    """Versions of every profile with a withdrawal or another signature, and all of deleted ones; the newest first."""
    files = [one for one in history.standings(folder, experts) if _is_profile(one.path, experts)]
    read = {id: content for id, _, content in history.read(folder, sorted({one.id for one in files if one.id}))}
    for _, standings in groupby(sorted(files, key=lambda one: one.path), lambda one: one.path):
        until: Standing | None = None
        for one in standings:
            content = read.get(one.id, b"")
            if _PROFILE.search(content) and (
                b"withdrawn" in content
                or _SIGNED.findall(content) != signed.get(one.path)
                or not (folder / one.path).exists()
            ):
                document = parser.read(one.path, content)[0] or salvage.document(one.path, content)
                end = dates.of(until.seconds) if until else None
                yield _Version(document=document, since=dates.of(one.seconds), until=end)
            until = one


def _is_profile(path: str, experts: str) -> bool:
    file = PurePosixPath(path)
    return file.parent == PurePosixPath(experts) and file.suffix == ".yml" and not file.name.startswith("_")


def _withdrawn_once(document: Document, theirs: Sequence[_Version]) -> Iterator[Problem]:
    """The latest withdrawal that no later signature renews. One that was taken back before its day does not count.

    ``theirs`` begins with the newest version. A record of a mistake excuses what was marked for its day before anybody
    had recorded it, and no later than the expert was asked.
    """
    given, withdrawn = (_day(document.at(("consent", key))) for key in ("given", "withdrawn"))
    if withdrawn or not given:
        return
    said = mistaken.excused(document)
    recorded = [bool(said) and mistaken.excused(one.document) == said for one in theirs]
    excused, lost = list[date](), list[tuple[date, date]]()
    for number, one in enumerate(theirs):
        day = _day(one.document.at(("consent", "withdrawn")))
        if day and day >= given and (one.until is None or one.until >= day):
            if said and day == said[0] and one.since <= said[1] and not any(recorded[number:]):
                excused.append(day)
            else:
                lost.append((day, one.since))
    code = PurePosixPath(document.path).stem
    if lost:
        day, since = max(lost)
        again = {"near": max(day, since)} if said and said[0] == day else {}
        yield problem("withdrawal-lost", document.path, ("consent",), day=day, code=code, **again)
    elif said and excused:
        yield problem("withdrawal-mistaken", document.path, ("consent", "mistaken"), day=said[0], asked=said[1])


def _admitted_before(document: Document, theirs: Sequence[_Version]) -> Iterator[Problem]:
    """The earlier date of admission of an expert who has signed again since and never withdrew."""
    if any(_day(one.document.at(("consent", "withdrawn"))) for one in theirs):
        return
    given, admitted = _days(document)
    days = [
        earlier
        for one in theirs
        for before, earlier in [_days(one.document)]
        if before and earlier and given and admitted and before < given and earlier < admitted
    ]
    if days:
        route = ("admitted",) if document.at(("admitted",)) else ()
        yield problem("admitted-moved", document.path, route, day=min(days))


def _days(document: Document) -> tuple[date | None, date | None]:
    """The date of the signature, and that of the admission, which is the same unless it is written."""
    given = _day(document.at(("consent", "given")))
    return given, _day(document.at(("admitted",))) or given


def _person(document: Document) -> frozenset[str]:
    """Values that recognise a person in a renamed file, without placeholders; if there are none, the whole text."""
    values = (text for key in _NAMES for _, text in document.leaves("private", key))
    return frozenset(text.casefold() for text in values if text.strip() and not is_open(text)) or frozenset(
        {document.text}
    )


def _day(value: Data) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None
