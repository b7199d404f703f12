"""Demand in words: what was requested in a half-year, for planning. No line is about a single request."""

from collections.abc import Iterator
from datetime import date

from kokemus.publication.inputs import Inputs
from kokemus.reports.messages import say
from kokemus.requests import demand
from kokemus.requests.demand import Count, Demand
from kokemus.requests.store import Kept
from kokemus.website.wording import day


def lines(kept: Kept, inputs: Inputs, on: date) -> Iterator[str]:
    """What was requested in the last settled half-year, or why it cannot be reported; nothing if no request is kept."""
    language, half = inputs.language, demand.half(on)
    days = {"start": day(half.start, language), "end": day(half.end, language)}
    if kept.is_sound and not kept.requests:
        return
    if not kept.is_sound:
        yield say("demand.broken", language)
    elif not inputs.settings or not demand.is_kept(half, inputs.settings.requests_kept, on):
        yield say("demand.gone", language, **days)
    elif found := demand.demand(kept.requests, half):
        yield say("demand.whole", language, **days, asked=found.whole[0], unmet=found.whole[1])
        yield from (_line(kind, found, inputs) for kind in found.rows)
    else:
        yield say("demand.few", language, **days)


def _line(kind: str, found: Demand, inputs: Inputs) -> str:
    language = inputs.language
    counts = sorted(found.rows[kind].items(), key=lambda row: (-row[1][0], row[0]))
    rows = [_row(_name(kind, id, inputs), count, language) for id, count in counts]
    if rest := found.others.get(kind):
        rows.append(_row(say("demand.others", language), rest, language))
    return say(f"demand.{kind}", language, what=", ".join(rows))


def _row(name: str, count: Count, language: str) -> str:
    return say("demand.unmet" if count[1] else "demand.met", language, name=name, asked=count[0], unmet=count[1])


def _name(kind: str, id: str, inputs: Inputs) -> str:
    if kind == "remote" or not id:
        return say(f"demand.is-{id or 'open'}", inputs.language)
    return str(getattr(inputs.vocabulary, kind)[id].label(inputs.language))
