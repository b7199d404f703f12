"""The edition: the crowd layer as it was last agreed on, frozen in ``edition.yml`` beside the profiles.

A build never computes the crowd layer anew; it reads it here. Between editions no join, leave or edit can move it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256

from kokemus.anonymity import Rule
from kokemus.calendar import months_later
from kokemus.document import Document
from kokemus.parameters import Parameters
from kokemus.problems import Problem, errors, problem
from kokemus.reading import Node
from kokemus.statement import DIMENSIONS, Statement
from kokemus.vocabulary import REMOTE, Vocabulary

NAME = "edition.yml"
MAX_BYTES = 4 * 1024 * 1024
"""A whole country's edition is larger than any profile: one line for each statement."""
SMALL = 15
_EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Gathered:
    """How many who match a combination have come and left since its last refresh, and how many matched on the day."""

    joined: int
    left: int
    matching: int


@dataclass(frozen=True, slots=True)
class Edition:
    """The crowd statements that may be published, with all their generalisations, and the rule they were made by.

    ``gathered`` has its counts by combination, which is a statement without a topic. ``sealed`` says that the lock file
    carries its checksum.
    """

    day: date
    rule: Parameters
    crowd: frozenset[Statement]
    gathered: Mapping[Statement, Gathered] = field(default_factory=dict)
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """What the next edition changes, each in a fixed order."""

    enters: tuple[Statement, ...]
    leaves: tuple[Statement, ...]

    def __bool__(self) -> bool:
        return bool(self.enters or self.leaves)


def due(edition: Edition, rhythm: str, size: int) -> date:
    """The day of the next edition: a quarter later, half a year in a crowd of under 15 or where so chosen."""
    return months_later(edition.day, 6 if rhythm == "half-yearly" or size < SMALL else 3)


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
    known = ("edition", "parameters", "crowd", "gathered", "checksum")
    if not root.mapping(known, required=("edition", "parameters", "crowd")):
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
    gathered = _gathered(root.at("gathered"), vocabulary) if root.has("gathered") else {}
    if errors(root.problems) or not (day and rule):
        return None
    edition = Edition(day, rule, frozenset(crowd), gathered, root.has("checksum"))
    if root.has("checksum") and root.text("checksum") != _checksum(edition):
        root.report("edition-changed", "checksum")
    return edition


def _gathered(node: Node, vocabulary: Vocabulary) -> dict[Statement, Gathered]:
    found: dict[Statement, Gathered] = {}
    for key in node.data if isinstance(node.data, dict) else ():
        counts = node.at(key)
        names = ("joined", "left", "matching")
        words = dict(word.partition("=")[::2] for word in key.split()) if key != _EVERYONE else {}
        values = [counts.at(name).data for name in names] if counts.mapping(names, required=names) else []
        whole = [value for value in values if isinstance(value, int) and value >= 0]
        if words.keys() <= set(DIMENSIONS) and len(whole) == len(names):
            found[Statement("", **words)] = Gathered(*whole)
        else:
            node.report("edition-counts", key)
    return found


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


def unsupported(path: str, edition: Edition, rule: Rule) -> tuple[Problem, ...]:
    """The statements of an edition that a crowd does not allow, as problems."""
    allowed = {found for topic in rule.cells.vocabulary.topics for found in rule.passing(topic)}
    return tuple(
        problem("edition-unsupported", path, ("crowd",), statement=in_words(statement))
        for statement in sorted(edition.crowd - allowed)
    )


def in_words(statement: Statement) -> str:
    """A statement as the lock file writes it, one line of YAML."""
    dimensions = ", ".join(f"{name}: {value}" for name, value in statement.dimensions.items())
    return f"[{statement.topic}, {{{dimensions}}}]" if dimensions else f"[{statement.topic}]"


def write(edition: Edition) -> str:
    """The lock file's text, with a checksum of all of it; the same edition always gives the same bytes."""
    return "".join(f"{line}\n" for line in (*_lines(edition), f"checksum: {_checksum(edition)}"))


def _checksum(edition: Edition) -> str:
    return sha256("\n".join(_lines(edition)).encode()).hexdigest()


def _lines(edition: Edition) -> Iterator[str]:
    rule = ", ".join(f"{field.name}: {getattr(edition.rule, field.name)}" for field in fields(Parameters))
    yield "# Written by `kokemus edition --write`; commit it, do not edit it."
    yield f"edition: {edition.day}"
    yield f"parameters: {{{rule}}}"
    yield "crowd:" if edition.crowd else "crowd: []"
    for statement in sorted(edition.crowd):
        yield f"  - {in_words(statement)}"
    yield "gathered:" if edition.gathered else "gathered: {}"
    for combination, counts in sorted(edition.gathered.items()):
        words = " ".join(f"{name}={value}" for name, value in combination.dimensions.items()) or _EVERYONE
        yield f"  {words}: {{joined: {counts.joined}, left: {counts.left}, matching: {counts.matching}}}"
