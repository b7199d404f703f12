"""Changes to one expert's consent: signature, corrected day, renewal, withdrawal; and erasing the expert."""

from datetime import date

import flask

from kokemus import disk
from kokemus.desk import changes
from kokemus.desk.person import again, is_removed, profile_of, unsigned, would_be
from kokemus.desk.shared import document, done, folder, in_words, inputs, show, today
from kokemus.documents import editing
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Route, errors
from kokemus.erasure import finding
from kokemus.experts import profile as profiles
from kokemus.experts.keys import LEAVING
from kokemus.git.history import Unreadable
from kokemus.reports import consent_sheet, erasing, renewal, withdrawal

pages = flask.Blueprint("consenting", __name__)


@pages.post("/person/<code>/withdraw")
def withdraw(code: str) -> flask.typing.ResponseReturnValue:
    """Record a withdrawal in the file, if the box is ticked."""
    known, leaving = document(code), flask.request.form.get("leaving", LEAVING[0])
    if "sure" not in flask.request.form or leaving not in LEAVING:
        return again(known, "person.not-sure")
    if not withdrawal.mark(folder(), known, today(), leaving if leaving != LEAVING[0] else None):
        return again(known, "form.by-hand", path=known.path)
    return done("person.withdrawn", "person.show", code=code)


@pages.post("/person/<code>/sign")
def sign(code: str) -> flask.typing.ResponseReturnValue:
    """Record the day of the first signature."""
    known = document(code)
    given, wrong = changes.day(flask.request.form.get("given", ""), today())
    if not unsigned(known) or not given:
        return again(known, "person.not-signed", why=wrong)
    return _written(known, given, consent_sheet.TEXT, "person.signed")


@pages.post("/person/<code>/mend")
def mend(code: str) -> flask.typing.ResponseReturnValue:
    """Correct a day of consent that was typed wrong. Nothing new was signed, so the version of the text stays."""
    known = document(code)
    given, wrong = changes.day(flask.request.form.get("given", ""), today())
    if unsigned(known) or withdrawal.day(known) or not given:
        return again(known, "person.not-signed", why=wrong)
    return _written(known, given, None, "person.mended")


def _written(known: Document, given: date, version: str | None, key: str) -> flask.typing.ResponseReturnValue:
    values: dict[Route, Data] = {("consent", "given"): given}
    if version:
        values["consent", "text"] = version
    text = editing.edited(known, values)
    if text is None or errors(would_be(known, text, is_signed=True)[1]):
        return again(known, "form.by-hand", path=known.path)
    disk.rewrite(folder(), known.path, text)
    return done(key, "person.show", code=known.path.rpartition("/")[2].removesuffix(".yml"))


@pages.post("/person/<code>/renew")
def renew(code: str) -> flask.typing.ResponseReturnValue:
    """Renew the consent from the day of the new signature on, if the box is ticked."""
    known, typed = document(code), flask.request.form.get("signed_on", "").strip()
    found = profile_of(known) or flask.abort(404)
    if "sure" not in flask.request.form:
        return again(known, "person.not-sure")
    if found.consent.withdrawn:
        return again(known, "person.not-renewed.withdrawn", day=found.consent.withdrawn)
    given, wrong = changes.day(typed, today()) if typed else (today(), "")
    if not given:
        return again(known, "person.not-signed", why=wrong)
    if given <= found.consent.given:
        return again(known, "person.not-renewed", day=found.consent.given)
    if not renewal.renew(inputs(), known, found, given, consent_sheet.TEXT):
        return again(known, "form.by-hand", path=known.path)
    return done("person.renewed", "person.show", code=code)


@pages.post("/person/<code>/erase")
def erase(code: str) -> flask.typing.ResponseReturnValue:
    """Remove an expert's profile and papers, and report all other traces, with the commands that remove them.

    The coordinator must tick the box and type the code. What is left of somebody already removed is reported again.
    """
    form, found = flask.request.form, inputs()
    name = f"{found.experts}/{code}.yml"
    is_there = (folder() / name).is_file()
    if not profiles.CODE.fullmatch(code) or name == found.lock or not (is_there or is_removed(name)):
        flask.abort(404)
    if is_there and ("sure" not in form or form.get("typed", "").strip().casefold() != code.casefold()):
        return again(document(code), "erase.not-sure", code=code)
    traces = finding.find(found, code)
    if isinstance(traces, Unreadable):
        return show("problems.html", problems=in_words((traces.problem(".git"),)))
    return show("erased.html", code=code, lines_shown=[*erasing.erase(found, traces)])
