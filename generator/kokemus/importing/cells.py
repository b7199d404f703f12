"""Parse the cells of a spreadsheet: lists, days, yes and no, telephone numbers."""

import re
from collections.abc import Mapping
from datetime import date

from kokemus import resources
from kokemus.text import fold

_BETWEEN = re.compile(r"[,;/\n\r|]+|\s[–-]\s")
_FINNISH = re.compile(r"(?:\w{1,3}\s+)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)(?:\s.*)?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)")
_PLAIN = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:$|[ T])")
_LOST_ZERO = re.compile(r"[45]\d{7,9}")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+")
_SHORTEST = 5
_COUNTRY = re.compile(r"358\d{6,10}")
_ANSWERS: Mapping[str, list[str]] = resources.texts("coordinator/texts/import")["answers"]


def parts(cell: str) -> tuple[str, ...]:
    """The items of a list, whatever separates them, without repetition."""
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(cell) if part.strip(" .")))


def day(cell: str) -> date | None:
    """A day, written as in a profile or as Finns write it; None if it is no day or can be read in two ways."""
    text = cell.strip()
    if found := _FINNISH.fullmatch(text):
        return _made(found[3], found[2], found[1])
    if _SLASHES.fullmatch(text):
        return days[0] if len(days := _read(text)) == 1 else None
    found = _PLAIN.match(text)
    return _made(*found.groups()) if found else None


def is_like_day(cell: str) -> bool:
    """Whether a cell is written as a day, even one that does not exist."""
    text = cell.strip()
    return bool(_FINNISH.fullmatch(text) or _SLASHES.fullmatch(text) or _PLAIN.match(text))


def readings(cell: str) -> tuple[date, ...]:
    """The days that an ambiguous cell can mean: with slashes, the month may come first. Empty if it is unambiguous."""
    return days if len(days := _read(cell.strip())) > 1 else ()


def _read(text: str) -> tuple[date, ...]:
    found = _SLASHES.fullmatch(text)
    both = (_made(found[3], found[2], found[1]), _made(found[3], found[1], found[2])) if found else ()
    return tuple(dict.fromkeys(filter(None, both)))


def _made(year: str, month: str, day: str) -> date | None:
    """A day; a two-digit year is in this century."""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def answer(cell: str) -> bool | None:
    """Whether a cell says yes, in words, signs or numbers. Empty means no; None if it is neither."""
    typed = " ".join(fold(cell)) or cell.strip()
    if not typed:
        return False
    return next((kind == "yes" for kind, words in _ANSWERS.items() if typed in words), None)


def is_email(cell: str) -> bool:
    """Whether a cell is one e-mail address."""
    return bool(_EMAIL.fullmatch(cell.strip()))


def is_phone(cell: str) -> bool:
    """Whether a cell is one telephone number, perhaps with a word beside it."""
    parts = re.split(r"[,;/\n]|\s(?:tai|ja|eller|och|or|and)\s", cell)
    return len([part for part in parts if len(re.findall(r"\d", part)) >= _SHORTEST]) == 1


def phone(cell: str) -> str:
    """A telephone number, with the leading zero or plus that spreadsheets remove."""
    digits = re.sub(r"[\s-]", "", cell)
    if _LOST_ZERO.fullmatch(digits):
        return f"0{cell}"
    return f"+{cell}" if _COUNTRY.fullmatch(digits) else cell
