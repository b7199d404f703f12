"""What all rooms share: the folder as it is now, the day, texts in the coordinator's language, and pages."""

import difflib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import flask

from kokemus import dates, resources
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
ROOMS = ("today", "people", "importing", "requests", "edition", "files", "publishing", "papers")
_LANGUAGE = "LANGUAGE"
_PAPER = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
_LEADS = {
    **dict.fromkeys((f"unknown-{kind}" for kind in ("topic", "format", "audience", "language", "place")), "people"),
    "spreadsheet": "importing",
    "not-plain-text": "people",
    "no-edition": "edition",
    "edition-no-file": "edition",
    "guide-missing": "publishing",
    "pages-language": "publishing",
}
"""The room that the help of a problem leads to, where no command is typed."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words, where it stands, the code of the expert in whose file that is or else the file among pages
    and facts, and the room that its help leads to."""

    place: str
    code: str
    file: str
    room: str
    severity: str
    message: str
    help: str


def folder() -> Path:
    """The folder of ``mkdocs.yml``."""
    return Path(flask.current_app.config["FOLDER"])


def inputs() -> Inputs:
    """All that is in the folder now. It is read again only after a file has changed, and of the profiles only those."""
    config, now = flask.current_app.config, tuple(_stamps(folder()))
    if config.get("STAMPS") != now:
        memory = config.setdefault("MEMORY", Memory())
        memory.begin()
        config["INPUTS"], config["PROBLEMS"] = gather(folder() / CONFIGURATION, memory=memory), {}
        config["STAMPS"], config[_LANGUAGE] = now, "fi" if config["INPUTS"].language == "fi" else "en"
    return config["INPUTS"]  # type: ignore[no-any-return]


def _stamps(above: Path) -> Iterator[tuple[str, int, int]]:
    """Every file that may be read, with its size and when it was written."""
    for entry in os.scandir(above):
        if entry.name.startswith(".") or entry.name == "site":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(Path(entry.path))
        else:
            found = entry.stat(follow_symlinks=False)
            yield entry.path, found.st_size, found.st_mtime_ns


def problems() -> tuple[Problem, ...]:
    """All that check says today."""
    found, on = inputs(), today()
    known: dict[date, tuple[Problem, ...]] = flask.current_app.config["PROBLEMS"]
    if on not in known:
        known[on] = publish.publish(found, on).problems
    return known[on]


def today() -> date:
    """The day in Finland."""
    return dates.today() or flask.abort(500)


def language() -> str:
    """The desk's own language: Finnish, or English for whoever reads no Finnish.

    Once known it is kept, so that a page of refusal needs no folder.
    """
    if _LANGUAGE not in flask.current_app.config:
        with suppress(OSError):
            inputs()
    return str(flask.current_app.config.get(_LANGUAGE, "fi"))


def say(key: str, **values: object) -> str:
    """A text of the desk."""
    return in_language(TEXTS[key], language(), "en").format_map(values)


def show(template: str, status: int = 200, **values: Any) -> flask.typing.ResponseReturnValue:
    """A page of a room."""
    return flask.render_template(template, **values).encode("utf-8", "replace"), status


@contextmanager
def meanwhile() -> Iterator[None]:
    """Let others be answered while this one waits for another program. What was read before may be old afterwards."""
    turn: Lock = flask.current_app.config["TURN"]
    turn.release()
    try:
        yield
    finally:
        turn.acquire()


@contextmanager
def alone(work: str) -> Iterator[bool]:
    """Whether nobody else is at a work that is done once at a time."""
    at_work: set[str] = flask.current_app.config["AT_WORK"]
    is_free = work not in at_work
    at_work.add(work)
    try:
        yield is_free
    finally:
        if is_free:
            at_work.discard(work)


def printed(page: Page) -> flask.typing.ResponseReturnValue:
    """A paper to look at and to print; its styles are its own."""
    flask.g.policy = _PAPER
    return page.html.encode("utf-8", "replace")


def done(key: str, endpoint: str, count: int = 0, **to: Any) -> flask.typing.ResponseReturnValue:
    """Go to a page, which then says in a line what was done."""
    flask.current_app.config["DONE"] = say(key, count=count)
    return flask.redirect(flask.url_for(endpoint, **to), 303)


def said() -> str:
    """What was done last; it is said once."""
    return str(flask.current_app.config.pop("DONE", ""))


def told(wrong: tuple[Problem, ...], typed: Marks | None = None) -> list[Told]:
    """Problems in words, errors first, each once. Their places are those of the folder, or of what is ``typed``."""
    marks, words = {**inputs().marks, **(typed or {})}, inputs().language
    found = {
        Told(
            f"{one.path}:{position(one, marks).line}",
            _code(one.path),
            _file(one.path),
            _LEADS.get(one.code, ""),
            one.severity,
            one.text("message", words),
            helped(one),
        ): None
        for one in sorted(wrong, key=lambda one: (one.severity, one.path, position(one, marks)))
    }
    return [*found]


def helped(one: Problem) -> str:
    """What to do about a problem: in the desk without commands, where there is a button or a room for it."""
    values = {key: shown(value) for key, value in one.values}
    key = f"help.{one.code}.near" if "near" in values else f"help.{one.code}"
    return say(key, **values) if key in TEXTS else one.text("help", inputs().language)


def _file(path: str) -> str:
    """The path where pages and facts are changed as text; empty for any other file."""
    home = path.partition("/")[0]
    is_one = (path.endswith(".yml") and home in (path, "terms")) or (
        path.endswith(".md") and home == inputs().docs.partition("/")[0]
    )
    return path if is_one and (folder() / path).is_file() else ""


def _code(path: str) -> str:
    """The expert's code in the path of a profile; empty where no page of an expert shows that file."""
    code = path.removeprefix(f"{inputs().experts}/").removesuffix(".yml")
    is_one = path == f"{inputs().experts}/{code}.yml" != inputs().lock and CODE.fullmatch(code)
    return code if is_one else ""


def document(code: str) -> Document:
    """The file of one expert; a page that says so where there is none, or where it cannot be read."""
    wanted = f"{inputs().experts}/{code}.yml"
    return next((one for one in inputs().documents if one.path == wanted), None) or flask.abort(404)


def compared(old: str, new: str) -> list[str]:
    """The lines that go, and those that come in their place."""
    return [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:2] in ("- ", "+ ")]


def digest(path: Path) -> str:
    """How a file is told from its later states; empty where there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
