"""Demand: what was requested in a half-year and what was not met, without revealing any single request.

A half-year is reported only once it is settled, and only while all its requests are still kept. Every report of it is
therefore the same, and nothing can be learned by subtracting one from another. Each row counts at least three requests.
Its numbers of met and unmet requests are zero or at least three. Rarer rows are folded into one, «others», so that no
total reveals them.
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
"""The number of requests, and of those not met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A half-year: its first and its last day."""

    start: date
    end: date

    @property
    def settled_on(self) -> date:
        """The day on which the half-year is settled. What is recorded from then on does not change its figures."""
        return self.end + _SETTLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What was requested in a half-year, by kind and id. An empty id counts the requests that did not say.

    ``others`` has the folded rows of each kind together. A kind with nothing to report is absent.
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
    return next(one for one in halves if one.settled_on <= on)


def is_kept(half: Half, kept: Period, on: date) -> bool:
    """Whether every request of a half-year is still within the time for which requests are kept."""
    return kept.after(half.start) > on


def demand(requests: Iterable[Request], half: Half) -> Demand | None:
    """What was requested; None if that is too little to report."""
    found = [one for one in requests if half.start <= one.received <= half.end]
    every, unmet = frozenset(range(len(found))), frozenset(at for at, one in enumerate(found) if not _met(one, half))
    if not _is_publishable(every, unmet):
        return None
    kinds = {kind: folded(_cells(found, kind), unmet) for kind in KINDS}
    return Demand(
        half=half,
        whole=(len(every), len(unmet)),
        rows={kind: shown for kind, (shown, _) in kinds.items() if shown},
        others={kind: rest for kind, (_, rest) in kinds.items() if rest},
    )


def folded(cells: Mapping[str, frozenset[int]], unmet: frozenset[int]) -> tuple[Mapping[str, Count], Count | None]:
    """The rows that can be published, and the total of the folded ones; nothing if no row can be published.

    ``cells`` has the requests of each row by number; ``unmet`` are those that were not met. If the rare rows together
    are still too few, all rows of the smallest remaining size are folded in too, so that no folded row stands out.
    """
    shown = {id: cell for id, cell in cells.items() if _is_publishable(cell, unmet)}
    other: frozenset[int] = frozenset()
    while shown.keys() != cells.keys() and shown and not (other and _is_publishable(other, unmet)):
        smallest = min(map(len, shown.values()))
        shown = {id: cell for id, cell in shown.items() if len(cell) > smallest}
        other = frozenset().union(*(cell for id, cell in cells.items() if id not in shown))
    if not shown:
        return {}, None
    rest = [cell for id, cell in cells.items() if id not in shown]
    together = (sum(map(len, rest)), sum(len(cell & unmet) for cell in rest))
    return {id: (len(cell), len(cell & unmet)) for id, cell in shown.items()}, together if rest else None


def _is_publishable(cell: frozenset[int], unmet: frozenset[int]) -> bool:
    """Whether a row counts enough requests, and enough met and unmet ones where it has any."""
    return len(cell) >= FEWEST and all(not part or len(part) >= FEWEST for part in (cell & unmet, cell - unmet))


def _met(request: Request, half: Half) -> bool:
    """Whether somebody had said yes before the half-year was settled."""
    standing = {mark.expert: mark.state for mark in request.marks if mark.on < half.settled_on}
    return not {*_MET}.isdisjoint(standing.values())


def _cells(requests: Sequence[Request], kind: str) -> Mapping[str, frozenset[int]]:
    """The requests by what they ask for of this kind; the key is empty for those that do not say."""
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
