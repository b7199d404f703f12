"""Who suits a request: all experts who offer a topic of it, and how well each suits; if none does, what prevents it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from kokemus.experts import consent
from kokemus.experts.profile import Profile
from kokemus.requests.request import Request
from kokemus.text import fold
from kokemus.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An expert who offers a requested topic.

    ``suits`` says for each requested thing whether it suits, or None if unknown. ``asked`` counts the other kept
    requests for which they were asked.
    """

    profile: Profile
    topics: tuple[str, ...]
    suits: Mapping[str, bool | None]
    on_break: bool
    asked: int

    @property
    def is_suiting(self) -> bool:
        """Whether every requested thing either suits or is unknown."""
        return False not in self.suits.values()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who suits, best first.

    ``others`` are experts who offer a requested topic, but something else does not suit. If nobody suits,
    ``hindrances`` are those requested things any one of which could be dropped to let somebody suit. ``before`` are
    other requests from the same organisation, for the same course if both name one.
    """

    suiting: tuple[Match, ...]
    others: tuple[Match, ...]
    hindrances: tuple[str, ...]
    before: tuple[Request, ...]


def answer(
    request: Request, profiles: Iterable[Profile], vocabulary: Vocabulary, on: date, kept: Sequence[Request]
) -> Answer:
    """Which experts whose consent is in force suit a request. ``kept`` are all
    kept requests; they show how often each expert has been asked.

    Those on a break come last. Then experts are ordered by how few things do not suit, by how many requested topics
    they offer, by how rarely they were asked, and finally in an order that changes daily.
    """
    others = [one for one in kept if one.reference != request.reference]
    asked = Counter(expert for one in others for expert in one.standing)
    here = [one for one in profiles if consent.holds(one, on)]
    found = sorted(_matches(request, here, vocabulary, on, asked), key=lambda match: _order(match, request, on))
    suiting = tuple(match for match in found if match.is_suiting)
    hindrances = (
        name
        for name, less in (() if suiting else _less(request))
        if any(match.is_suiting for match in _matches(less, here, vocabulary, on, asked))
    )
    return Answer(
        suiting=suiting,
        others=tuple(match for match in found if not match.is_suiting) if request.topics else (),
        hindrances=tuple(hindrances),
        before=tuple(one for one in others if _is_repeated(request, one)),
    )


def _less(request: Request) -> Iterator[tuple[str, Request]]:
    """For each thing that the request asks for: the name of that thing, and the request without it."""
    without = {
        "topic": replace(request, topics=()),
        "format": replace(request, format=None),
        "audience": replace(request, audience=None),
        "language": replace(request, language=None),
        "remote" if request.remote else "place": replace(request, remote=False, place=None),
    }
    return ((name, less) for name, less in without.items() if less != request)


def _is_repeated(request: Request, other: Request) -> bool:
    """Whether both requests come from the same organisation, and are for the same course if both name one."""
    names, courses = (
        [fold(one.answers.get(key, "")) for one in (request, other)] for key in ("organisation", "course")
    )
    return bool(names[0]) and names[0] == names[1] and (courses[0] == courses[1] or not all(courses))


def _order(match: Match, request: Request, on: date) -> tuple[bool, int, int, int, str]:
    missing = sum(suits is False for suits in match.suits.values())
    lot = sha256(f"{on} {match.profile.code}".encode()).hexdigest()
    return match.on_break, missing, -len(match.topics) if request.topics else 0, match.asked, lot


def _matches(
    request: Request, profiles: Iterable[Profile], vocabulary: Vocabulary, on: date, asked: Mapping[str, int]
) -> Iterator[Match]:
    for profile in profiles:
        held = {offer.topic: offer for offer in profile.offers}
        if topics := tuple(topic for topic in request.topics or held if topic in held):
            yield Match(
                profile=profile,
                topics=topics,
                suits=dict(_suits(request, profile, topics, vocabulary)),
                on_break=consent.on_break(profile, on),
                asked=asked[profile.code],
            )


def _suits(
    request: Request, profile: Profile, topics: Iterable[str], vocabulary: Vocabulary
) -> Iterator[tuple[str, bool | None]]:
    offers = [offer for offer in profile.offers if offer.topic in topics]
    if request.format:
        formats = {id for offer in offers for id in offer.formats or profile.formats}
        yield "format", request.format in formats if formats else None
    if request.audience:
        audiences = {id for offer in offers for id in offer.audiences or profile.audiences}
        yield "audience", request.audience in audiences if audiences else None
    if request.language:
        yield "language", request.language in profile.languages
    if request.remote:
        yield "remote", profile.remote
    elif request.place:
        yield "place", any(request.place in vocabulary.within(place) for place in profile.places)
