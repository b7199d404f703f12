"""The coordinator's command for hosts' answers after visits: evaluations."""

import sys
from datetime import date
from typing import BinaryIO

import click

from kokemus import resources
from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import DAY, say
from kokemus.documents.problems import errors
from kokemus.importing.evaluations import evaluations as in_file
from kokemus.importing.opening import Unopened
from kokemus.publication.inputs import Inputs
from kokemus.reports import evaluating
from kokemus.requests import evaluation, store, writing
from kokemus.text import in_language


@click.command("evaluations", cls=Localized)
@DAY
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--ask", metavar="REFERENCE")
def evaluations(on: date, file: BinaryIO, ask: str | None) -> None:
    """Joins hosts' answers to the kept requests; with ``--ask``, prints the message to a host."""
    terminal.refuse_in_ci()
    inputs = terminal.inputs()
    kept = store.read(inputs.folder, inputs.vocabulary)
    if ask:
        request = kept.by_reference.get(ask.strip().upper())
        if request is None or inputs.settings is None:
            say("evaluations.no-request")
            sys.exit(1)
        click.echo(evaluating.message(request, inputs.settings, inputs.vocabulary))
        return
    if wrong := errors(kept.problems):
        terminal.show(wrong, inputs)
        sys.exit(1)
    came = in_file(file.read())
    if isinstance(came, Unopened):
        texts = resources.texts("coordinator/texts/import")["unopened"][came.key]
        click.echo(in_language(texts, inputs.language, "en"), err=True)
        sys.exit(1)
    joined = evaluation.join(came, kept, on)
    if joined.new and not _written(inputs, kept, joined):
        say("evaluations.by-hand")
        sys.exit(1)
    for line in evaluating.summary(joined, inputs.language):
        click.echo(line)
    sys.exit(1 if joined.unknown or joined.without else 0)


def _written(inputs: Inputs, kept: store.Kept, joined: evaluation.Joined) -> bool:
    text = writing.edited(kept, joined.new)
    return text is not None and writing.write(inputs.folder, kept, text)


COMMANDS = (evaluations,)
