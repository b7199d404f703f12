"""Mark a withdrawal in a profile's text, keeping its comments and layout."""

from datetime import date
from pathlib import Path

from kokemus import disk
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.reports import amendment


def day(document: Document) -> date | None:
    """The date of withdrawal in a profile, even if the profile has errors elsewhere; None if it has no such date."""
    consent = document.data.get("consent") if isinstance(document.data, dict) else None
    found = consent.get("withdrawn") if isinstance(consent, dict) else None
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        return None


def leaving(document: Document) -> str | None:
    """The profile's value of ``leaving``: how its signed topics are removed."""
    consent = document.data.get("consent") if isinstance(document.data, dict) else None
    found = consent.get("leaving") if isinstance(consent, dict) else None
    return found if isinstance(found, str) else None


def mark(folder: Path, document: Document, on: date, way: str | None = None) -> date | None:
    """Write the withdrawal into the profile's file and return its date; an earlier date in the file is kept.

    None, with the file unchanged, if the edited text would not read back with that date and ``leaving``.
    """
    on = min(on, day(document) or on)
    text = marked((folder / document.path).read_bytes().decode("utf-8-sig"), document, on, way)
    again = parser.read(document.path, text.encode())[0]
    if not again or day(again) != on or (way and leaving(again) != way):
        return None
    disk.rewrite(folder, document.path, text)
    return on


def marked(text: str, document: Document, on: date, leaving: str | None = None) -> str:
    """The profile's text with ``withdrawn``, and with ``leaving`` if it is given.

    Without a readable ``given`` nothing is added.
    """
    values = {"withdrawn": str(on)} | ({"leaving": leaving} if leaving else {})
    return amendment.consent(text, document, values)
