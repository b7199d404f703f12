"""Card page: the signatures so far, the form, and a preview of the card with the details that may identify somebody."""

from collections.abc import Iterator
from dataclasses import replace

import flask

from kokemus import disk
from kokemus.desk import changes, person, signing
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
    say,
    show,
    today,
)
from kokemus.documents import parser
from kokemus.documents.document import Document
from kokemus.documents.problems import Problem, errors, problem
from kokemus.experts.profile import Profile
from kokemus.git import history
from kokemus.publication import day as days
from kokemus.publication import mentions
from kokemus.reports import consent_sheet, explanation, messages
from kokemus.settings import association

pages = flask.Blueprint("card", __name__)


@pages.get("/person/<code>/card", endpoint="show")
def show_one(code: str) -> flask.typing.ResponseReturnValue:
    """The card as it is."""
    known = document(code)
    found = person.profile_of(known) or person.unsigned(known) or flask.abort(404)
    return _page(known, found, _before(known, found), [])


@pages.post("/person/<code>/card")
def change(code: str) -> flask.typing.ResponseReturnValue:
    """Preview a change, print the sheet to be signed for it, or save it.

    Changed words need a new signature, or the coordinator's confirmation that they only correct what was signed.
    Removing the card needs a confirmation too.
    """
    known, form = document(code), flask.request.form
    found = person.profile_of(known) or person.unsigned(known) or flask.abort(404)
    before, typed = _before(known, found), signing.typed(form, inputs().vocabulary, today())
    act = form.get("act")
    draft = typed if typed.consent or not typed.is_there or act == "save" else replace(typed, consent=today())
    text = signing.edited(known, before, draft)
    if text is None:
        return _page(known, found, typed, [say("form.by-hand", path=known.path)])
    made, wrong = person.would_be(known, text, is_signed=person.unsigned(known) is None)
    wrong = (*wrong, *_beyond(known, text, made))
    if act == "sheet" and made:
        return person.sheet_of(parser.read(known.path, text.encode())[0] or known)
    problems: list[object] = [*typed.unknown] if act == "save" else []
    if not problems:
        problems = [*in_words(errors(wrong))]
    is_signed = typed.is_there and typed.consent != before.consent
    if act == "save" and not problems and typed.words != before.words and not is_signed and "sure" not in form:
        problems = [say("card.not-signed" if typed.is_there else "card.not-sure")]
    if act != "save" or problems:
        return _page(known, found, typed, problems, made, wrong)
    if form.get("digest") != digest(folder() / known.path):
        return _page(known, found, typed, [say("form.meanwhile")], made, wrong, compared(known.text, text))
    if text == known.text:
        return done("form.same", "card.show", code=code)
    disk.write(folder(), known.path, text)
    return done("form.saved", "person.show", code=code)


def _before(known: Document, found: Profile) -> signing.Typed:
    chosen = inputs().settings
    languages = [*found.languages, *(chosen.languages if chosen else ())]
    return signing.of_card(known, found.card, languages, inputs().vocabulary)


def _beyond(known: Document, text: str, made: Profile | None) -> Iterator[Problem]:
    """Problems seen only when all profiles are read together: the card has a person's name or a private value."""
    fresh, everything = parser.read(known.path, text.encode())[0], inputs()
    if not fresh or not made or not everything.settings:
        return
    documents = tuple(fresh if one.path == known.path else one for one in everything.documents)
    profiles = (*(one for one in everything.profiles if one.path != known.path), made)
    said = (getattr(everything.settings.association, fact) for fact in association.FACTS)
    yield from (one for one in mentions.problems(documents, (), said) if one.path == known.path)
    would = days.on_the_day(replace(everything, documents=documents, profiles=profiles, problems=()), today())
    yield from (one for one in would.problems if one.path == known.path)


def _signatures(known: Document) -> list[str]:
    """What was signed and when, newest first, as far back as the git history of the folder goes."""
    kept = history.versions(folder(), known.path)
    texts = [known.text.encode(), *(one.content for one in (kept if isinstance(kept, tuple) else ()))]
    lines: list[str] = []
    for text in texts:
        if document := parser.read(known.path, text)[0]:
            lines += _signed(document)
    return [*dict.fromkeys(lines)]


def _signed(known: Document) -> Iterator[str]:
    """The signatures in one version of a profile, each with its day and what was signed."""
    terms, solo = inputs().vocabulary.topics, known.at(("consent", "solo"))
    if day := known.at(("consent", "given")):
        yield say("card.consent", day=day, text=known.at(("consent", "text")) or "–")
        named = [terms.find(str(one)) for one in solo] if isinstance(solo, list) else []
        if topics := ", ".join(terms[id].label(language()) for id in named if id):
            yield say("card.solo", day=day, topics=topics)
    if day := known.at(("card", "consent")):
        yield say("card.card", day=day, name=known.at(("card", "name")) or "–")


def _page(
    known: Document,
    found: Profile,
    typed: signing.Typed,
    problems: list[object],
    made: Profile | None = None,
    wrong: tuple[Problem, ...] = (),
    differences: list[str] | None = None,
) -> flask.typing.ResponseReturnValue:
    everything, words = inputs(), inputs().language
    shown = made or found
    wrong = wrong or tuple(one for one in everything.problems if one.path == known.path)
    kinds = signing.details(wrong, typed.accepted)
    offered = dict.fromkeys(offer.topic for offer in found.offers)
    return show(
        "card.html",
        code=found.code,
        name=name_of(known.path),
        path=known.path,
        problems=problems,
        differences=differences or [],
        is_new=made is not None,
        is_outdated=known.at(("consent", "text")) not in (None, consent_sheet.TEXT),
        conclusions=person.conclusions(everything, shown, today()) if everything.settings else [],
        standing=messages.say(f"standing.{explanation.standing(shown, today())}", words),
        card=shown.card,
        signatures=_signatures(known),
        typed=typed,
        topics=[everything.vocabulary.topics[id] for id in offered],
        labels=everything.vocabulary,
        details=[(kind, problem(f"text-{kind}", known.path).text("message", words)) for kind in kinds],
        choices=changes.choices(everything.vocabulary, words),
        digest=digest(folder() / known.path),
        is_signed=person.unsigned(known) is None,
    )
