"""YAML text → Document: the part of YAML that a person can read without surprises, and nothing else.

One pass over libyaml's events. Refused here, each with its place in the file: bytes that are not UTF-8, tabs,
control characters, broken YAML, a second document, tags, anchors and aliases, keys that are no text, duplicate
keys, too large a file and too deep a nesting. A key is always text, so ``no:`` stays ``no``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from kokemus.problems import Mark, Problem, Route, problem

Data = str | int | float | bool | date | None | list["Data"] | dict[str, "Data"]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Document:
    """A file's plain data, and where each part of it stands.

    ``marks`` has the place of every key and list item by its route; ``raw`` the text of a scalar as it was typed,
    where YAML made something other than text of it.
    """

    path: str
    data: Data
    marks: Mapping[Route, Mark]
    raw: Mapping[Route, str]


def read(path: str, content: bytes, max_bytes: int = MAX_BYTES) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in ``content``; None with the reasons where there is none to be trusted."""
    if len(content) > max_bytes:
        return None, (problem("file-too-large", path, (), Mark(1, 1), limit=max_bytes // 1024),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        readable = content[: error.start].decode("utf-8-sig")
        return None, (problem("not-utf-8", path, (), _end_of(readable)),)
    if tabs := tuple(_tabs(path, text)):
        return None, tabs
    reading = _Reading(path, text)
    document = reading.document()
    return document, tuple(reading.problems)


def read_folder(folder: Path, name: str) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Every profile of the folder in the order of the file names, and what could not be read.

    ``name`` is how messages call the folder.
    Profiles are the top-level ``*.yml`` files but ``edition.yml`` and names that begin with ``_``.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    if not folder.is_dir():
        return (), (problem("no-folder", name),)
    for file in sorted(folder.iterdir()):
        if file.name == "edition.yml" or file.name.startswith(("_", ".")) or not file.is_file():
            continue
        path = f"{name}/{file.name}"
        if file.suffix.casefold() == ".yml":
            document, found = read(path, file.read_bytes())
            problems.extend(found)
            if document:
                documents.append(document)
        elif file.suffix.casefold() == ".yaml":
            problems.append(problem("file-ending", path))
    return tuple(documents), tuple(problems)


def _end_of(text: str) -> Mark:
    return Mark(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def _tabs(path: str, text: str) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            yield problem("tab", path, (), Mark(number, line.index("\t") + 1))


class _RefusedError(Exception):
    """The rest of the file cannot be read; its problem is already noted."""


class _Reading:
    """One pass over one file's events."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.marks: dict[Route, Mark] = {}
        self.raw: dict[Route, str] = {}

    def document(self) -> Document | None:
        try:
            self.events = yaml.CSafeLoader(self.text)
            self._next(yaml.StreamStartEvent)
            if self.events.check_event(yaml.StreamEndEvent):
                raise self._refuse("empty-file", Mark(1, 1))
            self._next(yaml.DocumentStartEvent)
            data = self._value((), 0)
            self._next(yaml.DocumentEndEvent)
            if not self.events.check_event(yaml.StreamEndEvent):
                raise self._refuse("second-document", self._mark(self.events.peek_event()))
        except _RefusedError:
            return None
        except yaml.reader.ReaderError as error:
            self.problems.append(problem("control-character", self.path, (), _end_of(self.text[: error.position])))
            return None
        except yaml.MarkedYAMLError as error:
            unclosed = "quoted scalar" in (error.context or "")
            mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
            place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
            self.problems.append(problem("yaml-syntax", self.path, (), place))
            return None
        except yaml.YAMLError:
            self.problems.append(problem("control-character", self.path, (), self._control_character()))
            return None
        return Document(self.path, data, self.marks, self.raw)

    def _control_character(self) -> Mark:
        at = next((i for i, c in enumerate(self.text) if not c.isprintable() and c not in "\n\r"), 0)
        return _end_of(self.text[:at])

    def _refuse(self, code: str, mark: Mark, **values: object) -> _RefusedError:
        self.problems.append(problem(code, self.path, (), mark, **values))
        return _RefusedError()

    @staticmethod
    def _mark(event: Any) -> Mark:
        return Mark(event.start_mark.line + 1, event.start_mark.column + 1)

    def _next(self, kind: type | None = None) -> Any:
        event = self.events.get_event()
        if kind and not isinstance(event, kind):
            raise self._refuse("yaml-syntax", self._mark(event))
        return event

    def _value(self, route: Route, depth: int) -> Data:
        event = self._next()
        mark = self._mark(event)
        self.marks.setdefault(route, mark)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refuse("anchor", mark)
        if event.tag and event.tag != "!":
            raise self._refuse("tag", mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(route, event)
        if depth >= MAX_DEPTH:
            raise self._refuse("too-deep", mark, limit=MAX_DEPTH)
        return self._list(route, depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(route, depth)

    def _list(self, route: Route, depth: int) -> list[Data]:
        items: list[Data] = []
        while not self.events.check_event(yaml.SequenceEndEvent):
            items.append(self._value((*route, len(items)), depth + 1))
        self._next()
        return items

    def _mapping(self, route: Route, depth: int) -> dict[str, Data]:
        items: dict[str, Data] = {}
        while not self.events.check_event(yaml.MappingEndEvent):
            event = self._next()
            mark = self._mark(event)
            if isinstance(event, yaml.AliasEvent) or event.anchor:
                raise self._refuse("anchor", mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse("key-no-text", mark)
            key = event.value
            if key in items:
                self.problems.append(problem("duplicate-key", self.path, (), mark))
                self._value((*route, key, "(again)"), depth + 1)
                continue
            self.marks[(*route, key)] = mark
            items[key] = self._value((*route, key), depth + 1)
        self._next()
        return items

    def _scalar(self, route: Route, event: Any) -> Data:
        text: str = event.value
        tag: str = self.events.resolve(ScalarNode, text, event.implicit)  # type: ignore[no-untyped-call]
        data = _typed(tag.rpartition(":")[2], text)
        if not isinstance(data, str):
            self.raw[route] = text
        return data


def _typed(kind: str, text: str) -> Data:
    """What YAML 1.1 takes a plain scalar for, but for its odd numbers (``012``, ``1:30``), which stay text."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.casefold() in {"yes", "true", "on"}
    if kind == "int" and re.fullmatch(r"[-+]?(0|[1-9]\d*)", text):
        return int(text)
    try:
        if kind == "float":
            return float(text)
        if kind == "timestamp":
            return date.fromisoformat(text)
    except ValueError:
        return text
    return text
