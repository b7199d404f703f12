"""Whether a requested visit is too soon for anybody to be asked."""

from datetime import date

import pytest

from kokemus.publication.inputs import Inputs
from kokemus.reports import asking
from kokemus.requests import matching, reading, timing
from kokemus.settings.period import Period
from tests.conftest import DEMO_DAY

WITHIN = Period(5, "working days")


def is_too_soon(time: str, inputs: Inputs, received: date = DEMO_DAY) -> bool:
    text = f"Aiheet: psykoosi\nToivottu ajankohta: {time}"
    return timing.is_too_soon(reading.read(text, inputs.vocabulary, received), WITHIN)


@pytest.mark.parametrize(
    "time", ["huomenna klo 9", "i morgon", "tomorrow", "26.11.", "to 26.11.2026", "2026-11-30", "viikko 48", "week 48"]
)
def test_a_visit_before_the_promised_answer_is_too_soon(time: str, inputs: Inputs) -> None:
    """The request arrives on Tuesday of week 48. A day that has just passed is too soon as well."""
    assert is_too_soon(time, inputs)


@pytest.mark.parametrize(
    "time",
    [
        *("", "keväällä", "1.12.", "viikko 49", "vecka 3", "15.1.", "2027-02-01", "klo 9.30.", "ke klo 10–11.30."),
        *("26.11. tai 10.12.", "huomenna tai viikolla 50", "31.2.", "viikko 99"),
    ],
)
def test_a_later_or_open_time_is_not_too_soon(time: str, inputs: Inputs) -> None:
    """Nor is one with a later alternative, nor a text without a day."""
    assert not is_too_soon(time, inputs)


def test_the_warning_comes_before_the_list_of_experts(inputs: Inputs) -> None:
    """And there is no such remark if the request leaves enough time."""
    for time, told in (("huomenna", True), ("viikko 50", False)):
        text = f"Aiheet: psykoosi\nToivottu ajankohta: {time}"
        request = reading.read(text, inputs.vocabulary, DEMO_DAY)
        answer = matching.answer(request, inputs.profiles, inputs.vocabulary, DEMO_DAY, ())
        assert ("sopiiko myöhempi" in " ".join(asking.notes(request, answer, inputs))) is told
