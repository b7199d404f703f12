"""Facts that only hold as of a day, crisis lines and fees: from files with ``checked_on``, never in the text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kokemus.calendar import months_later
from kokemus.document import Document
from kokemus.problems import Problem, problem
from kokemus.reading import Node

FRESH_MONTHS = 6


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """A number to call; ``tel`` is what a phone dials, ``name`` and ``hours`` are texts by language."""

    id: str
    number: str
    tel: str
    name: Mapping[str, str]
    hours: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Amount:
    """What is usually paid for something, as a text with its unit."""

    what: Mapping[str, str]
    amount: str


@dataclass(frozen=True, slots=True)
class Crisis:
    checked_on: date
    lines: tuple[CrisisLine, ...]


@dataclass(frozen=True, slots=True)
class Fees:
    checked_on: date
    source: Mapping[str, str]
    amounts: tuple[Amount, ...]
    notes: Mapping[str, tuple[str, ...]]


def crisis(document: Document, languages: tuple[str, ...]) -> tuple[Crisis | None, tuple[Problem, ...]]:
    """The crisis lines in a file, each named in every language of the site."""
    root = Node(document, [], (), document.data)
    lines: list[CrisisLine] = []
    checked_on = None
    if root.mapping(("checked_on", "lines"), required=("checked_on", "lines")):
        checked_on = root.day("checked_on")
        for item in root.items("lines"):
            keys = ("id", "name", "number", "tel", "hours", "languages")
            if item.mapping(keys, required=("id", "name", "number", "tel", "hours")):
                id, number, tel = item.text("id"), item.text("number"), item.text("tel")
                name, hours = (_said(item, key, languages) for key in ("name", "hours"))
                lines.append(CrisisLine(id or "", number or "", tel or "", name, hours))
    return Crisis(checked_on, tuple(lines)) if checked_on and not root.problems else None, tuple(root.problems)


def fees(document: Document, languages: tuple[str, ...]) -> tuple[Fees | None, tuple[Problem, ...]]:
    """The usual fees in a file, each named in every language of the site."""
    root = Node(document, [], (), document.data)
    amounts: list[Amount] = []
    checked_on = None
    if root.mapping(("checked_on", "source", "year", "amounts", "notes"), required=("checked_on", "source", "amounts")):
        checked_on = root.day("checked_on")
        amounts = [
            Amount(_said(item, "what", languages), item.text("amount") or "")
            for item in root.items("amounts")
            if item.mapping(("id", "what", "amount"), required=("what", "amount"))
        ]
    notes = root.at("notes")
    by_language = {
        language: tuple(text for item in notes.items(language) if (text := item.value()))
        for language in (notes.data if isinstance(notes.data, dict) else ())
    }
    source = _said(root, "source", languages) if root.has("source") else {}
    if not checked_on or root.problems:
        return None, tuple(root.problems)
    return Fees(checked_on, source, tuple(amounts), by_language), ()


def _said(part: Node, key: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    """The texts under a key; one for each language is due."""
    for language in languages if isinstance(part.at(key).data, dict) else ():
        if not part.at(key).has(language):
            part.report("missing-fact", key, fact=f"{key}.{language}")
    return part.texts(key)


def old(path: str, checked_on: date, on: date) -> tuple[Problem, ...]:
    """A warning, never more, where facts were last checked over half a year ago."""
    if months_later(checked_on, FRESH_MONTHS) < on:
        return (problem("old-fact", path, ("checked_on",), day=checked_on),)
    return ()
