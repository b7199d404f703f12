"""The coordinator's command for an expert who leaves: withdraw."""

import sys
from datetime import date

import click

from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import CODE, DAY, say
from kokemus.documents.problems import errors
from kokemus.experts.keys import LEAVING
from kokemus.publication import crowd
from kokemus.reports import messages, withdrawal


@click.command("withdraw", cls=Localized)
@DAY
@CODE
@click.option("--leaving", type=click.Choice(LEAVING))
def withdraw(on: date, code: str, leaving: str | None) -> None:
    """Marks a consent as withdrawn even if other files are wrong, and prints what vanishes when."""
    inputs = terminal.inputs()
    document = terminal.document(inputs, code)
    day = withdrawal.day(document)
    if day and day <= on and not leaving:
        say("withdraw.already", code=code)
    else:
        day = withdrawal.mark(inputs.folder, document, on, leaving)
        if not day:
            say("withdraw.by-hand", path=document.path, on=on)
            sys.exit(1)
        say("withdraw.marked", code=code, on=day)
    fresh = terminal.inputs()
    wrong = errors([*fresh.problems, *crowd.on_the_day(fresh, on).problems])
    if wrong:
        say("withdraw.others")
        terminal.show(wrong, fresh)
    if day > (today := terminal.today()):
        say("withdraw.ahead", code=code, on=day, today=today)
    elif left := next((profile for profile in fresh.profiles if profile.code == code), None):
        for line in messages.leaves(left, fresh.language, fresh.vocabulary):
            click.echo(line)
        if left.solo and left.consent.leaving == LEAVING[0]:
            say("withdraw.month", code=code)


COMMANDS = (withdraw,)
