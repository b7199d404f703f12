"""Periods: how long something may take, such as «5 working days» or «12 months»."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from kokemus.dates import months_later
from kokemus.vocabulary.node import Node

PERIOD = re.compile(r"([1-9]\d?) (working day|day|week|month)s?")


@dataclass(frozen=True, slots=True)
class Period:
    """A number of working days, days, weeks or months."""

    number: int
    unit: str

    def after(self, day: date) -> date:
        """The day on which the period that starts on ``day`` is over. Five of seven days are working days."""
        if self.unit == "months":
            return months_later(day, self.number)
        days = {"days": self.number, "weeks": 7 * self.number, "working days": ceil(self.number * 7 / 5)}
        return day + timedelta(days=days[self.unit])


def read(node: Node, key: str, default: Period) -> Period:
    """The period under a key, or the default if there is none."""
    if not node.has(key):
        return default
    text = node.text(key)
    found = PERIOD.fullmatch(text.strip()) if text else None
    if not found:
        node.report("period", key)
        return default
    return Period(int(found.group(1)), f"{found.group(2)}s")
