"""Catalogue: which topics can be requested, and the cards in force. It knows no expert."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kokemus.anonymity import Card
from kokemus.settings.arrangement import Arrangement
from kokemus.vocabulary import Terms, Vocabulary

GROUP = "group/"

SCHEMA = "catalogue-2.json"
FILES = ("catalogue.json", SCHEMA)
"""The data published for other programs, and its schema. Hand-written pages may link to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The topics and groups that can be requested, whichever layer lists them, and the cards.

    ``look`` and ``look_digest`` identify the look at the crowd from which the lists come.
    """

    edition: date | None
    look: int
    look_digest: str | None
    topics: frozenset[str]
    groups: frozenset[str]
    cards: tuple[Card, ...]
    vocabulary: Vocabulary

    def cards_of(self, topic: str) -> tuple[Card, ...]:
        """The cards of experts who speak of the topic."""
        return tuple(card for card in self.cards if topic in card.topics)


def catalogue(
    edition: date | None,
    look: int,
    digest: str | None,
    crowd_items: Iterable[str],
    signed: Iterable[str],
    house: Iterable[str],
    cards: tuple[Card, ...],
    vocabulary: Vocabulary,
) -> Catalogue:
    """One list of all layers, in which nobody can tell which layer listed what.

    ``crowd_items`` are topics and, as ``group/<id>``, groups. Ids that are not in the vocabulary are ignored. A group
    is also listed if one of its topics is.
    """
    items = frozenset(crowd_items)
    carded = (topic for card in cards for topic in card.topics)
    topics = frozenset(items.union(signed, house, carded).intersection(vocabulary.topics))
    own = {vocabulary.topics[topic].facts.get("group", "") for topic in topics}
    groups = own.union(item.removeprefix(GROUP) for item in items if item.startswith(GROUP))
    return Catalogue(
        edition=edition,
        look=look,
        look_digest=digest,
        topics=topics,
        groups=frozenset(groups.intersection(vocabulary.groups)),
        cards=cards,
        vocabulary=vocabulary,
    )


def as_json(
    catalogue: Catalogue,
    association: str,
    languages: Iterable[str],
    arranges: Arrangement,
    serves: Iterable[str],
    schema: str,
) -> Mapping[str, object]:
    """The published data by the shipped schema: the whole vocabulary, listed or not, and what the association arranges.

    ``languages`` are those of the interface; ``schema`` is the address of the schema.
    """
    vocabulary, languages = catalogue.vocabulary, tuple(languages)

    def labels(terms: Terms, ids: Iterable[str]) -> dict[str, dict[str, str]]:
        return {id: {language: terms[id].label(language) for language in languages} for id in ids}

    served = {node for place in serves for node in vocabulary.within(place)}
    return {
        "schema": schema,
        "edition": catalogue.edition.isoformat() if catalogue.edition else None,
        "look": catalogue.look,
        "look_digest": catalogue.look_digest,
        "association": {"name": association},
        "groups": {
            id: {**texts, "listed": id in catalogue.groups}
            for id, texts in labels(vocabulary.groups, vocabulary.groups).items()
        },
        "topics": {
            id: {**texts, "group": vocabulary.topics[id].facts["group"], "listed": id in catalogue.topics}
            for id, texts in labels(vocabulary.topics, vocabulary.topics).items()
        },
        "arranges": {
            "formats": labels(vocabulary.formats, arranges.formats),
            "audiences": labels(vocabulary.audiences, arranges.audiences),
            "languages": labels(vocabulary.languages, arranges.languages),
            "places": labels(vocabulary.places, (id for id in vocabulary.places if id in served)),
            "remote": arranges.remote,
        },
    }
