"""Import page: a spreadsheet becomes profiles. Nothing is written before somebody has seen what would be written.

The rows stay in memory until they are saved or another spreadsheet is read. The spreadsheet itself is never written to
disk.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import PurePosixPath

import flask

from kokemus import resources
from kokemus.desk import changes
from kokemus.desk.shared import days, done, helped, inputs, language, name_of, say, show, today
from kokemus.desk.turns import meanwhile
from kokemus.importing import cells, columns, opening, planning, words
from kokemus.importing.columns import FIELDS, Columns
from kokemus.importing.opening import Sheet, Unopened
from kokemus.importing.planning import Plan
from kokemus.importing.rows import Pair
from kokemus.importing.words import Understood, Word
from kokemus.reports import scaffolding
from kokemus.text import in_language

pages = flask.Blueprint("importing", __name__)
_TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = resources.texts("coordinator/texts/import")
_HELD = "IMPORTED"
_CHOSEN = "IMPORT_CHOSEN"
_SHOWN = 5
_PAIR = re.compile(r"(\d{1,5})-(\d{1,5})")
LEFT_OUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """The last choices while the desk is open: each heading's field, the meanings of words, and what all rows share."""

    headings: Mapping[str, str]
    decided: Mapping[Word, tuple[str, ...]]
    shared: Mapping[str, str]


@pages.get("/import", endpoint="show")
def choose() -> flask.typing.ResponseReturnValue:
    """Choose a file."""
    return _choose("")


@pages.get("/import/example")
def example() -> flask.typing.ResponseReturnValue:
    """A spreadsheet to fill in."""
    name = {"Content-Disposition": f"attachment; filename={scaffolding.SHEET}"}
    return flask.Response(scaffolding.example_sheet(language()), mimetype="text/csv", headers=name)


@pages.post("/import")
def upload() -> flask.typing.ResponseReturnValue:
    """Read the file, and show how it was understood."""
    given = flask.request.files.get("file")
    if given is None or not given.filename:
        return _choose(say("import.none"))
    with meanwhile():
        sheets = opening.sheets(given.filename, given.read())
    if isinstance(sheets, Unopened):
        return _choose(_text("unopened", sheets.key))
    found = columns.found(sheets)
    if found is None:
        fields = ", ".join(_field(name) for name in FIELDS)
        return _choose(_text("unopened", "no-headings", fields=fields))
    sheet, known = found[0], _as_before(*found)
    held = (secrets.token_hex(8), sheet, known)
    flask.current_app.config[_HELD] = held
    decided, shared = _choices().decided, _choices().shared
    return _page(*held, planning.plan(sheet, known, inputs(), today(), decided, shared), decided, shared)


@pages.post("/import/plan")
def decide() -> flask.typing.ResponseReturnValue:
    """Show what would be written with these decisions, or write it if exactly that has been shown."""
    held = flask.current_app.config.get(_HELD)
    form = flask.request.form
    if held is None or form.get("held") != held[0]:
        return _choose(say("import.again"))
    name, sheet, known = held
    chosen = _chosen(known, len(sheet.rows[known.row]))
    decided: dict[Word, tuple[str, ...]] = {}
    for number in range(len(form.getlist("word"))):
        kind, word = form.getlist("kind")[number], form.getlist("word")[number]
        if meant := form.getlist("meant")[number]:
            decided[words.compared(kind, word)] = () if meant == LEFT_OUT else (meant,)
    shared = {name: form.get(f"shared-{name}", "").strip() for name in ("languages", "given", "places")}
    joined = _joined()
    headings = {text: form.get(f"column-{at}", "") for at, text in enumerate(sheet.rows[known.row]) if text}
    flask.current_app.config[_CHOSEN] = _Choices(headings=headings, decided=decided, shared=shared)
    plan = planning.plan(sheet, chosen, inputs(), today(), decided, shared, joined)
    is_new = form.get("act") == "save" and form.get("seen") != _digest(plan)
    if form.get("act") != "save" or is_new or not plan.ready:
        return _page(name, sheet, chosen, plan, decided, shared, joined, is_new)
    written = planning.write(plan, inputs())
    flask.current_app.config.pop(_HELD)
    return done("import.saved.one" if len(written) == 1 else "import.saved", "people.show", count=len(written))


def _joined() -> tuple[Pair, ...]:
    """The pairs of rows that the coordinator marked as one person."""
    pairs = (_PAIR.fullmatch(text) for text in flask.request.form.getlist("join"))
    return tuple(dict.fromkeys((int(pair[1]), int(pair[2])) for pair in pairs if pair))


def _choices() -> "_Choices":
    return flask.current_app.config.get(_CHOSEN) or _Choices(headings={}, decided={}, shared={})


def _as_before(sheet: Sheet, known: Columns) -> Columns:
    """The columns as they were last assigned to the same headings, to ask nothing again about a corrected sheet."""
    fields: dict[str, tuple[int, ...]] = {}
    meaning = {at: name for name, places in known.fields.items() for at in places}
    for at, text in enumerate(sheet.rows[known.row]):
        if name := _choices().headings.get(text, meaning.get(at, "")):
            fields[name] = (*fields.get(name, ()), at)
    return Columns(known.row, fields, known.unread)


def _choose(problem: str) -> flask.typing.ResponseReturnValue:
    return show("import.html", problem=problem, fields=[_field(name) for name in FIELDS])


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
    told = one.problem
    values = {"message": told.text("message", inputs().language), "help": helped(told)} if told else {**one.values}
    if "fields" in values:
        values["fields"] = ", ".join(map(_field, str(values["fields"]).split(", ")))
    if "path" in values:
        values["path"] = name_of(str(values["path"]))
    values = {name: days(value) if isinstance(value, date) else value for name, value in values.items()}
    return _text("wrong", one.key, **values)


def _pair(one: planning.Wrong) -> Pair | None:
    """The two rows that can be joined. The question is shown once, at the second row."""
    other = one.values.get("other")
    return (other, one.row) if isinstance(other, int) and other < one.row else None


def _row(plan: Plan, number: int) -> str:
    """The number of a row, with the name of the person."""
    name = plan.names.get(number, "")
    return f"{number} ({name})" if name else str(number)


def _label(kind: str, id: str) -> str:
    return str(getattr(inputs().vocabulary, kind)[id].label(inputs().language))


def _is_chosen(one: Understood, decided: Mapping[Word, tuple[str, ...]]) -> bool:
    """Whether somebody has decided what a word means."""
    return words.compared(one.kind, one.word) in decided


def _understood(one: planning.Ready) -> Iterator[tuple[str, str]]:
    """What would be saved of one person, by field."""
    for name in ("topics", "languages", "places", "formats", "audiences", "associations"):
        if one.ids[name]:
            yield _field(name), ", ".join(_label(name, id) for id in one.ids[name])
    yield _field("remote"), say("import.yes" if cells.answer(one.values["remote"]) else "import.no")
    yield _field("given"), days(cells.day(one.values["given"]))
    for name in ("email", "phone", "limits", "notes"):
        if one.values[name]:
            yield _field(name), one.values[name]


def _page(
    name: str,
    sheet: Sheet,
    known: Columns,
    plan: Plan,
    decided: Mapping[Word, tuple[str, ...]],
    shared: Mapping[str, str],
    joined: tuple[Pair, ...] = (),
    is_new: bool = False,
) -> flask.typing.ResponseReturnValue:
    meaning = {at: name for name, places in known.fields.items() for at in places}
    vocabulary = inputs().vocabulary
    terms = {
        kind: [(term.id, term.label(inputs().language)) for term in getattr(vocabulary, kind).by_label(language())]
        for kind in {*(one.kind for one in plan.unknown), *(one.kind for one in plan.understood)}
    }
    shown = {words.compared(one.kind, one.word) for one in plan.understood}
    rest = {word: ids for word, ids in decided.items() if word not in shown}
    decisions = [(kind, word, ids[0] if ids else LEFT_OUT) for (kind, word), ids in rest.items()]
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
        wrong=[(_row(plan, one.row), _what(one), _pair(one)) for one in plan.wrong],
        joined=joined,
        noted=[(_row(plan, one.row), _what(one)) for one in plan.noted],
        known=[_row(plan, number) for number in plan.known],
        differing=[
            (_row(plan, number), PurePosixPath(plan.known[number]).stem, [*map(_field, fields)])
            for number, fields in plan.differing.items()
            if fields
        ],
        ready=[(_row(plan, one.row), [*_understood(one)]) for one in plan.ready],
        understood=[
            (one, _field(one.kind), [_label(one.kind, id) for id in one.ids], terms[one.kind], _is_chosen(one, decided))
            for one in plan.understood
        ],
        unknown=[(one, _field(one.kind), terms[one.kind]) for one in plan.unknown],
        decisions=decisions,
        shared=shared,
        places=changes.choices(vocabulary, inputs().language)["places"],
        left_out=LEFT_OUT,
    )
