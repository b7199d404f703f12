"""Copies: one person in two files, who would count as two."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kokemus.documents.problems import Problem, Route, problem
from kokemus.text import fold, national

Private = Iterable[tuple[Route, str]]
"""The values of a private part as typed, with their routes."""


def copies(files: Iterable[tuple[str, Private]]) -> Iterator[Problem]:
    """The files that tell the same name, e-mail or phone as another does, however it is written; each told once."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, private in files:
        for route, typed in private:
            if route[1:] in (("name",), ("email",), ("phone",)):
                found[str(route[1]), _identity(str(route[1]), typed)].append(path)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (key, value), paths in found.items():
        for path in paths if value else ():
            others = ", ".join(other for other in paths if other != path)
            if others:
                shared[path, others].append(key)
    for (path, others), keys in shared.items():
        yield problem("same-person", path, ("private", keys[0]), key=", ".join(keys), others=others)


def _identity(key: str, typed: str) -> str:
    """A private value without the ways of writing it."""
    if key == "phone":
        return national(typed)
    if key == "email":
        seen = (letter for letter in unicodedata.normalize("NFKC", typed) if unicodedata.category(letter) != "Cf")
        return "".join("".join(seen).casefold().split())
    return " ".join(fold(typed))
