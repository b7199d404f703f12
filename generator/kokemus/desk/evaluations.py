"""Evaluations page: which hosts to ask after a visit, and their answers, which are added to the kept requests."""

import flask

from kokemus import resources
from kokemus.desk.shared import folder, in_words, inputs, language, say, show
from kokemus.desk.shared import today as day
from kokemus.importing.evaluations import evaluations as in_file
from kokemus.importing.opening import Unopened
from kokemus.reports import evaluating
from kokemus.requests import evaluation, store, writing
from kokemus.text import in_language

pages = flask.Blueprint("evaluations", __name__)


@pages.route("/evaluations", methods=["GET", "POST"], endpoint="show")
def join() -> flask.typing.ResponseReturnValue:
    """The visits without an evaluation. A POST adds the evaluations of an uploaded table or a pasted message."""
    kept, problem, lines = store.read(folder(), inputs().vocabulary), "", list[str]()
    if flask.request.method == "POST":
        came = in_file(_given())
        if not kept.is_sound:
            problem = say("evaluations.by-hand")
        elif isinstance(came, Unopened):
            problem = in_language(resources.texts("coordinator/texts/import")["unopened"][came.key], language(), "en")
        else:
            joined = evaluation.join(came, kept, day())
            text = writing.edited(kept, joined.new) if joined.new else ""
            if text is None or (text and not writing.write(folder(), kept, text)):
                problem = say("evaluations.by-hand")
            else:
                lines = [*evaluating.summary(joined, language())]
                kept = store.read(folder(), inputs().vocabulary)
    settings = inputs().settings
    due = evaluation.due(kept.requests) if settings else ()
    return show(
        "evaluations.html",
        problem=problem,
        problems=in_words(kept.problems, kept.marks),
        lines_shown=lines,
        due=[(one.reference, evaluating.message(one, settings, inputs().vocabulary)) for one in due if settings],
    )


def _given() -> bytes:
    """The uploaded file, or the pasted text."""
    sent = flask.request.files.get("file")
    return (sent.read() if sent else b"") or flask.request.form.get("text", "").encode()
