"""Demand: the reported figures reveal no single request, whatever is subtracted from what."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from kokemus.publication.inputs import Inputs
from kokemus.reports import demand as reports
from kokemus.requests import demand, store, writing
from kokemus.requests.request import Mark, Request
from kokemus.settings.period import Period

HALF = demand.Half(start=date(2026, 1, 1), end=date(2026, 6, 30))
ON = HALF.settled_on
YEAR = Period(12, "months")


def request(number: int, topic: str = "", *, met: bool = True, day: date = HALF.start) -> Request:
    marks = (Mark("e05", "accepted", day),) if met else (Mark("e05", "declined", day),)
    topics = (topic,) if topic else ()
    return Request(reference=f"AAAA-{number:04d}", received=day, topics=topics, marks=marks)


def cells(*counts: tuple[int, int]) -> tuple[dict[str, frozenset[int]], frozenset[int]]:
    """Rows by letter, from the numbers of met and unmet requests of each; and the set of unmet ones."""
    rows: dict[str, frozenset[int]] = {}
    unmet_ones: set[int] = set()
    at = 0
    for letter, (met, unmet) in zip("ABCDEF", counts, strict=False):
        if met or unmet:
            rows[letter] = frozenset(range(at, at + met + unmet))
            unmet_ones |= set(range(at + met, at + met + unmet))
            at += met + unmet
    return rows, frozenset(unmet_ones)


def every(rows: int, most: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """All possible numbers of met and unmet requests, for this many rows and at most this many requests."""
    for flat in product(range(most + 1), repeat=2 * rows):
        if sum(flat) <= most:
            yield tuple(zip(flat[::2], flat[1::2], strict=True))


Fold = Callable[[Mapping[str, frozenset[int]], frozenset[int]], tuple[Mapping[str, demand.Count], object]]


def leaving_out(rows: Mapping[str, frozenset[int]], unmet: frozenset[int]) -> tuple[Mapping[str, demand.Count], object]:
    """The simplest rule: leave out rare rows."""
    return {id: (len(one), len(one & unmet)) for id, one in rows.items() if len(one) >= demand.FEWEST}, None


def together(rows: Mapping[str, frozenset[int]], unmet: frozenset[int]) -> tuple[Mapping[str, demand.Count], object]:
    """The next simplest rule: report rare rows as one sum."""
    shown, _ = leaving_out(rows, unmet)
    return shown, sum(len(one) for id, one in rows.items() if id not in shown)


def certain(rows: int, most: int, fold: Fold = demand.folded) -> list[str]:
    """The numbers of one or two that are certain to an attacker who knows the rule, the totals and the report."""
    told: dict[object, list[tuple[tuple[int, int], ...]]] = defaultdict(list)
    for counts in every(rows, most):
        whole = tuple(map(sum, zip(*counts, strict=True)))
        if sum(whole) >= demand.FEWEST and all(not one or one >= demand.FEWEST for one in whole):
            shown, rest = fold(*cells(*counts))
            told[whole, tuple(sorted(shown.items())), rest].append(counts)
    found = []
    for answer, possible in told.items():
        for row in range(rows):
            parts = {"met": {one[row][0] for one in possible}, "unmet": {one[row][1] for one in possible}}
            for name, values in (*parts.items(), ("asked", {sum(one[row]) for one in possible})):
                if values in ({1}, {2}):
                    found.append(f"{name} of {'ABCDEF'[row]} is {values}: {answer}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "most"), [(2, 12), (3, 10), (4, 8)])
def test_no_number_of_one_or_two_can_be_deduced(rows: int, most: int) -> None:
    """Tested over all possible requests. The attacker knows the rule, the totals and every reported row."""
    assert certain(rows, most) == []


@pytest.mark.parametrize("fold", [leaving_out, together])
def test_the_attacker_breaks_simpler_rules(fold: Fold) -> None:
    """The control: leaving rare rows out, or adding them up, is not enough."""
    assert len(certain(3, 8, fold)) > 20


@pytest.mark.slow
def test_every_reported_number_is_large_enough() -> None:
    """In rows and in the folded row; total, met and unmet."""
    for counts in every(4, 8):
        shown, rest = demand.folded(*cells(*counts))
        for asked, unmet in (*shown.values(), *([rest] if rest else [])):
            assert asked >= demand.FEWEST
            assert all(not part or part >= demand.FEWEST for part in (unmet, asked - unmet))


def many(seed: int, start: date, count: int) -> list[Request]:
    """Random requests of a half-year, with few frequent topics and many rare ones."""
    chance = random.Random(seed)
    topics = ["anxiety"] * 8 + ["recovery"] * 6 + ["grief"] * 3 + ["ocd", "drugs", "psychosis", "sleep"]
    return [
        replace(
            request(seed * 1000 + number, met=chance.random() < 0.6, day=start + timedelta(days=chance.randrange(180))),
            topics=tuple(chance.sample(topics, chance.choice((1, 1, 2)))),
            place=chance.choice(("kemi", "kemi", "rovaniemi", "inari")),
        )
        for number in range(count)
    ]


def told(requests: list[Request], on: date) -> demand.Demand | None:
    """The demand that a report on this day shows."""
    half = demand.half(on)
    return demand.demand(requests, half) if demand.is_kept(half, YEAR, on) else None


def test_two_reports_cannot_be_subtracted() -> None:
    """New requests, marks and closings in between do not change a half-year's report, and only one is reported."""
    first = many(1, HALF.start, 30)
    before = told(first, ON)
    assert before is not None
    assert "anxiety" in before.rows["topics"]
    on = ON
    while demand.half(on) == HALF:
        later = [*first, *many(2, date(2026, 7, 1), (on - ON).days // 5)]
        if demand.is_kept(HALF, YEAR, on):
            marked = [replace(one, marks=(*one.marks, Mark("e07", "accepted", on)), closed=on) for one in later[:7]]
            assert told([*marked, *later[7:]], on) == before
        else:
            assert told(later, on) is None
        on += timedelta(days=1)
    second = demand.half(on)
    assert second.start > HALF.end
    later = many(2, second.start, 25)
    assert told([*first, *later], on) == told(later, on) != before


def test_a_half_year_is_reported_once_it_is_settled() -> None:
    """And no longer once some of its requests may have been deleted. A too short retention time means no report."""
    assert demand.half(ON) == HALF
    assert demand.half(ON - timedelta(days=1)).end == date(2025, 12, 31)
    assert demand.half(date(2027, 1, 29)) == HALF
    assert demand.half(date(2027, 1, 30)).start == date(2026, 7, 1)
    assert demand.is_kept(HALF, YEAR, date(2026, 12, 31))
    assert not demand.is_kept(HALF, YEAR, date(2027, 1, 1))
    assert not demand.is_kept(HALF, Period(3, "months"), ON)


def test_a_request_is_unmet_if_nobody_had_accepted() -> None:
    """By the day on which the half-year is settled. An expert who accepted and then declined does not count."""
    accepted, declined = Mark("e05", "accepted", HALF.end), Mark("e05", "declined", HALF.end)
    late = Mark("e05", "accepted", ON)
    for marks, unmet in (((accepted,), 0), ((late,), 5), ((accepted, declined), 5), ((declined,), 5), ((), 5)):
        found = demand.demand([replace(request(at), marks=marks) for at in range(5)], HALF)
        assert found is not None
        assert found.whole == (5, unmet)


def test_too_few_requests_are_not_reported() -> None:
    """Nor are many requests of which one or two were unmet."""
    assert demand.demand([request(1), request(2)], HALF) is None
    assert demand.demand([request(at, met=at > 1) for at in range(9)], HALF) is None
    assert demand.demand([], HALF) is None


def test_the_report_shows_demand_in_words(inputs: Inputs) -> None:
    """It contains nothing about one request: no code, no reference, no answer."""
    requests = [replace(one, answers={"contact_name": "Salla Salainen"}) for one in many(1, HALF.start, 60)]
    text = writing.edited(store.of(b"requests: []\n...\n", inputs.vocabulary), {}, requests)
    assert text is not None
    said = "\n".join(reports.lines(store.of(text.encode(), inputs.vocabulary), inputs, ON))
    assert "pyyntöjä 60, niistä ilman puhujaa" in said
    assert re.search(r"Aiheet: ahdistus \d+ \(ilman puhujaa \d+\), .*muut yhteensä \d+", said)
    assert not re.search("AAAA|Salla|e05", said)
    assert "on virhe" in "".join(reports.lines(store.of(b"requests:", inputs.vocabulary), inputs, ON))
    assert [*reports.lines(store.of(b"requests: []\n...\n", inputs.vocabulary), inputs, ON)] == []
