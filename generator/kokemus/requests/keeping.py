"""The stage of a request, what in it waits for somebody, and when it is deleted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from kokemus.requests import store, writing
from kokemus.requests.request import Request
from kokemus.requests.store import Kept
from kokemus.requests.writing import Changes
from kokemus.settings import Settings
from kokemus.vocabulary import Vocabulary

_STAGES = ("debriefed", "done", "accepted", "asked", "declined")
_UNANSWERED = timedelta(days=7)
_ACCEPTED = timedelta(days=30)
_ERASED = "erased-"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that waits: in which request, what (a key ``remind.*`` of the desk), for which expert, since when."""

    reference: str
    kind: str
    expert: str
    since: date


def stage(request: Request) -> str:
    """The stage of a request: closed, new, or the furthest state that any of its experts has reached."""
    reached = {mark.state for mark in request.standing.values()}
    return "closed" if request.closed else next((state for state in _STAGES if state in reached), "new")


def reminders(requests: Iterable[Request], settings: Settings, on: date) -> Iterator[Reminder]:
    """What waits on a day, oldest first. In a closed request only a debriefing can wait."""
    found = (one for request in requests for one in _reminders(request, settings, on))
    return iter(sorted(found, key=lambda one: (one.since, one.reference, one.expert)))


def _reminders(request: Request, settings: Settings, on: date) -> Iterator[Reminder]:
    if stage(request) == "new" and settings.answer_within.after(request.received) <= on:
        yield Reminder(request.reference, "new", "", request.received)
    if stage(request) == "declined":
        yield Reminder(request.reference, "declined", "", max(mark.on for mark in request.marks))
    for mark in request.standing.values():
        if mark.expert.startswith(_ERASED):
            continue
        waited = on - mark.on
        if mark.state == "done":
            yield Reminder(request.reference, "done", mark.expert, mark.on)
        elif not request.closed and (
            (mark.state == "asked" and waited >= _UNANSWERED) or (mark.state == "accepted" and waited >= _ACCEPTED)
        ):
            yield Reminder(request.reference, mark.state, mark.expert, mark.on)


def cleared(folder: Path, vocabulary: Vocabulary, settings: Settings | None, on: date) -> tuple[Kept, int]:
    """The requests of a folder after deleting those kept for long enough, and how many were deleted."""
    kept = store.read(folder, vocabulary)
    over = {one.reference: None for one in kept.requests if settings and settings.requests_kept.after(_last(one)) <= on}
    text = writing.edited(kept, over) if over else None
    if text is None or not writing.write(folder, kept, text):
        return kept, 0
    return store.of(text.encode(), vocabulary), len(over)


def forget(folder: Path, vocabulary: Vocabulary, code: str) -> bool:
    """Replace an expert's code in all requests by a placeholder, and return whether anything was written.

    That somebody was asked stays recorded, for the figures.
    """
    kept = store.read(folder, vocabulary)
    changes = {one.reference: _without(one, code) for one in kept.requests if code in one.standing}
    text = writing.edited(kept, changes) if changes else None
    return text is not None and writing.write(folder, kept, text)


def _without(request: Request, code: str) -> Changes:
    gone = next(name for number in count(1) if (name := f"{_ERASED}{number}") not in request.standing)
    marks = (replace(mark, expert=gone) if mark.expert == code else mark for mark in request.marks)
    return {("asked",): [mark.data for mark in marks]}


def _last(request: Request) -> date:
    """The day of the last event of a request."""
    evaluated = request.evaluation.get("on")
    days = [request.received, *(mark.on for mark in request.marks), request.closed, evaluated]
    return max(day for day in days if isinstance(day, date))
