"""The board's yearly report as table rows: what was requested, what was not met, and what hosts thought."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kokemus.publication.inputs import Inputs
from kokemus.reports import paper
from kokemus.request_form.questions import EVALUATION
from kokemus.requests import half_years, store
from kokemus.requests.demand import KINDS, Count, Half
from kokemus.requests.evaluation import SCALES
from kokemus.requests.half_years import Figures
from kokemus.settings import Settings
from kokemus.text import alphabetical, in_language
from kokemus.vocabulary import Terms

Rows = list[tuple[str, ...]]


def period(half: Half) -> str:
    """The name of a half-year, by its months: «1–6/2026»."""
    return f"{half.start.month}–{half.end.month}/{half.end.year}"


def rows(inputs: Inputs, settings: Settings, on: date, language: str) -> Mapping[str, Rows]:
    """The rows of each table, by name. A table with nothing to report is empty."""
    kept = store.read(inputs.folder, inputs.vocabulary)
    known = half_years.year(inputs.folder, kept, settings.requests_kept, on)
    halves = half_years.halves(on)
    both = [(known or {}).get(half.start) for half in halves]
    return {
        "halves": [*_halves(halves, both, known is None, language)],
        **{kind: _rows(kind, both, inputs, language) for kind in KINDS},
        "opinion": [*_opinion(both, language)],
    }


def _halves(
    halves: Sequence[Half], both: Sequence[Figures | None], is_broken: bool, language: str
) -> Iterator[tuple[str, ...]]:
    for half, one in zip(halves, both, strict=True):
        if one and one.whole:
            yield period(half), *_whole(*one.whole)
        else:
            why = "broken" if is_broken else "few" if one else "gone"
            yield period(half), paper.say(f"year.{why}", language), "–", "–"
    counts = [one.whole for one in both if one and one.whole]
    if len(counts) == 2:
        asked, unmet = (sum(one[at] for one in counts) for at in (0, 1))
        is_reported = all(one[1] != half_years.WITHHELD for one in counts)
        yield paper.say("year.together", language), *_whole(asked, unmet if is_reported else half_years.WITHHELD)


def _whole(asked: int, unmet: int) -> tuple[str, str, str]:
    """The number of requests, and of those met and not met. A dash if the split cannot be published."""
    return (str(asked), "–", "–") if unmet == half_years.WITHHELD else (str(asked), str(asked - unmet), str(unmet))


def _rows(kind: str, both: Sequence[Figures | None], inputs: Inputs, language: str) -> Rows:
    """One row per id with its numbers in both half-years, most requested first. The folded rare rows come last."""
    shown = [one.rows.get(kind, {}) if one else {} for one in both]
    ids = dict.fromkeys(id for half in shown for id in half)
    total = {id: sum(half.get(id, (0, 0))[0] for half in shown) for id in ids}
    named = {id: _name(kind, id, inputs, language) for id in ids}
    made = [
        (named[id], *(_cell(kind, half.get(id), bool(half), language) for half in shown))
        for id in sorted(ids, key=lambda id: (-total[id], alphabetical(named[id])))
    ]
    rest = [one.others.get(kind) if one else None for one in both]
    if any(rest):
        made.append((paper.say("year.others", language), *(_cell(kind, one, False, language) for one in rest)))
    return made


def _cell(kind: str, count: Count | None, is_reported: bool, language: str) -> str:
    """How often a row was requested and how often not met.

    A half-year without the row says «rare»: either nobody requested it, or it is counted among the others.
    """
    if count is None:
        return paper.say("year.rare", language) if is_reported else "–"
    asked, unmet = count
    if unmet == half_years.WITHHELD:
        return paper.say("year.untold", language, asked=asked) if kind == "topics" else str(asked)
    return paper.say("year.unmet", language, asked=asked, unmet=unmet) if unmet else str(asked)


def _name(kind: str, id: str, inputs: Inputs, language: str) -> str:
    if kind == "remote" or not id:
        return paper.say(f"year.is-{id or 'open'}", language)
    terms: Terms = getattr(inputs.vocabulary, kind)
    return terms[id].label(language) if id in terms else id


def _opinion(both: Sequence[Figures | None], language: str) -> Iterator[tuple[str, ...]]:
    for key in SCALES:
        found = [one.scales.get(key) if one else None for one in both]
        if any(found):
            cells = (
                paper.say("year.average", language, average=_decimal(one[1], language), count=one[0]) if one else "–"
                for one in found
            )
            yield in_language(EVALUATION.fields[key]["label"], language), *cells
    again = [one.again if one else None for one in both]
    if any(again):
        cells = (paper.say("year.of", language, part=one[0], count=one[1]) if one else "–" for one in again)
        yield in_language(EVALUATION.fields["again"]["label"], language), *cells


def _decimal(tenths: int, language: str) -> str:
    return f"{tenths / 10:.1f}".replace(".", "." if language == "en" else ",")
