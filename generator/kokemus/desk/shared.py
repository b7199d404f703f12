"""What all pages of the desk share: the inputs as they are now, the day, texts, rendering, and problems in words."""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import flask

from kokemus import dates, resources
from kokemus.desk import field_names
from kokemus.documents.document import Document
from kokemus.documents.memory import Memory
from kokemus.documents.problems import Marks, Problem, position
from kokemus.experts.profile import CODE
from kokemus.publication import publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports.paper import Page
from kokemus.text import in_language, shown

TEXTS: Mapping[str, Mapping[str, str]] = resources.texts("coordinator/texts/desk")
CONFIGURATION = "mkdocs.yml"
SECTIONS = ("today", "people", "importing", "requests", "edition", "files", "publishing", "papers")
_LANGUAGE = "LANGUAGE"
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_PAPER = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
_FIXED_ON = {
    **dict.fromkeys((f"unknown-{kind}" for kind in ("topic", "format", "audience", "language", "place")), "people"),
    "spreadsheet": "importing",
    "not-plain-text": "people",
    "no-edition": "edition",
    "edition-no-file": "edition",
    "guide-missing": "publishing",
    "pages-language": "publishing",
}
"""The page of the desk on which each problem (by code) is fixed without a typed command."""


@dataclass(frozen=True, slots=True)
class ProblemText:
    """A problem in words, with links.

    ``code`` is the expert if the problem is in a profile, ``file`` the path if it is in one of the files under *Pages
    and facts*, and ``section`` the page on which it is fixed; each is empty otherwise. ``fields`` are the names and
    labels of its fields in the facts form.
    """

    place: str
    code: str
    file: str
    section: str
    severity: str
    message: str
    help: str
    fields: tuple[tuple[str, str], ...] = ()
    line: int = 0


def folder() -> Path:
    """The folder of ``mkdocs.yml``."""
    return Path(flask.current_app.config["FOLDER"])


def inputs() -> Inputs:
    """The inputs as the folder holds them now. After a file has changed, only changed profiles are parsed again.

    Showing a page writes nothing, so the folder is scanned only once per request.
    """
    config = flask.current_app.config
    is_shown = flask.has_request_context() and flask.request.method == "GET"
    if is_shown and "inputs" in flask.g:
        seen: Inputs = flask.g.inputs
        return seen
    now = tuple(_stamps(folder()))
    if config.get("STAMPS") != now:
        memory = config.setdefault("MEMORY", Memory())
        memory.begin()
        config["INPUTS"], config["PROBLEMS"] = gather(folder() / CONFIGURATION, memory=memory), {}
        config["STAMPS"], config[_LANGUAGE] = now, "fi" if config["INPUTS"].language == "fi" else "en"
    read: Inputs = config["INPUTS"]
    flask.g.inputs = read
    return read


def _stamps(above: Path) -> Iterator[tuple[str, int, int]]:
    """Every file that may be read, with its size and time of modification."""
    for entry in os.scandir(above):
        if entry.name.startswith(".") or entry.name == "site":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(Path(entry.path))
        else:
            found = entry.stat(follow_symlinks=False)
            yield entry.path, found.st_size, found.st_mtime_ns


_ASKED = {"solo-added", "card-changed"}


def problems() -> tuple[Problem, ...]:
    """All problems that `kokemus check` reports today, except those about which the desk asked on saving."""
    found, on = inputs(), today()
    known: dict[date, tuple[Problem, ...]] = flask.current_app.config["PROBLEMS"]
    if on not in known:
        known[on] = tuple(one for one in publish.publish(found, on).problems if one.code not in _ASKED)
    return known[on]


def today() -> date:
    """Today's date in Finland."""
    return dates.today() or flask.abort(500)


def language() -> str:
    """The desk's language: Finnish, or English if the coordinator's language is another.

    It is remembered, so that an error page does not need the folder.
    """
    if _LANGUAGE not in flask.current_app.config:
        with suppress(OSError):
            inputs()
    return str(flask.current_app.config.get(_LANGUAGE, "fi"))


def say(key: str, /, **values: object) -> str:
    """A text of ``coordinator/texts/desk.yml``. Dates in it are written as in the forms."""
    written = {name: days(value) if isinstance(value, date) else value for name, value in values.items()}
    return in_language(TEXTS[key], language(), "en").format_map(written)


def days(text: object) -> str:
    """A text with its dates written as the coordinator types them in the forms."""
    if language() != "fi":
        return str(text)
    return _DAY.sub(lambda found: f"{int(found[3])}.{int(found[2])}.{found[1]}", str(text))


def show(template: str, status: int = 200, **values: Any) -> flask.typing.ResponseReturnValue:
    """A rendered page of the desk."""
    return flask.render_template(template, **values).encode("utf-8", "replace"), status


def printed(page: Page) -> flask.typing.ResponseReturnValue:
    """A paper to read and print. Its styles are inline."""
    flask.g.policy = _PAPER
    return page.html.encode("utf-8", "replace")


def done(key: str, endpoint: str, count: int = 0, **to: Any) -> flask.typing.ResponseReturnValue:
    """Redirect to a page, which says in one line what was done."""
    flask.current_app.config["DONE"] = say(key, count=count)
    return flask.redirect(flask.url_for(endpoint, **to), 303)


def said() -> str:
    """What was done last. It is returned only once."""
    return str(flask.current_app.config.pop("DONE", ""))


def in_words(wrong: tuple[Problem, ...], typed: Marks | None = None) -> list[ProblemText]:
    """Problems in words, errors first, without repetition. ``typed`` has the positions in a text not saved yet."""
    marks = {**inputs().marks, **(typed or {})}
    found = {
        ProblemText(
            _place(one.path, position(one, marks).line),
            _code(one.path),
            _file(one.path),
            _FIXED_ON.get(one.code, ""),
            one.severity,
            _message(one),
            helped(one),
            tuple((name, say(f"facts.{name}")) for name in fields_of(one)),
            position(one, marks).line,
        ): None
        for one in sorted(wrong, key=lambda one: (one.severity, one.path, position(one, marks)))
    }
    return [*found]


def _place(path: str, line: int) -> str:
    """The file and line, after the expert's name if it is a profile."""
    return f"{name_of(path)} · {path}:{line}" if _code(path) else f"{path}:{line}"


def _message(one: Problem) -> str:
    """What is wrong.

    For one person in several files it gives the name in each file, and no keys if field labels are shown beside it.
    """
    key, values = f"message.{one.code}", dict(one.values)
    if one.code == "same-person":
        return say(key, names=", ".join(map(name_of, (one.path, *values["others"].split(", ")))))
    return say(key) if key in TEXTS and fields_of(one) else one.text("message", inputs().language)


def helped(one: Problem) -> str:
    """What to do about a problem, without commands if the desk has a button or a page for it."""
    values = {key: shown(value) for key, value in one.values}
    key = f"help.{one.code}.near" if "near" in values else f"help.{one.code}"
    return say(key, **values) if key in TEXTS else one.text("help", inputs().language)


def fields_of(one: Problem) -> tuple[str, ...]:
    """The names of the fields in the facts form that a problem is about."""
    return field_names.of(one, TEXTS) if one.path == CONFIGURATION else ()


def _file(path: str) -> str:
    """The path, if the file is one of those edited as text under *Pages and facts*; otherwise empty."""
    home = path.partition("/")[0]
    is_one = (path.endswith(".yml") and home in (path, "terms")) or (
        path.endswith(".md") and home == inputs().docs.partition("/")[0]
    )
    return path if is_one and (folder() / path).is_file() else ""


def _code(path: str) -> str:
    """The expert's code in the path of a profile; empty if no expert page shows that file."""
    code = path.removeprefix(f"{inputs().experts}/").removesuffix(".yml")
    is_one = path == f"{inputs().experts}/{code}.yml" != inputs().lock and CODE.fullmatch(code)
    return code if is_one else ""


def name_of(path: str) -> str:
    """The name in a profile, or a text saying that it has none."""
    found = next((one for one in (*inputs().documents, *inputs().remains) if one.path == path), None)
    names = found.leaves("private", "name") if found else ()
    return next((name for _, name in names), say("people.no-name"))


def document(code: str) -> Document:
    """The document of one expert; 404 if there is no such file or it cannot be parsed."""
    wanted = f"{inputs().experts}/{code}.yml"
    return next((one for one in inputs().documents if one.path == wanted), None) or flask.abort(404)


def compared(old: str, new: str) -> list[str]:
    """The removed and the added lines, marked with ``-`` and ``+``."""
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:2] in ("- ", "+ ")]


def digest(path: Path) -> str:
    """A hash of a file as it is now, to notice later changes; empty if there is no file."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
