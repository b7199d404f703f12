"""Recognise the columns of a spreadsheet by their headings, in any order, in Finnish, Swedish and English."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kokemus import resources
from kokemus.importing.opening import Row, Sheet
from kokemus.text import fold

_HEADINGS: Mapping[str, list[str]] = resources.texts("coordinator/texts/import")["headings"]
FIELDS = tuple(_HEADINGS)
_SEARCHED = 20
"""The headings are searched for in this many first rows. There may be a title above them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The row of the headings and the columns of each field, counted from 0.

    ``unread`` are columns that have values and an unknown heading.
    """

    row: int
    fields: Mapping[str, tuple[int, ...]]
    unread: tuple[int, ...]


def found(sheets: tuple[Sheet, ...]) -> tuple[Sheet, Columns] | None:
    """The sheet and row with the most known headings: at least two, one of which is topics. None if there is none."""
    known = [
        (len(columns.fields), sheet, columns)
        for sheet in sheets
        for row in range(min(_SEARCHED, len(sheet.rows)))
        if len((columns := _in(sheet.rows, row)).fields) > 1 and "topics" in columns.fields
    ]
    best = max(known, key=lambda one: one[0], default=None)
    return best[1:] if best else None


def _in(rows: tuple[Row, ...], row: int) -> Columns:
    fields: dict[str, tuple[int, ...]] = {}
    unread = []
    for at, cell in enumerate(rows[row]):
        if field := _meaning(cell):
            fields[field] = (*fields.get(field, ()), at)
        elif any(len(one) > at and one[at] for one in rows[row + 1 :]):
            unread.append(at)
    return Columns(row, fields, tuple(unread))


def _meaning(heading: str) -> str | None:
    """The field that a heading means. Numbers, punctuation and text in brackets are ignored."""
    return next((_KNOWN[words] for words in _readings(heading) if words in _KNOWN), None)


def _readings(heading: str) -> Iterator[str]:
    plain = re.sub(r"\([^)]*\)|\d+", " ", heading)
    yield " ".join(fold(plain))
    yield " ".join(fold(re.split(r"[:,?–]", plain)[0]))


_KNOWN = {" ".join(fold(word)): field for field, words in _HEADINGS.items() for word in words}


def letter(column: int) -> str:
    """The letters of a column, as spreadsheets show them."""
    before, last = divmod(column, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)
