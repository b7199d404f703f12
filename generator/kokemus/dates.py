"""Days: the association's day in Finland, and months counted as people count them."""

import os
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
LAST = date(8999, 12, 31)
"""The last day that anything can be asked of: later ones leave no room for what is counted from them."""


def today(environment: Mapping[str, str] = os.environ) -> date | None:
    """The day in Finland, of ``SOURCE_DATE_EPOCH`` where that is set; only ``cli`` and ``plugin`` may ask.

    None where ``SOURCE_DATE_EPOCH`` is no number of seconds, or of a day past counting: a wrong day could publish what
    has lapsed.
    """
    if epoch := environment.get("SOURCE_DATE_EPOCH"):
        try:
            day = of(int(epoch))
        except (ValueError, OverflowError, OSError):
            return None
        return day if day <= LAST else None
    return datetime.now(HELSINKI).date()


def of(seconds: int) -> date:
    """The day in Finland so many seconds after the beginning of 1970."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(HELSINKI).date()


def epoch(day: date) -> str:
    """``SOURCE_DATE_EPOCH`` for a day: its noon in UTC, which is the same day in Finland."""
    return str(int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()))


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of a month that is too short."""
    years, months = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, months + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
