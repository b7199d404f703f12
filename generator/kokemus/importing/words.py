"""Recognise the words of a spreadsheet as terms of the vocabulary, and list those that are unknown."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kokemus.importing import cells
from kokemus.importing.rows import LISTS, Values
from kokemus.reports import glossary
from kokemus.text import fold
from kokemus.vocabulary import Terms, Vocabulary, meant

_FEW = 3
_SHORTEST = 4
"""Words with fewer letters suggest nothing."""

Word = tuple[str, str]
"""A kind of terms, and a word in its form for comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A word that is no term's name, the numbers of its rows, and the terms that it may mean."""

    kind: str
    word: str
    rows: tuple[int, ...]
    suggested: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A word that is not the name that its term shows, the numbers of its rows, and the terms it is taken for."""

    kind: str
    word: str
    rows: tuple[int, ...]
    ids: tuple[str, ...]


def unknown(
    wanted: Mapping[int, Values], vocabulary: Vocabulary, decided: Mapping[Word, tuple[str, ...]]
) -> Iterator[Unknown]:
    met: dict[Word, tuple[str, list[int]]] = {}
    for number, values in wanted.items():
        for kind in LISTS:
            terms = getattr(vocabulary, kind)
            for part in cells.parts(values[kind]) if terms else ():
                if not _meant(terms, part) and (word := compared(kind, part)) not in decided:
                    met.setdefault(word, (part, []))[1].append(number)
    for (kind, _), (typed, found) in met.items():
        yield Unknown(kind=kind, word=typed, rows=tuple(found), suggested=_like(kind, getattr(vocabulary, kind), typed))


def understood(
    wanted: Mapping[int, Values], vocabulary: Vocabulary, decided: Mapping[Word, tuple[str, ...]]
) -> Iterator[Understood]:
    met: dict[Word, tuple[str, list[int]]] = {}
    for number, values in wanted.items():
        for kind in LISTS:
            terms = getattr(vocabulary, kind)
            for part in cells.parts(values[kind]) if terms else ():
                word, found = compared(kind, part), _meant(terms, part)
                names = {compared(kind, name)[1] for id in found for name in (id, *terms[id].labels.values())}
                if word in decided or (found and word[1] not in names):
                    met.setdefault(word, (part, []))[1].append(number)
    for (kind, _), (typed, found_in) in met.items():
        meant = ids(kind, typed, vocabulary, decided)
        yield Understood(kind=kind, word=typed, rows=tuple(found_in), ids=meant)


def _like(kind: str, terms: Terms, typed: str) -> tuple[str, ...]:
    """The places that an everyday name means; else the term with the most similar name; else a few suggestions.

    Suggestions are terms that contain all the words, or one of them. Those that the site's search finds by everyday
    words come first.
    """
    if everyday := tuple(id for id in (meant.place(typed) or "").split(", ") if id in terms):
        return everyday
    if near := terms.nearest(typed):
        return (near[1].id,)
    plain = re.sub(r"\([^)]*\)", " ", typed).strip()
    single = sorted((word for word in fold(typed) if len(word) >= _SHORTEST), key=len, reverse=True)
    texts = [text for text in dict.fromkeys((typed, plain, *single)) if text]
    found = [id for id in glossary.everyday(kind, typed) if id in terms]
    found += [id for text in texts if (id := terms.find(text))]
    found += [term.id for text in texts for term in glossary.found(terms, text)]
    return tuple(dict.fromkeys(found))[:_FEW]


def compared(kind: str, word: str) -> Word:
    """A word in its form for comparison, under which decisions about it are stored."""
    return kind, " ".join(fold(word)) or word


def _meant(terms: Terms, part: str) -> tuple[str, ...]:
    """The terms that a part of a cell names: one, or several if all are known."""
    found = terms.find(part)
    return (found,) if found else terms.several(part)


def ids(kind: str, cell: str, vocabulary: Vocabulary, decided: Mapping[Word, tuple[str, ...]]) -> tuple[str, ...]:
    terms = getattr(vocabulary, kind)
    parts = ((part, compared(kind, part)) for part in cells.parts(cell))
    found = (decided[word] if word in decided else _meant(terms, part) for part, word in parts)
    return tuple(dict.fromkeys(id for ids in found for id in ids))
