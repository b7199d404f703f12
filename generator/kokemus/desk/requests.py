"""Requests page: the kept requests and their states. New ones are pasted, or uploaded as the form service's table."""

from collections.abc import Iterable
from typing import NamedTuple

import flask

from kokemus import resources
from kokemus.desk.shared import done, folder, in_words, inputs, language, name_of, say, show, today
from kokemus.importing import requests
from kokemus.importing.opening import Unopened
from kokemus.reports import asking, demand
from kokemus.requests import keeping, matching, reading, writing
from kokemus.requests.keeping import Reminder
from kokemus.requests.matching import Answer
from kokemus.requests.request import Request
from kokemus.requests.store import Kept
from kokemus.text import in_language

pages = flask.Blueprint("requests", __name__)
_UNOPENED = resources.texts("coordinator/texts/import")["unopened"]


class Row(NamedTuple):
    """A request in the list, in words."""

    reference: str
    received: str
    what: str
    state: str


def kept() -> Kept:
    """The kept requests, after deleting those kept for long enough. The next page says how many were deleted."""
    whole, gone = keeping.cleared(folder(), inputs().vocabulary, inputs().settings, today())
    if gone:
        flask.current_app.config["DONE"] = say("requests.cleared", count=gone)
    return whole


def answer(request: Request, whole: Kept) -> Answer:
    """Who suits a request today."""
    return matching.answer(request, inputs().profiles, inputs().vocabulary, today(), whole.requests)


def reminders(whole: Kept) -> list[tuple[Reminder, str]]:
    """What is waiting, each with its text."""
    settings = inputs().settings
    found = keeping.reminders(whole.requests, settings, today()) if settings else ()
    return [(one, say(f"remind.{one.kind}", code=_name(one.expert), day=one.since)) for one in found]


def _name(code: str) -> str:
    """The name behind a code; the code if there is no such profile any more."""
    path = f"{inputs().experts}/{code}.yml"
    return name_of(path) if any(one.path == path for one in inputs().documents) else code


@pages.get("/requests", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """All kept requests: the open ones first, and of each the newest first."""
    return _page("", "")


@pages.post("/requests")
def find() -> flask.typing.ResponseReturnValue:
    """Show who suits a pasted request, or keep the request."""
    text = flask.request.form.get("text", "")
    request = reading.read(text, inputs().vocabulary, today())
    if request.is_empty:
        return _page(text, say("requests.nothing"))
    if flask.request.form.get("act") == "keep":
        whole = kept()
        new, problem = _keep([request], whole)
        if problem:
            return _page(text, problem)
        known = [one for one in whole.requests if request.reference == one.reference or request.answers == one.answers]
        (one, *_) = new or known
        return done("requests.kept" if new else "requests.known", "request.show", reference=one.reference)
    return _page(text, "", request)


@pages.post("/requests/table")
def upload() -> flask.typing.ResponseReturnValue:
    """Keep the new requests of an uploaded file."""
    given = flask.request.files.get("file")
    if given is None or not given.filename:
        return _page("", say("import.none"))
    came = requests.requests(given.read(), inputs().vocabulary, today())
    if isinstance(came, Unopened):
        return _page("", in_language(_UNOPENED[came.key], language(), "en"))
    new, problem = _keep(came, kept())
    return _page("", problem) if problem else done("requests.added", "requests.show", len(new))


def _keep(came: Iterable[Request], whole: Kept) -> tuple[tuple[Request, ...], str]:
    """Keep those requests that are new. Returns them, and a message if they could not be kept."""
    new = whole.unknown(came)
    text = writing.edited(whole, {}, new)
    if text is None:
        return (), say("requests.by-hand")
    return (new, "") if not new or writing.write(folder(), whole, text) else ((), say("requests.meanwhile"))


def _page(text: str, problem: str, request: Request | None = None) -> flask.typing.ResponseReturnValue:
    whole = kept()
    found = (
        matching.answer(request, inputs().profiles, inputs().vocabulary, today(), whole.requests) if request else None
    )
    rows = [
        Row(one.reference, str(one.received), asking.what(one, inputs()), say(f"stage.{keeping.stage(one)}"))
        for one in sorted(whole.requests, key=lambda one: (one.closed is None, one.received), reverse=True)
    ]
    return show(
        "requests.html",
        text=text,
        problem=problem,
        problems=in_words(whole.problems, whole.marks),
        rows=rows,
        reminders=reminders(whole),
        demand=[*demand.lines(whole, inputs(), today())],
        found=[*asking.lines(request, found, inputs())] if request and found else [],
    )
