"""Room 5, requests: what was asked, who suits, and the message that asks them; kept in the coordinator's own file."""

import flask

from kokemus.desk.room import done, folder, inputs, say, show, today, told
from kokemus.reports import asking
from kokemus.requests import matching, reading, store, writing
from kokemus.requests.request import Request

room = flask.Blueprint("requests", __name__)


@room.route("/requests", methods=["GET", "POST"], endpoint="show")
def find() -> flask.typing.ResponseReturnValue:
    """Paste a request, and read who suits; it is kept when somebody says so."""
    text, problem = flask.request.form.get("text", ""), ""
    request = reading.read(text, inputs().vocabulary, today())
    if text and request.is_empty:
        problem = say("requests.nothing")
    elif flask.request.form.get("act") == "keep":
        problem = _keep(request)
        if not problem:
            return done("requests.kept", "requests.show")
    kept = store.read(folder(), inputs().vocabulary)
    found = matching.answer(request, inputs().profiles, inputs().vocabulary, today(), kept.requests)
    return show(
        "requests.html",
        text=text,
        problem=problem,
        problems=told(kept.problems, kept.document),
        kept=[(one, asking.what(one, inputs())) for one in kept.requests],
        lines_told=[*asking.told(request, found, inputs())] if not request.is_empty else [],
        message="\n".join(asking.message(request, inputs())) if not request.is_empty and found.suiting else "",
    )


def _keep(request: Request) -> str:
    """Keep a request, or say why not."""
    kept = store.read(folder(), inputs().vocabulary)
    new = kept.unknown([request])
    if not new:
        return say("requests.known")
    text = writing.edited(kept, {}, new)
    if text is None:
        return say("requests.by-hand")
    return "" if writing.write(folder(), kept, text) else say("requests.meanwhile")
