"""The edition: the crowd layer as it was last agreed on, frozen in ``edition.yml`` beside the profiles.

A build never computes the crowd layer anew; it reads it here. Between editions no join, leave or edit can move it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from kokemus.anonymity import Parameters
from kokemus.problems import Problem, errors
from kokemus.reading import Node
from kokemus.source import Document
from kokemus.statement import Statement
from kokemus.vocabulary import REMOTE, Vocabulary

NAME = "edition.yml"


@dataclass(frozen=True, slots=True)
class Edition:
    """The crowd statements that may be published, with all their generalisations, and the rule they were made by."""

    day: date
    rule: Parameters
    crowd: frozenset[Statement]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the next edition changes, each in a fixed order."""

    enters: tuple[Statement, ...]
    leaves: tuple[Statement, ...]

    def __bool__(self) -> bool:
        return bool(self.enters or self.leaves)


def difference(before: Edition | None, after: Edition) -> Difference:
    """What enters and what leaves between two editions."""
    old = before.crowd if before else frozenset()
    return Difference(tuple(sorted(after.crowd - old)), tuple(sorted(old - after.crowd)))


def read(document: Document, vocabulary: Vocabulary, on: date) -> tuple[Edition | None, tuple[Problem, ...]]:
    """The edition in a lock file; None where it was not written by ``kokemus edition`` or is dated after the day."""
    root = Node(document, [], (), document.data)
    edition = _edition(root, vocabulary, on)
    return None if errors(root.problems) else edition, tuple(root.problems)


def _edition(root: Node, vocabulary: Vocabulary, on: date) -> Edition | None:
    if not root.mapping(("edition", "parameters", "crowd", "gathered"), required=("edition", "parameters", "crowd")):
        return None
    day = root.day("edition")
    if day and day > on:
        root.report("edition-in-future", "edition", edition=day, on=on)
    rule = _rule(root.at("parameters"))
    crowd: set[Statement] = set()
    for item in root.items("crowd"):
        if statement := _statement(item, vocabulary):
            if statement in crowd:
                item.report("edition-named-twice")
            crowd.add(statement)
            if statement.where and statement.where != REMOTE and statement.where not in vocabulary.served:
                item.report("edition-place-not-served")
    if not errors(root.problems):
        for statement in sorted(crowd):
            if not crowd.issuperset(statement.parents(vocabulary.ancestors)):
                root.report("edition-parent", "crowd", statement=in_words(statement))
    return Edition(day, rule, frozenset(crowd)) if day and rule else None


def _rule(node: Node) -> Parameters | None:
    names = tuple(field.name for field in fields(Parameters))
    if not node.mapping(names, required=names):
        return None
    values: dict[str, float] = {}
    for name in names:
        value = node.at(name).data
        whole = name != "h"
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)) or value < 0:
            node.report("edition-parameter", name)
        else:
            values[name] = value
    if len(values) < len(names):
        return None
    if values["k"] < 2:
        node.report("k-too-small", "k")
    return Parameters(int(values["k"]), int(values["d"]), float(values["h"]), int(values["g"]), int(values["c"]))


def _statement(node: Node, vocabulary: Vocabulary) -> Statement | None:
    """A statement written as ``[topic]`` or ``[topic, {dimension: value}]``."""
    if not isinstance(node.data, list) or not 1 <= len(node.data) <= 2:
        node.report("statement-form")
        return None
    parts = [Node(node.document, node.problems, (*node.route, index), part) for index, part in enumerate(node.data)]
    topic = parts[0].term(vocabulary.topics, "topic")
    if topic is None:
        return None
    if len(parts) == 1:
        return Statement(topic)
    if not parts[1].mapping(("language", "where", "audience", "format")):
        return None
    return parts[1].statement(topic, vocabulary)


def in_words(statement: Statement) -> str:
    """A statement as the lock file writes it, one line of YAML."""
    dimensions = ", ".join(f"{name}: {value}" for name, value in statement.dimensions.items())
    return f"[{statement.topic}, {{{dimensions}}}]" if dimensions else f"[{statement.topic}]"


def write(edition: Edition) -> str:
    """The lock file's text; the same edition always gives the same bytes."""
    return "".join(f"{line}\n" for line in _lines(edition))


def _lines(edition: Edition) -> Iterator[str]:
    rule = ", ".join(f"{field.name}: {getattr(edition.rule, field.name)}" for field in fields(Parameters))
    yield "# Written by `kokemus edition --write`; commit it, do not edit it."
    yield f"edition: {edition.day}"
    yield f"parameters: {{{rule}}}"
    yield "crowd:" if edition.crowd else "crowd: []"
    for statement in sorted(edition.crowd):
        yield f"  - {in_words(statement)}"
