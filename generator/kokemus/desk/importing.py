"""Import page: a spreadsheet becomes profiles. Nothing is written before somebody has seen what would be written.

The rows stay in memory until they are saved or another spreadsheet is read. The spreadsheet itself is never written to
disk.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256

import flask

from kokemus import resources
from kokemus.desk import changes
from kokemus.desk.shared import done, helped, inputs, language, meanwhile, say, show, today
from kokemus.importing import columns, opening, planning
from kokemus.importing.columns import FIELDS, Columns
from kokemus.importing.opening import Sheet, Unopened
from kokemus.importing.planning import Plan, Word
from kokemus.text import in_language

pages = flask.Blueprint("importing", __name__)
_TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = resources.texts("coordinator/texts/import")
_HELD = "IMPORTED"
_SHOWN = 5
LEFT_OUT = "-"


@pages.get("/import", endpoint="show")
def choose() -> flask.typing.ResponseReturnValue:
    """Choose a file."""
    return show("import.html", problem="")


@pages.post("/import")
def upload() -> flask.typing.ResponseReturnValue:
    """Read the file, and show how it was understood."""
    given = flask.request.files.get("file")
    if given is None or not given.filename:
        return show("import.html", problem=say("import.none"))
    with meanwhile():
        sheets = opening.sheets(given.filename, given.read())
    if isinstance(sheets, Unopened):
        return show("import.html", problem=_text("unopened", sheets.key))
    found = columns.found(sheets)
    if found is None:
        fields = ", ".join(_field(name) for name in FIELDS)
        return show("import.html", problem=_text("unopened", "no-headings", fields=fields))
    held = (secrets.token_hex(8), *found)
    flask.current_app.config[_HELD] = held
    return _page(*held, planning.plan(*found, inputs(), today()), {}, {})


@pages.post("/import/plan")
def decide() -> flask.typing.ResponseReturnValue:
    """Show what would be written with these decisions, or write it if exactly that has been shown."""
    held = flask.current_app.config.get(_HELD)
    form = flask.request.form
    if held is None or form.get("held") != held[0]:
        return show("import.html", problem=say("import.again"))
    name, sheet, known = held
    chosen = _chosen(known, len(sheet.rows[known.row]))
    decided: dict[Word, tuple[str, ...]] = {}
    for number in range(len(form.getlist("word"))):
        kind, word = form.getlist("kind")[number], form.getlist("word")[number]
        if meant := form.getlist("meant")[number]:
            decided[planning.compared(kind, word)] = () if meant == LEFT_OUT else (meant,)
    shared = {name: form.get(f"shared-{name}", "").strip() for name in ("languages", "given", "places")}
    plan = planning.plan(sheet, chosen, inputs(), today(), decided, shared)
    is_new = form.get("act") == "save" and form.get("seen") != _digest(plan)
    if form.get("act") != "save" or is_new or not plan.ready:
        return _page(name, sheet, chosen, plan, decided, shared, is_new)
    written = planning.write(plan, inputs())
    flask.current_app.config.pop(_HELD)
    return done("import.saved", "people.show", count=len(written))


def _digest(plan: Plan) -> str:
    """A hash of what would be written, to notice if it differs from what was shown."""
    return sha256("".join(one.text for one in plan.ready).encode()).hexdigest()


def _chosen(known: Columns, width: int) -> Columns:
    """The columns as the coordinator assigns them in the form."""
    fields: dict[str, tuple[int, ...]] = {}
    for at in range(width):
        if (name := flask.request.form.get(f"column-{at}", "")) in FIELDS:
            fields[name] = (*fields.get(name, ()), at)
    return Columns(known.row, fields, known.unread)


def _text(part: str, key: str, **values: object) -> str:
    return in_language(_TEXTS[part][key], language(), "en").format_map(values)


def _field(name: str) -> str:
    return _text("fields", name) if name in _TEXTS["fields"] else say(f"import.{name}")


def _what(one: planning.Wrong) -> str:
    found = one.problem
    values = {"message": found.text("message", inputs().language), "help": helped(found)} if found else one.values
    return _text("wrong", one.key, **values)


def _page(
    name: str,
    sheet: Sheet,
    known: Columns,
    plan: Plan,
    decided: Mapping[Word, tuple[str, ...]],
    shared: Mapping[str, str],
    is_new: bool = False,
) -> flask.typing.ResponseReturnValue:
    meaning = {at: name for name, places in known.fields.items() for at in places}
    vocabulary = inputs().vocabulary
    terms = {
        kind: [(term.id, term.label(inputs().language)) for term in getattr(vocabulary, kind).by_label(language())]
        for kind in {one.kind for one in plan.unknown}
    }
    decisions = [(kind, word, ids[0] if ids else LEFT_OUT) for (kind, word), ids in decided.items()]
    return show(
        "plan.html",
        held=name,
        seen=_digest(plan),
        is_new=is_new,
        headings=[(columns.letter(at), text, meaning.get(at, "")) for at, text in enumerate(sheet.rows[known.row])],
        rows=sheet.rows[known.row + 1 : known.row + 1 + _SHOWN],
        fields=[(name, _field(name)) for name in FIELDS],
        plan=plan,
        missing=[_field(name) for name in plan.missing],
        wrong=[(one.row, _what(one)) for one in plan.wrong],
        noted=[(one.row, _what(one)) for one in plan.noted],
        unknown=[(one, _field(one.kind), terms[one.kind]) for one in plan.unknown],
        decisions=decisions,
        shared=shared,
        places=changes.choices(vocabulary, inputs().language)["places"],
        left_out=LEFT_OUT,
    )
