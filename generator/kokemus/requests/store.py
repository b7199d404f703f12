"""The coordinator's own file of requests, in ``desk/``. A file that cannot be read completely is never overwritten.

Its last line, three dots, shows that the file is not cut off.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kokemus.documents import parser, source
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Marks, Problem, errors
from kokemus.experts.profile import CODE
from kokemus.requests.request import REFERENCE, STATES, Mark, Request, new_reference
from kokemus.vocabulary import Terms, Vocabulary
from kokemus.vocabulary.node import Node

NAME = "desk/requests.yml"
MAX_BYTES = 32 * 1024 * 1024
END = "..."
_REQUEST = (
    "reference",
    "received",
    "topics",
    "format",
    "audience",
    "language",
    "place",
    "remote",
    "answers",
    "asked",
    "closed",
    "evaluation",
)
_MARK = ("expert", "state", "on")


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The readable requests of a folder, the problems of the file, and the file as it was read."""

    requests: tuple[Request, ...]
    problems: tuple[Problem, ...]
    document: Document | None
    content: bytes

    @property
    def is_sound(self) -> bool:
        """Whether all of the file could be read, so that it may be overwritten."""
        return not errors(self.problems)

    @property
    def marks(self) -> Marks:
        """The positions of all values in the file."""
        return {NAME: self.document.marks} if self.document else {}

    @cached_property
    def by_reference(self) -> Mapping[str, Request]:
        return {request.reference: request for request in self.requests}

    def unknown(self, came: Iterable[Request]) -> tuple[Request, ...]:
        """Those that are not kept yet, without repetition and each with its own reference."""
        known, found = {*self.by_reference}, list[Request]()
        answers = {frozenset(one.answers.items()) for one in self.requests}
        for request in came:
            if request.reference not in known and (own := frozenset(request.answers.items())) not in answers:
                found.append(request if request.reference else replace(request, reference=new_reference(known)))
                known.add(found[-1].reference)
                answers.add(own)
        return tuple(found)


def read(folder: Path, vocabulary: Vocabulary) -> Kept:
    """The requests kept in a folder; none if there is no file yet."""
    file = folder / NAME
    if not file.exists() and not file.is_symlink():
        return Kept(requests=(), problems=(), document=None, content=b"")
    content = source.read(file, NAME, MAX_BYTES)
    if isinstance(content, Problem):
        return Kept(requests=(), problems=(content,), document=None, content=b"")
    return of(content, vocabulary)


def of(content: bytes, vocabulary: Vocabulary) -> Kept:
    """The requests in a file's content."""
    document, problems = parser.read(NAME, content, MAX_BYTES)
    if document is None:
        return Kept(requests=(), problems=problems, document=None, content=content)
    root = Node(document, [*problems], (), document.data)
    requests: tuple[Request, ...] = ()
    if root.mapping(("requests",), ("requests",)):
        requests = tuple(_requests(root, vocabulary))
    if document.text.rstrip().rpartition("\n")[2] != END:
        root.report("cut-off", "requests")
    return Kept(requests=requests, problems=tuple(root.problems), document=document, content=content)


def _requests(root: Node, vocabulary: Vocabulary) -> Iterator[Request]:
    known: set[str] = set()
    for node in root.items("requests"):
        if not node.mapping(_REQUEST, ("reference", "received")):
            continue
        reference, received = node.data.get("reference") if isinstance(node.data, dict) else None, node.day("received")
        if not isinstance(reference, str) or not REFERENCE.fullmatch(reference) or reference in known:
            if node.has("reference"):
                node.report("reference", "reference")
            continue
        known.add(reference)
        if received:
            yield Request(
                reference=reference,
                received=received,
                topics=tuple(id for item in node.items("topics") if (id := _term(item, vocabulary.topics))),
                format=_one(node, "format", vocabulary.formats),
                audience=_one(node, "audience", vocabulary.audiences),
                language=_one(node, "language", vocabulary.languages),
                place=_one(node, "place", vocabulary.places),
                remote=node.yes_or_no("remote"),
                answers=_answers(node),
                marks=tuple(_marks(node)),
                closed=node.day("closed"),
                evaluation=_mapping(node, "evaluation"),
            )


def _one(node: Node, key: str, terms: Terms) -> str | None:
    return _term(node.at(key), terms) if node.has(key) else None


def _term(node: Node, terms: Terms) -> str | None:
    """The id of a term. One that the vocabulary no longer has is ignored with a problem, and stays in the file."""
    if isinstance(node.data, str) and node.data in terms:
        return node.data
    node.report("request-term")
    return None


def _mapping(node: Node, key: str) -> Mapping[str, Data]:
    found = node.at(key)
    if node.has(key) and not isinstance(found.data, dict):
        found.report("not-a-mapping", keys="…", example=f"{key}: {{…}}")
    return found.data if isinstance(found.data, dict) else {}


def _answers(node: Node) -> Mapping[str, str]:
    part = _mapping(node, "answers")
    return {key: text for key in part if (text := node.at("answers").text(key))}


def _marks(node: Node) -> Iterator[Mark]:
    for item in node.items("asked"):
        if item.mapping(_MARK, _MARK):
            expert, state, on = item.at("expert").data, item.at("state").data, item.day("on")
            if not isinstance(expert, str) or not CODE.fullmatch(expert) or state not in STATES:
                item.report("request-mark")
            elif on:
                yield Mark(expert, str(state), on)
