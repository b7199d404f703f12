"""Typed access to a document: an unexpected value becomes a problem with its route, and reading goes on."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kokemus import dates
from kokemus.documents import stray, tongue
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Problem, Route, problem
from kokemus.resources import LANGUAGES
from kokemus.text import fold
from kokemus.vocabulary import meant
from kokemus.vocabulary.examples import EXAMPLES
from kokemus.vocabulary.terms import REMOTE, Terms

GUESSES = 50
_CHANCE = 3
"""As many letters may be in a word and in a private value by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of a mapping, each with the shape of its value, and the required ones."""

    shapes: Mapping[str, "Shape"]
    required: tuple[str, ...] = ()


Shape: TypeAlias = Keys | list[str | Keys] | tuple[str, ...] | str
"""The keys of a mapping, a list with the shape of its items, a tuple of the allowed words, or the name of a kind: one
of the vocabulary's, such as ``topics``, or one that ``reports.schema`` knows, such as ``day`` and ``text``."""


@dataclass(slots=True)
class Node:
    """A part of a document. ``problems`` is shared by all nodes of one reading.

    It is not frozen: there are so many nodes that this would take a third of the time of reading profiles.
    """

    document: Document
    problems: list[Problem]
    route: Route = ()
    data: Data = None

    def report(self, code: str, key: str | int | None = None, **values: object) -> None:
        """Record a problem here, or at one of this node's keys."""
        route = self.route if key is None else (*self.route, key)
        self.problems.append(problem(code, self.document.path, route, **values))

    def mapping(self, known: Collection[str], required: Iterable[str] = ()) -> bool:
        """Whether this is a mapping. Unknown and missing keys are reported, missing ones as ``card.consent``."""
        if not isinstance(self.data, dict):
            if not self._has_odd_character() and not self._lacks_space(known):
                self.report("not-a-mapping", keys=", ".join(known), example=self._example(known))
            return False
        instead: set[str] = set()
        for key in self.data:
            if key not in known and stray.in_word(key) is None:
                if self.data[key] is None and (begin := meant.unspaced(key, known)):
                    self.report("yaml-no-space", key)
                    instead.add(begin)
                elif self._may_guess(key) and (near := meant.key(key, known)):
                    self.report("unknown-key", key, near=self._instead(key, near, known))
                    instead.add(near)
                else:
                    self.report("unknown-key", key, known=", ".join(known))
        for key in required:
            if key not in self.data and key not in instead:
                name = ".".join(part for part in (*self.route, key) if isinstance(part, str))
                self.report("missing-key", name=name, example=EXAMPLES.get(name, EXAMPLES.get(key, f"{key}: …")))
        return True

    def _instead(self, key: str, near: str, known: Collection[str]) -> str:
        """The key that was meant. If the value would not fit it either, also how its value is written."""
        data = self.at(key).data
        if isinstance(known, Mapping) and known[near] in ("day", "signature") and not isinstance(data, date):
            return f"{near}: 2026-03-02"
        plain = isinstance(data, dict | list) or not {*"[{"}.intersection(EXAMPLES.get(near, ""))
        return near if plain else EXAMPLES[near]

    def has(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def at(self, key: str) -> "Node":
        """The part under a key, even if the key is missing."""
        data = self.data.get(key) if isinstance(self.data, dict) else None
        return Node(self.document, self.problems, (*self.route, key), data)

    def items(self, key: str, words: bool = False) -> Iterator["Node"]:
        """The parts of the list under a key; none if the key is missing. Anything but a list is reported.

        With ``words``, a text in place of a list is split at commas, so that other errors in it are reported too.
        """
        part = self.at(key)
        if not self.has(key):
            return
        if not isinstance(part.data, list):
            if part._has_odd_character():
                return
            part.report("not-a-list", example=EXAMPLES.get(key, f"{key}: […, …]"))
            pieces = re.split("[,;]", part.data) if words and isinstance(part.data, str) else ()
            for index, piece in enumerate(filter(str.strip, pieces)):
                yield Node(self.document, self.problems, (*part.route, index), piece.strip())
            return
        for index, data in enumerate(part.data):
            yield Node(self.document, self.problems, (*part.route, index), data)

    def value(self) -> str | None:
        """This node's text. Anything else is reported, above all words that YAML reads as booleans."""
        if isinstance(self.data, str) and self.data.strip():
            return self.data
        if self.is_comment():
            self.report("yaml-comment")
        elif self.data is None or isinstance(self.data, str):
            self.report("empty-text")
        elif isinstance(self.data, bool):
            self.report("yaml-boolean")
        elif isinstance(self.data, list | dict):
            self.report("house-topic" if self.route[-2:-1] == ("house_topics",) else "not-one")
        else:
            self.report("not-text")
        return None

    def is_comment(self) -> bool:
        """Whether the value was meant to begin with a number sign, which YAML takes for a comment."""
        mark = self.document.marks.get(self.route) if self.data is None and self.document.text else None
        line = self.document.text.splitlines()[mark.line - 1][mark.column - 1 :] if mark else ""
        return re.match(r"[^:]*: *#\S", line) is not None

    def _has_odd_character(self) -> bool:
        """Whether this text has a character that is not what it looks like. If so, that is reported."""
        if not isinstance(self.data, str) or (at := stray.in_word(self.data)) is None:
            return False
        place = self.document.within(self.route, self.data, at)
        self.problems.append(stray.odd(self.document.path, self.data[at], place))
        return True

    def _lacks_space(self, known: Collection[str]) -> bool:
        """Whether this text is a known key without a space after its colon. If so, that is reported."""
        if not isinstance(self.data, str) or not meant.unspaced(self.data, known):
            return False
        place = self.document.within(self.route, self.data, 0)
        self.problems.append(problem("yaml-no-space", self.document.path, self.route, place))
        return True

    def text(self, key: str) -> str | None:
        return self.at(key).value() if self.has(key) else None

    def texts(self, key: str) -> dict[str, str]:
        """The texts under a key, by language."""
        part = self.at(key)
        if not isinstance(part.data, dict):
            if not part._lacks_space(LANGUAGES):
                part.report("not-a-mapping", keys=", ".join(LANGUAGES), example=part._example(LANGUAGES))
            return {}
        texts = {language: text for language in part.data if (text := part.text(language))}
        self.problems.extend(tongue.problems(self.document.path, part.route, texts))
        return texts

    def said(self, key: str, languages: Iterable[str]) -> dict[str, str]:
        """The texts under a key, by language; none if the key is missing. Each of the languages is required."""
        if not self.has(key):
            return {}
        part = self.at(key)
        for language in languages if isinstance(part.data, dict) else ():
            if not part.has(language):
                self.report("missing-language", key, name=key, language=language)
        return self.texts(key)

    def term(self, terms: Terms, kind: str) -> str | None:
        """The id of the term that this node's text names, in one kind of the vocabulary. Unknown names are reported."""
        is_misread = kind == "language" and isinstance(self.data, bool)
        text = self.document.raw.get(self.route) if is_misread else None
        if text is None or terms.find(text):
            text = self.value()
        if text is None:
            return None
        if (id := terms.find(text)) is None and text.strip() in terms.gone:
            self.report(f"{kind}-gone")
        elif id is None and (several := terms.several(text)):
            if self.route and isinstance(self.route[-1], int):
                self.report("several-terms", ids=", ".join(several))
            else:
                self.report("not-one")
        elif id is None and (ids := terms.groups.get(" ".join(text.casefold().split()))):
            self.report("topic-group", ids=", ".join(ids))
        elif id is None and kind == "place" and (instead := meant.place(text)):
            self.report("no-place") if instead == REMOTE else self.report("everyday-place", instead=instead)
        elif id is None and not self._has_odd_character():
            word = " ".join(text.split())
            if self._may_guess(word) and not self._is_private(word) and (near := terms.nearest(word)):
                name, label = near[0], near[1].label("en")
                beside = f" ({label})" if label.casefold() != name else ""
                self.report(f"unknown-{kind}", word=word, near=name, label=beside)
            else:
                self.report(f"unknown-{kind}")
        return id

    def _example(self, known: Collection[str]) -> str:
        """How this part is written, on one line: in every language, or with its first key."""
        due = LANGUAGES if {*LANGUAGES}.issubset(known) else [*known][:1]
        inner = ", ".join(EXAMPLES.get(key, f"{key}: …") for key in due)
        if not self.route:
            return inner
        key = self.route[-1]
        return f"- {inner}" if isinstance(key, int) else EXAMPLES.get(key, f"{key}: {{{inner}}}")

    def _may_guess(self, word: object) -> bool:
        """Whether to suggest what was meant: not for non-words, nor in a file with very many problems."""
        return isinstance(word, str) and len(word) < 100 and word.isprintable() and len(self.problems) < GUESSES

    def _is_private(self, word: str) -> bool:
        """Whether a word, however written, has something of the private part in it; no message may repeat it."""
        private = self.document.data.get("private") if isinstance(self.document.data, dict) else None
        said = [part for one in meant.words(private) for part in fold(one)]
        typed = "".join(fold(word))
        return typed in "".join(said) or any(len(part) > _CHANCE and part in typed for part in said)

    def terms(self, key: str, terms: Terms, kind: str) -> tuple[str, ...]:
        """The ids in the list under a key, sorted. A term named twice is reported."""
        found: set[str] = set()
        for item in self.items(key, words=True):
            if id := item.term(terms, kind):
                if id in found:
                    item.report("named-twice", term=id)
                found.add(id)
        return tuple(sorted(found))

    def day(self, key: str) -> date | None:
        """The date under a key, between 1900 and 2200; None if the key is missing or the value is reported."""
        if not self.has(key):
            return None
        part = self.at(key)
        found = part.data if isinstance(part.data, date) else dates.read(str(part.data))
        if found and 1900 <= found.year <= 2200:
            return found
        if not part._has_odd_character():
            part.report("no-date", None, **meant.day(str(part.data)))
        return None

    def yes_or_no(self, key: str) -> bool:
        """The boolean under a key; False if the key is missing."""
        part = self.at(key)
        if self.has(key) and not isinstance(part.data, bool) and not part._has_odd_character():
            part.report("not-yes-or-no")
        return part.data is True
