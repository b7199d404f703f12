"""Crisis help page: the numbers on every page, the project's and the association's own, each in a form."""

from datetime import date

import flask

from kokemus.dates import months_later
from kokemus.desk import own_facts
from kokemus.desk.own_facts import Item, OwnFacts, in_words, items, said, texts
from kokemus.desk.saying import beside, called
from kokemus.desk.shared import digest, done, folder, inputs, language, say, show, today
from kokemus.documents.document import Data
from kokemus.importing import cells
from kokemus.settings.dated_facts import EMERGENCY, FRESH_MONTHS
from kokemus.text import dialled

pages = flask.Blueprint("crisis", __name__)
_KINDS = {"lines": "number", "chats": "address"}
_NEW = "new"


@pages.get("/crisis", endpoint="show")
def show_all() -> flask.typing.ResponseReturnValue:
    """Every number and chat in force, and the project's that the association has left out."""
    own = own_facts.of("crisis")
    if own is None:
        return flask.redirect(flask.url_for("files.show"), 303)
    known = {str(one.get("id")) for kind in _KINDS for one in items(own.document, kind)}
    ready = own_facts.ready("crisis")
    return show(
        "crisis.html",
        kinds=[(kind, [_shown(one, kind, own) for one in items(own.document, kind)]) for kind in _KINDS],
        others=[
            (kind, _shown(one, kind, own)) for kind in _KINDS for one in items(ready, kind) if one["id"] not in known
        ],
        is_named=own.is_named,
        file=own.file,
        digest=digest(folder() / own.file),
    )


@pages.get("/crisis/<kind>/<id>")
def one(kind: str, id: str) -> flask.typing.ResponseReturnValue:
    """The form of one entry, or of a new one."""
    own = own_facts.of("crisis") or flask.abort(404)
    item: Item = {"checked_on": today()} if id == _NEW else _entry(own, kind, id)
    return _page(own, kind, id, item, {})


@pages.post("/crisis/<kind>/<id>")
def change(kind: str, id: str) -> flask.typing.ResponseReturnValue:
    """Save an entry, mark it as checked today, move it up, leave it out, or restore one of the project's."""
    own, form = own_facts.of("crisis") or flask.abort(404), flask.request.form
    if kind not in _KINDS:
        flask.abort(404)
    if form.get("digest") != digest(folder() / own.file):
        return done("crisis.meanwhile", "crisis.show")
    act, listed, wrong = form.get("act", ""), items(own.document, kind), dict[str, str]()
    if act == "take":
        at, item = len(listed), _ready(kind, id)
    elif id == _NEW:
        at, item = len(listed), _typed({"id": _free(own)}, kind, own, wrong)
    else:
        old = _entry(own, kind, id)
        at = listed.index(old)
        kept = {"checked": old | {"checked_on": today()}, "up": old, "leave": old}
        item = kept[act] if act in kept else _typed(old, kind, own, wrong)
        if act == "leave" and _is_emergency(old):
            return done("crisis.emergency", "crisis.show")
    fresh: list[Data] = [*listed[:at], *([] if act == "leave" else [item]), *listed[at + 1 :]]
    if act == "up" and at and not _is_emergency(listed[at - 1]):
        fresh.insert(at - 1, fresh.pop(at))
    text, found = own_facts.edited(own, {(kind,): fresh or None})
    if act == "save" and (wrong := beside(found, (kind, at)) | wrong):
        return _page(own, kind, id, item, wrong)
    if text is None or not own_facts.save(own, text):
        return _page(own, kind, id, item, {"": say("form.by-hand", path=own.file)})
    return done("crisis.saved", "crisis.show")


def _ready(kind: str, id: str) -> Item:
    listed = items(own_facts.ready("crisis"), kind)
    return next((one for one in listed if one["id"] == id), None) or flask.abort(404)


def _entry(own: OwnFacts, kind: str, id: str) -> Item:
    listed = items(own.document, kind) if kind in _KINDS else []
    return next((one for one in listed if str(one.get("id")) == id), None) or flask.abort(404)


def _free(own: OwnFacts) -> str:
    """An id that no entry has."""
    taken = {one.get("id") for kind in _KINDS for one in items(own.document, kind)}
    return next(id for number in range(1, len(taken) + 2) if (id := f"own-{number}") not in taken)


def _is_emergency(item: Item) -> bool:
    return dialled(str(item.get("number", ""))) == EMERGENCY


def _typed(old: Item, kind: str, own: OwnFacts, wrong: dict[str, str]) -> Item:
    """The entry as typed. What was not understood is added to ``wrong``."""
    form = flask.request.form
    day = cells.day(form.get("checked_on", ""))
    if not day or day > today():
        wrong["checked_on"] = say("form.day", word=form.get("checked_on", ""))
    source = old.get("source")
    before: Item = source if isinstance(source, dict) else {}
    name, address = texts(form, "source", before.get("name"), own.languages), form.get("address_of_source", "").strip()
    spoken = [id for id in form.getlist("languages") if id in inputs().vocabulary.languages]
    given: dict[str, Data] = {
        "id": old["id"],
        _KINDS[kind]: form.get("reach", "").strip(),
        "name": texts(form, "name", old.get("name"), own.languages),
        "for": texts(form, "for", old.get("for"), own.languages),
        "hours": texts(form, "hours", old.get("hours"), own.languages),
        "languages": list[Data](spoken) or None,
        "source": {key: value for key, value in (("name", name), ("address", address)) if value} or None,
        "checked_on": day or old.get("checked_on"),
    }
    return {key: value for key, value in (old | given).items() if value not in (None, "")}


def _shown(item: Item, kind: str, own: OwnFacts) -> dict[str, object]:
    checked = item.get("checked_on") or own.document.at(("checked_on",))
    return {
        "id": item.get("id"),
        "name": in_words(item.get("name"), language()),
        "reach": item.get(_KINDS[kind], ""),
        "hours": in_words(item.get("hours"), language()),
        "checked": checked or "",
        "is_old": isinstance(checked, date) and months_later(checked, FRESH_MONTHS) < today(),
        "is_fixed": _is_emergency(item),
    }


def _page(own: OwnFacts, kind: str, id: str, item: Item, wrong: dict[str, str]) -> flask.typing.ResponseReturnValue:
    source = item.get("source")
    before: Item = source if isinstance(source, dict) else {}
    spoken = item.get("languages")
    return show(
        "crisis_one.html",
        kind=kind if kind in _KINDS else flask.abort(404),
        id=id,
        is_new=id == _NEW,
        reach=item.get(_KINDS[kind], ""),
        texts={key: said(item.get(key)) for key in ("name", "for", "hours")} | {"source": said(before.get("name"))},
        address=before.get("address", ""),
        checked_on=item.get("checked_on", ""),
        spoken=[str(one) for one in spoken] if isinstance(spoken, list) else [],
        terms=[inputs().vocabulary.languages[one] for one in _offered(spoken)],
        languages=called(own.languages),
        wrong=wrong,
        digest=digest(folder() / own.file),
    )


def _offered(spoken: Data) -> list[str]:
    """The languages to choose from: the usual ones, and what the entry already says."""
    usual = ["fi", "sv", "en", "se", "ru", "uk", "ar", "so"]
    own = [str(one) for one in spoken] if isinstance(spoken, list) else []
    return [one for one in dict.fromkeys([*usual, *own]) if one in inputs().vocabulary.languages]
