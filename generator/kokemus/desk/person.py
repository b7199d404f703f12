"""Expert page: what is public and what a reader could conclude from it, the form, signatures and papers."""

from dataclasses import replace
from datetime import date

import flask

from kokemus import disk
from kokemus.desk import changes
from kokemus.desk.alike import alike
from kokemus.desk.changes import CONTACTS
from kokemus.desk.shared import (
    compared,
    digest,
    document,
    done,
    folder,
    in_words,
    inputs,
    language,
    name_of,
    printed,
    problems,
    say,
    show,
    today,
)
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, errors
from kokemus.experts import profile as profiles
from kokemus.experts import unsigned as signature
from kokemus.experts.keys import LEAVING
from kokemus.experts.profile import Profile
from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs
from kokemus.reports import (
    consent_sheet,
    explanation,
    holdings,
    messages,
    paper,
    particulars,
    withdrawal,
)

pages = flask.Blueprint("person", __name__)


@pages.get("/person/<code>", endpoint="show")
def show_one(code: str) -> flask.typing.ResponseReturnValue:
    """The page of one expert; if the file cannot be parsed, its text instead."""
    if not any(one.path == f"{inputs().experts}/{code}.yml" for one in inputs().documents):
        if is_removed(f"{inputs().experts}/{code}.yml"):
            return show("erased.html", code=code, lines_shown=[])
        return flask.redirect(flask.url_for("file.show", code=code), 303)
    known = document(code)
    found = profile_of(known)
    return _page(known, found, _typed(known), [])


@pages.post("/person/<code>")
def change(code: str) -> flask.typing.ResponseReturnValue:
    """Preview a change, or save it. A file that has changed in the meantime is not overwritten."""
    known, form = document(code), flask.request.form
    found, missing = profile_of(known), unsigned(known)
    typed = changes.typed(form, inputs().vocabulary, today(), before := _typed(known))
    text = changes.edited(known, found or missing or flask.abort(404), typed)
    if text is None:
        is_long = len("".join(typed.private.values()).encode()) > parser.MAX_BYTES // 2
        return _page(known, found, typed, [say("form.long" if is_long else "form.by-hand", path=known.path)])
    made, wrong = would_be(known, text, is_signed=missing is None)
    problems: list[object] = [*typed.unknown] or [*in_words(errors(wrong))]
    if before and [typed.private[one] for one in CONTACTS] != [before.private[one] for one in CONTACTS]:
        problems += alike(typed.private, known.path)
    if form.get("act") == "save" and found and {*typed.solo} - {*found.solo} and "sure" not in form:
        problems.append(say("form.solo.not-signed"))
    path = folder() / known.path
    if form.get("act") != "save" or problems:
        return _page(known, found, typed, problems, made)
    if form.get("digest") != digest(path):
        return _page(known, found, typed, [say("form.meanwhile")], made, compared(known.text, text))
    if text == known.text:
        return done("form.same", "person.show", code=code)
    disk.rewrite(folder(), known.path, text)
    return done("form.saved", "person.show", code=code)


def is_removed(path: str) -> bool:
    """Whether a profile was removed and is still in the history."""
    return any(one.code == "deleted-not-erased" and one.path == path for one in problems())


@pages.get("/person/<code>/sheet")
def sheet(code: str) -> flask.typing.ResponseReturnValue:
    """The consent sheet, to print."""
    return sheet_of(document(code))


def sheet_of(known: Document) -> flask.typing.ResponseReturnValue:
    """The consent sheet of a profile, saved or not."""
    found = inputs()
    made, problems = consent_sheet.sheet(found, known, today())
    if made is None or found.settings is None:
        return show("problems.html", problems=in_words(errors([*problems, *found.problems])))
    facts = particulars.of_association(found.settings, found.configuration, language())
    return printed(paper.consent(made, facts, found.vocabulary, language()))


@pages.get("/person/<code>/everything")
def everything(code: str) -> flask.typing.ResponseReturnValue:
    """Everything held about the expert, for their right of access."""
    found, known = inputs(), document(code)
    if found.settings is None:
        return show("problems.html", problems=in_words(errors(found.problems)))
    held = holdings.held(found, known, code, crowd.on_the_day(found, today()), "")
    facts = particulars.of_association(found.settings, found.configuration, language())
    return printed(paper.everything(held, facts, found.vocabulary, language()))


def again(known: Document, key: str, **values: object) -> flask.typing.ResponseReturnValue:
    """The page of the saved profile, with the problem of a change that was refused."""
    found = profile_of(known)
    return _page(known, found, _typed(known), [say(key, **values).strip()])


def _typed(known: Document) -> changes.Typed | None:
    """The form as filled in from the file; None if the profile has errors."""
    found = profile_of(known) or unsigned(known)
    return changes.of_profile(found, inputs().vocabulary, inputs().language) if found else None


def unsigned(known: Document) -> Profile | None:
    """The profile as if signed today, if nothing but a signature is missing; otherwise None."""
    if not signature.is_unsigned(known):
        return None
    return profiles.read(signature.dated(known, today()), inputs().vocabulary)[0]


def profile_of(known: Document) -> Profile | None:
    """The profile in a file; None if it has errors or is not signed."""
    return next((one for one in inputs().profiles if one.path == known.path), None)


def would_be(known: Document, text: str, *, is_signed: bool) -> tuple[Profile | None, tuple[Problem, ...]]:
    """The profile that the file would hold with this text, and its problems."""
    fresh, problems = parser.read(known.path, text.encode())
    read = fresh if is_signed or fresh is None else signature.dated(fresh, today())
    made, found = profiles.read(read, inputs().vocabulary) if read else (None, ())
    return made, (*problems, *found)


def conclusions(found: Inputs, made: Profile, on: date) -> list[str]:
    """What is public about an expert and why, with this profile in place of the saved one."""
    others = tuple(made if one.path == made.path else one for one in found.profiles)
    situation = explanation.situation(replace(found, profiles=others), on)
    return [line for line in [*messages.explain(made, situation, found.language)][1:] if line]


def _leaving(found: Profile, on: date, way: str) -> Profile:
    """The profile with its withdrawal; if it has none, as if withdrawn on the day, with ``way`` as its ``leaving``."""
    if found.consent.withdrawn:
        return found
    return replace(found, consent=replace(found.consent, withdrawn=on, leaving=way))


def _page(
    known: Document,
    found: Profile | None,
    typed: changes.Typed | None,
    problems: list[object],
    made: Profile | None = None,
    differences: list[str] | None = None,
) -> flask.typing.ResponseReturnValue:
    everything, on, words = inputs(), today(), language()
    shown, withdrawn = made or found, withdrawal.day(known)
    own = in_words(tuple(one for one in everything.problems if one.path == known.path and one.code != "unsigned"))
    is_unsigned = unsigned(known) is not None
    standing = messages.say(f"standing.{explanation.standing(found, on)}" if found else "standing.broken", language())
    name = name_of(known.path)
    return show(
        "person.html",
        code=known.path.rpartition("/")[2].removesuffix(".yml"),
        name=name,
        path=known.path,
        standing=say("person.unsigned") if is_unsigned else standing,
        is_unsigned=is_unsigned,
        profile=found,
        typed=typed,
        problems=problems or own,
        wrong=typed.wrong if typed else {},
        is_refused=bool(problems),
        is_new=made is not None,
        conclusions=conclusions(everything, shown, on) if shown and everything.settings and not withdrawn else [],
        leaves={way: [*messages.leaves(_leaving(found, on, way), words, everything.vocabulary)] for way in LEAVING}
        if found
        else {},
        way=found.consent.leaving if found else "",
        differences=differences or [],
        digest=digest(folder() / known.path),
        choices=changes.choices(everything.vocabulary, everything.language),
        withdrawn=withdrawn,
        today=on,
    )
