"""Visits: which audiences each format suits and how its time is divided, from ``public/texts/visits.yml``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kokemus import resources
from kokemus.settings.arrangement import Ready

_VISITS: Mapping[str, Mapping[str, Any]] = resources.texts("public/texts/visits")
MINORS = frozenset(("primary", "lower-secondary", "upper-secondary"))
AGREE_FIRST = MINORS | {"patients"}
"""Audiences for whom heavy topics are agreed with the coordinator before anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a visit: its name in the interface's texts, the minute at which it begins, and how many it lasts."""

    name: str
    start: int
    minutes: int


def timeline(format: str) -> tuple[Part, ...]:
    """The parts of a format in order; empty if it has no usual timeline."""
    parts: list[Part] = []
    for name, minutes in _VISITS.get(format, {}).get("parts", ()):
        start = parts[-1].start + parts[-1].minutes if parts else 0
        parts.append(Part(name=name, start=start, minutes=minutes))
    return tuple(parts)


def suits(format: str, audience: str) -> bool:
    """Whether a format suits an audience. An association's own format suits every audience."""
    return format not in _VISITS or audience in _VISITS[format]["suits"]


def ready_for(ready: Iterable[Ready], format: str = "", audience: str = "") -> tuple[Ready, ...]:
    """The ready visits of a format, or for an audience."""
    return tuple(
        visit for visit in ready if format in ("", visit.format) and (not audience or audience in visit.audiences)
    )
