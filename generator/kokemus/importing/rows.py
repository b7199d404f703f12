"""The rows of a spreadsheet as values by field, and which of them are one person's, or somebody's who has a profile."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kokemus.documents.document import Document
from kokemus.importing.cells import phone
from kokemus.importing.columns import FIELDS, Columns
from kokemus.importing.opening import Row
from kokemus.publication.inputs import Inputs
from kokemus.text import fold, national

_PARTS = ("first_name", "last_name")
LISTS = ("languages", "places", "formats", "audiences", "topics", "associations")

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """By what two rows, or a row and a profile, are known to be one person's."""

    name: str
    email: str
    phone: str

    def is_same(self, other: "Person") -> bool:
        """By name, unless the addresses differ; without a name by address or number."""
        if self.name and other.name:
            return self.name == other.name and (not self.email or not other.email or self.email == other.email)
        return self.may_be(other)

    def may_be(self, other: "Person") -> bool:
        """Whether an address or a number is the same, by whichever name."""
        return bool((self.email and self.email == other.email) or (self.phone and self.phone == other.phone))


Like = Callable[[Person, Person], bool]


def values(row: Row, columns: Columns) -> dict[str, str]:
    """What a row says, by field; a name in two parts is one, and a list in several columns too."""
    typed = {name: [row[at] for at in places if at < len(row)] for name, places in columns.fields.items()}
    found = {name: ("; " if name in LISTS else " ").join(filter(None, cells)) for name, cells in typed.items()}
    parts = [found.pop(name, "") for name in _PARTS]
    whole = dict.fromkeys((name for name in FIELDS if name not in _PARTS), "") | found
    return whole | {"name": whole["name"] or " ".join(filter(None, parts)), "phone": phone(whole["phone"])}


def _person(values: Values) -> Person:
    return Person(
        name=" ".join(sorted(fold(values.get("name", "")))),
        email=values.get("email", "").strip().casefold(),
        phone=national(values.get("phone", "")),
    )


def known(rows: Mapping[int, Values], inputs: Inputs) -> Iterator[tuple[int, str]]:
    """The rows of those who have a profile already, whatever their consent is, with its path."""
    return _met(rows, inputs, Person.is_same)


def maybe_known(rows: Mapping[int, Values], inputs: Inputs) -> Iterator[tuple[int, str]]:
    """The rows with the address or number of somebody who has a profile under another name, with its path."""
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
    """Rows that seem to be one person's, each with another of them."""
    return _pairs(rows, Person.is_same)


def maybe_twice(rows: Mapping[int, Values]) -> Iterator[tuple[int, int]]:
    """Rows with one address or number and different names, each with another of them."""
    return _pairs(rows, Person.may_be)


def _pairs(rows: Mapping[int, Values], like: Like) -> Iterator[tuple[int, int]]:
    seen: list[tuple[int, Person]] = []
    for number, values in rows.items():
        person = _person(values)
        if other := next((before for before, one in seen if like(one, person)), None):
            yield number, other
            yield other, number
        seen.append((number, person))
