"""How strict the rule is. An association may choose stricter values, never weaker ones."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from kokemus.vocabulary.node import Node

LARGE, STAYS_LARGE, LARGE_K = 50, 45, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of a look.

    ``k`` people must hold an item. ``c`` people must have come, or have left, since the last look. ``months`` is the
    shortest time between looks, ``floor`` the smallest crowd. ``person`` and ``item`` are the probabilities that a
    person is left out and that an item rests.
    """

    k: int = 3
    c: int = 3
    months: int = 12
    floor: int = 12
    person: float = 0.15
    item: float = 0.1

    def at_look(self, size: int, before: int) -> "Parameters":
        """The parameters for a crowd of ``size``. ``before`` is the k of the last look, 0 before the first look.

        From ``LARGE`` people on, k is at least ``LARGE_K``. Between ``STAYS_LARGE`` and ``LARGE`` it stays so if the
        last look had such a k.
        """
        large = size >= LARGE or (size >= STAYS_LARGE and before >= LARGE_K)
        return replace(self, k=max(self.k, LARGE_K)) if large else self


NAMES = tuple(field.name for field in fields(Parameters))
WEAKEST = Parameters()
MOST: Mapping[str, float] = {"k": 7, "c": 1000, "months": 120, "floor": 100_000, "person": 0.5, "item": 0.5}


def least_floor(k: int) -> int:
    """The smallest floor allowed with this k: room for two disjoint sets of holders and two other people."""
    return max(WEAKEST.floor, 2 * k + 2)


def read(node: Node) -> Parameters:
    """The parameters that an association chose, with safe defaults for the rest. Values out of range are reported."""
    if node.data is None or not node.mapping(NAMES):
        return WEAKEST
    chosen = {name: value for name in NAMES if node.has(name) and (value := _number(node, name)) is not None}
    k = int(chosen.get("k", WEAKEST.k))
    floor = int(chosen.get("floor", least_floor(k)))
    if floor < least_floor(k):
        node.report("parameter-range", "floor", name="floor", least=least_floor(k), most=MOST["floor"])
    return Parameters(**{**chosen, "floor": floor})  # type: ignore[arg-type]  # whole numbers where the type is int


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
