"""Request page: who suits and what stands in the way, a message to copy, and what each expert answered."""

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

import flask

from kokemus.desk.requests import answer, kept
from kokemus.desk.shared import compared, done, folder, inputs, say, show, today
from kokemus.documents.document import Data
from kokemus.reports import asking
from kokemus.request_form.questions import FIELDS, HIDDEN
from kokemus.requests import keeping, store, writing
from kokemus.requests.request import REFERENCE, Mark, Request
from kokemus.requests.store import Kept
from kokemus.requests.writing import Changes
from kokemus.text import in_language

pages = flask.Blueprint("request", __name__)
NEXT: Mapping[str, tuple[str, ...]] = {
    "": ("asked",),
    "asked": ("accepted", "declined"),
    "accepted": ("done", "declined"),
    "declined": ("asked",),
    "done": ("debriefed",),
    "debriefed": (),
}
"""The states that may follow each state of an expert who is asked."""


class Person(NamedTuple):
    """An expert who suits or was asked, in words. ``next`` are the states that may follow ``state``."""

    code: str
    name: str
    what: str
    state: str
    on: str
    next: tuple[str, ...]


@pages.get("/request/<reference>", endpoint="show")
def show_one(reference: str) -> flask.typing.ResponseReturnValue:
    """The page of one request."""
    whole = kept()
    return _page(whole, _known(whole, reference))


@pages.post("/request/<reference>")
def change(reference: str) -> flask.typing.ResponseReturnValue:
    """Record what happened, or close, reopen or delete the request.

    If the request has changed in the meantime, nothing is saved and the difference is shown.
    """
    whole, form = kept(), flask.request.form
    request = _known(whole, reference)
    act = form.get("act", "")
    if act == "delete" and "sure" not in form:
        return _page(whole, request, say("requests.sure"))
    text = writing.edited(whole, {reference: _changes(request, act, form.get("expert", ""))})
    if text is None:
        return _page(whole, request, say("requests.by-hand"))
    if form.get("digest") != _digest(whole, reference):
        after = writing.text_of(store.of(text.encode(), inputs().vocabulary), reference)
        return _page(whole, request, say("form.meanwhile"), compared(writing.text_of(whole, reference), after))
    if not writing.write(folder(), whole, text):
        return _page(kept(), request, say("requests.meanwhile"))
    if act == "delete":
        return done("requests.deleted", "requests.show")
    return done("requests.noted", "request.show", reference=reference)


def _known(whole: Kept, reference: str) -> Request:
    """A kept request; 404 if there is none with this reference."""
    known = whole.by_reference if REFERENCE.fullmatch(reference) else {}
    return known[reference] if reference in known else flask.abort(404)


def _changes(request: Request, act: str, expert: str) -> Changes | None:
    """What an action changes in a request; None if it deletes the request."""
    marks: list[Data] = [mark.data for mark in request.marks]
    if act == "delete":
        return None
    if act in ("close", "open"):
        return {("closed",): today() if act == "close" else None}
    standing = request.standing.get(expert)
    if act == "undo" and standing:
        last = max(at for at, mark in enumerate(request.marks) if mark.expert == expert)
        return {("asked",): marks[:last] + marks[last + 1 :] or None}
    is_known = standing or any(expert == profile.code for profile in inputs().profiles)
    if not is_known or act not in NEXT[standing.state if standing else ""]:
        flask.abort(404)
    return {("asked",): [*marks, Mark(expert, act, today()).data]}


def _digest(whole: Kept, reference: str) -> str:
    """A hash of a request as it is now, to notice later changes."""
    return sha256(writing.text_of(whole, reference).encode()).hexdigest()


def _page(
    whole: Kept, request: Request, problem: str = "", differences: list[str] | None = None
) -> flask.typing.ResponseReturnValue:
    found = answer(request, whole)
    people = [_person(request, one.profile.code, asking.line(one, inputs())) for one in (*found.suiting, *found.others)]
    gone = [code for code in request.standing if code not in {one.code for one in people}]
    labels = {**{key: field["label"] for key, field in FIELDS.items()}, **HIDDEN}
    return show(
        "request.html",
        request_kept=request,
        what=asking.what(request, inputs()),
        stage=say(f"stage.{keeping.stage(request)}"),
        notes=[*asking.notes(request, found, inputs())],
        people=[*people, *(_person(request, code, code) for code in gone)],
        message="\n".join(asking.message(request, inputs())),
        answers=[
            (in_language(labels[key], inputs().language, "en") if key in labels else key, text)
            for key, text in request.answers.items()
        ],
        digest=_digest(whole, request.reference),
        problem=problem,
        differences=differences or [],
    )


def _person(request: Request, code: str, line: str) -> Person:
    mark = request.standing.get(code)
    state = mark.state if mark else ""
    name, _, what = line.partition(": ")
    return Person(code, name, what, say(f"stage.{state}") if mark else "", str(mark.on) if mark else "", NEXT[state])
