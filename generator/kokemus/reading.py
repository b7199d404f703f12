"""Typed access to a document: whatever is not as it is due becomes a problem with its route, and reading goes on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from kokemus.document import Data, Document
from kokemus.problems import Problem, Route, problem
from kokemus.shipped import LANGUAGES
from kokemus.statement import DIMENSIONS, Statement, has_shape
from kokemus.vocabulary import REMOTE, Terms, Vocabulary

KIND = {
    "topic": "topic",
    "language": "language",
    "where": "place",
    "audience": "audience",
    "format": "format",
}
GUESSES = 50


@dataclass(slots=True)
class Node:
    """A part of a document. ``problems`` is shared by all nodes of one reading.

    Not frozen: so many are made that this would take a third of the time of reading profiles.
    """

    document: Document
    problems: list[Problem]
    route: Route = ()
    data: Data = None

    def report(self, code: str, key: str | int | None = None, **values: object) -> None:
        """Note a problem here, or at one of this node's keys."""
        route = self.route if key is None else (*self.route, key)
        self.problems.append(problem(code, self.document.path, route, **values))

    def mapping(self, known: Collection[str], required: Iterable[str] = ()) -> bool:
        """Whether this is a mapping; its unknown and missing keys are reported, the latter as ``card.consent``."""
        if not isinstance(self.data, dict):
            self.report("not-a-mapping", keys=", ".join(known))
            return False
        for key in self.data:
            if key not in known:
                near = get_close_matches(key.casefold(), known, n=1, cutoff=0.75) if self._may_guess(key) else None
                if near:
                    self.report("unknown-key", key, near=near[0])
                else:
                    self.report("unknown-key", key, known=", ".join(known))
        for key in required:
            if key not in self.data:
                name = ".".join(part for part in (*self.route, key) if isinstance(part, str))
                self.report("missing-key", name=name)
        return True

    def has(self, key: str) -> bool:
        return isinstance(self.data, dict) and key in self.data

    def at(self, key: str) -> "Node":
        """The part under a key, whether or not it is written."""
        data = self.data.get(key) if isinstance(self.data, dict) else None
        return Node(self.document, self.problems, (*self.route, key), data)

    def items(self, key: str) -> Iterator["Node"]:
        """The parts of the list under a key; nothing where it is not written, a problem where it is no list."""
        part = self.at(key)
        if not self.has(key):
            return
        if not isinstance(part.data, list):
            part.report("not-a-list")
            return
        for index, data in enumerate(part.data):
            yield Node(self.document, self.problems, (*part.route, index), data)

    def value(self) -> str | None:
        """This node's text; a problem where it is something else, above all one of YAML's hidden booleans."""
        if isinstance(self.data, str) and self.data.strip():
            return self.data
        if self.data is None or isinstance(self.data, str):
            self.report("empty-text")
        elif isinstance(self.data, bool):
            self.report("yaml-boolean")
        else:
            self.report("not-text")
        return None

    def text(self, key: str) -> str | None:
        return self.at(key).value() if self.has(key) else None

    def texts(self, key: str) -> dict[str, str]:
        """The texts by language under a key."""
        part = self.at(key)
        if not isinstance(part.data, dict):
            part.report("not-a-mapping", keys=", ".join(LANGUAGES))
            return {}
        return {language: text for language in part.data if (text := part.text(language))}

    def term(self, terms: Terms, kind: str) -> str | None:
        """The id that this node's text stands for in one kind of the vocabulary."""
        text = self.value()
        if text is None:
            return None
        if (id := terms.find(text)) is None:
            word = " ".join(text.split())
            near = terms.nearest(word) if self._may_guess(word) and not self._is_private(word) else None
            if near:
                name, term = near
                self.report(f"unknown-{kind}", word=word, near=name, label=term.label("en"))
            else:
                self.report(f"unknown-{kind}")
        return id

    def _may_guess(self, word: object) -> bool:
        """Whether to look for what was meant: not for what is no word, nor in a file that is wrong throughout."""
        return isinstance(word, str) and len(word) < 100 and word.isprintable() and len(self.problems) < GUESSES

    def _is_private(self, word: str) -> bool:
        """Whether a word stands in the document's private part too, so that no message may repeat it."""
        private = self.document.data.get("private") if isinstance(self.document.data, dict) else None
        return word.casefold() in " ".join(_texts(private)).casefold()

    def terms(self, key: str, terms: Terms, kind: str) -> tuple[str, ...]:
        """The ids of a list, in the vocabulary's order; a term named twice is a problem."""
        found: set[str] = set()
        for item in self.items(key):
            if id := item.term(terms, kind):
                if id in found:
                    item.report("named-twice", term=id)
                found.add(id)
        return tuple(sorted(found))

    def day(self, key: str) -> date | None:
        """A date under a key, None where it is not written."""
        if not self.has(key):
            return None
        part = self.at(key)
        try:
            found = part.data if isinstance(part.data, date) else datetime.strptime(str(part.data), "%Y-%m-%d").date()
        except ValueError:
            found = date.min
        if 1900 <= found.year <= 2200:
            return found
        part.report("no-date")
        return None

    def yes_or_no(self, key: str) -> bool:
        """A truth value under a key; no where it is not written."""
        part = self.at(key)
        if self.has(key) and not isinstance(part.data, bool):
            part.report("not-yes-or-no")
        return part.data is True

    def statement(self, topic: str, vocabulary: Vocabulary) -> Statement | None:
        """The statement of a topic and this mapping of dimensions; None where a value or the shape is unknown."""
        found: dict[str, str] = {}
        for name in DIMENSIONS:
            if not self.has(name):
                continue
            part = self.at(name)
            remote = name == "where" and isinstance(part.data, str) and part.data.strip().casefold() == REMOTE
            if (value := REMOTE if remote else part.term(vocabulary.of(name), KIND[name])) is None:
                return None
            found[name] = value
        statement = Statement(topic, **found)
        if not has_shape(statement):
            self.report("statement-shape")
            return None
        return statement


def _texts(data: Data) -> Iterator[str]:
    """Every word of a part of a document."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from (key, *_texts(value))
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)
    else:
        yield from str(data).split()
