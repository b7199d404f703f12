"""``make bench-anonymity``: how sure an exact insider becomes, compared with older rules; exits 1 over a limit.

Each row is measured at several base rates, with seeds that were not used to choose the rule; the worst is printed. The
limits are the rule's promise: nobody is ever certain, hardly anybody is sure, and the odds that an expert holds a
topic change by a bounded factor. Not covered are insiders who know that all but k of the crowd do not hold a topic.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from tests.oracles.histories import Clock, Life
from tests.oracles.insider import Way
from tests.oracles.measure import Row, Topics, Verdict, measure, worst

RATES = (0.02, 0.1, 0.3)
SEEDS = (20_270_101, 20_270_102)
MOST_SURE, MOST_FACTOR = 0.001, 150.0
FIRST, SECOND, ALL = frozenset([0, 2]), frozenset([1, 2]), frozenset([0])


def alone(rate: float) -> tuple[float, ...]:
    return (rate,)


def partly(rate: float) -> tuple[float, ...]:
    """Half of the holders of each topic hold both."""
    return (rate / 2, rate / 2, rate / 2)


def independent(rate: float) -> tuple[float, ...]:
    return (rate * (1 - rate), rate * (1 - rate), rate * rate)


def by_format(rate: float) -> tuple[float, ...]:
    return (rate, rate)


ONE = Topics(name="one topic", items=(ALL,), held=(ALL,), chances=alone)
THREE = Topics(name="3 held together, 3 groups", items=(ALL,) * 3, held=(ALL,), chances=alone)
THREE_IN_ONE = Topics(name="3 held together, 1 group", items=(ALL,) * 4, held=(ALL,), chances=alone, group=True)
PAIR = Topics(name="2 partly together, 2 groups", items=(FIRST, SECOND), held=(FIRST, SECOND), chances=partly)
PAIR_IN_ONE = replace(PAIR, name="2 partly together, 1 group", items=(FIRST, SECOND, FIRST | SECOND), group=True)
TWO_IN_ONE = replace(PAIR_IN_ONE, name="2 independent, 1 group", chances=independent)
COMBINED = Topics(
    name="topic, with each of 2 formats",
    items=(frozenset([0, 1]), frozenset([0]), frozenset([1])),
    held=(frozenset([0, 1]),),
    chances=by_format,
    known=True,
)


def rule(topics: Topics) -> Way:
    """The rule in use."""
    return Way(items=topics.items, group=topics.group)


def without_coins(topics: Topics) -> Way:
    return replace(rule(topics), person=0, item=0)


def without_personal_coins(topics: Topics) -> Way:
    return replace(rule(topics), person=0)


def best_of_ten_days(topics: Topics) -> Way:
    """A coin that changes daily, and a look on the one of ten days on which the topic is listed."""
    return replace(rule(topics), tries=10)


LIVELY, FEW_MOVE = Life(founders=12), Life(founders=12, moves=0.09)
BY_INSIDERS = Clock(c=0)
"""The clock of a crowd whose only movement is three insiders, who come or leave whenever they want a look."""


def promised() -> Iterator[Row]:
    """Within the promise: 36 months, at least twelve experts. The limits apply to these rows."""
    for founders in (12, 16):
        row = Row(name=f"{founders}", topics=ONE, life=Life(founders=founders), way=rule)
        for topics in (ONE, THREE, THREE_IN_ONE):
            for knows in (0, 1, 3):
                yield replace(row, topics=topics, knows=knows)
            yield replace(row, name=f"{founders}, returns", topics=topics, life=replace(row.life, returns=True))
            yield replace(row, topics=topics, colluders=3, histories=4)
        yield replace(row, name=f"{founders}, 2 edit", editors=2, histories=6)
    for topics in (ONE, THREE):
        for founders in (20, 40):
            yield Row(name=f"{founders}", topics=topics, life=Life(founders=founders), way=rule, histories=4)
    for topics in (PAIR, PAIR_IN_ONE, TWO_IN_ONE):
        row = Row(name="12, in threes", topics=topics, life=replace(LIVELY, threes=True), way=rule, histories=1)
        for knows in (0, 3):
            yield replace(row, knows=knows, stories=100)
        yield replace(row, name="12, few move", life=FEW_MOVE, clock=BY_INSIDERS, colluders=3, histories=6, stories=50)


def said() -> Iterator[Row]:
    """Beyond the promise, as the documents say."""
    turned = Row(name="12, insiders turn the clock", topics=ONE, life=FEW_MOVE, way=rule, clock=BY_INSIDERS)
    for topics in (ONE, THREE):
        yield replace(turned, topics=topics, colluders=3, histories=6)
    long = Row(name="12, 120 months", topics=ONE, life=LIVELY, way=rule, months=120, histories=6, stories=50)
    for topics in (ONE, THREE):
        two = Row(name="12 in two associations", topics=topics, life=LIVELY, way=rule, again=2, histories=6)
        yield replace(two, knows=3)
        for knows in (0, 3):
            yield replace(long, topics=topics, knows=knows)
        yield replace(turned, name=f"{turned.name}, 120", topics=topics, months=120, colluders=3, stories=50)


def older() -> Iterator[Row]:
    """Other rules, each of which is over a limit."""
    row = Row(name="", topics=THREE, life=LIVELY, way=rule, colluders=3, histories=4)
    told = replace(row, colluders=0, knows=3, histories=6, stories=50)
    by_insiders = replace(told, life=FEW_MOVE, clock=BY_INSIDERS)
    in_turn = replace(LIVELY, in_turn=True)
    yield replace(told, name="combinations, k = 3", topics=COMBINED, life=in_turn, way=without_coins, knows=0)
    yield replace(row, name="no coins", topics=ONE, way=without_coins)
    yield replace(row, name="no personal coins", way=without_personal_coins)
    yield replace(told, name="c = 1, no year", life=in_turn, clock=Clock(months=0, c=1))
    for months in (36, 120):
        name = f"every third movement, {months} months"
        yield replace(by_insiders, name=name, clock=Clock(months=3, c=0), months=months)
    yield replace(by_insiders, name="each look made five times", again=5)
    yield replace(row, name="the best of ten days", topics=ONE, way=best_of_ten_days)
    yield replace(row, name="8, floor 8", life=Life(founders=8))


def over(verdict: Verdict) -> bool:
    """Whether a row is over a limit."""
    return verdict.certain > 0 or verdict.sure > MOST_SURE or verdict.factor > MOST_FACTOR


def judged(row: Row) -> Verdict:
    return worst([measure(row, rate, seed) for rate in RATES for seed in SEEDS])


def line(row: Row, found: Verdict) -> str:
    insider = f"{row.colluders} collude" if row.colluders else f"knows {row.knows}"
    numbers = f"{found.certain:9.3%} {found.sure:9.4%} {found.largest:8.3f} {found.factor:8.0f} {found.ever:7.4f}"
    return f"{row.name:32} {row.topics.name:30} {insider:10} {numbers}{'  OVER' if over(found) else ''}"


def main() -> int:
    print(
        f"{'crowd':32} {'topics':30} {'insider':10} {'certain':>9} {'above .9':>9} {'largest':>8} {'factor':>8}    ever"
    )
    parts: dict[str, Callable[[], Iterator[Row]]] = {
        "36 months: the limits": promised,
        "Beyond the limits": said,
        "Older ways": older,
    }
    broken = 0
    begun = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        for title, rows in parts.items():
            print(f"\n{title}")
            for row, found in zip(rows(), pool.map(judged, rows()), strict=True):
                print(line(row, found), flush=True)
                broken += rows is promised and over(found)
    print(f"\n{time.monotonic() - begun:.0f} s; {broken} rows over a limit")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
