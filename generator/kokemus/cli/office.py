"""The coordinator's commands for consents and for papers: people, renew, everything, papers."""

import sys
from dataclasses import replace
from datetime import date

import click

from kokemus import disk
from kokemus.cli import terminal
from kokemus.cli.localized import Localized
from kokemus.cli.terminal import ASSOCIATION, CODE, DAY, say
from kokemus.documents.problems import errors
from kokemus.experts import belonging
from kokemus.experts import profile as profiles
from kokemus.git.history import Unreadable
from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs
from kokemus.reports import (
    consent_sheet,
    holdings,
    messages,
    officer,
    paper,
    particulars,
    renewal,
    scaffolding,
    withdrawal,
)
from kokemus.reports.explanation import of_association
from kokemus.reports.particulars import Facts
from kokemus.reports.people import people as everybody
from kokemus.settings import Settings


@click.command("people", cls=Localized)
@DAY
@ASSOCIATION
def people(on: date, association: str | None) -> None:
    """Prints who is behind each code, and what their consent means on the day."""
    terminal.refuse_in_ci()
    inputs = terminal.inputs()
    for person in everybody(inputs, on, terminal.association(inputs, association)):
        click.echo(messages.person(person, inputs.language))


@click.command("renew", cls=Localized)
@DAY
@CODE
def renew(on: date, code: str) -> None:
    """Writes the date of a new signature. The date of admission stays, so a renewal does not count as a newcomer."""
    inputs = terminal.inputs()
    document = terminal.document(inputs, code)
    found, problems = profiles.read(document, inputs.vocabulary)
    if found is None:
        terminal.show(problems, inputs)
        sys.exit(1)
    if withdrawn := withdrawal.day(document):
        say("renew.withdrawn", code=code, path=document.path, day=withdrawn)
        sys.exit(1)
    if on <= found.consent.given:
        say("renew.already", code=code, day=found.consent.given)
        return
    made = renewal.renew(inputs, document, found, on, consent_sheet.TEXT)
    if not made:
        say("renew.by-hand", path=document.path, on=on, admitted=found.admitted)
        sys.exit(1)
    say("renew.done", code=code, on=on, until=made.consent.review, admitted=made.admitted)


@click.command("everything", cls=Localized)
@DAY
@ASSOCIATION
@CODE
def everything(on: date, association: str | None, code: str) -> None:
    """Prints everything that is held about one expert, for their right of access."""
    terminal.refuse_in_ci()
    inputs = terminal.inputs()
    document = terminal.document(inputs, code)
    settings, language = _settings(inputs), _language(inputs)
    name = f"everything-{code}.{language}.html"
    chosen = terminal.association(inputs, association)
    if chosen and chosen not in belonging.of(document, inputs.vocabulary.associations):
        terminal.refuse("not-its-expert", "--association")
    held = holdings.held(inputs, document, code, crowd.on_the_day(inputs, on), name)
    facts = particulars.of_association(settings, inputs.configuration, language, chosen)
    page = paper.everything(held, facts, inputs.vocabulary, language)
    terminal.paper(inputs, None, name, page)
    terminal.gaps(page)
    say("everything.read")
    if isinstance(held.found, Unreadable):
        terminal.show([held.found.problem(".git")], inputs)
        sys.exit(1)


@click.command("papers", cls=Localized)
@DAY
@ASSOCIATION
@click.option("--only", type=click.Choice([*officer.PAPERS]))
def papers(on: date, association: str | None, only: str | None) -> None:
    """Makes the papers for data protection and for the next coordinator, filled in with the association's own facts."""
    inputs = terminal.inputs()
    settings, facts, today = _settings(inputs), _facts(inputs), crowd.on_the_day(inputs, on)
    chosen = terminal.association(inputs, association)
    own = replace(inputs, profiles=of_association(inputs.profiles, chosen))
    names = [only] if only else [*officer.PAPERS]
    made = {name: officer.made(name, own, settings, facts, today, chosen) for name in names}
    for name, page in made.items():
        language = officer.spoken(name, inputs.language)
        terminal.paper(inputs, None, f"{name}{f'-{chosen}' if chosen else ''}.{language}.html", page)
    if not (inputs.folder / particulars.PAPERS).is_file():
        disk.write(inputs.folder, particulars.PAPERS, scaffolding.papers(_language(inputs)))
        say("papers.begun", path=particulars.PAPERS)
    terminal.gaps(*made.values())


def _language(inputs: Inputs) -> str:
    return inputs.language if inputs.language == "fi" else "en"


def _settings(inputs: Inputs) -> Settings:
    """The configuration; if it is wrong, prints the problems and exits with code 1."""
    if inputs.settings is None:
        terminal.show(errors(found for found in inputs.problems if found.path == inputs.configuration), inputs)
        sys.exit(1)
    return inputs.settings


def _facts(inputs: Inputs) -> Facts:
    """What the association has written for its papers; if it is wrong, prints the problems and exits with code 1."""
    facts, problems = particulars.of_papers(inputs.folder)
    if problems:
        terminal.show(problems, inputs)
        sys.exit(1)
    return facts


COMMANDS = (people, renew, everything, papers)
