"""The command line: reads the clock and the words typed, calls one function, prints. No rules here."""

import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from kokemus import __name__ as package
from kokemus import calendar, consent, edition, plugin, publish, swap
from kokemus.problems import Format, errors, render
from kokemus.publish import Inputs
from kokemus.vocabulary import KINDS

CONFIGURATION = Path("mkdocs.yml")
DAY = click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to look at, YYYY-MM-DD. Default: today in Finland.",
)


def _day(on: datetime | None) -> date:
    return on.date() if on else calendar.today()


def _inputs() -> Inputs:
    if not CONFIGURATION.is_file():
        raise click.UsageError("there is no mkdocs.yml here; go to the folder that has one")
    return publish.gather(CONFIGURATION)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name=package)
def main() -> None:
    """Kokemus turns the profiles of consenting experts into a public catalogue, and tells what stands in the way."""


@main.command()
@DAY
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    help="How to print the problems.",
)
def check(on: datetime | None, form: Format) -> None:
    """Print every problem and warning, and the next day on which something lapses.

    Exit code 0: clean (warnings do not count), 1: problems, 2: wrong use.
    """
    day = _day(on)
    inputs = _inputs()
    publication = publish.publish(inputs, day)
    wrong = errors(publication.problems)
    click.echo(render(publication.problems, inputs.marks, form), nl=False)
    if form == "text":
        lapse = consent.next_lapse(inputs.profiles, day)
        click.echo(
            f"{len(inputs.documents)} profiles, {len(wrong)} errors, {len(publication.problems) - len(wrong)} warnings."
        )
        click.echo(f"Next day on which something lapses: {lapse}." if lapse else "Nothing lapses.")
    sys.exit(1 if wrong else 0)


@main.command()
@DAY
@click.option(
    "--site-dir",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    help="Where the site goes. Default: site",
)
def build(on: datetime | None, site_dir: Path) -> None:
    """Build the site aside, look for private values in it, and put it in the old one's place only when it is clean.

    Exit code 0: the new site is in place, 1: a problem or a leak, and the old site is as it was.
    """
    if not CONFIGURATION.is_file():
        raise click.UsageError("there is no mkdocs.yml here; go to the folder that has one")
    os.environ["SOURCE_DATE_EPOCH"] = calendar.epoch(_day(on))
    _log_to_terminal()
    with swap.aside(site_dir.absolute()) as folder:
        fresh = folder / "site"
        if not plugin.build(CONFIGURATION, fresh):
            click.echo("Nothing was published; the old site is as it was.", err=True)
            sys.exit(1)
        swap.swap_in(fresh, site_dir.absolute())
    click.echo(f"The site is in {site_dir}; open {site_dir / 'index.html'} or run: kokemus serve")


@main.command()
def serve() -> None:
    """Show the site at http://127.0.0.1:8000 and rebuild it whenever a file changes."""
    if not CONFIGURATION.is_file():
        raise click.UsageError("there is no mkdocs.yml here; go to the folder that has one")
    _log_to_terminal()
    plugin.serve(CONFIGURATION)


@main.command()
@DAY
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def audit(on: datetime | None, site: Path) -> None:
    """Look for private values of the profiles in any folder.

    Exit code 0: none found, 1: a leak, or no profiles to look for.
    """
    inputs = _inputs()
    publication = publish.publish(inputs, _day(on))
    files = plugin.read_site(site)
    found = publish.leaks(files, publication, inputs)
    unread = [
        wrong for wrong in errors(inputs.problems) if not any(wrong.path == known.path for known in inputs.documents)
    ]
    click.echo(render([*found, *unread], inputs.marks), nl=False)
    click.echo(f"{len(files)} files, {len(inputs.documents)} profiles, {len(found)} leaks.")
    sys.exit(1 if found or unread else 0)


@main.command("edition")
@DAY
@click.option("--write", is_flag=True, help="Write the next edition to edition.yml beside the profiles.")
def edition_command(on: datetime | None, write: bool) -> None:
    """Show what the next edition of the crowd layer changes.

    Exit code 0: nothing is due, or it was written, 1: a change is due, or problems stand in the way.
    """
    day = _day(on)
    inputs = _inputs()
    current, found = publish.current_edition(inputs, day)
    problems = [*inputs.problems, *found]
    if errors(problems):
        click.echo(render(errors(problems), inputs.marks), nl=False)
        sys.exit(1)
    following, waiting = publish.next_edition(inputs, current, day)
    change = edition.difference(current, following)
    for sign, statements in (("+", change.enters), ("-", change.leaves)):
        for statement in statements:
            click.echo(f"{sign} {edition.in_words(statement)}")
    for wait in waiting:
        sign, verb = ("+", "joined") if wait.enters else ("-", "left")
        why = f"{wait.gathered} of {wait.needed} {verb}" if wait.gathered < wait.needed else "the swap gate"
        click.echo(f"? {sign} {edition.in_words(wait.statement)}  waits for: {why}")
    click.echo(
        f"{len(change.enters)} statements enter, {len(change.leaves)} leave, {len(waiting)} wait, "
        f"{len(following.crowd)} in all."
    )
    if current and inputs.settings:
        due = edition.due(current, inputs.settings.rhythm, publish.crowd_size(inputs, day))
        if day < due or (not change and following.gathered == current.gathered):
            click.echo(f"Nothing is due: the next edition is of {due} or later, when something has changed.")
            return
    if write and inputs.settings:
        path = inputs.folder / inputs.settings.experts / edition.NAME
        swap.write(path, edition.write(following))
        click.echo(f"Written to {inputs.settings.experts}/{edition.NAME}; commit it.")
    else:
        click.echo("An edition is due: look at the change, then run: kokemus edition --write")
        sys.exit(1)


@main.command()
@click.argument("kind", type=click.Choice(KINDS))
def vocabulary(kind: str) -> None:
    """List the terms of one kind: the id, and the labels in Finnish, Swedish and English."""
    terms = getattr(_inputs().vocabulary, kind)
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
