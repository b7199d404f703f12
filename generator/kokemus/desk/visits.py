"""Ready visits page: the visits on the front page that can be requested as they are, in a form."""

from typing import Any

import flask

from kokemus import disk, settings
from kokemus.desk import fields, looking
from kokemus.desk.facts import configuration
from kokemus.desk.own_facts import Item, said, texts
from kokemus.desk.saying import beside, called
from kokemus.desk.shared import CONFIGURATION, digest, done, folder, inputs, language, say, show
from kokemus.documents import editing, mkdocs_yml
from kokemus.documents.document import Data, Document
from kokemus.documents.problems import Route, errors
from kokemus.settings import arrangement

pages = flask.Blueprint("visits", __name__)
_AT = ("arranges", "ready")


@pages.get("/visits", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """The visits as the configuration has them, with an empty form if there may be more."""
    document = configuration()
    if document is None:
        return flask.redirect(flask.url_for("files.text", name=CONFIGURATION), 303)
    return _page(document, _listed(document))


@pages.post("/visits")
def change() -> flask.typing.ResponseReturnValue:
    """Preview the visits, or save them. One without a name and a length is removed; quotations stay."""
    form, document = flask.request.form, configuration() or flask.abort(404)
    listed = _listed(document)
    rows = [_typed(number, listed, document) for number in range(arrangement.MOST_READY)]
    visits = [row for row in rows if row.keys() & {"title", "length"}]
    at = (*fields.base(document), *_AT)
    text = editing.edited(document, {at: list[Data](visits) or None}, mkdocs_yml.parsed)
    if text is None:
        return _page(document, visits, {"": say("form.by-hand", path=CONFIGURATION)})
    if "page" in form:
        return looking.shown(CONFIGURATION, text, form["page"])
    if wrong := _wrong(document, text, at):
        return _page(document, visits, wrong)
    if form.get("act") == "look":
        return _page(document, visits, {}, looking.at(CONFIGURATION, text))
    if form.get("digest") != digest(folder() / CONFIGURATION):
        return _page(document, visits, {"": say("form.meanwhile")})
    if text == document.text:
        return done("form.same", "visits.show")
    disk.rewrite(folder(), CONFIGURATION, text)
    return done("form.saved", "visits.show")


def _listed(document: Document) -> list[Item]:
    found = document.at((*fields.base(document), *_AT))
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _typed(number: int, listed: list[Item], document: Document) -> Item:
    """A visit as typed, with its quotation and the order of its audiences as they were."""
    form, old = flask.request.form, listed[number] if number < len(listed) else {}
    spoken, was = fields.languages(document), old.get("audiences")
    order = {str(one): at for at, one in enumerate(was)} if isinstance(was, list) else {}
    chosen: list[Data] = [*form.getlist(f"audiences-{number}")]
    new: Item = {
        "format": form.get(f"format-{number}", ""),
        "audiences": sorted(chosen, key=lambda id: order.get(str(id), len(order))) or None,
        "title": texts(form, f"title-{number}", old.get("title"), spoken),
        "length": texts(form, f"length-{number}", old.get("length"), spoken),
    }
    return {key: value for key, value in (old | new).items() if value not in (None, "")}


def _wrong(document: Document, text: str, at: Route) -> dict[str, str]:
    """By field, what is wrong with the typed visits."""
    known, typed = inputs().vocabulary, mkdocs_yml.parsed(CONFIGURATION, text.encode())[0]
    found = settings.read(typed, known)[1] if typed else ()
    return beside([one for one in errors(found) if one.route[: len(at)] == at], at)


def _row(item: Item) -> dict[str, Any]:
    """What the template shows of a visit, with the choices that the association arranges."""
    found, known = inputs().settings, inputs().vocabulary
    arranges = found.arranges if found else None
    chosen = item.get("audiences")
    ids = [str(known.audiences.find(str(one)) or one) for one in chosen] if isinstance(chosen, list) else []
    form = str(known.formats.find(str(item.get("format", ""))) or "")
    formats = {*(arranges.formats if arranges else arrangement.USUAL), form}
    audiences = {*(arranges.audiences if arranges else known.audiences), *ids}
    return {
        "format": form,
        "formats": [one for one in known.formats.by_label(language()) if one.id in formats],
        "chosen": ids,
        "audiences": [one for one in known.audiences.by_label(language()) if one.id in audiences],
        "title": said(item.get("title")),
        "length": said(item.get("length")),
        "has_quote": "quote" in item,
    }


def _page(
    document: Document,
    visits: list[Item],
    wrong: dict[str, str] | None = None,
    looked: looking.Looked | None = None,
) -> flask.typing.ResponseReturnValue:
    rows = visits if len(visits) >= arrangement.MOST_READY else [*visits, Item()]
    return show(
        "visits.html",
        rows=[_row(one) for one in rows],
        languages=called(fields.languages(document)),
        wrong=wrong or {},
        most=arrangement.MOST_READY,
        digest=digest(folder() / CONFIGURATION),
        **looking.listed(looked),
    )
