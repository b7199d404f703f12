"""The coordinator's everyday commands: init, new, schema, consent, explain, report."""

import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import click

from kokemus import disk, resources, vocabulary
from kokemus.cli import localized, terminal
from kokemus.cli.localized import CONFIGURATION, Localized
from kokemus.cli.terminal import ASSOCIATION, CODE, DAY, say
from kokemus.documents.problems import Problem, errors, problem
from kokemus.experts import profile as profiles
from kokemus.lint.wordforms import of
from kokemus.publication import publish
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import consent_sheet, demand, explanation, messages, paper, particulars, scaffolding
from kokemus.requests import store
from kokemus.settings import association
from kokemus.vocabulary import meant

HTML = click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


@click.command("init", cls=Localized)
@DAY
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(scaffolding.LANGUAGES))
@click.option("--host", type=click.Choice(list(scaffolding.HOSTS)), default="github")
@click.option("--name", metavar="TEXT")
@click.option("--email", metavar="TEXT")
@click.option("--phone", metavar="TEXT")
@click.option("--address", metavar="TEXT")
@click.option("--business-id", metavar="TEXT")
@click.option("--privacy-officer", metavar="TEXT")
@click.option("--site-url", metavar="URL")
@click.option("--form-url", metavar="URL")
@click.option("--serves", metavar="PLACE")
def init(on: date, folder: Path, language: str | None, host: str, **facts: str | None) -> None:
    """Makes a private content repository that builds at once."""
    if not scaffolding.is_free(folder):
        disk.clear(folder.resolve())
        terminal.refuse("init.not-empty", "DIR")
    if Path().resolve().is_relative_to(folder.resolve()):
        terminal.refuse("init.here", "DIR")
    terms, _ = vocabulary.load()
    for fact, typed in facts.items():
        if wrong := _wrong(fact, typed or "", localized.language(), terms):
            raise click.BadParameter(wrong, param_hint=f"--{fact.replace('_', '-')}")
    if sys.stdin.isatty():
        language = language or _asked_language(terms)
        click.echo(messages.say("init.ask", language))
        for fact in scaffolding.QUESTIONS:
            if facts[fact] is None:
                facts[fact] = _asked(fact, language, terms)
    language = language or localized.language()
    try:
        scaffolding.begin(folder, scaffolding.complete(facts), language, host, on, terms)
    except (OSError, disk.BusyError):
        terminal.refuse("init.unwritten", "DIR")
    inputs = gather(folder / CONFIGURATION)
    faults = errors(inputs.problems)
    click.echo(messages.say("init.wrong" if faults else "init.made", language, path=folder))
    terminal.show(faults, inputs)
    click.echo(messages.say("init.open", language))
    for found in inputs.problems:
        if found.code == "unfilled":
            for fact in dict(found.values)["facts"].split(", "):
                click.echo(f"  {fact}")
    click.echo(messages.say("init.read", language))


def _asked_language(terms: vocabulary.Vocabulary) -> str:
    """The language of the guide, by its id or name. Asked again until it is one, since the question says which."""
    while True:
        typed: str = click.prompt(messages.say("init.language", "fi"), default=localized.language())
        if (found := terms.languages.find(typed)) in scaffolding.LANGUAGES:
            return str(found)


def _asked(fact: str, language: str, terms: vocabulary.Vocabulary) -> str:
    """The answer, which may be empty. One that cannot be right is asked for again, so the other answers are kept."""
    while True:
        text: str = click.prompt(messages.say(f"init.{fact}", language), default="", show_default=False)
        if not (wrong := _wrong(fact, text, language, terms)):
            return text
        click.echo(wrong)


def _wrong(fact: str, text: str, language: str, terms: vocabulary.Vocabulary) -> str:
    """What is wrong with an answer, in the words of ``check``; empty if nothing is, or the answer is empty."""
    if not text.strip():
        return ""
    if fact == "serves" and terms.places.find(text) is None:
        near = None if meant.place(text) else terms.places.nearest(text)
        return f"{messages.say('init.unknown-place', language)}{f': {near[1].label(language)}?' if near else ''}"
    if code := association.fault(fact, text):
        found = problem(code, CONFIGURATION.name)
        return f"{found.text('message', language)} – {found.text('help', language)}"
    return ""


@click.command("new", cls=Localized)
@DAY
@click.argument("code", required=False)
def new(on: date, code: str | None) -> None:
    """Writes a commented profile to fill in."""
    inputs = terminal.inputs()
    experts = PurePosixPath(inputs.experts)
    folder = inputs.folder / experts
    if not folder.is_dir():
        terminal.refuse("new.folder", path=experts)
    taken = frozenset(path.stem.lstrip("_").casefold() for path in folder.glob("*.y*ml"))
    code = code or scaffolding.suggested(taken)
    if not profiles.CODE.fullmatch(code):
        terminal.refuse("new.code", "CODE")
    if not of("given", "surname").isdisjoint(re.split(r"[-\d]+", code)):
        terminal.refuse("new.name", "CODE")
    if profiles.RESERVED.fullmatch(code):
        terminal.refuse("new.reserved", "CODE")
    if code in taken:
        terminal.refuse("new.exists", "CODE")
    language = inputs.language if inputs.language in scaffolding.LANGUAGES else "en"
    if not scaffolding.has_schemas(inputs.folder):
        scaffolding.write_schemas(inputs.folder, inputs.vocabulary)
    text = scaffolding.profile(language, on, experts, inputs.vocabulary.associations)
    disk.write(inputs.folder, experts / f"{code}.yml", text)
    say("new.written", path=experts / f"{code}.yml")
    say("new.unfinished", code=code)


@click.command("schema", cls=Localized)
def schema() -> None:
    """Writes the schemas with which editors complete and check profiles and configuration."""
    inputs = terminal.inputs()
    for path in scaffolding.write_schemas(inputs.folder, inputs.vocabulary):
        say("schema.written", path=path)


@click.command("consent", cls=Localized)
@DAY
@CODE
@click.option("--language", type=click.Choice(resources.LANGUAGES))
@HTML
def consent(on: date, code: str, language: str | None, html: Path | None) -> None:
    """Prints the consent sheet: what each level shows, and what would be public of this expert today."""
    inputs = terminal.inputs()
    document = terminal.document(inputs, code)
    made, problems = consent_sheet.sheet(inputs, document, on)
    others = errors(found for found in inputs.problems if found.path == inputs.lock)
    if made is None or inputs.settings is None or others:
        terminal.show([*problems, *others, *_about_configuration(inputs)], inputs)
        sys.exit(1)
    language = language or (inputs.language if inputs.language in resources.LANGUAGES else "en")
    facts = particulars.of_association(inputs.settings, inputs.configuration, language)
    page = paper.consent(made, facts, inputs.vocabulary, language)
    terminal.paper(inputs, html, f"consent-{code}.{language}.html", page)
    terminal.gaps(page)


@click.command("explain", cls=Localized)
@DAY
@CODE
def explain(on: date, code: str) -> None:
    """Prints for each offer of an expert what is shown or withheld, why, and what would change it."""
    inputs = terminal.sound_inputs(on)
    situation = explanation.situation(inputs, on)
    for line in messages.explain(terminal.profile(inputs, code), situation, inputs.language):
        click.echo(line)


@click.command("report", cls=Localized)
@DAY
@ASSOCIATION
@HTML
def report(on: date, association: str | None, html: Path | None) -> None:
    """Prints what the catalogue covers, what is withheld and why, what ends soon, and what stays possible."""
    if association is not None:
        terminal.refuse_in_ci()
    inputs = terminal.sound_inputs(on)
    situation = explanation.situation(inputs, on, terminal.association(inputs, association))
    problems = publish.publish(inputs, on).problems
    languages = inputs.settings.languages if inputs.settings else ()
    kept = store.read(inputs.folder, inputs.vocabulary)
    asked = [] if association else [*demand.lines(kept, inputs, on)]
    for line in messages.report(situation, languages, problems, inputs.language):
        click.echo(line)
    for line in ("", messages.say("demand.head", inputs.language), *(f"  {line}" for line in asked)) if asked else ():
        click.echo(line)
    if html:
        page = paper.report(situation, languages, problems, asked, inputs.language)
        terminal.paper(inputs, html, html.name, page)


def _about_configuration(inputs: Inputs) -> Iterator[Problem]:
    if inputs.settings is None:
        yield from (found for found in inputs.problems if found.path == CONFIGURATION.name)


COMMANDS = (init, new, schema, consent, explain, report)
