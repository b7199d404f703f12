"""YAML text → Document: only the part of YAML that a person can read without surprises.

One pass over libyaml's events. Refused, each with its position in the file: bytes that are not UTF-8, tabs, control
characters, what ``stray`` finds, broken YAML, a second document, tags, anchors and aliases, keys that are not text,
duplicate keys, too large a file and too deep a nesting. A key is always text, so ``no:`` stays ``no``.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from sys import intern
from typing import Any

import yaml

from kokemus.documents import source, stray, syntax
from kokemus.documents.document import Data, Document
from kokemus.documents.memory import Memory
from kokemus.documents.problems import Mark, Problem, Route, problem

MAX_BYTES = source.LARGEST
MAX_DEPTH = 8


def read(path: str, content: bytes, max_bytes: int = MAX_BYTES) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in ``content``; None with the reasons if it cannot be trusted."""
    if content.startswith(source.OF_PROGRAMS):
        return None, (problem("not-plain-text", path, (), Mark(1, 1)),)
    if len(content) > max_bytes:
        return None, (problem("file-too-large", path, (), Mark(1, 1), limit=max_bytes // 1024),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, (problem("not-utf-8", path, (), Mark.after(content[: error.start].decode("utf-8-sig"))),)
    if "\t" in text:
        return None, (stray.tabs(path, text),)
    if spoilt := tuple(stray.spoilt(path, text)):
        return None, spoilt
    reading = _Reading(path, text)
    document = reading.document()
    return document, tuple(reading.problems)


def read_file(
    file: Path, path: str, max_bytes: int = MAX_BYTES, memory: Memory | None = None
) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document in a file, which messages call ``path``. With a ``memory``, unchanged bytes are not parsed again."""
    content = source.read(file, path, max_bytes)
    if isinstance(content, Problem):
        return None, (content,)
    make = partial(read, path, content, max_bytes)
    return memory.made(f"document {path}", content, make) if memory else make()


class _Marks(Mapping[Route, Mark]):
    """The marks of a text. Few are ever needed, so the text is parsed again when the first one is asked for."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def _marks(self) -> Mapping[Route, Mark]:
        marks: dict[Route, Mark] = {}
        _Reading(self.path, self.text, marks).document()
        return marks

    def __getitem__(self, route: Route) -> Mark:
        return self._marks[route]

    def __iter__(self) -> Iterator[Route]:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)


class _RefusedError(Exception):
    """The rest of the file cannot be read. Its problem is already noted."""


class _Reading:
    """One pass over one file's events. Marks are noted only if ``marks`` is given.

    Texts that many files have in common are stored once.
    """

    def __init__(self, path: str, text: str, marks: dict[Route, Mark] | None = None) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.marks = marks
        self.raw: dict[Route, str] = {}

    def document(self) -> Document | None:
        try:
            self.events = yaml.CSafeLoader(self.text)
            self.events.get_event()  # the stream's start
            if self.events.check_event(yaml.StreamEndEvent):
                raise self._refuse("empty-file", Mark(1, 1))
            self.events.get_event()  # the document's start
            data = self._value(self.events.get_event(), (), 0)
            self.events.get_event()  # the document's end
            if not self.events.check_event(yaml.StreamEndEvent):
                raise self._refuse("second-document", _mark(self.events.peek_event()))
        except _RefusedError:
            return None
        except yaml.reader.ReaderError as error:
            self.problems.append(problem("control-character", self.path, (), Mark.after(self.text[: error.position])))
            return None
        except yaml.MarkedYAMLError as error:
            if not any(found.code == "odd-character" for found in self.problems):
                self.problems.append(syntax.broken(error, self.text, self.path))
            return None
        except yaml.YAMLError:
            self.problems.append(problem("control-character", self.path, (), stray.printable(self.text)))
            return None
        return Document(path=self.path, data=data, marks=_Marks(self.path, self.text), raw=self.raw, text=self.text)

    def _refuse(self, code: str, mark: Mark, **values: object) -> _RefusedError:
        self.problems.append(problem(code, self.path, (), mark, **values))
        return _RefusedError()

    def _until(self, end: type) -> Iterator[Any]:
        """The events up to the end of a list or mapping. The caller must also consume the events of each part."""
        while not isinstance(event := self.events.get_event(), end):
            yield event

    def _value(self, event: Any, route: Route, depth: int) -> Data:
        if self.marks is not None:
            self.marks.setdefault(route, _mark(event))
        if event.anchor:
            raise self._refuse("anchor", _mark(event))
        if event.tag and event.tag != "!":
            raise self._refuse("tag", _mark(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, route)
        if depth >= MAX_DEPTH:
            raise self._refuse("too-deep", _mark(event), limit=MAX_DEPTH)
        return self._list(route, depth) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(route, depth)

    def _list(self, route: Route, depth: int) -> list[Data]:
        parts = enumerate(self._until(yaml.SequenceEndEvent))
        return [self._value(event, (*route, index), depth + 1) for index, event in parts]

    def _mapping(self, route: Route, depth: int) -> dict[str, Data]:
        items: dict[str, Data] = {}
        first: dict[str, Any] = {}
        again: dict[str, Mark] = {}
        empty: dict[str, int] = {}
        for event in self._until(yaml.MappingEndEvent):
            if event.anchor:
                raise self._refuse("anchor", _mark(event))
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refuse("key-no-text", _mark(event))
            key = intern(event.value)
            if (at := stray.in_word(key)) is not None:
                self.problems.append(stray.odd(self.path, key[at], _mark(event)))
            if key in items:
                again.setdefault(key, _mark(event))
                value = self._value(self.events.get_event(), (*route, key, "(again)"), depth + 1)
                for one, place in ((items[key], first[key]), (value, event)):
                    if one in ([], {}, "", None):
                        empty.setdefault(key, _mark(place).line)
                continue
            first[key] = event
            if self.marks is not None:
                self.marks[(*route, key)] = _mark(event)
            items[key] = self._value(self.events.get_event(), (*route, key), depth + 1)
        if not route and {"consent", "offers"}.issubset(again):
            self.problems.append(problem("second-profile", self.path, (), min(again.values())))
        else:
            for key, mark in again.items():
                near = {"near": empty[key]} if key in empty else {}
                self.problems.append(
                    problem("duplicate-key", self.path, (), mark, first=_mark(first[key]).line, **near)
                )
        return items

    def _scalar(self, event: Any, route: Route) -> Data:
        text = intern(event.value)
        if not event.implicit[0]:
            return text
        if text and stray.is_cut(self.text, route, event.end_mark):
            self.problems.append(problem("yaml-remark", self.path, route, _mark(event)))
        data = _typed(_kind(text), text)
        if not isinstance(data, str):
            self.raw[route] = text
        return data


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _kind(text: str) -> str:
    """The type that YAML 1.1 gives to such a plain scalar."""
    for tag, pattern in yaml.CSafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if pattern.match(text):
            return str(tag).rpartition(":")[2]
    return "str"


def _typed(kind: str, text: str) -> Data:
    """The value that YAML 1.1 gives to a plain scalar. Its unusual numbers (``012``, ``1:30``) stay text."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.casefold() in {"yes", "true", "on"}
    if kind == "int" and re.fullmatch(r"[-+]?(0|[1-9]\d{0,17})", text):
        return int(text)
    try:
        if kind == "float":
            return float(text)
        if kind == "timestamp":
            return date.fromisoformat(text)
    except ValueError:
        return text
    return text
