"""Renew a consent in a profile's text: the date of signature changes, the date of admission stays."""

from datetime import date

from kokemus import disk
from kokemus.dates import months_later
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.experts import consent
from kokemus.experts import profile as profiles
from kokemus.experts.keys import MONTHS
from kokemus.experts.profile import Profile
from kokemus.publication.inputs import Inputs
from kokemus.reports import amendment


def until(given: date, review: date, on: date) -> date:
    """The last day of a consent that is signed again on a day: it lasts as many whole months as the former one.

    A consent of less than half a year is renewed for the usual time: its last day was probably the day of a review.
    """
    if consent.is_short(given, review):
        return months_later(on, MONTHS)
    months = (review.year - given.year) * 12 + review.month - given.month
    if months_later(given, months) > review:
        months -= 1
    return months_later(on, months)


def renew(inputs: Inputs, document: Document, profile: Profile, on: date, version: str) -> Profile | None:
    """Write the renewal into the profile's file and return the new profile.

    None, with the file unchanged, if the edited text would not read back as the renewed profile.
    """
    text = (inputs.folder / document.path).read_bytes().decode("utf-8-sig")
    text = renewed(text, document, profile, on, version)
    again, _ = parser.read(document.path, text.encode())
    made = profiles.read(again, inputs.vocabulary)[0] if again else None
    if not made or (made.consent.given, made.admitted) != (on, profile.admitted):
        return None
    disk.rewrite(inputs.folder, document.path, text)
    return made


def renewed(text: str, document: Document, profile: Profile, on: date, version: str) -> str:
    """The profile's text with this version of the consent text signed on the day.

    ``admitted`` stays, and is added if it was implied by ``given``: somebody who signs again is not a newcomer.
    """
    values = {"given": str(on), "text": f'"{version}"'}
    if ("consent", "review") in document.marks:
        values["review"] = str(until(profile.consent.given, profile.consent.review, on))
    if ("admitted",) not in document.marks:
        text = amendment.top(text, document, "admitted", str(profile.admitted))
    return amendment.consent(text, document, values)
