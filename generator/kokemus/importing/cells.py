"""What is typed in a cell of a spreadsheet: lists, days, yes and no, telephone numbers."""

import re
from collections.abc import Mapping
from datetime import date

from kokemus import resources
from kokemus.text import fold

_BETWEEN = re.compile(r"[,;/\n\r|]+|\s[–-]\s")
_FINNISH = re.compile(r"(?:\w{1,3}\s+)?(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:\s.*)?")
_LOST_ZERO = re.compile(r"[45]\d{7,9}")
_COUNTRY = re.compile(r"358\d{6,10}")
_ANSWERS: Mapping[str, list[str]] = resources.texts("coordinator/texts/import")["answers"]


def parts(cell: str) -> tuple[str, ...]:
    """The items of a list, however they are separated, each once."""
    return tuple(dict.fromkeys(part.strip() for part in _BETWEEN.split(cell) if part.strip(" .")))


def day(cell: str) -> date | None:
    """A day as in a profile or as Finns write it; None where it is none, or where two readings are possible."""
    text = cell.strip()
    try:
        if found := _FINNISH.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10]) if re.match(r"\d{4}-\d\d-\d\d(?:$|[ T])", text) else None
    except ValueError:
        return None


def answer(cell: str) -> bool | None:
    """Yes or no in words, signs or numbers; an empty cell is a no; None where it is neither."""
    typed = " ".join(fold(cell)) or cell.strip()
    if not typed:
        return False
    return next((kind == "yes" for kind, words in _ANSWERS.items() if typed in words), None)


def phone(cell: str) -> str:
    """A telephone number with the zero or the plus that a spreadsheet takes from it."""
    digits = re.sub(r"[\s-]", "", cell)
    if _LOST_ZERO.fullmatch(digits):
        return f"0{cell}"
    return f"+{cell}" if _COUNTRY.fullmatch(digits) else cell
