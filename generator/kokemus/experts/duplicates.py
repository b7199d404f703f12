"""Duplicates: one person in two files, who would count as two people, and files that still hold another's answers."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, Route, problem
from kokemus.text import fold, national

Private = Iterable[tuple[Route, str]]
"""The values of a private part as typed and the texts of a card, each with its route."""
_ANSWERS: tuple[Route, ...] = (
    ("consent", "given"),
    ("offers",),
    ("languages",),
    ("places",),
    ("remote",),
    ("formats",),
    ("audiences",),
)
_OWN: tuple[Route, ...] = (("consent", "solo"), ("private", "limits"), ("private", "notes"), ("card", "text"))
"""What nobody has in common with somebody who signed on the same day for the same topics."""
_MANY, _TELLING = 6, 5
"""As many topics, and as many words, are hardly the same by chance."""
_IDENTIFYING = (("private", "name"), ("private", "email"), ("private", "phone"), ("card", "text"))


def copies(files: Iterable[tuple[str, Private]]) -> Iterator[Problem]:
    """Problems of files that share a name, e-mail, phone or card with others, however it is written there."""
    found: dict[tuple[Route, str], list[str]] = defaultdict(list)
    for path, private in files:
        for route, typed in private:
            if route in _IDENTIFYING:
                found[route, _identity(str(route[1]), typed)].append(path)
    shared: dict[tuple[str, str], list[Route]] = defaultdict(list)
    for (route, value), paths in found.items():
        for path in paths if value and len(paths) > 1 else ():
            others = ", ".join(other for other in paths if other != path)
            if others:
                shared[path, others].append(route)
    for (path, others), routes in shared.items():
        names = ", ".join(".".join(map(str, route)).removeprefix("private.") for route in routes)
        yield problem("same-person", path, routes[0], key=names, others=others)


def copied(documents: Iterable[Document], told: Iterable[Problem]) -> Iterator[Problem]:
    """Profiles that hold what another person signed or said: the file was copied, and not everything written anew.

    None of a file in ``told``, which has one of the problems above already.
    """
    begun = {one.path for one in told}
    first: dict[object, Document] = {}
    for document in documents:
        for sign in _signs(document):
            other = first.setdefault(sign, document)
            if other is not document and (same := _same(document, other)) and document.path not in begun:
                begun.add(document.path)
                line = other.marks.get(("consent",), other.marks[()]).line
                keys = ", ".join(".".join(map(str, route)) for route in same)
                yield problem("profile-copied", document.path, same[0], others=f"{other.path}:{line}", keys=keys)


def _signs(document: Document) -> Iterator[object]:
    """What two people rarely have in common: the day with all topics, and the words of a card."""
    given, offers = document.at(("consent", "given")), document.at(("offers",))
    if isinstance(given, date) and offers:
        yield given, repr(offers)
    yield from (words for _, text in document.leaves("card", "text") if len(words := fold(text)) >= _TELLING)


def _same(one: Document, other: Document) -> list[Route]:
    """What two profiles have in common, if that is so much that one must be a copy of the other; else nothing."""
    same = [route for route in (*_ANSWERS, *_OWN) if one.at(route) and one.at(route) == other.at(route)]
    offers = one.at(("offers",))
    is_long = isinstance(offers, list) and len(offers) >= _MANY
    is_whole = is_long and all(one.at(route) == other.at(route) for route in _ANSWERS)
    words = [len(fold(text)) for route in same if route in _OWN for _, text in one.leaves(*route)]
    is_told = ("consent", "solo") in same or any(count >= _TELLING for count in words)
    return same if is_whole or is_told else []


def _identity(key: str, typed: str) -> str:
    """A private value in a form that is the same however it is written."""
    if key == "phone":
        return national(typed)
    if key == "email":
        seen = (letter for letter in unicodedata.normalize("NFKC", typed) if unicodedata.category(letter) != "Cf")
        return "".join("".join(seen).casefold().split())
    return " ".join(fold(typed))
