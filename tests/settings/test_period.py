"""Periods of time, as people write them."""

import pytest

from kokemus.documents.document import Document
from kokemus.settings import period
from kokemus.settings.period import Period
from kokemus.vocabulary.node import Node


def read(text: str) -> tuple[Period, list[str]]:
    node = Node(Document(path="mkdocs.yml", data={"a": text}, marks={}, raw={}), [], (), {"a": text})
    return period.read(node, "a", Period(9, "days")), [found.code for found in node.problems]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        *((f"2 {unit}s", 2, f"{unit}s") for unit in ("week", "day", "working day", "month")),
        *((f"1 {unit}", 1, f"{unit}s") for unit in ("week", "day", "working day", "month")),
        (" 12 months ", 12, "months"),
    ],
)
def test_a_period_may_be_singular_or_plural(text: str, number: int, unit: str) -> None:
    """In the form that the message shows, and in the singular."""
    assert read(text) == (Period(number, unit), [])


@pytest.mark.parametrize("text", ["about a week", "0 days", "week", "1 year", "5 Days", ""])
def test_anything_else_is_not_a_period(text: str) -> None:
    """The default is used."""
    assert read(text)[0] == Period(9, "days")
    assert read(text)[1] == ["period"] or not text
