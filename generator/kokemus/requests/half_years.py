"""The reported figures of each half-year, which are kept when the requests themselves are deleted.

The figures are computed once. Later changes to the requests do not change them, so that nothing can be learned by
subtracting one report from another.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kokemus import disk
from kokemus.requests import demand, opinion
from kokemus.requests.demand import Count, Half
from kokemus.requests.request import Mark
from kokemus.requests.store import Kept
from kokemus.settings.period import Period

NAME = "desk/halves.json"
WITHHELD = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a half-year, named as in ``demand`` and ``opinion``.

    ``whole`` is None if there are too few requests. The second number of a count is ``WITHHELD`` if it would reveal
    something about single requests.
    """

    whole: Count | None = None
    rows: Mapping[str, Mapping[str, Count]] = field(default_factory=dict)
    others: Mapping[str, Count] = field(default_factory=dict)
    scales: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    again: tuple[int, int] | None = None


def halves(on: date) -> tuple[Half, Half]:
    """The last two half-years that are settled on a day, which together are a year."""
    last = demand.half(on)
    first = date(last.start.year, 1, 1) if last.start.month == 7 else date(last.start.year - 1, 7, 1)
    return Half(start=first, end=last.start - timedelta(days=1)), last


def read(folder: Path) -> Mapping[date, Figures] | None:
    """The saved figures, by the first day of each half-year; None if the file cannot be read."""
    file = folder / NAME
    try:
        found = json.loads(file.read_bytes()) if file.is_file() else {}
        return {date.fromisoformat(start): _figures(one) for start, one in found.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _figures(data: Any) -> Figures:
    return Figures(
        whole=_pair(data["whole"]),
        rows={kind: {id: _count(count) for id, count in rows.items()} for kind, rows in data["rows"].items()},
        others={kind: _count(count) for kind, count in data["others"].items()},
        scales={key: _count(count) for key, count in data["scales"].items()},
        again=_pair(data["again"]),
    )


def _pair(data: Any) -> Count | None:
    return None if data is None else _count(data)


def _count(data: Any) -> Count:
    one, other = data
    return int(one), int(other)


def year(folder: Path, kept: Kept, requests_kept: Period, on: date) -> Mapping[date, Figures] | None:
    """The figures of the last two half-years. New ones are computed and saved. None if a file cannot be read.

    A half-year is missing if some of its requests may have been deleted before its figures were saved, or if no
    request is kept that arrived in it or earlier.
    """
    known = read(folder)
    if known is None or not kept.is_sound:
        return None
    new = {
        half.start: _numbers(kept, half)
        for half in halves(on)
        if half.start not in known
        and demand.is_kept(half, requests_kept, on)
        and any(one.received <= half.end for one in kept.requests)
    }
    if new:
        whole = {start.isoformat(): _data(one) for start, one in sorted({**known, **new}.items())}
        disk.write_aside(folder, NAME, json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    return {half.start: one for half in halves(on) if (one := {**known, **new}.get(half.start))}


def _numbers(kept: Kept, half: Half) -> Figures:
    """The figures of a half-year. Only topics say how many requests were not met, and only if that can be published."""
    asked, thought = demand.demand(kept.requests, half), opinion.opinion(kept.requests, half)
    counted = demand.demand([replace(one, marks=(Mark("", "done", half.start),)) for one in kept.requests], half)
    if counted is None:
        return Figures(scales=thought.scales, again=thought.again)
    rows = {kind: {id: (one, WITHHELD) for id, (one, _) in cells.items()} for kind, cells in counted.rows.items()}
    others = {kind: (one, WITHHELD) for kind, (one, _) in counted.others.items()}
    if asked and asked.rows.get("topics"):
        rows["topics"] = {**asked.rows["topics"]}
        others = {kind: count for kind, count in {**others, "topics": asked.others.get("topics")}.items() if count}
    return Figures(
        whole=asked.whole if asked else (counted.whole[0], WITHHELD),
        rows=rows,
        others=others,
        scales=thought.scales,
        again=thought.again,
    )


def _data(one: Figures) -> Mapping[str, Any]:
    return {name: getattr(one, name) for name in ("whole", "rows", "others", "scales", "again")}
