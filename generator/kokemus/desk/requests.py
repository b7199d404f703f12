"""Room 5, requests: who suits one, and the message that asks them. Nothing of a request is kept."""

import flask

from kokemus.desk.room import inputs, say, show, today
from kokemus.reports import asking, matching

room = flask.Blueprint("requests", __name__)


@room.route("/requests", methods=["GET", "POST"], endpoint="show")
def find() -> flask.typing.ResponseReturnValue:
    """Paste a request, and read who suits."""
    text = flask.request.form.get("text", "")
    request = matching.read(text, inputs().vocabulary)
    found = matching.matches(request, inputs().profiles, inputs().vocabulary, today()) if not request.is_empty else ()
    return show(
        "requests.html",
        text=text,
        problem=say("requests.nothing") if text and request.is_empty else "",
        lines_told=[*asking.told(request, found, inputs())] if not request.is_empty else [],
        message="\n".join(asking.message(request, inputs())) if found else "",
    )
