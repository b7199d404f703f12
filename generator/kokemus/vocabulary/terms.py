"""The fixed vocabulary: topics, formats, audiences, languages and places, and the texts that go with them.

It is written term by term in ``terms/*.yml``. An association adds or overrides terms in its own folder.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import cast

from kokemus.documents.document import Data, Document
from kokemus.documents.parser import read, read_file
from kokemus.documents.problems import Problem
from kokemus.text import alphabetical, in_language, nearest
from kokemus.vocabulary import own_terms
from kokemus.vocabulary.tilemap import Grid, Tile, grid, tiles

KINDS = ("topics", "formats", "audiences", "languages", "places")
FILES = tuple(f"{kind}.yml" for kind in (*KINDS, "groups", "tiles"))
"""The files that an association may have in its own folder."""
EVERYWHERE = "everywhere"
REMOTE = "remote"
MAX_BYTES = 1024 * 1024

Texts = Mapping[str, str]
Entries = dict[str, Mapping[str, Data]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: its labels by language, its longer texts by language, and single words as ``facts``."""

    id: str
    labels: Texts
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """The label in the language, or in Finnish if there is none."""
        return in_language(self.labels, language, "fi")

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that it may be called in a profile."""
        return (self.id, *_labels(self), *_synonyms(self))

    def text(self, name: str, language: str) -> str:
        """One of its longer texts, such as ``about``; empty if there is none in that language."""
        return self.texts.get(name, {}).get(language, "")


@dataclass(frozen=True, kw_only=True)
class Terms(Mapping[str, Term]):
    """The terms of one kind in the order of their file, found by id, label or synonym.

    ``gone`` are ids that once existed, so a profile that still uses one has no typing error. ``groups`` has the ids of
    each group, by each of its names.
    """

    terms: Mapping[str, Term]
    gone: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __getitem__(self, id: str) -> Term:
        return self.terms[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        names = {own_terms.folded(id): id for id in self.terms}
        for words in (_labels, _synonyms):
            for term in self.terms.values():
                for word in words(term):
                    names.setdefault(own_terms.folded(word), term.id)
        return names

    def find(self, text: str) -> str | None:
        """The id of the term with this name, in any case. Ids win over labels, and labels over synonyms."""
        return self._names.get(text) or self._names.get(own_terms.folded(text))

    def nearest(self, text: str) -> tuple[str, Term] | None:
        """The name most similar to a misspelt one, with its term; None if none is. Short words are alike by chance."""
        name = own_terms.folded(text)
        near = nearest(name, self._names, 0.75 if len(name) >= 6 else 0.85)
        return (near, self.terms[self._names[near]]) if near else None

    def several(self, text: str) -> tuple[str, ...]:
        """The ids of several terms named in one text; none unless every part of the text names a term."""
        for between in (r"[,;/+&]", r"[,;/+&]|\b(?:ja|och|and)\b", r"\s+"):
            parts = [self.find(part) for part in re.split(between, text) if part.strip()]
            if len(parts) > 1 and all(parts):
                return tuple(filter(None, parts))
        return ()

    @cached_property
    def _orders(self) -> dict[tuple[str, str | None], tuple[Term, ...]]:
        """A cache of sorted terms, by language and group."""
        return {}

    def by_label(self, language: str, group: str | None = None) -> tuple[Term, ...]:
        """The terms, or those of one group, in the alphabetical order of their labels."""
        if (language, group) not in self._orders:
            chosen = (term for term in self.terms.values() if group in (None, term.facts.get("group", "")))
            self._orders[language, group] = tuple(sorted(chosen, key=lambda term: alphabetical(term.label(language))))
        return self._orders[language, group]


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """All terms. ``served`` are the places that the site shows: those it serves and those that contain them.

    ``maps`` has the schematic map of each area. ``associations`` are those that share a catalogue.
    """

    topics: Terms
    formats: Terms
    audiences: Terms
    languages: Terms
    places: Terms
    groups: Terms
    maps: Mapping[str, Grid] = field(default_factory=dict)
    served: frozenset[str] = frozenset()
    associations: Terms = field(default_factory=lambda: Terms(terms={}))

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {}
        for place in self.places.values():
            children.setdefault(place.facts.get("parent", ""), []).append(place.id)
        return {parent: tuple(found) for parent, found in children.items()}

    def ancestors(self, place: str) -> tuple[str, ...]:
        """The places that contain a place, nearest first; none for ``remote``."""
        found: list[str] = []
        while place in self.places and (place := self.places[place].facts.get("parent", "")):
            found.append(place)
        return tuple(found)

    def children(self, place: str) -> tuple[str, ...]:
        """The places directly inside a place, as far as the site shows them."""
        return tuple(below for below in self._children.get(place, ()) if below in self.served)

    def tiles(self, area: str) -> tuple[Tile, ...]:
        """The map of an area, as far as the site shows it; empty if there is none."""
        return tiles(self.maps.get(area, ()), self.served)

    def within(self, place: str) -> Iterator[str]:
        """The place and all places inside it."""
        yield place
        for below in self._children.get(place, ()):
            yield from self.within(below)

    def without_topics(self, gone: Iterable[str]) -> "Vocabulary":
        """The same vocabulary, with these topics known as ones that once existed."""
        return replace(self, topics=replace(self.topics, gone=frozenset(gone)))

    def serving(self, places: Iterable[str]) -> "Vocabulary":
        """The same vocabulary for an association that serves these places."""
        served = {node for place in places for node in (*self.within(place), *self.ancestors(place))}
        return replace(self, served=frozenset(served))


def _labels(term: Term) -> Iterable[str]:
    return term.labels.values()


def _synonyms(term: Term) -> Iterable[str]:
    return (word for words in term.synonyms.values() for word in words)


def load(
    own: Path | None = None, own_name: str = "terms", typed: Mapping[str, Document] | None = None
) -> tuple[Vocabulary, tuple[Problem, ...]]:
    """The project's vocabulary with own terms added, for the whole country. ``typed`` comes in place of own files."""
    kinds = (*KINDS, "groups")
    problems: list[Problem] = []
    entries: dict[str, Entries] = {kind: cast(Entries, _shipped(kind).data) for kind in kinds}
    for kind in sorted(kinds, key=("languages", "groups", *KINDS).index):  # first those that other kinds refer to
        if document := (typed or {}).get(kind) or _own(kind, own, own_name, problems):
            ours, found = own_terms.valid_entries(kind, document, entries)
            problems.extend(found)
            entries[kind] = own_terms.joined(entries[kind], ours, entries["languages"])
    topics, formats, audiences, languages, places, groups = (
        Terms(terms={id: _term(id, entry, entries["languages"]) for id, entry in entries[kind].items()})
        for kind in kinds
    )
    members = {id: tuple(topic.id for topic in topics.by_label("fi", id)) for id in groups}
    named = {own_terms.folded(name): members[id] for id, term in groups.items() for name in term.names}
    topics = replace(topics, groups=named)
    vocabulary = Vocabulary(
        topics=topics, formats=formats, audiences=audiences, languages=languages, places=places, groups=groups
    )
    maps: dict[str, Grid] = {}
    for drawn in filter(None, (_shipped("tiles"), _own("tiles", own, own_name, problems))):
        for area, rows in drawn.data.items() if isinstance(drawn.data, dict) else ():
            maps[area], wrong = grid(drawn.path, area, rows, frozenset(vocabulary.within(area)) - {area})
            problems.extend(one.at(drawn.marks) for one in wrong)
    return replace(vocabulary, maps=maps).serving([EVERYWHERE]), tuple(problems)


@cache
def _shipped(name: str) -> Document:
    """One of the project's own files, whose validity the tests check."""
    content = (files("kokemus") / "terms" / f"{name}.yml").read_bytes()
    return cast(Document, read(f"kokemus/terms/{name}.yml", content, MAX_BYTES)[0])


def _own(name: str, own: Path | None, own_name: str, problems: list[Problem]) -> Document | None:
    """The association's file of the same name, if there is one that can be read."""
    path = f"{own_name}/{name}.yml"
    if not own or not (file := own / f"{name}.yml").is_file():
        return None
    document, found = read_file(file, path, MAX_BYTES)
    problems.extend(found)
    return document


def _term(id: str, entry: Mapping[str, Data], languages: Container[str]) -> Term:
    labels: dict[str, str] = {}
    texts: dict[str, Texts] = {}
    facts: dict[str, str] = {}
    for name, value in entry.items():
        if isinstance(value, dict) and name != "synonyms":
            texts[name] = {language: str(text) for language, text in value.items()}
        elif isinstance(value, str) and name in languages:
            labels[name] = value
        elif name != "synonyms":
            facts[name] = str(value)
    synonyms = entry.get("synonyms")
    return Term(
        id=id, labels=labels, synonyms=_words(synonyms if isinstance(synonyms, dict) else {}), texts=texts, facts=facts
    )


def _words(synonyms: Mapping[str, Data]) -> Mapping[str, tuple[str, ...]]:
    return {
        language: tuple(str(word) for word in cast(Sequence[Data], words))
        for language, words in synonyms.items()
        if isinstance(words, list)
    }
