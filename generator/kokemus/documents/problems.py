"""Problems with the input, described so that a coordinator can fix them.

Rules name a *route* into a document; only the renderers here turn it into line and column. Texts are in
``coordinator/texts/problems.yml``. A message may quote a term of the vocabulary, never a private value.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from kokemus import resources
from kokemus.text import shown

Route = tuple[str | int, ...]
Severity = Literal["error", "warning"]
Format = Literal["text", "github", "gitlab", "json"]


class Mark(NamedTuple):
    """A position in a file. Both count from 1, columns in characters."""

    line: int
    column: int

    @classmethod
    def after(cls, text: str) -> "Mark":
        """The position after a text with which a file begins."""
        return cls(text.count("\n") + 1, len(text) - text.rfind("\n"))


Marks = Mapping[str, Mapping[Route, Mark]]

TEXTS: Mapping[str, Mapping[str, Any]] = resources.texts("coordinator/texts/problems")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to fix: a stable code, its position, and the values of its message.

    With a value ``near``, the message is the variant that suggests what was probably meant. ``mark`` is set only if
    there is no document in which to look up the route, as in broken YAML. ``strict`` turns a warning into an error.
    """

    code: str
    path: str
    route: Route = ()
    values: tuple[tuple[str, str], ...] = ()
    mark: Mark | None = None
    strict: bool = False

    @property
    def severity(self) -> Severity:
        return "warning" if TEXTS[self.code]["severity"] == "warning" and not self.strict else "error"

    @property
    def message(self) -> str:
        return self.text("message", "en")

    @property
    def help(self) -> str:
        return self.text("help", "en")

    def text(self, name: str, language: str) -> str:
        """The message or help in a language; in English if it has none in that language."""
        values = {key: shown(value) for key, value in self.values}
        texts = TEXTS[self.code].get(language, TEXTS[self.code])
        text: str = (texts["near"] if "near" in values else texts)[name]
        return text.format_map(values)

    def at(self, known: Mapping[Route, Mark]) -> "Problem":
        """The same problem with its position, for a document whose marks are not kept."""
        return self if self.mark else replace(self, mark=position(self, {self.path: known}))


def problem(code: str, path: str, route: Route = (), mark: Mark | None = None, /, **values: object) -> Problem:
    """A problem whose message is filled in with these values."""
    return Problem(
        code=code,
        path=path,
        route=route,
        values=tuple(sorted((name, str(value)) for name, value in values.items())),
        mark=mark,
    )


def placed(problems: Iterable[Problem], homes: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems; an unknown key that would be known elsewhere is reported as misplaced.

    ``homes`` says in which part each key belongs, and is empty for those beside the parts. Keys from one place that
    belong in the same part are one problem, at the first of them.
    """
    keys: dict[tuple[str, Route, str], list[str]] = {}
    made: list[Problem | tuple[str, Route, str]] = []
    first: dict[tuple[str, Route, str], Problem] = {}
    for found in problems:
        key = str(found.route[-1]) if found.code == "unknown-key" and found.route else ""
        home, near = homes.get(key), dict(found.values).get("near", "")
        if home is None or (near and (key in near or near in key)):  # one letter more or less is a slip
            made.append(found)
            continue
        lost = (found.path, found.route[:-1], home)
        if lost not in keys:
            made.append(lost)
            first[lost] = found
        keys.setdefault(lost, []).append(key)
    return tuple(
        one if isinstance(one, Problem) else _misplaced(first[one], one[2], ", ".join(keys[one])) for one in made
    )


def _misplaced(found: Problem, home: str, keys: str) -> Problem:
    if home:
        near = {"near": home} if home.startswith("-") else {}
        return problem("misplaced-key", found.path, found.route, found.mark, home=home, keys=keys, **near)
    above = next(key for key in reversed(found.route[:-1]) if isinstance(key, str))
    return problem("key-at-margin", found.path, found.route, found.mark, above=above, keys=keys)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop publication."""
    return tuple(found for found in problems if found.severity == "error")


def position(found: Problem, marks: Marks) -> Mark:
    """The problem's own mark, or that of the nearest part of its route that has one."""
    if found.mark:
        return found.mark
    known = marks.get(found.path, {})
    for end in range(len(found.route), -1, -1):
        if mark := known.get(found.route[:end]):
            return mark
    return Mark(1, 1)


def render(problems: Iterable[Problem], marks: Marks, form: Format = "text", language: str = "en") -> str:
    """All problems in the order of file, line and column, in one of the formats; empty if there are none.

    Position, severity and code are the same in every language, so that programs can read them.
    """
    placed = sorted(
        {(found.path, position(found, marks), found.code, found) for found in problems},
        key=lambda p: (*p[:3], p[3].message),
    )
    said = [
        _Said(
            replace(found, path=shown(found.path)),
            mark,
            found.text("message", language),
            found.text("help", language),
        )
        for _, mark, _, found in placed
    ]
    return _RENDERERS[form](said)


class _Said(NamedTuple):
    found: Problem
    mark: Mark
    message: str
    help: str


def _text(placed: list[_Said]) -> str:
    return "".join(
        f"{found.path}:{mark.line}:{mark.column}: {found.severity}[{found.code}]: {message}\n  help: {help}\n"
        for found, mark, message, help in placed
    )


def _github(placed: list[_Said]) -> str:
    """Workflow annotations, escaped as the Actions toolkit does (``%``, CR, LF, and ``:`` ``,`` in properties)."""

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def attribute(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{found.severity} file={attribute(found.path)},line={mark.line},col={mark.column},"
        f"title={attribute(found.code)}::{data(f'{message} – {help}')}\n"
        for found, mark, message, help in placed
    )


def _json(placed: list[_Said]) -> str:
    return (
        json.dumps(
            [
                {
                    "path": found.path,
                    "line": mark.line,
                    "column": mark.column,
                    "severity": found.severity,
                    "code": found.code,
                    "message": message,
                    "help": help,
                }
                for found, mark, message, help in placed
            ],
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _gitlab(placed: list[_Said]) -> str:
    """A Code Quality report, which a merge request shows next to the lines."""
    return (
        json.dumps(
            [
                {
                    "description": f"{message} – {help}",
                    "check_name": found.code,
                    "fingerprint": sha256(f"{found.path}:{mark.line}:{mark.column}:{found.code}".encode()).hexdigest(),
                    "severity": "major" if found.severity == "error" else "minor",
                    "location": {"path": found.path, "lines": {"begin": mark.line}},
                }
                for found, mark, message, help in placed
            ],
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


_RENDERERS = {"text": _text, "github": _github, "gitlab": _gitlab, "json": _json}
