"""Cards as experts signed them: a person's own words, which are linted before anybody else reads them."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from kokemus import lint
from kokemus.documents import tongue
from kokemus.documents.problems import Mark, Problem, Route
from kokemus.experts.keys import CARD
from kokemus.text import fold
from kokemus.vocabulary import Vocabulary
from kokemus.vocabulary.node import Node

MOST = 2000
"""The most characters in a card's name and in each of its texts. A longer one is a mistake and is not linted."""

PRIVATE_NAME = "card-private-name"
"""The code of a card whose name is in the private part too. It is accepted like a name in a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCard:
    """A card as signed, in force or not. A ``withheld`` card is not shown, but its expert still has one."""

    consent: date
    name: str
    texts: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    withheld: bool = False


def is_detail(found: Problem) -> bool:
    """Whether a problem is an unaccepted detail in a card's text, which makes only the card invalid."""
    return found.code.startswith("text-") and found.route == ("card",)


def whole(shown: SignedCard | None) -> Iterator[tuple[Route, str]]:
    """The texts that no two cards share: the name with the words below it, in each language."""
    if shown:
        yield from ((("card", "text"), f"{shown.name} {text}") for _, text in shown.texts)


def read(node: Node, offered: Container[str], vocabulary: Vocabulary) -> SignedCard | None:
    """The card in a profile that offers these topics; None without a valid name, text or day of consent.

    Details that may identify the person are reported, unless the card accepts them.
    """
    if not node.mapping(CARD.shapes, CARD.required):
        return None
    consent, name = node.day("consent"), node.text("name")
    topics = node.terms("topics", vocabulary.topics, "topic")
    places = node.terms("places", vocabulary.places, "place")
    for index, item in enumerate(node.items("topics")):
        topic = vocabulary.topics.find(item.data) if isinstance(item.data, str) else None
        if topic and topic not in offered:
            term = vocabulary.topics[topic]
            node.at("topics").report("card-topic-no-offer", index, topic=term.label("en"), topic_fi=term.label("fi"))
    texts: list[tuple[str, str]] = []
    text = node.at("text")
    if node.has("text") and text.mapping(tuple(vocabulary.languages)):
        texts = [(language, words.strip()) for language in vocabulary.languages if (words := text.text(language))]
        node.problems.extend(tongue.problems(node.document.path, text.route, dict(texts)))
        if not text.data:
            text.report("empty-text")
    beside = frozenset(
        {"place"} if any(vocabulary.places[place].facts["kind"] == "municipality" for place in places) else ()
    )
    looked_at = [(node, "name", lint.in_name(name))] if name and _is_short(node, "name") else []
    looked_at += [
        (text, language, lint.findings(str(text.at(language).data), language, beside))
        for language, _ in texts
        if _is_short(text, language)
    ]
    private = {"name"} if _has_private_name(node, name or "") else set[str]()
    texts_found = ((found, partial(_place, part, key)) for part, key, found in looked_at)
    if private - lint.report(node, texts_found, strict=True, beside=private):
        node.report(PRIVATE_NAME, "name")
    return (
        SignedCard(consent=consent, name=name.strip(), texts=tuple(texts), topics=topics, places=places)
        if consent and name and texts
        else None
    )


def _has_private_name(node: Node, name: str) -> bool:
    """Whether a card's name has a word of a name in the private part, which its expert may have chosen."""
    private = {word for _, text in node.document.leaves("private", "name") for word in fold(text)}
    return any(word in private and len(word) > 1 for word in fold(name))


def _is_short(node: Node, key: str) -> bool:
    """Whether the text under a key is short enough for a card. If not, that is reported."""
    short = len(str(node.at(key).data)) <= MOST
    if not short:
        node.at(key).report("card-too-long", limit=MOST)
    return short


def _place(node: Node, key: str, at: int) -> Mark:
    """Where in the file a character of the text under a key is."""
    return node.document.within((*node.route, key), str(node.at(key).data), at)
