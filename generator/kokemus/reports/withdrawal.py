"""A withdrawal, marked in the profile's own text; comments and layout are kept."""

from datetime import date
from pathlib import Path

from kokemus import disk
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.reports import amendment


def day(document: Document) -> date | None:
    """The day of the withdrawal that a profile names, whatever else is wrong with it."""
    consent = document.data.get("consent") if isinstance(document.data, dict) else None
    found = consent.get("withdrawn") if isinstance(consent, dict) else None
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        return None


def leaving(document: Document) -> str | None:
    """How a profile says that signed topics go."""
    consent = document.data.get("consent") if isinstance(document.data, dict) else None
    found = consent.get("leaving") if isinstance(consent, dict) else None
    return found if isinstance(found, str) else None


def mark(folder: Path, document: Document, on: date, way: str | None = None) -> date | None:
    """Mark it in the profile's file: the day that the file then names, which is its own where that is an earlier one.
    None where the file would not say so, and is as it was."""
    on = min(on, day(document) or on)
    text = marked((folder / document.path).read_bytes().decode("utf-8-sig"), document, on, way)
    again = parser.read(document.path, text.encode())[0]
    if not again or day(again) != on or (way and leaving(again) != way):
        return None
    disk.rewrite(folder, document.path, text)
    return on


def marked(text: str, document: Document, on: date, leaving: str | None = None) -> str:
    """The profile's text with ``withdrawn``, and ``leaving`` where it is chosen.

    Without a readable ``given`` the text stays as it is.
    """
    values = {"withdrawn": str(on)} | ({"leaving": leaving} if leaving else {})
    return amendment.consent(text, document, values)
