"""The parameters of anonymity: what they mean, what is safe, and what an association may choose instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from kokemus.reading import Node

RHYTHMS = ("quarterly", "half-yearly")
_LEAST = {"k": 2, "d": 1, "h": 0, "g": 1, "c": 1}


@dataclass(frozen=True, slots=True)
class Parameters:
    """k: least support; d: least number outside the topic in each cell; h: greatest share inside it.

    g: with how many others in their block each holder blends; c: how many joiners or leavers a change needs.
    """

    k: int
    d: int
    h: float
    g: int
    c: int

    @property
    def block(self) -> int:
        """How many a block has at least: k who may hold a topic, g who do not, and as many for it to vary without a
        sign. Where g is 0 nobody needs to blend."""
        return self.k + 2 * self.g if self.g else 1

    def most(self, size: int) -> int:
        """How many of a cell of so many may hold the topic."""
        numerator, denominator = _as_typed(self.h)
        return min(size - self.d, size * numerator // denominator)


@cache
def _as_typed(share: float) -> tuple[int, int]:
    """0.8 as four fifths, not as the binary number nearest to it."""
    return Fraction(str(share)).as_integer_ratio()


def parameters(size: int, chosen: Mapping[str, float]) -> Parameters:
    """The parameters for a crowd of so many: those that the association chose, safe ones for the rest.

    c is 3 in small crowds, too, where the design has 2: who knows that two came, and what was shown before and after,
    was certain of a topic of theirs in one of ten cases with crowds of 8, of none with three.
    """
    k = int(chosen.get("k", 5 if size >= 50 else 3))
    return Parameters(
        k=k,
        d=int(chosen.get("d", 2)),
        h=float(chosen.get("h", 0.8)),
        g=int(chosen.get("g", k - 1 if size >= 15 else 2 * (k - 1))),
        c=int(chosen.get("c", 3)),
    )


def read(node: Node) -> tuple[Mapping[str, float], str]:
    """The parameters that an association chose, by name, and the rhythm of its editions."""
    if node.data is None or not node.mapping((*_LEAST, "edition")):
        return {}, RHYTHMS[0]
    chosen = {name: value for name in _LEAST if node.has(name) and (value := _number(node, name)) is not None}
    if chosen.get("k") == 2:
        node.report("k-small", "k")
    rhythm = node.text("edition") if node.has("edition") else RHYTHMS[0]
    if rhythm not in RHYTHMS:
        node.report("rhythm", "edition", known=", ".join(RHYTHMS))
    return chosen, rhythm or RHYTHMS[0]


def _number(node: Node, name: str) -> float | None:
    """One parameter: whole numbers not below their least, but for the share h, which lies between 0 and 1."""
    value = node.at(name).data
    if isinstance(value, bool) or not isinstance(value, int if name != "h" else (int, float)):
        node.report("not-a-number", name)
    elif name == "h" and not 0 < value < 1:
        node.report("h-range", name)
    elif name == "k" and value < 2:
        node.report("k-too-small", name)
    elif value < _LEAST[name]:
        node.report("parameter-too-small", name, name=name, least=_LEAST[name])
    else:
        return value
    return None
