"""The coordinator's commands: begin, add, ask, explain, report, withdraw, erase."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import click

from kokemus import (
    crowd,
    desk,
    edition,
    erasure,
    history,
    paper,
    publish,
    repository,
    sheet,
    shipped,
    source,
    swap,
    terminal,
    vocabulary,
    withdrawal,
)
from kokemus import profile as profiles
from kokemus.document import Document
from kokemus.inputs import Inputs, gather
from kokemus.needles import Secret
from kokemus.problems import Problem, errors
from kokemus.statement import Card
from kokemus.terminal import DAY, Spoken, say

_BLOT = "desk/blot.txt"
HTML = click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")


@click.command("init", cls=Spoken)
@DAY
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(repository.LANGUAGES))
@click.option("--host", type=click.Choice(list(repository.HOSTS)), default="github")
@click.option("--name", metavar="TEXT")
@click.option("--email", metavar="TEXT")
@click.option("--phone", metavar="TEXT")
@click.option("--address", metavar="TEXT")
@click.option("--business-id", metavar="TEXT")
@click.option("--privacy-officer", metavar="TEXT")
@click.option("--site-url", metavar="URL")
@click.option("--form-url", metavar="URL")
@click.option("--serves", metavar="PLACE")
def init(on: date, folder: Path, language: str | None, host: str, **told: str | None) -> None:
    """Make a private content repository that builds at once."""
    if not repository.is_free(folder):
        terminal.refuse("init.not-empty", "DIR")
    terms, _ = vocabulary.load()
    if sys.stdin.isatty():
        language = language or _asked_language()
        click.echo(desk.say("init.ask", language))
        for fact in repository.QUESTIONS:
            if told[fact] is None:
                told[fact] = _asked(fact, language, terms)
    language = language or terminal.language()
    facts = repository.facts(told)
    if terms.places.find(facts.serves) is None:
        terminal.refuse("init.unknown-place", "--serves")
    repository.begin(folder, facts, language, host, on, terms)
    history.git(folder, "init", "--quiet", "--initial-branch=main")
    click.echo(desk.say("init.made", language, path=folder))
    click.echo(desk.say("init.open", language))
    for problem in gather(folder / terminal.CONFIGURATION).problems:
        if problem.code == "unfilled":
            for fact in dict(problem.values)["facts"].split(", "):
                click.echo(f"  {fact}")
    click.echo(f"  {desk.say('init.assessed', language)}")
    click.echo(desk.say("init.read", language))


def _asked_language() -> str:
    kinds = click.Choice(repository.LANGUAGES)
    spoken: str = click.prompt(desk.say("init.language", "fi"), type=kinds, default=terminal.language())
    return spoken


def _asked(fact: str, language: str, terms: vocabulary.Vocabulary) -> str:
    """An answer; nothing is one too. A place that is none is asked for again, so that the other answers are kept."""
    while True:
        text: str = click.prompt(desk.say(f"init.{fact}", language), default="", show_default=False)
        if fact != "serves" or not text.strip() or terms.places.find(text):
            return text
        near = terms.places.nearest(text)
        known = f"{desk.say('init.unknown-place', language)}{f': {near[1].label(language)}?' if near else ''}"
        click.echo(known)


@click.command("new", cls=Spoken)
@DAY
@click.argument("code", required=False)
def new(on: date, code: str | None) -> None:
    """Write a commented profile to fill in."""
    inputs = terminal.inputs()
    experts = PurePosixPath(inputs.experts)
    folder = inputs.folder / experts
    if not folder.is_dir():
        terminal.refuse("new.folder", path=experts)
    taken = frozenset(path.stem.lstrip("_").casefold() for path in folder.glob("*.y*ml"))
    code = code or repository.suggested(taken)
    if not profiles.CODE.fullmatch(code):
        terminal.refuse("new.code", "CODE")
    if code in taken:
        terminal.refuse("new.exists", "CODE")
    language = inputs.language if inputs.language in repository.LANGUAGES else "en"
    swap.write(folder / f"{code}.yml", repository.profile(language, on, experts))
    if not (inputs.folder / repository.SCHEMAS).is_dir():
        repository.write_schemas(inputs.folder, inputs.vocabulary)
    say("new.written", path=experts / f"{code}.yml")
    say("new.unfinished", code=code)


@click.command("schema", cls=Spoken)
def schema() -> None:
    """Write the schemas by which editors complete and check profiles and configuration."""
    inputs = terminal.inputs()
    for path in repository.write_schemas(inputs.folder, inputs.vocabulary):
        say("schema.written", path=path)


@click.command("consent", cls=Spoken)
@DAY
@click.argument("code")
@click.option("--language", type=click.Choice(["fi", "sv", "en"]))
@HTML
def consent(on: date, code: str, language: str | None, html: Path | None) -> None:
    """Print the consent sheet: what each level shows, and what would be public of this expert today."""
    inputs = terminal.inputs()
    document = _own(inputs, code)
    made, problems = sheet.sheet(inputs, document, on)
    others = errors(found for found in inputs.problems if found.path == inputs.lock)
    if made is None or inputs.settings is None or others:
        terminal.show([*problems, *others, *_about_configuration(inputs)], inputs)
        sys.exit(1)
    language = language or (inputs.language if inputs.language in ("fi", "sv", "en") else "en")
    page = paper.consent(made, inputs.settings.association, inputs.vocabulary, language)
    terminal.paper(inputs, html, f"consent-{code}.{language}.html", page)


@click.command("explain", cls=Spoken)
@DAY
@click.argument("code")
def explain(on: date, code: str) -> None:
    """Tell for each offer of an expert what is shown or withheld, why, and what would change it."""
    inputs = terminal.sound_inputs(on)
    situation = crowd.situation(inputs, on)
    for line in desk.explain(terminal.profile(inputs, code), situation, inputs.language):
        click.echo(line)


@click.command("report", cls=Spoken)
@DAY
@HTML
def report(on: date, html: Path | None) -> None:
    """Tell what the catalogue covers, what is withheld and why, what ends soon, and what stays possible."""
    inputs = terminal.sound_inputs(on)
    situation = crowd.situation(inputs, on)
    problems = publish.publish(inputs, on).problems
    languages = inputs.settings.languages if inputs.settings else ()
    lines = tuple(desk.report(situation, languages, problems, inputs.language))
    for line in lines:
        click.echo(line)
    if html:
        page = paper.report(situation, languages, problems, inputs.language)
        terminal.paper(inputs, html, html.name, page)


@click.command("withdraw", cls=Spoken)
@DAY
@click.argument("code")
@click.option("--now", is_flag=True)
def withdraw(on: date, code: str, now: bool) -> None:
    """Mark a consent as withdrawn, whatever is wrong with other files, and tell what vanishes when."""
    inputs = terminal.inputs()
    document = _own(inputs, code)
    path, language = inputs.folder / document.path, inputs.language
    if (already := withdrawal.day(document)) and already <= on:
        say("withdraw.already", code=code)
    else:
        text = withdrawal.marked(path.read_bytes().decode("utf-8-sig"), document, on)
        again = source.read(document.path, text.encode())[0]
        if not again or withdrawal.day(again) != on:
            say("withdraw.by-hand", path=document.path, on=on)
            sys.exit(1)
        swap.write(path, text)
        say("withdraw.marked", code=code, on=on)
    fresh = terminal.inputs()
    wrong = errors([*fresh.problems, *crowd.current(fresh, on)[1]])
    if wrong:
        say("withdraw.others")
        terminal.show(wrong, fresh)
        return
    after = crowd.situation(fresh, on)
    abandoned = withdrawal.abandoned(after.edition, after.rule) if after.edition else ()
    if not abandoned or not after.edition:
        say("withdraw.all-stand")
        return
    say("withdraw.nobody")
    for statement in abandoned:
        click.echo(f"  {desk.in_words(statement, language, inputs.vocabulary)}")
    say("withdraw.conclude")
    if now:
        kept = withdrawal.without(after.edition, abandoned, after.rule)
        swap.write(inputs.folder / inputs.lock, edition.write(kept))
        say("withdraw.dropped", count=len(after.edition.crowd - kept.crowd))


@click.command("erase", cls=Spoken)
@click.argument("code")
def erase(code: str) -> None:
    """Remove an expert's file, look for what is left of the expert, and tell how the history is rewritten."""
    inputs = terminal.inputs()
    if not profiles.CODE.fullmatch(code):
        terminal.refuse("new.code", "CODE")
    name = f"{inputs.experts}/{code}.yml"
    path = inputs.folder / name
    content = path.read_bytes() if path.is_file() else None
    if content is None:
        last = history.last(inputs.folder, name)
        if last is None:
            say("erase.nothing", code=code)
            return
        content = last.content
    document, _ = source.read(name, content)
    if path.is_file():
        if sys.stdin.isatty():
            click.confirm(desk.say("erase.ask", inputs.language, code=code), abort=True)
        path.unlink()
        say("erase.removed", path=name)
    else:
        say("erase.gone", path=name)
    for old in (*(inputs.folder / "desk").glob(f"*-{code}.*"), inputs.folder / _BLOT):
        old.unlink(missing_ok=True)
    if document is None:
        say("erase.unreadable")
    signed = [one.card for one in inputs.profiles if one.card and one.code != code]
    others = [Card(card.name, card.topics, card.places, card.texts) for card in signed]
    found = erasure.secrets(document, code, name, others)
    left = list(_left(inputs, found, code))
    for line in left:
        click.echo(line)
    _rewrite(inputs, code, erasure.past(inputs.folder, name, found), found)
    say("erase.edition")


def _left(inputs: Inputs, found: tuple[Secret, ...], code: str) -> Iterator[str]:
    """What the folder and the site still hold of the expert."""
    pages = tuple(page.markdown for page in inputs.guides)
    language, site = inputs.language, inputs.folder / "site"
    whole = tuple(secret for secret in found if not secret.one_of_several)
    tree = erasure.traces(inputs.folder, whole, shipped.texts(), pages, skip=("site", "schemas", ".git"))
    yield desk.say("erase.tree" if tree else "erase.tree-clean", language)
    yield from (desk.say("erase.trace", language, file=one.file, parts=", ".join(one.parts)) for one in tree)
    if not site.is_dir():
        yield desk.say("erase.no-site", language)
        return
    shown = erasure.traces(site, found, inputs.public, pages)
    yield desk.say("erase.site" if shown else "erase.site-clean", language, code=code)
    yield from (desk.say("erase.trace", language, file=one.file, parts=", ".join(one.parts)) for one in shown)


def _rewrite(inputs: Inputs, code: str, past: erasure.Past, found: tuple[Secret, ...]) -> None:
    """The command that rewrites the history, what goes before and after it, and where it does not reach."""
    if not (past.names or past.elsewhere or past.messages):
        say("erase.no-history")
    else:
        blot = None
        say("erase.history")
        for known in past.names:
            click.echo(f"  {known}")
        if past.elsewhere or past.messages:
            blot = _BLOT
            terminal.aside(inputs.folder, blot, erasure.expressions(found, code))
        if past.elsewhere:
            say("erase.elsewhere")
            for one in past.elsewhere:
                say("erase.trace", file=one.file, parts=", ".join(one.parts))
        if past.messages:
            say("erase.messages", parts=", ".join(past.messages))
        say("erase.rewrite")
        for line in erasure.steps(past, blot, history.remotes(inputs.folder)):
            click.echo(f"  {line}")
        if blot:
            say("erase.blot", path=blot)
    say("erase.copies")
    for copy in ("clones", "forks", "host", "archives", "backups"):
        click.echo(f"  - {desk.say(f'erase.copy.{copy}', inputs.language)}")


def _own(inputs: Inputs, code: str) -> Document:
    """The file of one expert; where it cannot be read its own problems and exit code 1, unknown is exit code 2."""
    found = next((one for one in inputs.documents if PurePosixPath(one.path).stem == code), None)
    if found:
        return found
    name = f"{inputs.experts}/{code}.yml"
    if (inputs.folder / name).is_file():
        terminal.show([found for found in inputs.problems if found.path == name], inputs)
        sys.exit(1)
    return terminal.refuse("no-such-code", "CODE")


def _about_configuration(inputs: Inputs) -> Iterator[Problem]:
    if inputs.settings is None:
        yield from (found for found in inputs.problems if found.path == terminal.CONFIGURATION.name)


COMMANDS = (init, new, schema, consent, explain, report, withdraw, erase)
