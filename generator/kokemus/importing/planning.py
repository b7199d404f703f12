"""What an import would write, row by row, and what somebody must decide first. Only ``write`` changes files."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from kokemus import disk
from kokemus.dates import months_later
from kokemus.documents import editing, parser
from kokemus.documents.problems import Problem, errors
from kokemus.experts import profile
from kokemus.importing import cells, differences, rows, words
from kokemus.importing.columns import Columns
from kokemus.importing.opening import Sheet
from kokemus.importing.rows import LISTS, Pair, Values
from kokemus.importing.words import Understood, Unknown, Word
from kokemus.publication.inputs import Inputs
from kokemus.reports import scaffolding
from kokemus.text import fold, is_rounded
from kokemus.vocabulary import Vocabulary

_KEYS = {"associations": "association"}
_PRIVATE = ("name", "email", "phone", "limits", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A remark on a row, mostly why it cannot be written.

    ``key`` is a key of ``wrong`` in ``coordinator/texts/import.yml``. ``problem`` is set if the profile has an error.
    """

    row: int
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A row as it was understood: its values, the ids of its terms by kind, and the text of the profile."""

    row: int
    values: Values
    ids: Mapping[str, tuple[str, ...]]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``known`` are the rows of people who have a profile already, with its path; they are skipped. ``noted`` are
    remarks on rows that are ready, or that are the example. ``names`` are the names by row."""

    ready: tuple[Ready, ...]
    known: Mapping[int, str]
    wrong: tuple[Wrong, ...]
    unknown: tuple[Unknown, ...]
    missing: tuple[str, ...]
    noted: tuple[Wrong, ...] = ()
    understood: tuple[Understood, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    differing: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether something must be decided before all rows can be written."""
        return bool(self.wrong or self.unknown or self.missing)


def plan(
    sheet: Sheet,
    columns: Columns,
    inputs: Inputs,
    on: date,
    decided: Mapping[Word, tuple[str, ...]] | None = None,
    shared: Mapping[str, str] | None = None,
    joined: Collection[Pair] = (),
) -> Plan:
    """What an import would write on a day.

    ``decided`` has the ids that each unknown word stands for; no ids if the word is to be ignored. ``shared`` has the
    text for fields that are empty in a row. ``joined`` are pairs of rows that are one person's.
    """
    typed: dict[int, Values] = {
        number + 1: said | {name: text for name, text in (shared or {}).items() if not said.get(name)}
        for number, row in enumerate(sheet.rows[columns.row + 1 :], columns.row + 1)
        if any((said := rows.values(row, columns)).values())
    }
    filled = rows.joined(typed, joined)
    missing = tuple(_missing(filled, columns))
    if missing:
        return Plan(ready=(), known={}, wrong=(), unknown=(), missing=missing)
    known = dict(rows.known(filled, inputs))
    examples = {number for number, values in filled.items() if values["name"] in rows.examples()}
    wanted = {number: values for number, values in filled.items() if number not in known.keys() | examples}
    held = [*_held(wanted, inputs)]
    held_rows = {one.row for one in held}
    unknown = tuple(words.unknown(wanted, inputs.vocabulary, decided or {}))
    understood = tuple(words.understood(wanted, inputs.vocabulary, decided or {}))
    waiting = {number for one in unknown for number in one.rows}
    ready: list[Ready] = []
    wrong, noted = held, [*(Wrong(row=number, key="example") for number in examples), *_joined(typed, joined)]
    for number, values in wanted.items():
        is_split = "@" not in values["name"]
        found = [*_wrong(number, values, on)] if is_split else [Wrong(row=number, key="one-cell")]
        if number not in waiting and is_split:
            found += [*_without(number, values, inputs.vocabulary, decided or {})]
        if not found and number not in waiting and number not in held_rows:
            ids = {kind: words.ids(kind, values[kind], inputs.vocabulary, decided or {}) for kind in LISTS}
            made = _text(values, ids, inputs, on)
            found = [Wrong(row=number, key="profile", problem=one) for one in _problems(made, inputs)]
            if not found:
                ready.append(Ready(row=number, values=values, ids=ids, text=made))
                noted += _noted(number, values, on)
        wrong += found
    return Plan(
        ready=tuple(ready),
        known=known,
        wrong=tuple(sorted(wrong, key=lambda one: one.row)),
        unknown=unknown,
        missing=(),
        noted=tuple(noted),
        understood=understood,
        differing={
            number: tuple(differences.fields(filled[number], document, inputs.vocabulary))
            for number, path in known.items()
            for document in inputs.documents
            if document.path == path
        },
        names={number: values["name"] for number, values in filled.items()},
    )


def write(plan: Plan, inputs: Inputs) -> tuple[str, ...]:
    """Write each ready row under a random code, and return the paths. A repeated import skips what was written."""
    folder = PurePosixPath(inputs.experts)
    taken = {PurePosixPath(path).stem.casefold() for path in inputs.marks}
    if not scaffolding.has_schemas(inputs.folder):
        scaffolding.write_schemas(inputs.folder, inputs.vocabulary)
    written = []
    for one in plan.ready:
        code = scaffolding.suggested(frozenset(taken))
        taken.add(code)
        disk.write(inputs.folder, folder / f"{code}.yml", one.text)
        written.append(f"{folder}/{code}.yml")
    return tuple(written)


def _missing(values: Mapping[int, Values], columns: Columns) -> Iterator[str]:
    """The required fields that neither a column nor a shared value gives."""
    fields = {name for row in values.values() for name, text in row.items() if text} | set(columns.fields)
    yield from (name for name in ("languages", "given") if name not in fields)
    if not fields & {"places", "remote"}:
        yield "places"


def _held(wanted: Mapping[int, Values], inputs: Inputs) -> Iterator[Wrong]:
    """Rows that may be the same person as another row, or as a profile under another name."""
    sure = dict(rows.twice(wanted))
    for number, other in sure.items():
        key = "twice-same" if _same(wanted[number], wanted[other], "email") else "twice"
        yield Wrong(row=number, key=key, values={"other": other})
    for number, other in ((number, other) for number, other in rows.maybe_twice(wanted) if number not in sure):
        key = "maybe-twice-name" if _same(wanted[number], wanted[other], "name") else "maybe-twice"
        yield Wrong(row=number, key=key, values={"other": other})
    for number, path in rows.maybe_known(wanted, inputs):
        document = next(one for one in (*inputs.documents, *inputs.remains) if one.path == path)
        name = {"name": next((text for _, text in document.leaves("private", "name")), "")}
        key = "maybe-known-name" if _same(wanted[number], name, "name") else "maybe-known"
        yield Wrong(row=number, key=key, values={"path": path})


def _same(one: Values, other: Values, key: str) -> bool:
    """Whether a value is there in both, and the same however it is written."""
    return bool(one[key]) and sorted(fold(one[key])) == sorted(fold(other[key]))


def _joined(typed: Mapping[int, Values], joined: Collection[Pair]) -> Iterator[Wrong]:
    """The fields in which two merged rows differ. The first row's values are kept."""
    for number, other in sorted(joined):
        if number in typed and other in typed and (fields := rows.differing(typed[number], typed[other])):
            yield Wrong(row=number, key="joined", values={"other": other, "fields": ", ".join(fields)})


def _noted(number: int, values: Values, on: date) -> Iterator[Wrong]:
    given = cells.day(values["given"])
    if given and (last := months_later(given, 24)) < on:
        yield Wrong(row=number, key="ended", values={"day": last})


def _wrong(number: int, values: Values, on: date) -> Iterator[Wrong]:
    given = cells.day(values["given"])
    if not values["given"]:
        yield Wrong(row=number, key="no-consent")
    elif days := cells.readings(values["given"]):
        yield Wrong(row=number, key="two-days", values={"one": days[0], "other": days[1]})
    elif given is None:
        yield Wrong(row=number, key="no-day")
    elif given > on:
        yield Wrong(row=number, key="future", values={"day": given})
    if values["email"] and not cells.is_email(values["email"]):
        yield Wrong(row=number, key="no-email", values={"word": values["email"]})
    if is_rounded(values["phone"]):
        yield Wrong(row=number, key="phone-rounded")
    elif values["phone"] and not cells.is_phone(values["phone"]):
        yield Wrong(row=number, key="no-phone", values={"word": values["phone"]})
    if cells.answer(values["remote"]) is None:
        yield Wrong(row=number, key="no-answer")


def _without(
    number: int, values: Values, vocabulary: Vocabulary, decided: Mapping[Word, tuple[str, ...]]
) -> Iterator[Wrong]:
    """Topics or languages that are missing, because the cell is empty or all its words are ignored."""
    for kind in ("topics", "languages"):
        if not words.ids(kind, values[kind], vocabulary, decided):
            yield Wrong(row=number, key=f"no-{kind}")


def _text(values: Values, ids: Mapping[str, tuple[str, ...]], inputs: Inputs, on: date) -> str:
    lines = [
        scaffolding.schema_line(PurePosixPath(inputs.experts)),
        "consent:",
        f"  given: {cells.day(values['given'])}",
        f"admitted: {on}",
        *(f"{_KEYS.get(kind, kind)}: [{', '.join(ids[kind])}]" for kind in LISTS if kind != "topics" and ids[kind]),
        f"remote: {'true' if cells.answer(values['remote']) else 'false'}",
        "offers:",
        *(f"  - topic: {topic}" for topic in ids["topics"]),
    ]
    private = {name: values[name] for name in _PRIVATE if values[name]}
    if private:
        lines += ["private:", *(f"  {name}: {editing.quoted(text)}" for name, text in private.items())]
    return "\n".join(lines) + "\n"


def _problems(text: str, inputs: Inputs) -> tuple[Problem, ...]:
    """The errors that the profile itself would have."""
    document, found = parser.read(f"{inputs.experts}/import.yml", text.encode())
    return errors([*found, *(profile.read(document, inputs.vocabulary)[1] if document else ())])
