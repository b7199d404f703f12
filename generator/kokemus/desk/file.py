"""Profile as text page: for values that no form has, and to repair a file that cannot be read."""

import flask

from kokemus import disk
from kokemus.desk.shared import ProblemText, compared, digest, done, folder, in_words, inputs, say, show
from kokemus.documents import parser
from kokemus.documents.problems import errors
from kokemus.experts import further
from kokemus.experts import profile as profiles

pages = flask.Blueprint("file", __name__)


@pages.get("/person/<code>/file", endpoint="show")
def show_text(code: str) -> flask.typing.ResponseReturnValue:
    """The file's text."""
    path = folder() / _path(code)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _page(code, None, say("file.no-text"))
    return _page(code, text, "")


@pages.post("/person/<code>/file")
def change(code: str) -> flask.typing.ResponseReturnValue:
    """Save the text, unless it has errors or the file has changed in the meantime."""
    path, form = folder() / _path(code), flask.request.form
    old = path.read_bytes().decode("utf-8-sig", "replace")
    ending = "\r\n" if "\r\n" in old else "\n"
    text = form.get("text", "").replace("\r\n", "\n").replace("\n", ending)
    if form.get("digest") != digest(path):
        return _page(code, text, say("form.meanwhile"), compared(old, text))
    document, problems = parser.read(_path(code), text.encode())
    known = inputs().vocabulary
    found = profiles.read(document, known)[1] if document else further.problems(_path(code), text.encode(), known)
    if wrong := errors([*problems, *found]):
        return _page(
            code, text, say("file.wrong"), problems=in_words(wrong, {_path(code): document.marks} if document else None)
        )
    disk.rewrite(folder(), _path(code), text)
    return done("form.saved", "person.show", code=code)


def _path(code: str) -> str:
    """The path of the profile with this code; 404 if there is none."""
    known = f"{inputs().experts}/{code}.yml"
    if not profiles.CODE.fullmatch(code) or known == inputs().lock or not (folder() / known).is_file():
        flask.abort(404)
    return known


def _page(
    code: str,
    text: str | None,
    problem: str,
    differences: list[str] | None = None,
    problems: list[ProblemText] | None = None,
) -> flask.typing.ResponseReturnValue:
    own = tuple(one for one in inputs().problems if one.path == _path(code))
    return show(
        "file.html",
        to=flask.url_for("file.change", code=code),
        back="people",
        path=_path(code),
        is_page=False,
        siblings=[],
        text=text,
        problem=problem,
        problems=in_words(own) if problems is None else problems,
        looked=None,
        differences=differences or [],
        digest=digest(folder() / _path(code)),
    )
