"""Facts for the papers: a form for what only the association knows and no page of the site shows."""

import flask

from kokemus import disk
from kokemus.desk.shared import digest, done, folder, inputs, language, say, show
from kokemus.documents import editing, parser
from kokemus.documents.document import Data, Document
from kokemus.documents.placeholder import OPEN, is_open
from kokemus.documents.problems import Route
from kokemus.reports import particulars, scaffolding
from kokemus.reports.particulars import KEYS, PAPERS

pages = flask.Blueprint("own_words", __name__)


@pages.get("/words", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The facts as they are written; the file as text if it cannot be parsed."""
    document = _document()
    if document is None:
        return flask.redirect(flask.url_for("files.text", name=PAPERS), 303)
    told = {key: document.at((key,)) for key in KEYS}
    return _page({key: "" if text is None or is_open(text) else str(text) for key, text in told.items()})


@pages.post("/words")
def change() -> flask.typing.ResponseReturnValue:
    """Save the facts. An emptied one waits to be filled in."""
    form, document = flask.request.form, _document() or flask.abort(404)
    typed = {key: " ".join(form.get(key, "").split()) for key in KEYS}
    old = {key: document.at((key,)) for key in KEYS}
    new: dict[Route, Data] = {(key,): text or OPEN for key, text in typed.items() if text or not is_open(old[key])}
    text = editing.edited(document, new)
    if text is None:
        return _page(typed, say("form.by-hand", path=PAPERS))
    if form.get("digest") != digest(folder() / PAPERS):
        return _page(typed, say("form.meanwhile"))
    disk.write(folder(), PAPERS, text)
    return done("words.saved", "papers.show")


def _document() -> Document | None:
    """The file, or a new one to fill in; None if it cannot be parsed."""
    if (folder() / PAPERS).is_file():
        return parser.read_file(folder() / PAPERS, PAPERS)[0]
    return parser.read(PAPERS, scaffolding.papers(language()).encode())[0]


def _page(typed: dict[str, str], problem: str = "") -> flask.typing.ResponseReturnValue:
    missing = [key for key, fact in particulars.of_papers(folder())[0].items() if isinstance(fact, particulars.Missing)]
    return show(
        "own_words.html",
        typed=typed,
        missing=missing,
        problem=problem,
        spoken=inputs().language,
        digest=digest(folder() / PAPERS),
    )
