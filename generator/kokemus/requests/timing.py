"""Timing: the days that a request's text mentions, and whether all of them are too soon to arrange."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kokemus.requests.request import Request
from kokemus.settings.period import Period

_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)")
_WRITTEN = re.compile(
    r"(?<![\d.:–-])(?<!klo )(?<!kl )(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?:\s?(?P<year>20\d\d))?(?!\d)"
)
_WEEK = re.compile(r"\b(?:viikko|viikolla|vko|vecka|v|week)\.?\s?(?P<week>\d{1,2})\b", re.IGNORECASE)
_SOON = re.compile(r"\b(?:tänään|huomenna|i ?dag|i ?morgon|today|tomorrow)\b", re.IGNORECASE)
_LONG_AGO = timedelta(days=31)


def is_too_soon(request: Request, within: Period) -> bool:
    """Whether the last day that a request mentions is before the day by which the association promises to answer."""
    text = "\n".join(request.answers.get(key, "") for key in ("time", "alternative_times"))
    return max(_days(text, request.received), default=date.max) < within.after(request.received)


def _days(text: str, received: date) -> Iterator[date]:
    """Each day that the text mentions; of a week its last day.

    A day without a year is the next one to come, or one in the last month.
    """
    for found in (*_ISO.finditer(text), *_WRITTEN.finditer(text)):
        years = [int(found["year"])] if found["year"] else [received.year, received.year + 1]
        named = (_day(year, int(found["month"]), int(found["day"])) for year in years)
        yield from [day for day in named if day and (found["year"] or day > received - _LONG_AGO)][:1]
    for found in _WEEK.finditer(text):
        ends = (_end_of_week(year, int(found["week"])) for year in (received.year, received.year + 1))
        yield from [day for day in ends if day and day > received - _LONG_AGO][:1]
    if _SOON.search(text):
        yield received + timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of_week(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 7)
    except ValueError:
        return None
