"""Promise 2 in numbers: how sure an exact insider becomes. ``make bench-anonymity`` measures more crowds.

Each control changes one thing in the rule for one of the measured crowds, and says which limit that breaks.
"""

from dataclasses import replace

import pytest

from tests.bench.anonymity import (
    BY_INSIDERS,
    COMBINED,
    FEW_MOVE,
    LIVELY,
    MOST_FACTOR,
    MOST_SURE,
    ONE,
    PAIR_IN_ONE,
    RATES,
    THREE,
    best_of_ten_days,
    over,
    rule,
    without_coins,
    without_personal_coins,
)
from tests.oracles.histories import Clock, Life
from tests.oracles.measure import Row, Verdict, measure, worst

pytestmark = pytest.mark.slow

ROW = Row(name="", topics=THREE, life=LIVELY, way=rule, histories=4)
COLLUDE = replace(ROW, colluders=3, histories=2)
FEW = replace(ROW, life=FEW_MOVE, clock=BY_INSIDERS, knows=3, stories=50)


def judged(row: Row) -> Verdict:
    return worst([measure(row, rate, 20_270_104) for rate in RATES])


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, topics=ONE),
        ROW,
        replace(ROW, knows=3),
        replace(ROW, life=replace(LIVELY, returns=True)),
        replace(ROW, topics=ONE, editors=1, histories=2),
        COLLUDE,
        replace(ROW, life=Life(founders=16), knows=1),
        replace(ROW, topics=PAIR_IN_ONE, life=replace(LIVELY, threes=True), knows=3, histories=1, stories=100),
    ],
    ids=["one topic", "held together", "knows 3", "returns", "an editor", "collude", "sixteen", "two in a group"],
)
def test_in_three_years_nobody_is_certain_and_hardly_anybody_sure(row: Row) -> None:
    """All limits hold: certain never, above .9 at most .1 %, and the odds change by a factor of at most 150."""
    assert not over(judged(row))


def test_control_combinations_make_an_insider_certain() -> None:
    """Breaks «certain: nobody»: a topic is also published with each of two formats, from three holders on."""
    row = replace(ROW, topics=COMBINED, life=replace(LIVELY, in_turn=True), way=without_coins, clock=Clock(months=0))
    assert judged(replace(row, stories=50)).certain > 0.001


def test_control_without_any_coin_insiders_are_certain() -> None:
    """Breaks «certain: nobody»."""
    assert judged(replace(COLLUDE, way=without_coins)).certain > 0


def test_control_without_personal_coins_topics_held_together_fall_silent_together() -> None:
    """Breaks the factor: if all three topics are missing, then fewer than three people hold them almost certainly.

    All three rest by chance only once in a thousand looks.
    """
    assert judged(replace(COLLUDE, way=without_personal_coins)).factor > 10 * MOST_FACTOR


def test_control_a_coin_by_the_day_with_the_day_chosen() -> None:
    """Breaks the factor: choosing the best of ten days lists whatever can be listed, so silence is not resting."""
    assert judged(replace(COLLUDE, topics=ONE, way=best_of_ten_days)).factor > 10 * MOST_FACTOR


def test_control_a_look_made_again() -> None:
    """Breaks the share: a look made again, after a correction or on another branch, has new coins. Five show counts."""
    assert judged(replace(FEW, again=5)).sure > MOST_SURE


def test_control_looks_at_every_third_movement_for_ten_years() -> None:
    """Breaks the share: without the year between looks, three insiders who come and leave cause one every quarter."""
    assert judged(replace(FEW, clock=Clock(months=3, c=0), months=120)).sure > 10 * MOST_SURE


def test_control_c_of_one() -> None:
    """Breaks the factor: with a look at every movement, there is one before and one after each person."""
    row = replace(ROW, life=replace(LIVELY, in_turn=True), clock=Clock(months=0, c=1), knows=3, stories=50)
    assert judged(row).factor > MOST_FACTOR


def test_control_a_crowd_of_eight() -> None:
    """Breaks the factor: three who collude know too much about five others. The floor is twelve."""
    assert judged(replace(COLLUDE, life=Life(founders=8))).factor > MOST_FACTOR
