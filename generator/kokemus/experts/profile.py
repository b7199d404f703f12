"""Profile: what an expert told the association. It is private; what is published comes only through ``consent``."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from kokemus.dates import months_later
from kokemus.documents import stray
from kokemus.documents.document import Document
from kokemus.documents.memory import Memory
from kokemus.documents.problems import Problem, Route, errors, placed, problem
from kokemus.experts import beginners, belonging, card, keys, mistaken, private, unsigned
from kokemus.experts.card import SignedCard
from kokemus.experts.duplicates import copied, copies
from kokemus.experts.keys import CONSENT, HOMES, LEAVING, MONTHS, OFFER, PAUSE, PERSPECTIVES, PROFILE
from kokemus.vocabulary import Vocabulary
from kokemus.vocabulary.node import Node

CODE = re.compile(r"[a-z0-9][a-z0-9-]*")
RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The days of a consent: in force from ``given`` to ``review``, both included, but not from ``withdrawn`` on.

    ``leaving`` says how signed topics go after a withdrawal: with the next ``build``, or at the turn of a ``month``.
    ``asked`` is the day on which the expert said that a withdrawal had been marked by mistake.
    """

    given: date
    review: date
    withdrawn: date | None = None
    leaving: str = "build"
    asked: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A break from ``start`` on. ``until`` is its last day, None if it has no end."""

    start: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One topic by its id. Formats and audiences are empty unless the offer narrows those of the profile."""

    topic: str
    formats: tuple[str, ...]
    audiences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One expert, by code. ``private`` holds every value of the private part as typed, with its route.

    ``solo`` are the topics signed to be listed even alone. Languages, places, ``remote``, formats, audiences and the
    ids of ``associations`` are only for the coordinator and are never published.
    """

    code: str
    path: str
    consent: Consent
    pause: Pause | None
    admitted: date
    languages: tuple[str, ...]
    places: tuple[str, ...]
    remote: bool
    formats: tuple[str, ...]
    audiences: tuple[str, ...]
    offers: tuple[Offer, ...]
    solo: tuple[str, ...]
    card: SignedCard | None
    associations: tuple[str, ...]
    private: tuple[tuple[Route, str], ...]


def read_all(
    documents: Iterable[Document], vocabulary: Vocabulary, memory: Memory | None = None
) -> tuple[tuple[Profile, ...], tuple[Problem, ...]]:
    """The valid profiles, and all problems of the others and between them."""
    documents, profiles = tuple(documents), list[Profile]()
    problems: list[Problem] = []
    by_code: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        by_code[document.stem.casefold()].append(document.path)
        make = partial(read, document, vocabulary)
        profile, found = memory.made(document.path, (document, vocabulary), make) if memory else make()
        problems.extend(found)
        if profile:
            profiles.append(profile)
    nameless = [profile.path for profile in profiles if not profile.private]
    if len(nameless) * 3 <= len(profiles):  # some associations keep all names elsewhere
        problems.extend(problem("private-missing", path) for path in nameless)
    cards = {profile.path: tuple(card.whole(profile.card)) for profile in profiles}
    values = ((one.path, (*one.leaves("private"), *cards.get(one.path, ()))) for one in documents)
    twice = tuple(copies(values))
    problems.extend((*twice, *copied(documents, twice)))
    problems.extend(problem("same-code", path) for paths in by_code.values() if len(paths) > 1 for path in paths)
    return tuple(profiles), tuple(problems)


def read(document: Document, vocabulary: Vocabulary) -> tuple[Profile | None, tuple[Problem, ...]]:
    """The profile in a document, and its problems. It is None if anything is wrong, since then nothing can be trusted.

    The exception is a detail in a card's text: it is an error, but the rest can be trusted. A profile that waits for a
    signature is checked like any other, but counts for nothing.
    """
    if unsigned.is_unsigned(document):
        _, problems = read(unsigned.as_if_signed(document), vocabulary)
        return None, (*problems, problem("unsigned", document.path, ("consent", "given")))
    root = Node(document, [], (), document.data)
    profile = _profile(root, vocabulary)
    problems = placed(beginners.told(document, stray.around(document, root.problems, "private"), vocabulary), HOMES)
    return profile if all(map(card.is_detail, errors(problems))) else None, problems


def _profile(root: Node, vocabulary: Vocabulary) -> Profile | None:
    code = root.document.stem
    if not CODE.fullmatch(code):
        root.report("code")
    if RESERVED.fullmatch(code):
        root.report("code-reserved")
    if not root.mapping(PROFILE.shapes, PROFILE.required):
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
    formats = root.terms("formats", vocabulary.formats, "format")
    audiences = root.terms("audiences", vocabulary.audiences, "audience")
    offers = tuple(_offers(root, vocabulary))
    unread = not isinstance(root.at("offers").data, list) or any(
        of.route[:1] == ("offers",) for of in errors(root.problems)
    )
    offered = set(vocabulary.topics) if unread else {offer.topic for offer in offers}  # one mistake is reported once
    consent = _consent(root.at("consent")) if root.has("consent") else None
    pause = _pause(root.at("paused")) if root.has("paused") else None
    admitted = root.day("admitted")
    signed = card.read(root.at("card"), offered, vocabulary) if root.has("card") else None
    solo = tuple(_solo(root.at("consent"), offered, signed, vocabulary))
    associations = belonging.read(root, vocabulary.associations)
    kept = private.read(root)
    if consent is None:
        return None
    return Profile(
        code=code,
        path=root.document.path,
        consent=consent,
        pause=pause,
        admitted=admitted or consent.given,
        languages=languages,
        places=places,
        remote=remote,
        formats=formats,
        audiences=audiences,
        offers=offers,
        solo=solo,
        card=signed,
        associations=associations,
        private=kept,
    )


def _consent(node: Node) -> Consent | None:
    if not node.mapping(CONSENT.shapes, ("given",)):
        return None
    given, review, withdrawn = node.day("given"), node.day("review"), node.day("withdrawn")
    if (text := node.text("text")) and (wrong := keys.consent_text(text.strip(), given)):
        node.report(wrong, "text", known=", ".join(keys.CONSENT_TEXTS), newest=keys.CONSENT_TEXTS[-1])
    leaving = node.text("leaving") if node.has("leaving") else LEAVING[0]
    if leaving is not None and leaving not in LEAVING:
        node.report("leaving", "leaving")
    asked = mistaken.read(node)
    if given is None:
        return None
    if review and review < given:
        node.report("review-before-given", "review")
    if review and review > months_later(given, 60):
        node.report("review-far", "review")
    if withdrawn and withdrawn < given:
        node.report("withdrawn-before-given", "withdrawn")
    review = review or months_later(given, MONTHS)
    return Consent(given=given, review=review, withdrawn=withdrawn, leaving=leaving or LEAVING[0], asked=asked)


def _pause(node: Node) -> Pause | None:
    if not node.mapping(PAUSE.shapes, PAUSE.required):
        return None
    start, until = node.day("from"), node.day("until")
    if start and until and until < start:
        node.report("until-before-from", "until")
    return Pause(start=start, until=until) if start else None


def _offers(root: Node, vocabulary: Vocabulary) -> Iterator[Offer]:
    seen: set[tuple[str, str]] = set()
    for node in root.items("offers"):
        said = node.data if isinstance(node.data, dict) else [str(node.data)]
        if key := next((key for key in said if key not in OFFER.shapes and vocabulary.topics.find(key)), None):
            node.report("offer-topic", key, topic=vocabulary.topics.find(key))
            continue
        if not node.mapping(OFFER.shapes, OFFER.required):
            continue
        topic = node.at("topic").term(vocabulary.topics, "topic") if node.has("topic") else None
        perspective = (node.text("perspective") or "own").strip().casefold() if node.has("perspective") else "own"
        if perspective not in PERSPECTIVES:
            node.report("perspective", "perspective")
        formats = node.terms("formats", vocabulary.formats, "format")
        audiences = node.terms("audiences", vocabulary.audiences, "audience")
        if topic:
            if (topic, perspective) in seen:
                term = vocabulary.topics[topic]
                node.report("duplicate-offer", "topic", topic=term.label("en"), topic_fi=term.label("fi"))
            seen.add((topic, perspective))
            yield Offer(topic=topic, formats=formats, audiences=audiences)


def _solo(node: Node, offered: set[str], card: SignedCard | None, vocabulary: Vocabulary) -> Iterator[str]:
    """The topics signed to be listed even alone; with a card, only those on the card: both point at one person."""
    seen: set[str] = set()
    for item in node.items("solo", words=True):
        if isinstance(item.data, dict):
            item.report("solo-combined")
            continue
        topic = item.term(vocabulary.topics, "topic")
        if topic is None:
            continue
        label = vocabulary.topics[topic]
        if topic in seen:
            item.report("named-twice", term=topic)
        elif topic not in offered:
            item.report("solo-no-offer", topic=label.label("en"), topic_fi=label.label("fi"))
        elif card and topic not in card.topics:
            item.report("solo-beside-card", topic=label.label("en"), topic_fi=label.label("fi"))
        else:
            yield topic
        seen.add(topic)
