"""The coordinator's commands for an expert who leaves: withdraw, erase."""

import sys
from collections.abc import Iterator
from datetime import date

import click

from kokemus import crowd, desk, edition, erasure, history, repository, shipped, source, swap, terminal, withdrawal
from kokemus import profile as profiles
from kokemus.inputs import Inputs
from kokemus.needles import Secret
from kokemus.problems import errors
from kokemus.spoken import Spoken
from kokemus.statement import Card
from kokemus.terminal import DAY, say

_BLOT = "desk/blot.txt"


@click.command("withdraw", cls=Spoken)
@DAY
@click.argument("code")
@click.option("--now", is_flag=True)
def withdraw(on: date, code: str, now: bool) -> None:
    """Mark a consent as withdrawn, whatever is wrong with other files, and tell what vanishes when."""
    inputs = terminal.inputs()
    document = terminal.document(inputs, code)
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
        if sys.stdin.isatty() and not _is_sure(code, inputs.language):
            say("erase.kept", path=name)
            sys.exit(1)
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


def _is_sure(code: str, language: str) -> bool:
    """Whether the coordinator, asked once more, says yes in so many words."""
    typed: str = click.prompt(desk.say("erase.ask", language, code=code), default="", show_default=False)
    return typed.strip().casefold() in (desk.say("erase.yes", spoken) for spoken in repository.LANGUAGES)


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


COMMANDS = (withdraw, erase)
