"""Facts that may go out of date, crisis help and fees: read from files that say when they were checked."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from kokemus.dates import months_later
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, Route, errors
from kokemus.settings import amounts
from kokemus.settings.association import fault
from kokemus.text import dialled
from kokemus.vocabulary import Terms, Texts
from kokemus.vocabulary.examples import EXAMPLES
from kokemus.vocabulary.node import Node

FRESH_MONTHS = 6
EMERGENCY = "112"
_RINGS = re.compile(r"112|116\d{3}|0\d{4,}|\+[1-9]\d{6,}", re.ASCII)
_WEB = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w.~/-]*)?", re.ASCII | re.IGNORECASE)
_HELP = ("id", "name", "for", "hours", "languages", "source", "checked_on")

Days = Mapping[date, Route]
"""The dates on which the facts of a file were checked, each with the first position where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact comes from: its name by language, and a web address such as ``mieli.fi``."""

    name: Texts
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Crisis help; ``name``, ``purpose`` and ``hours`` are texts by language."""

    id: str
    name: Texts
    purpose: Texts
    hours: Texts
    languages: tuple[str, ...]
    source: Source | None
    checked_on: date

    @property
    def is_emergency(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisLine(Help):
    """Help by phone."""

    number: str

    @property
    def tel(self) -> str:
        """The number as a phone dials it."""
        return dialled(self.number)

    @property
    def is_emergency(self) -> bool:
        return self.tel == EMERGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat(Help):
    """Help by chat. The web address is written without ``https://``."""

    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    lines: tuple[CrisisLine, ...]
    chats: tuple[Chat, ...]
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What is usually paid for something, as a text with its unit."""

    what: Texts
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What a payer has to do by law."""

    text: Texts
    source: Source | None
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """Amounts and a payer's duties. Amounts need both a ``source`` and a ``year``."""

    amounts: tuple[Amount, ...]
    source: Texts
    year: int | None
    checked_on: date
    notes: Mapping[str, tuple[str, ...]]
    duties: tuple[Duty, ...]
    days: Days


Helper = TypeVar("Helper", bound=Help)


def in_order(helpers: Iterable[Helper], language: str) -> tuple[Helper, ...]:
    """The emergency number first, then those who speak the reader's language, then the others."""
    return tuple(sorted(helpers, key=lambda one: (not one.is_emergency, language not in one.languages)))


def crisis(document: Document, languages: Collection[str], spoken: Terms) -> tuple[Crisis | None, tuple[Problem, ...]]:
    """The crisis help in a file, with its texts in every language of the site. ``spoken`` are the known languages."""
    reading = _Reading(document, languages)
    root = reading.root
    if not root.mapping(("checked_on", "lines", "chats"), required=("lines",)):
        return None, tuple(root.problems)
    lines: list[CrisisLine] = []
    items = [*root.items("lines")]
    for item in items:
        gone = ("tel",) if item.has("tel") else ()
        if item.mapping((*_HELP, "number", *gone), required=("id", "name", "number", "hours")):
            if gone:
                item.report("crisis-tel", "tel")
            lines.append(CrisisLine(number=_number(item), **reading.help(item, spoken)))
    chats = tuple(
        Chat(address=_address(item), **reading.help(item, spoken))
        for item in root.items("chats")
        if item.mapping((*_HELP, "address"), required=("id", "name", "address", "hours"))
    )
    if EMERGENCY not in {dialled(str(item.at("number").data)) for item in items}:  # even if it lacks its quotes
        root.report("crisis-without-112", "lines")
    made = Crisis(lines=tuple(lines), chats=chats, days=reading.days)
    return None if root.problems else made, tuple(root.problems)


def fees(document: Document, languages: Collection[str]) -> tuple[Fees | None, tuple[Problem, ...]]:
    """The usual fees and a payer's duties in a file, each in every language of the site."""
    reading = _Reading(document, languages)
    root = reading.root
    if not root.mapping(("checked_on", "source", "year", "amounts", "notes", "duties")):
        return None, tuple(root.problems)
    paid = tuple(
        Amount(what=reading.said(item, "what"), amount=amounts.amount(item))
        for item in root.items("amounts")
        if amounts.is_amount(item)
    )
    duties = tuple(
        Duty(text=reading.said(item, "text"), source=reading.source(item), checked_on=reading.day(item))
        for item in root.items("duties")
        if item.mapping(("id", "text", "source", "checked_on"), required=("text", "source"))
    )
    year = root.at("year").data
    is_year = isinstance(year, int) and not isinstance(year, bool) and 1900 <= year <= 2200
    if paid and not root.has("source"):
        root.report("missing-key", name="source", example=EXAMPLES["source"])
    if (paid or root.has("year")) and not is_year:
        root.report("fee-year", "year" if root.has("year") else None)
    notes = root.at("notes")
    by_language = {
        language: tuple(text for item in notes.items(language) if (text := item.value()))
        for language in (notes.data if isinstance(notes.data, dict) else ())
    }
    made = Fees(
        amounts=paid,
        source=reading.said(root, "source"),
        year=year if isinstance(year, int) else None,
        checked_on=reading.day(root),
        notes=by_language,
        duties=duties,
        days=reading.days,
    )
    return None if errors(root.problems) else made, tuple(root.problems)


class _Reading:
    """One pass over one file. It collects the dates that it reads."""

    def __init__(self, document: Document, languages: Collection[str]) -> None:
        self.root = Node(document, [], (), document.data)
        self.languages = languages
        self.days: dict[date, Route] = {}
        self.ids = set[str]()

    def help(self, item: Node, spoken: Terms) -> dict[str, Any]:
        """The fields that a line and a chat have in common."""
        return {
            "id": self.id(item),
            "name": self.said(item, "name"),
            "purpose": self.said(item, "for"),
            "hours": self.said(item, "hours"),
            "languages": item.terms("languages", spoken, "language"),
            "source": self.source(item),
            "checked_on": self.day(item),
        }

    def id(self, item: Node) -> str:
        if (id := item.text("id") or "") in self.ids:
            item.report("fact-id-twice", "id", id=id)
        self.ids |= {id} - {""}
        return id

    def said(self, part: Node, key: str) -> Texts:
        """The texts under a key, if it is written; one for each language is required."""
        return part.said(key, self.languages)

    def source(self, item: Node) -> Source | None:
        part = item.at("source")
        if not item.has("source") or not part.mapping(("name", "address"), required=("name", "address")):
            return None
        return Source(name=self.said(part, "name"), address=_address(part))

    def day(self, item: Node) -> date:
        """The date on which something was checked; without one of its own, that of the whole file."""
        part = item if item.has("checked_on") else self.root
        if not part.has("checked_on"):
            item.report("missing-key", name="checked_on", example=EXAMPLES["checked_on"])
        found = part.day("checked_on") or date.max
        self.days.setdefault(found, (*part.route, "checked_on"))
        return found


def _number(item: Node) -> str:
    number = (item.text("number") or "").strip()
    if number and (fault("phone", number) or not _RINGS.fullmatch(dialled(number))):
        item.report("crisis-number", "number")
    return number


def _address(item: Node) -> str:
    address = (item.text("address") or "").strip().removeprefix("https://").rstrip("/")
    if address and not _WEB.fullmatch(address):
        item.report("web-address", "address")
    return address


def old(days: Days, on: date) -> list[tuple[date, Route]]:
    """The dates more than half a year ago, oldest first, each with its position."""
    return [(day, route) for day, route in sorted(days.items()) if months_later(day, FRESH_MONTHS) < on]
