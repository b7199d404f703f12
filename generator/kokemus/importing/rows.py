"""The rows of a spreadsheet as values by field, and which rows are the same person as another row or a profile."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kokemus.documents.document import Document
from kokemus.importing.cells import phone
from kokemus.importing.columns import FIELDS, Columns
from kokemus.importing.opening import Row
from kokemus.publication.inputs import Inputs
from kokemus.reports import scaffolding
from kokemus.text import fold, national

_PARTS = ("first_name", "last_name")
LISTS = ("languages", "places", "formats", "audiences", "topics", "associations")

_TOGETHER = (*LISTS, "limits", "notes")

Values = Mapping[str, str]
Pair = tuple[int, int]
"""The numbers of two rows, the smaller one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The values by which two rows, or a row and a profile, are recognised as the same person."""

    name: str
    email: str
    phone: str

    def is_same(self, other: "Person") -> bool:
        """Whether the names are equal and the e-mail addresses do not differ. Without a name, ``may_be`` decides."""
        if self.name and other.name:
            return self.name == other.name and (not self.email or not other.email or self.email == other.email)
        return self.may_be(other)

    def may_be(self, other: "Person") -> bool:
        """Whether the e-mail address or the telephone number is the same, whatever the names."""
        return bool((self.email and self.email == other.email) or (self.phone and self.phone == other.phone))


Like = Callable[[Person, Person], bool]


def values(row: Row, columns: Columns) -> dict[str, str]:
    """The values of a row by field. First and last name, and the columns of one list, are joined."""
    typed = {name: [row[at] for at in places if at < len(row)] for name, places in columns.fields.items()}
    found = {name: ("; " if name in LISTS else " ").join(filter(None, cells)) for name, cells in typed.items()}
    parts = [found.pop(name, "") for name in _PARTS]
    whole = dict.fromkeys((name for name in FIELDS if name not in _PARTS), "") | found
    return whole | {"name": whole["name"] or " ".join(filter(None, parts)), "phone": phone(whole["phone"])}


@cache
def examples() -> frozenset[str]:
    """The names in the spreadsheets that ``scaffolding`` gives to fill in: rows with such a name are no people."""
    sheets = (scaffolding.example_sheet(language).decode("utf-8-sig") for language in scaffolding.LANGUAGES)
    return frozenset(name for sheet in sheets for name, *_ in [*csv.reader(sheet.splitlines(), delimiter=";")][1:])


def joined(rows: Mapping[int, Values], pairs: Iterable[Pair]) -> dict[int, Values]:
    """The rows, each pair merged into its first row.

    Lists and notes are combined. Of every other field the first row's value is kept, or the other's if it has none.
    """
    found, place = dict(rows), dict[int, int]()
    for first, other in sorted(pairs):
        home = place.get(first, first)
        if home in found and other in found:
            found[home], place[other] = _as_one(found[home], found.pop(other)), home
    return found


def _as_one(one: Values, other: Values) -> Values:
    both = {name: "; ".join(dict.fromkeys(filter(None, (one[name], other[name])))) for name in _TOGETHER}
    return {name: both.get(name) or one[name] or other[name] for name in one}


def differing(one: Values, other: Values) -> tuple[str, ...]:
    """The fields with a single value in which two rows differ."""
    texts = {name: (one[name], other[name]) for name in one if name not in _TOGETHER}
    return tuple(name for name, (here, there) in texts.items() if here and there and fold(here) != fold(there))


def _person(values: Values) -> Person:
    return Person(
        name=" ".join(sorted(fold(values.get("name", "")))),
        email=values.get("email", "").strip().casefold(),
        phone=national(values.get("phone", "")),
    )


def known(rows: Mapping[int, Values], inputs: Inputs) -> Iterator[tuple[int, str]]:
    """The rows of people who have a profile already, with its path, whatever the state of their consent."""
    return _met(rows, inputs, Person.is_same)


def maybe_known(rows: Mapping[int, Values], inputs: Inputs) -> Iterator[tuple[int, str]]:
    """The rows with the same e-mail address or telephone number as a profile, with its path."""
    return _met(rows, inputs, Person.may_be)


def _met(rows: Mapping[int, Values], inputs: Inputs, like: Like) -> Iterator[tuple[int, str]]:
    have = [(_person(_private(document)), document.path) for document in (*inputs.documents, *inputs.remains)]
    for number, values in rows.items():
        person = _person(values)
        if path := next((path for other, path in have if like(person, other)), None):
            yield number, path


def _private(document: Document) -> Mapping[str, str]:
    return {str(route[-1]): text for route, text in document.leaves("private")}


def twice(rows: Mapping[int, Values]) -> Iterator[tuple[int, int]]:
    """Pairs of rows that seem to be the same person, in both directions."""
    return _pairs(rows, Person.is_same)


def maybe_twice(rows: Mapping[int, Values]) -> Iterator[tuple[int, int]]:
    """Pairs of rows with the same e-mail address or telephone number, whatever the names, in both directions."""
    return _pairs(rows, Person.may_be)


def _pairs(rows: Mapping[int, Values], like: Like) -> Iterator[tuple[int, int]]:
    seen: list[tuple[int, Person]] = []
    for number, values in rows.items():
        person = _person(values)
        if other := next((before for before, one in seen if like(one, person)), None):
            yield number, other
            yield other, number
        seen.append((number, person))
