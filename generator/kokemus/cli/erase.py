"""The command that erases an expert: it reads everything before removing anything, and names what it could not read."""

import sys

import click

from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import say
from kokemus.erasure import finding
from kokemus.experts import profile as profiles
from kokemus.git.history import Unreadable
from kokemus.reports import erasing, messages, scaffolding


@click.command("erase", cls=Localized)
@click.argument("code")
def erase(code: str) -> None:
    """Removes an expert's file, lists what is left of the expert, and prints how to rewrite the history."""
    inputs = terminal.inputs()
    if not profiles.CODE.fullmatch(code):
        terminal.refuse("no-such-code", "CODE")
    found = finding.find(inputs, code)
    if isinstance(found, Unreadable):
        terminal.show([found.problem(".git")], inputs)
        say("erase.unread", code=code)
        sys.exit(1)
    is_there = (inputs.folder / found.path).is_file()
    if is_there and sys.stdin.isatty() and not _is_sure(code, inputs.language):
        say("erase.kept", path=found.path)
        sys.exit(1)
    for line in erasing.erase(inputs, found):
        click.echo(line)
    if found.is_nothing:
        sys.exit(1)


def _is_sure(code: str, language: str) -> bool:
    """Whether the coordinator, asked once more, types the whole word for yes."""
    typed: str = click.prompt(messages.say("erase.ask", language, code=code), default="", show_default=False)
    return typed.strip().casefold() in (messages.say("erase.yes", each) for each in scaffolding.LANGUAGES)


COMMANDS = (erase,)
