"""What the history still says about people although the folder no longer does.

Withdrawals that were undone, admissions moved at a renewal, profiles deleted by hand, and names in commit messages.
"""

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path, PurePosixPath

from kokemus.dates import months_later
from kokemus.documents.document import Data, Document
from kokemus.documents.placeholder import is_open
from kokemus.documents.problems import Problem, problem
from kokemus.experts import mistaken, private, profile
from kokemus.experts.keys import MONTHS
from kokemus.git import history, sending
from kokemus.git.history import NoRepository, Unreadable
from kokemus.publication import earlier, mentions, repository
from kokemus.publication.earlier import Version
from kokemus.resources import LANGUAGES

_NAMES = ("name", "email", "phone")
_SHOWN = (("name",), *(("text", language) for language in LANGUAGES), ("topics",), ("places",))
"""What a card shows."""


def problems(folder: Path, experts: str, documents: Sequence[Document], looked: Data = None) -> Iterator[Problem]:
    """Withdrawals, admission dates and codes that a profile no longer has, and profiles deleted without ``erase``.

    ``looked`` is the day of the last look, whose coins go by the codes of that day.
    """
    now = {document.path: document.text.encode() for document in documents}
    remembered = history.whole(
        folder,
        lambda: (
            tuple(earlier.versions(folder, experts, now)),
            tuple(sending.unsent(folder)),
            earlier.ages(folder, experts),
        ),
    )
    if isinstance(remembered, Unreadable):
        if documents:
            yield problem("withdrawals-unread", experts, folder=experts)
        return
    if isinstance(remembered, NoRepository):
        yield from repository.without_history(folder, experts)
        return
    known, commits, ages = remembered
    by_path = {path: [*own] for path, own in groupby(known, lambda one: one.document.path)}
    gone = {path: own for path, own in by_path.items() if not (folder / path).exists()}
    past = [one for own in gone.values() for one in own]
    moved = defaultdict[str, list[int]](list)
    for at, one in enumerate(past):
        for value in _person(one.document):
            moved[value].append(at)
    here = set[str]()
    for document in documents:
        person = _person(document) if moved else frozenset[str]()
        here |= person
        places = sorted({at for value in person for at in moved.get(value, ())})
        if theirs := [*by_path.get(document.path, ()), *(past[at] for at in places)]:
            yield from _withdrawn_once(document, theirs)
            yield from _card_before(document, theirs)
            yield from _admitted_before(document, theirs)
            yield from _signed_more(document, theirs)
            yield from _shows_more(document, theirs)
            yield from _code_before(document, theirs, looked, ages)
    for path, own in gone.items():
        is_here = not here.isdisjoint(value for one in own for value in _person(one.document))
        if not is_here and not _is_moved(folder, path):
            yield problem("deleted-not-erased", path, code=PurePosixPath(path).stem, file=path)
    if commits:
        yield from _named_in_messages(commits, experts, documents)


def _is_moved(folder: Path, path: str) -> bool:
    """Whether the file seems to be in another folder or under another name; other problems report that."""
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


def _withdrawn_once(document: Document, theirs: Sequence[Version]) -> Iterator[Problem]:
    """The latest withdrawal that the profile no longer has, although the expert has not signed again since.

    A withdrawal that was removed before its day does not count. ``theirs`` begins with the newest version. An entry
    ``mistaken`` names the day of a withdrawal and the day on which the expert was asked about it. It excuses a
    withdrawal of the former day that was committed before the entry and not after the latter day.
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
    code = document.stem
    if lost:
        day, since = max(lost)
        again = {"near": max(day, since)} if said and said[0] == day else {}
        yield problem("withdrawal-lost", document.path, ("consent",), day=day, code=code, **again)
    elif said and excused:
        yield problem("withdrawal-mistaken", document.path, ("consent", "mistaken"), day=said[0], asked=said[1])


def _card_before(document: Document, theirs: Sequence[Version]) -> Iterator[Problem]:
    """A card that was signed before a withdrawal, which ended its permission, although the consent was signed since."""
    routes = (("consent", "given"), ("consent", "withdrawn"), ("card", "consent"))
    given, withdrawn, signed = (_day(document.at(route)) for route in routes)
    mistakes = {said[0] for one in theirs if (said := mistaken.excused(one.document))}
    ended = [
        day
        for one in theirs
        if (day := _day(one.document.at(("consent", "withdrawn"))))
        if day not in mistakes and (one.until is None or one.until >= day)
        if given and signed and signed <= day < given
    ]
    if ended and not withdrawn:
        yield problem("card-before-withdrawal", document.path, ("card",), day=max(ended), signed=signed)


def _admitted_before(document: Document, theirs: Sequence[Version]) -> Iterator[Problem]:
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


def _signed_more(document: Document, theirs: Sequence[Version]) -> Iterator[Problem]:
    """What needs a signature and is new since the last commit, though the day of the signature is the same.

    Topics signed alone, or a later last day.
    """
    last = theirs[0]
    given = _days(document)[0]
    if last.until or last.document.path != document.path or not given or given != _days(last.document)[0]:
        return
    now, before = ({text for _, text in one.leaves("consent", "solo")} for one in (document, last.document))
    if now - before:
        yield problem("solo-added", document.path, ("consent", "solo"), code=document.stem, day=given)
    days = (_day(one.at(("consent", "review"))) for one in (document, last.document))
    ends, ended = (day or months_later(given, MONTHS) for day in days)
    if ends > ended:
        yield problem("review-moved", document.path, ("consent", "review"), code=document.stem, day=given, before=ended)


def _shows_more(document: Document, theirs: Sequence[Version]) -> Iterator[Problem]:
    """What a card shows that it did not when it was signed, though the day of the signature is the same.

    It was signed as it stood on that day, or else as it stood when the day was written.
    """
    day = _day(document.at(("card", "consent")))
    newest_first = sorted(theirs, key=lambda one: one.since, reverse=True)
    signed = [one for one in newest_first if _day(one.document.at(("card", "consent"))) == day]
    if not day or not signed:
        return
    last = next((one for one in signed if one.since <= day), signed[-1]).document
    parts = [part for part in _SHOWN if _said(document, part) - _said(last, part)]
    if parts:
        named = ", ".join(".".join(("card", *part)) for part in parts)
        yield problem("card-changed", document.path, ("card", *parts[0]), code=document.stem, day=day, parts=named)


def _said(document: Document, part: tuple[str, ...]) -> frozenset[str]:
    """The texts in a part of the card, however their lines are broken."""
    return frozenset(" ".join(text.split()) for _, text in document.leaves("card", *part))


def _code_before(
    document: Document, theirs: Sequence[Version], looked: Data, ages: Mapping[str, int]
) -> Iterator[Problem]:
    """The code that somebody had at the last look or the last commit, unless it was given up for holding their name.

    A file that git had no earlier than today's was a copy.
    """
    names = [text for _, text in document.leaves("private", "name")]
    late = [
        (one.until or date.max, one.document)
        for one in theirs
        if profile.CODE.fullmatch(one.document.stem)
        if ages.get(one.document.path, 0) > ages.get(document.path, 0)
        if not private.has_word_of_name(one.document.stem, names)
        if one.until is None or (isinstance(looked, date) and one.until >= looked)
    ]
    for _, old in sorted(late, key=lambda one: one[0])[-1:]:
        folder, file = PurePosixPath(old.path).parent, shlex.quote(document.path)
        former = shlex.quote(old.path)
        found = problem("code-changed", document.path, file=file, old=former, folder=folder, code=old.stem)
        yield replace(found, strict=not profile.CODE.fullmatch(document.stem))


def _days(document: Document) -> tuple[date | None, date | None]:
    """The date of the signature, and the date of admission; these are the same if the file has no ``admitted``."""
    given = _day(document.at(("consent", "given")))
    return given, _day(document.at(("admitted",))) or given


def _person(document: Document) -> frozenset[str]:
    """What a renamed profile is recognised by: name, e-mail and phone without placeholders, or else the whole text."""
    values = (text for key in _NAMES for _, text in document.leaves("private", key))
    return frozenset(text.casefold() for text in values if text.strip() and not is_open(text)) or frozenset(
        {document.text}
    )


def _day(value: Data) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None
