"""The coordinator's command that makes profiles from a spreadsheet: import."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from kokemus import resources
from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import DAY
from kokemus.importing import columns, opening, planning
from kokemus.importing.columns import Columns
from kokemus.importing.opening import Sheet, Unopened
from kokemus.importing.planning import Plan, Wrong
from kokemus.publication.inputs import Inputs
from kokemus.text import in_language

_TEXTS: Mapping[str, Mapping[str, Mapping[str, str]]] = resources.texts("coordinator/texts/import")


@click.command("import", cls=Localized)
@DAY
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", "confirmed", is_flag=True)
def import_(on: date, file: Path, confirmed: bool) -> None:
    """Prints which profiles a spreadsheet would become; with ``--yes`` writes those with nothing left to decide."""
    terminal.refuse_in_ci()
    inputs = terminal.inputs()
    sheets = opening.sheets(file.name, file.read_bytes())
    if isinstance(sheets, Unopened):
        _end(_said("unopened", sheets.key, inputs.language))
    found = columns.found(sheets)
    if found is None:
        fields = ", ".join(_field(name, inputs.language) for name in _TEXTS["fields"])
        _end(_said("unopened", "no-headings", inputs.language, fields=fields))
    sheet, known = found
    planned = planning.plan(sheet, known, inputs, on)
    for line in _headings(sheet, known, inputs.language):
        click.echo(line)
    for line in _decisions(planned, inputs):
        click.echo(line)
    if confirmed and planned.ready:
        for one, path in zip(planned.ready, planning.write(planned, inputs), strict=True):
            click.echo(_said("says", "written", inputs.language, path=path, row=one.row))
        click.echo(_said("says", "after", inputs.language))
    elif planned.ready:
        click.echo(_said("says", "how", inputs.language, file=file))
    sys.exit(1 if planned.is_open else 0)


def _said(part: str, key: str, language: str, **values: object) -> str:
    return in_language(_TEXTS[part][key], language, "en").format_map(values)


def _end(line: str) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(1)


def _field(name: str, language: str) -> str:
    return in_language(_TEXTS["fields"][name], language, "en")


def _headings(sheet: Sheet, known: Columns, language: str) -> Iterator[str]:
    """How the headings were understood."""
    name = _said("says", "sheet", language, name=sheet.name) if sheet.name else _said("says", "file", language)
    yield _said("says", "read", language, sheet=name, row=known.row + 1)
    read: dict[str, list[str]] = {}
    for name, places in known.fields.items():
        read.setdefault(name.removeprefix("first_").removeprefix("last_"), []).extend(map(columns.letter, places))
    shown = (f"{'+'.join(letters)} {_field(name, language)}" for name, letters in read.items())
    yield _said("says", "columns", language, columns=", ".join(shown))
    if known.unread:
        unread = (f"{columns.letter(at)} {sheet.rows[known.row][at]}".rstrip() for at in known.unread)
        yield _said("says", "unread", language, columns=", ".join(unread))


def _decisions(planned: Plan, inputs: Inputs) -> Iterator[str]:
    """What must be decided first, by row and by word, and how many profiles are ready."""
    language = inputs.language
    if planned.missing:
        fields = ", ".join(_field(name, language) for name in planned.missing)
        yield _said("says", "missing", language, fields=fields)
        return
    for row, path in planned.known.items():
        fields = ", ".join(_field(name, language) for name in planned.differing.get(row, ()))
        yield _said("says", "known-differs" if fields else "known", language, row=row, path=path, fields=fields)
    for one in planned.wrong:
        yield _said("says", "row", language, row=one.row, what=_what(one, language))
    for one in planned.noted:
        yield _said("says", "row", language, row=one.row, what=_what(one, language))
    for word in planned.unknown:
        terms = getattr(inputs.vocabulary, word.kind)
        labels = [terms[id].label(language) for id in word.suggested]
        near = _said("says", "near", language, label=", ".join(labels)) if labels else ""
        values = {"word": word.word, "kind": word.kind, "field": _field(word.kind, language), "near": near}
        yield _said("says", "unknown", language, rows=", ".join(map(str, word.rows)), **values)
    for meant in planned.understood:
        taken = ", ".join(getattr(inputs.vocabulary, meant.kind)[id].label(language) for id in meant.ids)
        values = {"word": meant.word, "field": _field(meant.kind, language), "labels": taken}
        yield _said("says", "understood", language, rows=", ".join(map(str, meant.rows)), **values)
    waiting = {one.row for one in planned.wrong} | {row for word in planned.unknown for row in word.rows}
    yield _said("says", "ready", language, ready=len(planned.ready), open=len(waiting))


def _what(wrong: Wrong, language: str) -> str:
    why = wrong.problem
    values = {"message": why.text("message", language), "help": why.text("help", language)} if why else wrong.values
    return _said("wrong", wrong.key, language, **values)


COMMANDS = (import_,)
