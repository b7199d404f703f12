"""People page: a searchable list of names and codes, and the form for a new expert."""

from dataclasses import replace
from pathlib import PurePosixPath

import flask

from kokemus import disk
from kokemus.desk import changes
from kokemus.desk.alike import alike
from kokemus.desk.shared import done, folder, in_words, inputs, say, show, today
from kokemus.documents import parser
from kokemus.documents.problems import errors
from kokemus.experts import profile as profiles
from kokemus.experts import unsigned
from kokemus.reports import consent_sheet, messages, scaffolding
from kokemus.reports.people import people
from kokemus.text import fold

pages = flask.Blueprint("people", __name__)


@pages.route("/people", methods=["GET", "POST"], endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """Everybody, or those in whose name, code or associations each searched word begins a word.

    The search is a POST, so that names appear in no address.
    """
    found, wanted = inputs(), flask.request.form.get("wanted", "")
    everybody = [
        (one, messages.say(f"standing.{one.standing}", found.language), bool(profiles.CODE.fullmatch(one.code)))
        for one in people(found, today())
        if _is_wanted(" ".join((one.name, one.code, *one.associations)), wanted)
    ]
    return show(
        "people.html", people=sorted(everybody, key=lambda one: (fold(one[0].name), one[0].code)), wanted=wanted
    )


def _is_wanted(words: str, wanted: str) -> bool:
    return all(any(word.startswith(part) for word in fold(words)) for part in fold(wanted))


@pages.route("/people/new", methods=["GET", "POST"])
def new() -> flask.typing.ResponseReturnValue:
    """The form for a new expert, who is saved under a random code with today as the day of admission."""
    found, form = inputs(), flask.request.form
    experts = PurePosixPath(found.experts)
    typed = changes.typed(form, found.vocabulary, today()) if form else changes.EMPTY
    problems: list[object] = []
    if form:
        head = f"{scaffolding.schema_line(experts)}\nconsent:\n"
        code = scaffolding.suggested(frozenset(PurePosixPath(path).stem.casefold() for path in found.marks))
        path = f"{found.experts}/{code}.yml"
        given, typed = changes.signed(form, typed, today())
        day = f"  given: {given}\n" if given else f'  given:\n  text: "{consent_sheet.TEXT}"\n'
        base, _ = parser.read(path, f"{head}{day}admitted: {today()}\n".encode())
        text = changes.edited(base, None, typed) if base else None
        document = parser.read(path, text.encode())[0] if text else None
        read = profiles.read(unsigned.dated(document, today()), found.vocabulary) if document else (None, ())
        wrong = [replace(one, code="", place="") for one in in_words(errors(read[1]))]
        problems = [*(typed.unknown or wrong), *alike(typed.private)]
        if text is None:
            problems.append(say("form.long"))
        if text and not problems:
            disk.write(folder(), path, text)
            return done("people.added", "person.show", code=code)
    return show(
        "new.html",
        typed=typed,
        problems=problems,
        is_nameless="nameless" in form,
        given=form.get("given", ""),
        wrong=typed.wrong,
        choices=changes.choices(found.vocabulary, found.language),
    )
