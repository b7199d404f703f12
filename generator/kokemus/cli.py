"""The command line: reads the words typed, calls one function, prints. No rules here, and no texts.

MkDocs is imported by the two commands that need it, since loading it takes as long as what most others do.
"""

import logging
import os
import sys
from datetime import date
from pathlib import Path

import click

from kokemus import __name__ as package
from kokemus import (
    calendar,
    consent,
    coordinator,
    crowd,
    departure,
    desk,
    edition,
    omission,
    publish,
    swap,
    terminal,
)
from kokemus.problems import Format, errors
from kokemus.spoken import CONFIGURATION, SpokenGroup
from kokemus.terminal import DAY, say, warn
from kokemus.vocabulary import KINDS


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=package)
def main() -> None:
    """Every command, those of the coordinator's desk among them."""


for command in (*coordinator.COMMANDS, *departure.COMMANDS):
    main.add_command(command)


@main.command()
@DAY
@click.option("--format", "form", type=click.Choice(["text", "github", "gitlab", "json"]), default="text")
def check(on: date, form: Format) -> None:
    """Print every problem and warning, and the next days on which something lapses or begins."""
    inputs = terminal.inputs()
    publication = publish.publish(inputs, on)
    wrong = errors(publication.problems)
    terminal.show(publication.problems, inputs, form)
    if form == "text":
        warnings = len(set(publication.problems)) - len(set(wrong))
        click.echo(
            desk.counted(inputs.language, profile=len(inputs.documents), error=len(set(wrong)), warning=warnings)
        )
        lapse, start = consent.next_lapse(inputs.profiles, on), consent.next_start(inputs.profiles, on)
        for line in desk.coming(lapse, start, inputs.language):
            click.echo(line)
    sys.exit(1 if wrong else 0)


@main.command()
@DAY
@click.option("--site-dir", type=click.Path(file_okay=False, path_type=Path), default=Path("site"), metavar="FOLDER")
@click.option("--leave-out-broken", is_flag=True)
def build(on: date, site_dir: Path, leave_out_broken: bool) -> None:
    """Build the site aside, look for private values in it, and put it in the old one's place only when it is clean."""
    if not CONFIGURATION.is_file():
        terminal.refuse("no-configuration")
    site = site_dir.resolve()
    if site in CONFIGURATION.resolve().parents or not swap.is_site(site):
        terminal.refuse("build.other", "--site-dir")
    os.environ["SOURCE_DATE_EPOCH"] = calendar.epoch(on)
    from kokemus import plugin

    _log_to_terminal()
    left_out, unchanged = None, False
    try:
        with swap.aside(site) as fresh:
            left_out = plugin.build(CONFIGURATION, fresh, leave_out_broken)
            unchanged = left_out is not None and swap.same(fresh, site)
            if left_out is not None and not unchanged:
                swap.swap_in(fresh, site)
    except swap.BusyError:
        warn("build.busy")
    except OSError as error:
        left_out = None
        warn("build.unwritten", reason=error.strerror)
    if left_out is None:
        warn("build.nothing")
        sys.exit(1)
    say("build.unchanged" if unchanged else "build.done", site=site_dir)
    if left_out:
        warn("build.left-out", files=", ".join(sorted({found.path for found in left_out})))
        sys.exit(3)


@main.command()
def serve() -> None:
    """Show the site at http://127.0.0.1:8000 and rebuild it whenever a file changes."""
    if not CONFIGURATION.is_file():
        terminal.refuse("no-configuration")
    from kokemus import plugin

    _log_to_terminal()
    if not plugin.serve(CONFIGURATION):
        sys.exit(1)


@main.command()
@DAY
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--leave-out-broken", is_flag=True)
def audit(on: date, site: Path, leave_out_broken: bool) -> None:
    """Look for private values of the profiles in any folder."""
    inputs = terminal.inputs()
    if leave_out_broken:
        inputs = omission.leaving_out(inputs, on)
    publication = publish.publish(inputs, on)
    files = swap.contents(site)
    found = publish.leaks(files.items(), publication)
    wrong = errors(publication.problems)
    terminal.show([*found, *wrong], inputs)
    click.echo(desk.counted(inputs.language, file=len(files), profile=len(inputs.documents), leak=len(found)))
    sys.exit(1 if found or wrong else 0)


@main.command("edition")
@DAY
@click.option("--write", is_flag=True)
def edition_command(on: date, write: bool) -> None:
    """Show what the next edition of the crowd layer changes."""
    if write and on > terminal.today():
        terminal.refuse("edition.future", "--on", on=on)
    inputs = terminal.sound_inputs(on)
    current, _ = crowd.current(inputs, on)
    following, waiting = crowd.following(inputs, current, on)
    change = edition.difference(current, following)
    for line in desk.next_edition(change, waiting, len(following.crowd), inputs.language, inputs.vocabulary):
        click.echo(line)
    if current and inputs.settings:
        due = edition.due(current, inputs.settings.rhythm, consent.size(inputs.profiles, on))
        if (on < due and current.crowd) or (not change and following.gathered == current.gathered):
            say("edition.not-due", due=due)
            return
    if write and inputs.settings:
        swap.write(inputs.folder / inputs.lock, edition.write(following))
        say("edition.written", path=inputs.lock)
    else:
        say("edition.due")
        sys.exit(1)


@main.command()
@click.argument("kind", type=click.Choice(KINDS))
def vocabulary(kind: str) -> None:
    """List the terms of one kind: the id, and the labels in Finnish, Swedish and English."""
    terms = getattr(terminal.inputs().vocabulary, kind)
    width = max(map(len, terms), default=0)
    for term in terms.values():
        click.echo(f"{term.id:{width}}  {' · '.join(term.label(language) for language in ('fi', 'sv', 'en'))}")


def _log_to_terminal() -> None:
    """What MkDocs and the plugin say, as plain lines: warnings and errors, and the plugin's own remarks."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("mkdocs")
    log.handlers[:] = [handler]
    log.setLevel(logging.WARNING)
    logging.getLogger("mkdocs.plugins.kokemus").setLevel(logging.INFO)
