"""Arrangement: what the association itself says it arranges, independently of its experts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kokemus.resources import LANGUAGES
from kokemus.vocabulary import Terms, Texts, Vocabulary
from kokemus.vocabulary.node import Node

KEYS = ("formats", "audiences", "languages", "remote", "ready")
USUAL = (
    "class-talk",
    "public-lecture",
    "panel",
    "q-and-a",
    "course-visit",
    "staff-training",
    "ward-group",
)
"""The default formats: those in which an expert comes to a group."""
MOST_READY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A visit that can be requested as it is. A quote is somebody's own words, which they signed."""

    format: str
    audiences: tuple[str, ...]
    title: Texts
    length: Texts
    quote: Texts | None = None

    @property
    def choices(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """What is selected when somebody requests it, once for each audience: its format and that audience."""
        return tuple((("format", self.format), ("audience", id)) for id in self.audiences)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """Ids of the vocabulary, in its order; ``ready`` is in the order in which the association wrote it."""

    formats: tuple[str, ...]
    audiences: tuple[str, ...]
    languages: tuple[str, ...]
    remote: bool = True
    ready: tuple[Ready, ...] = ()

    def within(self, vocabulary: Vocabulary) -> Vocabulary:
        """The vocabulary with no formats and audiences but those that are arranged."""
        formats, audiences = vocabulary.formats, vocabulary.audiences
        return replace(
            vocabulary,
            formats=replace(formats, terms={id: formats[id] for id in self.formats}),
            audiences=replace(audiences, terms={id: audiences[id] for id in self.audiences}),
        )


def read(node: Node, vocabulary: Vocabulary, languages: tuple[str, ...]) -> Arrangement:
    """The arrangement in a configuration whose pages are in these languages.

    What it does not say has a default: the usual formats, every audience, the first language of the pages, and remote
    visits. That is the least with which no page is empty.
    """
    part = node.at("arranges")
    if not node.has("arranges"):
        node.report("arranges-missing")
    else:
        part.mapping(KEYS)
    formats = _terms(part, "formats", vocabulary.formats, "format", USUAL)
    audiences = _terms(part, "audiences", vocabulary.audiences, "audience", vocabulary.audiences)
    ready = list(part.items("ready"))
    if len(ready) > MOST_READY:
        ready[MOST_READY].report("ready-too-many", most=MOST_READY)
    made = [_ready(item, vocabulary, languages, formats, audiences) for item in ready[:MOST_READY]]
    return Arrangement(
        formats=formats,
        audiences=audiences,
        languages=_terms(part, "languages", vocabulary.languages, "language", languages[:1]),
        remote=part.yes_or_no("remote") if part.has("remote") else True,
        ready=tuple(filter(None, made)),
    )


def _terms(part: Node, key: str, terms: Terms, kind: str, usual: Iterable[str]) -> tuple[str, ...]:
    chosen = frozenset(part.terms(key, terms, kind)) or frozenset(usual)
    return tuple(id for id in terms if id in chosen)


def _ready(
    item: Node,
    vocabulary: Vocabulary,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    audiences: tuple[str, ...],
) -> Ready | None:
    required = ("format", "audiences", "title", "length")
    if not item.mapping((*required, "quote"), required=required):
        return None
    format = item.at("format").term(vocabulary.formats, "format") if item.has("format") else None
    for_whom = item.terms("audiences", vocabulary.audiences, "audience")
    for key, chosen, arranged in (("format", filter(None, [format]), formats), ("audiences", for_whom, audiences)):
        for id in chosen:
            if id not in arranged:
                item.report("ready-not-arranged", key, term=id, list="formats" if key == "format" else key)
    title, length = (item.said(key, languages) for key in ("title", "length"))
    quote = _quote(item)
    return (
        Ready(format=format, audiences=for_whom, title=title, length=length, quote=quote)
        if (format and title and length)
        else None
    )


def _quote(item: Node) -> Texts | None:
    """Somebody's words. It is a problem if the date of their signature is missing or invalid."""
    part = item.at("quote")
    if not item.has("quote") or not part.mapping((*LANGUAGES, "signed")):
        return None
    words = {language: text for language in LANGUAGES if (text := part.text(language))}
    if not words:
        part.report("empty-text")
    if not part.has("signed"):
        part.report("quote-unsigned")
    part.day("signed")
    return words
