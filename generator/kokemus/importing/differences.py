"""Which fields of a row differ from the person's profile. Values are compared, never told."""

from collections.abc import Iterator

from kokemus.documents.document import Document
from kokemus.importing import cells, words
from kokemus.importing.rows import LISTS, Values
from kokemus.text import fold, national
from kokemus.vocabulary import Vocabulary

_KEYS = {"associations": "association", "topics": "offers"}


def fields(values: Values, document: Document, vocabulary: Vocabulary) -> Iterator[str]:
    """The fields that have a value in the row, but none or another one in the profile."""
    for name, text in values.items():
        if text and _read(name, text, vocabulary) != _read(name, _there(name, document), vocabulary):
            yield name


def _there(name: str, document: Document) -> str:
    """What the profile says in a field, as a cell would have it."""
    route = {"given": ("consent", "given"), "remote": ("remote",)}.get(name, ("private", name))
    found = document.leaves(*((_KEYS.get(name, name),) if name in LISTS else route))
    return "; ".join(text for at, text in found if name != "topics" or at[-1] == "topic")


def _read(name: str, text: str, vocabulary: Vocabulary) -> object:
    if name in LISTS:
        return {*words.ids(name, text, vocabulary, {})}
    if name == "given":
        return cells.day(text)
    if name == "remote":
        return text == "true" or (text != "false" and cells.answer(text))
    return national(text) if name == "phone" else sorted(fold(text))
