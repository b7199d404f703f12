"""What may be published: statements and cards. Neither holds a code, a path or a date."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

Ancestors = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """«This topic can be asked for», with at most one value in each dimension; an empty text is an absent one.

    The shapes are ∅, L, W, L×W, A and F; ``where`` is ``remote`` or a node of the place tree.
    """

    topic: str
    language: str = ""
    where: str = ""
    audience: str = ""
    format: str = ""

    @property
    def dimensions(self) -> Mapping[str, str]:
        """The dimensions that are given, by name, in a fixed order."""
        return {name: value for name in DIMENSIONS if (value := getattr(self, name))}

    @property
    def combination(self) -> "Statement":
        """The same without its topic: what others can know of a person."""
        return replace(self, topic="")

    def parents(self, ancestors: Ancestors) -> Iterator["Statement"]:
        """Its direct generalisations: one dimension dropped, or the place climbed by one step.

        ``ancestors`` gives the nodes above a place, nearest first, and nothing for ``remote``.
        """
        for name in self.dimensions:
            if name == "where" and (above := ancestors(self.where)):
                yield replace(self, where=above[0])
            else:
                yield replace(self, **{name: ""})

    def as_list(self) -> list[object]:
        """As ``edition.yml`` and ``catalogue.json`` write it: ``[topic]`` or ``[topic, {dimension: value}]``."""
        return [self.topic, dict(self.dimensions)] if self.dimensions else [self.topic]


DIMENSIONS = tuple(field.name for field in fields(Statement))[1:]
SHAPES = frozenset(
    map(frozenset[str], ((), ("language",), ("where",), ("language", "where"), ("audience",), ("format",)))
)


def has_shape(statement: Statement) -> bool:
    """Whether its dimensions are one of the published shapes."""
    return frozenset(statement.dimensions) in SHAPES


def closed(statements: Iterable[Statement], ancestors: Ancestors) -> frozenset[Statement]:
    """The statements with all their generalisations."""
    found: set[Statement] = set()
    waiting = list(statements)
    while waiting:
        statement = waiting.pop()
        if statement not in found:
            found.add(statement)
            waiting.extend(statement.parents(ancestors))
    return frozenset(found)


def maximal(statements: frozenset[Statement], ancestors: Ancestors) -> tuple[Statement, ...]:
    """Those that no other of the statements implies, sorted; their closure is the closure of all."""
    implied = {parent for statement in statements for parent in statement.parents(ancestors)}
    return tuple(sorted(statements - implied))


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """A person's own words under an alias or their name, exactly as signed; texts by language."""

    name: str
    topics: tuple[str, ...]
    places: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]

    def text(self, language: str) -> tuple[str, str]:
        """The language and the text to show a reader of ``language``: theirs, or else the first that was signed."""
        return next((pair for pair in self.texts if pair[0] == language), self.texts[0])
