"""How strict the rule is. An association may choose stricter values, never weaker ones."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from kokemus.vocabulary.node import Node

LARGE, STAYS_LARGE, LARGE_K = 50, 45, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of a look.

    k: how many must hold a topic. c: how many must have come, or have left, since the last look. months: how long a
    look stands. floor: how many the crowd must be. person, item: the chances of the two coins.
    """

    k: int = 3
    c: int = 3
    months: int = 12
    floor: int = 12
    person: float = 0.15
    item: float = 0.1

    def at_look(self, size: int, before: int) -> "Parameters":
        """The same for a crowd of so many, where the look before asked for ``before`` holders.

        A crowd that hovers around the limit keeps its larger k until it is clearly smaller.
        """
        large = size >= LARGE or (size >= STAYS_LARGE and before >= LARGE_K)
        return replace(self, k=max(self.k, LARGE_K)) if large else self


NAMES = tuple(field.name for field in fields(Parameters))
WEAKEST = Parameters()
MOST: Mapping[str, float] = {"k": 7, "c": 1000, "months": 120, "floor": 100_000, "person": 0.5, "item": 0.5}


def least_floor(k: int) -> int:
    """The smallest crowd that a look with this k may count: two disjoint sets of holders, and two others."""
    return max(WEAKEST.floor, 2 * k + 2)


def read(node: Node) -> Parameters:
    """The parameters that an association chose, and safe ones for the rest; what would weaken the rule is reported."""
    if node.data is None or not node.mapping(NAMES):
        return WEAKEST
    chosen = {name: value for name in NAMES if node.has(name) and (value := _number(node, name)) is not None}
    k = int(chosen.get("k", WEAKEST.k))
    floor = int(chosen.get("floor", least_floor(k)))
    if floor < least_floor(k):
        node.report("parameter-range", "floor", name="floor", least=least_floor(k), most=MOST["floor"])
    return Parameters(**{**chosen, "floor": floor})  # type: ignore[arg-type]  # whole numbers where they are due


def _number(node: Node, name: str) -> int | float | None:
    value = node.at(name).data
    least = getattr(WEAKEST, name)
    whole = isinstance(least, int)
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        node.report("not-a-number", name)
    elif not least <= value <= MOST[name]:
        node.report("parameter-range", name, name=name, least=least, most=MOST[name])
    else:
        return value
    return None
