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


def crisis(document: Document) -> tuple[Crisis | None, tuple[Problem, ...]]:
    """The crisis lines in a file."""
    root = Node(document, [], (), document.data)
    lines: list[CrisisLine] = []
    checked_on = None
    if root.mapping(("checked_on", "lines"), required=("checked_on", "lines")):
        checked_on = root.day("checked_on")
        for item in root.items("lines"):
            keys = ("id", "name", "number", "tel", "hours", "languages")
            if item.mapping(keys, required=("id", "name", "number", "tel", "hours")):
                id, number, tel = item.text("id"), item.text("number"), item.text("tel")
                lines.append(CrisisLine(id or "", number or "", tel or "", item.texts("name"), item.texts("hours")))
    return Crisis(checked_on, tuple(lines)) if checked_on and not root.problems else None, tuple(root.problems)


def fees(document: Document) -> tuple[Fees | None, tuple[Problem, ...]]:
    """The usual fees in a file."""
    root = Node(document, [], (), document.data)
    amounts: list[Amount] = []
    checked_on = None
    if root.mapping(("checked_on", "source", "year", "amounts", "notes"), required=("checked_on", "source", "amounts")):
        checked_on = root.day("checked_on")
        amounts = [
            Amount(item.texts("what"), item.text("amount") or "")
            for item in root.items("amounts")
            if item.mapping(("id", "what", "amount"), required=("what", "amount"))
        ]
    notes = root.at("notes")
    by_language = {
        language: tuple(text for item in notes.items(language) if (text := item.value()))
        for language in (notes.data if isinstance(notes.data, dict) else ())
    }
    if not checked_on or root.problems:
        return None, tuple(root.problems)
    return Fees(checked_on, root.texts("source"), tuple(amounts), by_language), tuple(root.problems)


def old(path: str, checked_on: date, on: date) -> tuple[Problem, ...]:
    """A warning, never more, where facts were last checked over half a year ago."""
    if months_later(checked_on, FRESH_MONTHS) < on:
        return (problem("old-fact", path, ("checked_on",), day=checked_on),)
    return ()
