"""The coordinator's command that finds the experts who suit a request: match."""

import sys
from datetime import date
from typing import BinaryIO, NoReturn

import click

from kokemus import resources
from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import ASSOCIATION, DAY, say
from kokemus.documents.problems import render
from kokemus.importing import requests
from kokemus.importing.opening import Unopened
from kokemus.publication.inputs import Inputs
from kokemus.reports import asking, messages
from kokemus.reports.explanation import of_association
from kokemus.requests import keeping, matching, store, writing
from kokemus.requests.request import Request
from kokemus.requests.store import Kept
from kokemus.text import in_language


@click.command("match", cls=Localized)
@DAY
@ASSOCIATION
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--keep", is_flag=True)
def match(on: date, association: str | None, file: BinaryIO, keep: bool) -> None:
    """Prints who suits each request of a file, and the message that asks them; with ``--keep`` keeps the requests."""
    terminal.refuse_in_ci()
    inputs = terminal.inputs()
    came = requests.requests(file.read(), inputs.vocabulary, on)
    if isinstance(came, Unopened):
        _end(in_language(resources.texts("coordinator/texts/import")["unopened"][came.key], inputs.language, "en"))
    kept, gone = keeping.cleared(inputs.folder, inputs.vocabulary, inputs.settings, on)
    if gone:
        say("match.cleared", count=gone)
    _tell(kept, inputs)
    profiles = of_association(inputs.profiles, terminal.association(inputs, association))
    answers = [matching.answer(one, profiles, inputs.vocabulary, on, kept.requests) for one in came]
    for request, answer in zip(came, answers, strict=True):
        for line in asking.lines(request, answer, inputs):
            click.echo(line)
        if answer.suiting:
            say("match.message")
            for line in asking.message(request, inputs):
                click.echo(line)
    if keep:
        _keep(came, kept, inputs)
    sys.exit(0 if all(answer.suiting for answer in answers) else 1)


def _keep(came: tuple[Request, ...], kept: Kept, inputs: Inputs) -> None:
    new = kept.unknown(came)
    if new:
        text = writing.edited(kept, {}, new)
        if text is None or not writing.write(inputs.folder, kept, text):
            _end(messages.say("match.kept-not", inputs.language))
    say("match.kept", new=len(new), known=len(came) - len(new))


def _tell(kept: Kept, inputs: Inputs) -> None:
    """Prints what is wrong with the file of requests. The command goes on with what could be read."""
    marks = {store.NAME: kept.document.marks} if kept.document else {}
    click.echo(render(kept.problems, marks, language=inputs.language), nl=False, err=True)


def _end(line: str) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(1)


COMMANDS = (match,)
