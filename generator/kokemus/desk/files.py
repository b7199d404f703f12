"""Pages and facts page: the files that the association writes itself, as text, with their problems."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import flask

from kokemus import disk
from kokemus.desk import looking, pending
from kokemus.desk.looking import Looked
from kokemus.desk.saying import called
from kokemus.desk.shared import ProblemText, compared, digest, done, folder, in_words, inputs, problems, say, show
from kokemus.resources import LANGUAGES

pages = flask.Blueprint("files", __name__)
_PART = re.compile(r"(?:\A|\n[ \t]*\n)\s*\S|\n[ \t]*(?:[-*+]|\d+\.) ")
"""The beginning of a paragraph, heading or list item."""


@pages.get("/files", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The pages by title, the coordinator's first language first, and every file as text; each with its problems."""
    met, found = Counter(one.path for one in set(problems())), inputs()
    order = found.settings.languages if found.settings else LANGUAGES
    guides = sorted(found.guides, key=lambda one: (order.index(one.language), one.title.casefold()))
    titled = {one.path: (one.title, one.language) for one in guides}
    return show(
        "files.html",
        pages=[(path, title, one, met[path]) for path, (title, one) in titled.items()],
        languages=called(order),
        files=[(name, pending.titled(name), met[name]) for name in _names() if name not in titled],
    )


@pages.get("/files/<path:name>")
def text(name: str) -> flask.typing.ResponseReturnValue:
    """The text of one of them."""
    content = _known(name).read_bytes()
    try:
        return _page(name, content.decode("utf-8-sig"), "")
    except UnicodeDecodeError:
        return _page(name, None, say("file.no-text"))


@pages.post("/files/<path:name>")
def change(name: str) -> flask.typing.ResponseReturnValue:
    """Preview what a text would change, or save it.

    A text with mistakes may be saved. They then stop publication, or the broken part is left out of the site.
    """
    path, form = _known(name), flask.request.form
    old = path.read_bytes().decode("utf-8-sig", "replace")
    typed = form.get("text", "").replace("\r\n", "\n").replace("\n", "\r\n" if "\r\n" in old else "\n")
    if "page" in form:
        return looking.shown(name, typed, form["page"])
    if form.get("act") == "look":
        return _page(name, typed, "", looked=looking.at(name, typed))
    if form.get("digest") != digest(path):
        return _page(name, typed, say("form.meanwhile"), compared(old, typed))
    if typed == old:
        return done("form.same", "files.text", name=name)
    disk.rewrite(folder(), name, typed)
    return done("files.unsound" if _problems(name) else "form.saved", "files.text", name=name)


def _names() -> Iterator[str]:
    """The configuration and other YAML files beside it, the association's own terms, and the hand-written pages."""
    home, docs = folder(), folder() / inputs().docs
    for path in (*sorted(home.glob("*.yml")), *sorted(home.glob("terms/*.yml")), *sorted(docs.rglob("*.md"))):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(home).as_posix()


def _known(name: str) -> Path:
    """The path of a file in that list; 404 for any other name."""
    return folder() / name if name in _names() else flask.abort(404)


def _siblings(name: str) -> list[tuple[str, str, bool]]:
    """The same page in other languages: path, language, and whether its text has fewer parts than this one."""
    known = {one.path: one for one in inputs().guides}
    if name not in known:
        return []
    own = len(_PART.findall(known[name].markdown))
    others = [one for one in known.values() if one.id == known[name].id and one.path != name]
    names = called(one.language for one in others)
    return [(one.path, names[one.language], len(_PART.findall(one.markdown)) < own) for one in others]


def _problems(name: str) -> list[ProblemText]:
    return in_words(tuple(one for one in problems() if one.path == name))


def _page(
    name: str, text: str | None, problem: str, differences: list[str] | None = None, looked: Looked | None = None
) -> flask.typing.ResponseReturnValue:
    return show(
        "file.html",
        to=flask.url_for("files.change", name=name),
        back="files",
        path=name,
        is_page=name.endswith(".md"),
        siblings=_siblings(name),
        text=text,
        problem=problem,
        problems=looked.problems if looked else _problems(name),
        **looking.listed(looked),
        differences=differences or [],
        digest=digest(folder() / name),
    )
