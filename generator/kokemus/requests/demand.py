"""Demand: what was asked in a half-year and what could not be met, without anything of one request.

A half-year is told when it is settled, and as long as all of it is still kept: so it is told in the same way each time,
and there are no two tellings to subtract. Every number counts three requests at least, and three of those that were met
or that were not; what is rarer is one row together with others, so that no total gives it away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kokemus.requests.request import Request
from kokemus.settings.period import Period

FEWEST = 3
KINDS = ("topics", "formats", "audiences", "languages", "places", "remote")
_SETTLED = timedelta(days=30)
_MET = ("accepted", "done", "debriefed")

Count = tuple[int, int]
"""How often something was asked for, and how often in vain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A half-year: its first and its last day."""

    start: date
    end: date

    @property
    def told_from(self) -> date:
        """The day on which it is settled: what is noted from then on changes nothing of it."""
        return self.end + _SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What was asked in a half-year, by kind and id; an id is empty where the request says nothing of it.

    ``others`` are what a kind's rare rows count together. A kind of which nothing can be told is missing.
    """

    half: Half
    whole: Count
    rows: Mapping[str, Mapping[str, Count]]
    others: Mapping[str, Count]


def half(on: date) -> Half:
    """The last half-year that is settled on a day."""
    year, first = on.year, date(on.year, 1, 1)
    halves = (
        Half(start=date(year, 7, 1), end=date(year, 12, 31)),
        Half(start=first, end=date(year, 6, 30)),
        Half(start=date(year - 1, 7, 1), end=first - timedelta(days=1)),
        Half(start=date(year - 1, 1, 1), end=date(year - 1, 6, 30)),
    )
    return next(one for one in halves if one.told_from <= on)


def is_kept(half: Half, kept: Period, on: date) -> bool:
    """Whether nothing of a half-year can have been deleted yet because its time was over."""
    return kept.after(half.start) > on


def demand(requests: Iterable[Request], half: Half) -> Demand | None:
    """What was asked; None where that is too little to be told."""
    found = [one for one in requests if half.start <= one.received <= half.end]
    every, vain = frozenset(range(len(found))), frozenset(at for at, one in enumerate(found) if not _met(one, half))
    if not _is_tellable(every, vain):
        return None
    kinds = {kind: folded(_cells(found, kind), vain) for kind in KINDS}
    return Demand(
        half=half,
        whole=(len(every), len(vain)),
        rows={kind: shown for kind, (shown, _) in kinds.items() if shown},
        others={kind: rest for kind, (_, rest) in kinds.items() if rest},
    )


def folded(cells: Mapping[str, frozenset[int]], vain: frozenset[int]) -> tuple[Mapping[str, Count], Count | None]:
    """The rows that can be told, and what the others count together; nothing where only others would be left.

    ``cells`` has the requests of each row by number; ``vain`` are those that were not met. The rare rows are joined by
    the smallest of the rest, all of one size: then each row that is not told could have as many as any other of them.
    """
    shown = {id: cell for id, cell in cells.items() if _is_tellable(cell, vain)}
    other: frozenset[int] = frozenset()
    while shown.keys() != cells.keys() and shown and not (other and _is_tellable(other, vain)):
        smallest = min(map(len, shown.values()))
        shown = {id: cell for id, cell in shown.items() if len(cell) > smallest}
        other = frozenset().union(*(cell for id, cell in cells.items() if id not in shown))
    if not shown:
        return {}, None
    rest = [cell for id, cell in cells.items() if id not in shown]
    together = (sum(map(len, rest)), sum(len(cell & vain) for cell in rest))
    return {id: (len(cell), len(cell & vain)) for id, cell in shown.items()}, together if rest else None


def _is_tellable(cell: frozenset[int], vain: frozenset[int]) -> bool:
    """Whether so many requests are counted that none stands out, nor among those that were met or were not."""
    return len(cell) >= FEWEST and all(not part or len(part) >= FEWEST for part in (cell & vain, cell - vain))


def _met(request: Request, half: Half) -> bool:
    """Whether somebody had said yes before the half-year was settled."""
    standing = {mark.expert: mark.state for mark in request.marks if mark.on < half.told_from}
    return not {*_MET}.isdisjoint(standing.values())


def _cells(requests: Sequence[Request], kind: str) -> Mapping[str, frozenset[int]]:
    """The requests by what they ask for of a kind, an empty text where they say nothing of it."""
    cells: dict[str, set[int]] = defaultdict(set)
    for at, request in enumerate(requests):
        for id in _asked(request, kind):
            cells[id].add(at)
    return {id: frozenset(cell) for id, cell in cells.items()}


def _asked(request: Request, kind: str) -> Iterable[str]:
    if kind == "topics":
        return request.topics or ("",)
    if kind == "remote":
        return ("remote" if request.remote else "in-person",)
    return (getattr(request, kind.removesuffix("s")) or "",)
