"""Catalogue: what the site says, made of statements and cards alone. It knows no expert."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kokemus.statement import Card, Statement, closed, maximal
from kokemus.vocabulary import Vocabulary


@dataclass(frozen=True)
class Catalogue:
    """The published statements with all their generalisations, crowd and solo alike, and the cards in force."""

    edition: date | None
    statements: frozenset[Statement]
    cards: tuple[Card, ...]
    vocabulary: Vocabulary

    @cached_property
    def _simple(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """For topic and dimension the values of its statements in that dimension alone."""
        found: dict[tuple[str, str], set[str]] = {}
        for statement in self.statements:
            if len(statement.dimensions) == 1:
                ((name, value),) = statement.dimensions.items()
                found.setdefault((statement.topic, name), set()).add(value)
        return {key: frozenset(values) for key, values in found.items()}

    @cached_property
    def offered(self) -> frozenset[str]:
        """The topics that have a statement."""
        return frozenset(statement.topic for statement in self.statements)

    def values(self, topic: str, dimension: str) -> frozenset[str]:
        """What the topic is published with in one dimension alone."""
        return self._simple.get((topic, dimension), frozenset())

    def topics(self, dimension: str, value: str) -> tuple[str, ...]:
        """The topics published with the value, in the vocabulary's order."""
        return tuple(topic for topic in self.vocabulary.topics if value in self.values(topic, dimension))

    @cached_property
    def maximal(self) -> tuple[Statement, ...]:
        """The statements that say everything the others say, sorted."""
        return maximal(self.statements, self.vocabulary.ancestors)


def catalogue(
    edition: date | None,
    crowd: Iterable[Statement],
    solo: Iterable[Statement],
    cards: tuple[Card, ...],
    vocabulary: Vocabulary,
) -> Catalogue:
    """One catalogue of crowd and solo, from which nobody can tell which is which, for the served area alone."""
    shown = closed([*crowd, *solo], vocabulary.ancestors)
    statements = frozenset(
        statement
        for statement in shown
        if statement.where not in vocabulary.places or statement.where in vocabulary.served
    )
    return Catalogue(edition, statements, cards, vocabulary)


def as_answers(catalogue: Catalogue) -> Mapping[str, object]:
    """What a browser needs to give the answers: the maximal statements, and for their places which contains which."""
    vocabulary = catalogue.vocabulary
    named = {statement.where for statement in catalogue.maximal if statement.where in vocabulary.places}
    nodes = sorted(named.union(*map(vocabulary.ancestors, named)))
    places = {place: {"parent": above[0]} for place in nodes if (above := vocabulary.ancestors(place))}
    return {"places": places, "statements": [statement.as_list() for statement in catalogue.maximal]}


def as_json(catalogue: Catalogue, association: str, languages: Iterable[str], schema: str) -> Mapping[str, object]:
    """The published data for anyone, by the shipped schema: the whole vocabulary, and the maximal statements.

    ``languages`` are those of the interface; ``schema`` is the address of the schema.
    """
    vocabulary = catalogue.vocabulary
    languages = tuple(languages)

    def labels(kind: str) -> dict[str, dict[str, str]]:
        terms = getattr(vocabulary, kind)
        return {term.id: {language: term.label(language) for language in languages} for term in terms.values()}

    places = {
        place.id: {language: place.label(language) for language in languages}
        | ({"parent": place.facts["parent"]} if "parent" in place.facts else {})
        for place in vocabulary.places.values()
        if place.id in vocabulary.served
    }
    return {
        "schema": schema,
        "edition": catalogue.edition.isoformat() if catalogue.edition else None,
        "association": {"name": association},
        "topics": labels("topics"),
        "formats": labels("formats"),
        "audiences": labels("audiences"),
        "languages": labels("languages"),
        "places": places,
        "statements": [statement.as_list() for statement in catalogue.maximal],
    }
