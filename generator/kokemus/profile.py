"""Profile: what an expert told the association. Private; nothing after ``consent`` sees one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from kokemus import card
from kokemus.calendar import months_later
from kokemus.card import SignedCard
from kokemus.copies import copies
from kokemus.document import Document
from kokemus.problems import Problem, Route, problem
from kokemus.reading import Node
from kokemus.statement import Statement
from kokemus.vocabulary import REMOTE, Vocabulary

CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
KEYS = ("consent", "paused", "admitted", "languages", "places", "remote", "offers", "card", "private")
REQUIRED = ("consent", "languages", "offers")
PRIVATE = ("name", "email", "phone", "limits", "notes")
_PERSPECTIVES = ("own", "relative")


@dataclass(frozen=True, slots=True)
class Consent:
    """The days of a consent: in force from ``given`` to ``review``, both included, and not from ``withdrawn`` on."""

    given: date
    review: date
    withdrawn: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A break from ``start`` on; ``until`` is its last day, None an open end."""

    start: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """One topic with what the expert does and for whom, by vocabulary ids."""

    topic: str
    perspective: str
    formats: tuple[str, ...]
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One expert, by code. ``private`` holds every value of the private part as typed, with its route."""

    code: str
    path: str
    consent: Consent
    pause: Pause | None
    admitted: date
    languages: tuple[str, ...]
    places: tuple[str, ...]
    remote: bool
    offers: tuple[Offer, ...]
    solo: tuple[Statement, ...]
    card: SignedCard | None
    private: tuple[tuple[Route, str], ...]

    def matches(self, statement: Statement, vocabulary: Vocabulary) -> bool:
        """Whether the expert offers exactly this."""
        return (
            (not statement.language or statement.language in self.languages)
            and (not statement.where or statement.where in where(self.places, self.remote, vocabulary))
            and any(
                offer.topic == statement.topic
                and (not statement.format or statement.format in offer.formats)
                and (not statement.audience or statement.audience in offer.audiences)
                for offer in self.offers
            )
        )


def where(places: Iterable[str], remote: bool, vocabulary: Vocabulary) -> frozenset[str]:
    """Every ``where`` that is matched by going to these places: what they contain, and what contains them."""
    nodes = {node for place in places for node in (*vocabulary.within(place), *vocabulary.ancestors(place))}
    return frozenset(nodes | {REMOTE} if remote else nodes)


def read_all(documents: Iterable[Document], vocabulary: Vocabulary) -> tuple[tuple[Profile, ...], tuple[Problem, ...]]:
    """The profiles that are right, and everything that is wrong with the others."""
    profiles: list[Profile] = []
    problems: list[Problem] = []
    by_code: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        by_code[PurePosixPath(document.path).stem.casefold()].append(document.path)
        profile, found = read(document, vocabulary)
        problems.extend(found)
        if profile:
            profiles.append(profile)
    problems.extend(copies((profile.path, profile.private) for profile in profiles))
    problems.extend(problem("same-code", path) for paths in by_code.values() if len(paths) > 1 for path in paths)
    return tuple(profiles), tuple(problems)


def read(document: Document, vocabulary: Vocabulary) -> tuple[Profile | None, tuple[Problem, ...]]:
    """The profile in a document; None where anything in it is wrong, since then nothing of it can be trusted."""
    root = Node(document, [], (), document.data)
    profile = _profile(root, vocabulary)
    wrong = any(found.severity == "error" for found in root.problems)
    return None if wrong else profile, tuple(root.problems)


def _profile(root: Node, vocabulary: Vocabulary) -> Profile | None:
    code = PurePosixPath(root.document.path).stem
    if not CODE.fullmatch(code):
        root.report("code")
    if not root.mapping(KEYS, required=REQUIRED):
        return None
    languages = root.terms("languages", vocabulary.languages, "language")
    if isinstance(root.at("languages").data, list) and not root.at("languages").data:
        root.report("empty-list", "languages")
    places = root.terms("places", vocabulary.places, "place")
    for place in places:
        if vocabulary.served.isdisjoint(vocabulary.within(place)):
            term = vocabulary.places[place]
            root.report("place-not-served", "places", label=term.label("en"), label_fi=term.label("fi"))
    remote = root.yes_or_no("remote")
    if not root.at("places").data and not root.at("remote").data:
        root.report("nowhere")
    offers = tuple(_offers(root, vocabulary))
    consent = _consent(root.at("consent")) if root.has("consent") else None
    pause = _pause(root.at("paused")) if root.has("paused") else None
    admitted = root.day("admitted")
    signed = card.read(root.at("card"), {offer.topic for offer in offers}, vocabulary) if root.has("card") else None
    private = _private(root.at("private")) if root.has("private") else ()
    if consent is None:
        return None
    profile = Profile(
        code,
        root.document.path,
        consent,
        pause,
        admitted or consent.given,
        languages,
        places,
        remote,
        offers,
        (),
        signed,
        private,
    )
    solo = tuple(_solo(root.at("consent"), profile, vocabulary))
    return replace(profile, solo=solo)


def _consent(node: Node) -> Consent | None:
    if not node.mapping(("given", "text", "review", "withdrawn", "solo"), required=("given",)):
        return None
    node.text("text")
    given, review, withdrawn = node.day("given"), node.day("review"), node.day("withdrawn")
    if given is None:
        return None
    if review and review < given:
        node.report("review-before-given", "review")
    if withdrawn and withdrawn < given:
        node.report("withdrawn-before-given", "withdrawn")
    return Consent(given, review or months_later(given, 24), withdrawn)


def _pause(node: Node) -> Pause | None:
    if not node.mapping(("from", "until"), required=("from",)):
        return None
    start, until = node.day("from"), node.day("until")
    if start and until and until < start:
        node.report("until-before-from", "until")
    return Pause(start, until) if start else None


def _offers(root: Node, vocabulary: Vocabulary) -> Iterator[Offer]:
    seen: set[tuple[str, str]] = set()
    if isinstance(root.at("offers").data, list) and not root.at("offers").data:
        root.report("empty-list", "offers")
    for node in root.items("offers"):
        if not node.mapping(("topic", "perspective", "formats", "audiences"), required=("topic", "formats")):
            continue
        topic = node.at("topic").term(vocabulary.topics, "topic") if node.has("topic") else None
        perspective = (node.text("perspective") or "own").strip().casefold() if node.has("perspective") else "own"
        if perspective not in _PERSPECTIVES:
            node.report("perspective", "perspective")
        formats = node.terms("formats", vocabulary.formats, "format")
        if isinstance(node.at("formats").data, list) and not node.at("formats").data:
            node.report("empty-list", "formats")
        audiences = node.terms("audiences", vocabulary.audiences, "audience")
        if topic:
            if (topic, perspective) in seen:
                term = vocabulary.topics[topic]
                node.report("duplicate-offer", "topic", topic=term.label("en"), topic_fi=term.label("fi"))
            seen.add((topic, perspective))
            yield Offer(topic, perspective, formats, audiences)


def _solo(node: Node, profile: Profile, vocabulary: Vocabulary) -> Iterator[Statement]:
    for item in node.items("solo"):
        if not item.mapping(("topic", "language", "where", "audience", "format"), required=("topic",)):
            continue
        topic = item.at("topic").term(vocabulary.topics, "topic") if item.has("topic") else None
        statement = item.statement(topic, vocabulary) if topic else None
        if statement and not profile.matches(statement, vocabulary):
            item.report("solo-no-offer")
        elif statement:
            yield statement


def _private(node: Node) -> tuple[tuple[Route, str], ...]:
    return tuple(node.document.leaves("private")) if node.mapping(PRIVATE) else ()
