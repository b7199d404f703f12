"""Dates: today in Finland, and adding months as people count them."""

import os
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
LAST = date(8999, 12, 31)
"""The last valid day: from later ones, the days that depend on them could not be computed."""


def today(environment: Mapping[str, str] = os.environ) -> date | None:
    """Today's date in Finland, or that of ``SOURCE_DATE_EPOCH`` if set. Only ``cli``, ``desk`` and ``plugin`` call it.

    None if ``SOURCE_DATE_EPOCH`` is not a number of seconds or is after ``LAST``: a wrong day could publish what has
    lapsed.
    """
    if epoch := environment.get("SOURCE_DATE_EPOCH"):
        try:
            day = of(int(epoch))
        except (ValueError, OverflowError, OSError):
            return None
        return day if day <= LAST else None
    return datetime.now(HELSINKI).date()


def of(seconds: int) -> date:
    """The day in Finland at a number of seconds since the beginning of 1970."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(HELSINKI).date()


def read(text: str, written: str = "%Y-%m-%d") -> date | None:
    """The day that a text says, as it is ``written``; None if it says none."""
    try:
        return datetime.strptime(text, written).date()
    except ValueError:
        return None


def epoch(day: date) -> str:
    """``SOURCE_DATE_EPOCH`` for a day: noon in UTC, which is the same day in Finland."""
    return str(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()))


def months_later(day: date, months: int) -> date:
    """The same day of the month that many months later, or the last day if that month is too short."""
    years, months = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, months + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
