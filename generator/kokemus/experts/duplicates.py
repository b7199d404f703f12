"""Duplicates: one person in two files, who would count as two people."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kokemus.documents.problems import Problem, Route, problem
from kokemus.text import fold, national

Private = Iterable[tuple[Route, str]]
"""The values of a private part as typed and the texts of a card, each with its route."""
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


def _identity(key: str, typed: str) -> str:
    """A private value in a form that is the same however it is written."""
    if key == "phone":
        return national(typed)
    if key == "email":
        seen = (letter for letter in unicodedata.normalize("NFKC", typed) if unicodedata.category(letter) != "Cf")
        return "".join("".join(seen).casefold().split())
    return " ".join(fold(typed))
