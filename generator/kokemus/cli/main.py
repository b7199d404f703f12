"""The command line: reads the arguments, calls one function, prints. It contains no rules and no texts.

MkDocs is imported only by the two commands that need it, since loading it takes as long as most others take to run.
"""

import logging
import os
import secrets
import sys
from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from kokemus import __name__ as package
from kokemus import dates, disk
from kokemus.cli import coordinator, departure, desk, erase, evaluating, imports, matching, office, terminal
from kokemus.cli.localized import CONFIGURATION, LocalizedGroup
from kokemus.cli.terminal import DAY, say, warn
from kokemus.documents.problems import Format, errors
from kokemus.experts import consent
from kokemus.git import unrecorded
from kokemus.publication import attachments, crowd, handmade, making, omission, publish
from kokemus.publication.making import Refusal
from kokemus.reports import glossary, messages
from kokemus.text import shown
from kokemus.vocabulary import KINDS, REMOTE, meant


@click.group(cls=LocalizedGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=package)
def main() -> None:
    """The group of all commands. First it removes what a killed command left behind."""
    if CONFIGURATION.is_file():
        disk.clean(CONFIGURATION.parent)


for command in (
    *coordinator.COMMANDS,
    *imports.COMMANDS,
    *office.COMMANDS,
    *departure.COMMANDS,
    *erase.COMMANDS,
    *desk.COMMANDS,
    *matching.COMMANDS,
    *evaluating.COMMANDS,
):
    main.add_command(command)


@main.command()
@DAY
@click.option("--format", type=click.Choice(["text", "github", "gitlab", "json"]), default="text")
def check(on: date, format: Format) -> None:
    """Prints lapsed consents, every problem and warning, and the next days on which something changes."""
    inputs = terminal.inputs()
    publication = publish.publish(inputs, on)
    files = attachments.telling(inputs.folder / inputs.docs, inputs.docs, publication.day.secrets)
    problems = (*publication.problems, *files)
    wrong = errors(problems)
    if format == "text":
        overdue = {found.path for found in problems if found.code == "kept-too-long"}
        for line in messages.lapsed((one for one in inputs.profiles if one.path not in overdue), on, inputs.language):
            click.echo(line)
    terminal.show(problems, inputs, format)
    if format == "text":
        warnings = len(set(problems)) - len(set(wrong))
        click.echo(
            messages.counted(inputs.language, profile=len(inputs.documents), error=len(set(wrong)), warning=warnings)
        )
        read = {one.path for one in inputs.documents} | {guide.path for guide in inputs.guides}
        waiting = unrecorded.files(inputs.folder, read)
        for line in messages.unrecorded(*waiting, inputs.language) if not wrong else ():
            click.echo(line)
        named = None if terminal.is_ci() else inputs.vocabulary
        for line in messages.waiting(publication.day.crowd, on, inputs.language, named) if not wrong else ():
            click.echo(line)
        for line in messages.unspoken(inputs, on) if named else ():
            click.echo(line)
        lapse, start = consent.next_lapse(inputs.profiles, on), consent.next_start(inputs.profiles, on)
        for line in messages.coming(lapse, start, inputs.language):
            click.echo(line)
    sys.exit(1 if wrong else 0)


@main.command()
@DAY
@click.option("--site-dir", type=click.Path(file_okay=False, path_type=Path), default=Path("site"), metavar="FOLDER")
@click.option("--leave-out-broken", is_flag=True)
def build(on: date, site_dir: Path, leave_out_broken: bool) -> None:
    """Builds the site in a separate folder, searches it for private values, and swaps it in only if it is clean."""
    terminal.need_configuration()
    site = site_dir.resolve()
    if site in CONFIGURATION.resolve().parents or not disk.is_site(site):
        terminal.refuse("build.other", "--site-dir")
    os.environ["SOURCE_DATE_EPOCH"] = dates.epoch(on)
    from kokemus import engine

    _log_to_terminal()
    left_out, unchanged, kept = None, False, dict[str, str]()
    try:
        with disk.aside(site) as fresh:
            left_out = engine.build(CONFIGURATION, fresh, site, leave_out_broken)
            unchanged = left_out is not None and disk.same(fresh, site)
            if left_out is not None and not unchanged:
                if by_hand := [*handmade.changed(site, fresh)]:
                    kept = handmade.keep(CONFIGURATION.parent, site, by_hand)
                handmade.stamp(fresh)
                disk.swap_in(fresh, site)
    except disk.BusyError:
        warn("build.busy")
    except OSError as error:
        left_out = None
        warn("build.unwritten", reason=error.strerror)
    if left_out is None:
        warn("build.nothing")
        sys.exit(1)
    say("build.unchanged" if unchanged else "build.done", site=site_dir)
    _tell_of_kept(kept, site_dir, on)
    if left_out:
        warn("build.left-out", files=", ".join(sorted({found.path for found in left_out})))
        sys.exit(3)


def _tell_of_kept(kept: dict[str, str], site: Path, on: date) -> None:
    """What was changed by hand in the site before, where it is kept, and where a page's text is written instead."""
    if not kept:
        return
    inputs = terminal.inputs()
    guides = publish.publish(inputs, on).guides
    written = {f"{page.url}index.html": f"{page.language}/{page.id}.md" for page in guides}
    for name, place in kept.items():
        values = {"file": shown(str(site / name)), "kept": shown(place), "site": site}
        if name in written:
            warn("build.by-hand", source=f"{inputs.docs}/{written[name]}", **values)
        else:
            warn("build.by-hand-made", **values)


@main.command()
def serve() -> None:
    """Shows the site at http://127.0.0.1:8000 and rebuilds it whenever a file changes."""
    terminal.need_configuration()
    from kokemus import engine

    _log_to_terminal()
    if not engine.serve(CONFIGURATION):
        sys.exit(1)


@main.command()
@DAY
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--leave-out-broken", is_flag=True)
def audit(on: date, site: Path, leave_out_broken: bool) -> None:
    """Looks for private values of the profiles in any folder."""
    inputs = terminal.inputs()
    if leave_out_broken:
        inputs = omission.leaving_out(inputs, on)
    publication = publish.publish(inputs, on)
    files = disk.contents(site)
    found = publish.leaks(files.items(), publication)
    wrong = errors(publication.problems)
    terminal.show_some([*found, *wrong], inputs)
    if (inputs.folder / inputs.experts).resolve().is_relative_to(site.resolve()):
        warn("audit.profiles")
    leaks = sum(one.code == "leak" for one in found)
    click.echo(messages.counted(inputs.language, file=len(files), profile=len(inputs.documents), leak=leaks))
    sys.exit(1 if found or wrong else 0)


@main.command("edition")
@DAY
@click.option("--write", is_flag=True)
@click.option("--postpone", is_flag=True)
@click.pass_context
def edition_command(context: click.Context, on: date, write: bool, postpone: bool) -> None:
    """Shows whether an edition or a look is due; with ``--write`` makes it, for today's date only."""
    if write and context.get_parameter_source("on") is not ParameterSource.DEFAULT:
        terminal.refuse("edition.today", "--on")
    if postpone and not write:
        terminal.refuse("edition.postpone", "--postpone")
    inputs = terminal.sound_inputs(on)
    day = crowd.on_the_day(inputs, on)
    for line in messages.due(day, inputs.language, inputs.vocabulary):
        click.echo(line)
    if not day.clock.due:
        return
    if not write:
        say("edition.how-look" if day.clock.has_look else "edition.how")
        sys.exit(1)
    made = making.make(inputs.folder, day, secrets.token_hex(32), postpone)
    if isinstance(made, Refusal):
        warn(made.key, **made.values)
        sys.exit(1)
    if made:
        for line in messages.changed(day.edition, made, inputs.language, inputs.vocabulary):
            click.echo(line)
        say("edition.postponed" if postpone and day.clock.has_look else "edition.written", path=inputs.lock)
        if not making.is_remembered(inputs.folder):
            warn("edition.unkept", path=inputs.lock)


@main.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("words", nargs=-1)
def vocabulary(kind: str, words: tuple[str, ...]) -> None:
    """Lists the terms of a kind, or those that match the words: their ids, labels and synonyms."""
    inputs = terminal.inputs()
    terms = getattr(inputs.vocabulary, kind)
    if kind == "places" and (instead := meant.place(" ".join(words))):
        say("vocabulary.everyday", instead="remote: true" if instead == REMOTE else instead)
        return
    shown = glossary.found(terms, " ".join(words)) if words else tuple(terms.values())
    for line in glossary.lines(terms, shown, inputs.language):
        click.echo(line)
    if not shown:
        say("vocabulary.none")
        sys.exit(1)


def _log_to_terminal() -> None:
    """Prints what MkDocs and the plugin log as plain lines: warnings, errors, and the plugin's own remarks."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("mkdocs")
    log.handlers[:] = [handler]
    log.setLevel(logging.WARNING)
    logging.getLogger("mkdocs.plugins.kokemus").setLevel(logging.INFO)
