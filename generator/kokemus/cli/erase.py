"""The command that erases an expert: all is read before anything is removed, and what was not read is named."""

import sys
from collections.abc import Iterable, Sequence

import click

from kokemus.cli import terminal
from kokemus.cli.localized import Localized, language
from kokemus.cli.terminal import say
from kokemus.documents import parser
from kokemus.erasure import finding, rewriting
from kokemus.erasure.finding import Found
from kokemus.erasure.past import Past
from kokemus.erasure.rewriting import FILES, MAILMAP, printable
from kokemus.erasure.traces import Searched, Trace, Unread
from kokemus.experts import profile as profiles
from kokemus.git.history import NoRepository, Unreadable
from kokemus.publication.inputs import Inputs
from kokemus.reports import messages, scaffolding

_COPIES = ("clones", "forks", "host", "archives", "backups")


@click.command("erase", cls=Localized)
@click.argument("code")
def erase(code: str) -> None:
    """Remove an expert's file, look for what is left of the expert, and tell how the history is rewritten."""
    inputs = terminal.inputs()
    if not profiles.CODE.fullmatch(code):
        terminal.refuse("new.code", "CODE")
    found = finding.find(inputs, code)
    if isinstance(found, Unreadable):
        terminal.show([found.problem(".git")], inputs)
        say("erase.unread", code=code)
        sys.exit(1)
    for name in FILES:
        (inputs.folder / name).unlink(missing_ok=True)
    if found.is_nothing:
        say("erase.nothing", code=code)
    else:
        _remove(inputs, found)
    _tell_searched("tree", found.tree, code)
    if found.site:
        _tell_searched("site", found.site, code)
    else:
        say("erase.no-site")
    if isinstance(found.past, NoRepository):
        say("erase.no-repository")
    else:
        _tell_past(found.past, code)
        _tell_rewriting(inputs, found, found.past)
    if found.is_nothing:
        sys.exit(1)
    say("erase.copies")
    _list(f"- {messages.say(f'erase.copy.{copy}', inputs.language)}" for copy in _COPIES)
    say("erase.edition")


def _remove(inputs: Inputs, found: Found) -> None:
    """Remove the profile, after asking once more, and the papers that were made of it."""
    file, code = inputs.folder / found.path, found.sought.code
    if file.is_file():
        if sys.stdin.isatty() and not _is_sure(code, inputs.language):
            say("erase.kept", path=found.path)
            sys.exit(1)
        file.unlink()
        say("erase.removed", path=found.path)
    else:
        say("erase.gone" if found.contents else "erase.by-code", path=found.path)
    for paper in found.papers:
        paper.unlink(missing_ok=True)
        say("erase.removed", path=paper.relative_to(inputs.folder))
    if any(parser.read(found.path, content)[0] is None for content in found.contents):
        say("erase.broken")


def _is_sure(code: str, language: str) -> bool:
    """Whether the coordinator, asked once more, says yes in so many words."""
    typed: str = click.prompt(messages.say("erase.ask", language, code=code), default="", show_default=False)
    return typed.strip().casefold() in (messages.say("erase.yes", each) for each in scaffolding.LANGUAGES)


def _tell_searched(place: str, searched: Searched, code: str) -> None:
    """What a folder still holds of the expert, and what in it was not looked into."""
    _list_unread(searched.unread)
    if searched.traces:
        say(f"erase.{place}", code=code)
        _list(map(_trace, searched.traces))
    else:
        _say_clean(place, searched.unread)


def _tell_past(held: Past, code: str) -> None:
    """What git still holds of the expert, and what in it was not looked into."""
    _list_unread(held.unread)
    if held.is_clean:
        _say_clean("past", held.unread)
    lists: Iterable[tuple[str, Iterable[str]]] = (
        ("history", held.names),
        ("paths", held.paths),
        ("elsewhere", map(_trace, held.elsewhere)),
        ("refs", (ref.name for ref in held.refs)),
        ("own", map(_trace, held.own)),
        ("standing", held.standing),
        ("messages", held.messages),
        ("mentioned", held.mentioned),
        ("loose", held.loose),
    )
    for key, lines in lists:
        if shown := tuple(lines):
            say(f"erase.{key}", code=code)
            _list(shown)


def _tell_rewriting(inputs: Inputs, found: Found, held: Past) -> None:
    """The commands that rewrite the history, with the files that they need."""
    if held.is_clean:
        return
    files = rewriting.files(held, found.sought.own)
    for name, text in files.items():
        terminal.aside(inputs.folder, name, text)
    if held.people:
        say("erase.people", path=MAILMAP)
    say("erase.rewrite")
    _list(rewriting.steps(held))
    say("erase.blot", path=", ".join(files))
    say("erase.again", code=found.sought.code)


def _say_clean(place: str, unread: Sequence[Unread]) -> None:
    say(f"erase.{place}-clean{'-elsewhere' if unread else ''}")


def _list_unread(unread: Sequence[Unread]) -> None:
    if unread:
        say("erase.unlooked")
        _list(f"{one.file}: {messages.say(f'erase.why.{one.why}', language())}" for one in unread)


def _trace(trace: Trace) -> str:
    return f"{trace.file}: {', '.join(trace.parts)}"


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(f"  {printable(line)}")


COMMANDS = (erase,)
