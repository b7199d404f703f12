"""The coordinator's command that finds who suits a request: match."""

import sys
from datetime import date
from typing import TextIO

import click

from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import ASSOCIATION, DAY, say
from kokemus.reports import asking
from kokemus.reports.explanation import of_association
from kokemus.requests import matching, reading


@click.command("match", cls=Localized)
@DAY
@ASSOCIATION
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"), default="-")
def match(on: date, association: str | None, file: TextIO) -> None:
    """Tell who suits a request, and print the message that asks them."""
    terminal.refuse_in_ci()
    inputs = terminal.inputs()
    request = reading.read(file.read(), inputs.vocabulary, on)
    if request.is_empty:
        say("match.nothing")
        sys.exit(1)
    profiles = of_association(inputs.profiles, terminal.association(inputs, association))
    found = matching.matches(request, profiles, inputs.vocabulary, on)
    for line in asking.told(request, found, inputs):
        click.echo(line)
    if not found:
        sys.exit(1)
    say("match.message")
    for line in asking.message(request, inputs):
        click.echo(line)


COMMANDS = (match,)
