"""The command line: reads the clock and the words typed, calls one function, prints. No rules here."""

import logging
import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from kokemus import __name__ as package
from kokemus import calendar, consent, desk, edition, plugin, publish, swap, withdrawal
from kokemus.problems import Format, errors, render
from kokemus.profile import Profile
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


def _sound_inputs(on: date) -> Inputs:
    """The inputs, or every problem that stands in the way and exit code 1."""
    inputs = _inputs()
    wrong = errors([*inputs.problems, *publish.current_edition(inputs, on)[1]])
    if wrong:
        click.echo(render(wrong, inputs.marks), nl=False)
        sys.exit(1)
    return inputs


def _profile(inputs: Inputs, code: str) -> Profile:
    found = next((profile for profile in inputs.profiles if profile.code == code), None)
    if found is None:
        raise click.BadParameter("no profile has this code", param_hint="CODE")
    return found


def _language(inputs: Inputs) -> str:
    return inputs.settings.coordinator_language if inputs.settings else "en"


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
    if site_dir.absolute() in CONFIGURATION.absolute().parents or not swap.is_site(site_dir):
        raise click.BadParameter(
            "this folder holds something other than a site and is left alone", param_hint="--site-dir"
        )
    os.environ["SOURCE_DATE_EPOCH"] = calendar.epoch(_day(on))
    _log_to_terminal()
    with swap.aside(site_dir.absolute()) as folder:
        fresh = folder / "site"
        if not plugin.build(CONFIGURATION, fresh):
            click.echo("Nothing was published; the old site is as it was.", err=True)
            sys.exit(1)
        swap.swap_in(fresh, site_dir.absolute())
    click.echo(f"The site is in {site_dir}.")


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

    Exit code 0: none found, 1: a leak, or profiles that cannot be trusted, or none to look for.
    """
    inputs = _inputs()
    publication = publish.publish(inputs, _day(on))
    files = plugin.read_site(site)
    found = publish.leaks(files, publication, inputs)
    wrong = errors(inputs.problems)
    click.echo(render([*found, *wrong], inputs.marks), nl=False)
    click.echo(f"{len(files)} files, {len(inputs.documents)} profiles, {len(found)} leaks.")
    sys.exit(1 if found or wrong or not inputs.documents else 0)


@main.command("edition")
@DAY
@click.option("--write", is_flag=True, help="Write the next edition to edition.yml beside the profiles.")
def edition_command(on: datetime | None, write: bool) -> None:
    """Show what the next edition of the crowd layer changes.

    Exit code 0: nothing is due, or it was written, 1: a change is due, or problems stand in the way.
    """
    day = _day(on)
    inputs = _sound_inputs(day)
    current, _ = publish.current_edition(inputs, day)
    following, waiting = publish.next_edition(inputs, current, day)
    change = edition.difference(current, following)
    for sign, statements in (("+", change.enters), ("-", change.leaves)):
        for statement in statements:
            click.echo(f"{sign} {edition.in_words(statement)}")
    for wait in waiting:
        sign, verb = ("+", "joined") if wait.enters else ("-", "left")
        why = f"{wait.gathered} of {wait.needed} {verb}" if wait.gathered < wait.needed else "a wider statement"
        click.echo(f"? {sign} {edition.in_words(wait.statement)}  waits for: {why}")
    click.echo(
        f"{len(change.enters)} statements enter, {len(change.leaves)} leave, {len(waiting)} wait, "
        f"{len(following.crowd)} in all."
    )
    if current and inputs.settings:
        due = edition.due(current, inputs.settings.rhythm, publish.crowd_size(inputs, day))
        if (day < due and current.crowd) or (not change and following.gathered == current.gathered):
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
@DAY
@click.argument("code")
def explain(on: datetime | None, code: str) -> None:
    """Tell for each offer of an expert what is shown or withheld, why, and what would change it."""
    inputs = _sound_inputs(_day(on))
    situation = publish.situation(inputs, _day(on))
    for line in desk.explain(_profile(inputs, code), situation, _language(inputs)):
        click.echo(line)


@main.command()
@DAY
def report(on: datetime | None) -> None:
    """Tell what the catalogue covers, what is withheld and why, what ends soon, and what stays possible."""
    inputs = _sound_inputs(_day(on))
    situation = publish.situation(inputs, _day(on))
    problems = publish.publish(inputs, _day(on)).problems
    languages = inputs.settings.languages if inputs.settings else ()
    for line in desk.report(situation, languages, problems, _language(inputs)):
        click.echo(line)


@main.command()
@DAY
@click.argument("code")
@click.option("--now", is_flag=True, help="Drop what nobody stands behind any more from the edition at once.")
def withdraw(on: datetime | None, code: str, now: bool) -> None:
    """Mark a consent as withdrawn, and tell what vanishes when."""
    day = _day(on)
    inputs = _sound_inputs(day)
    language, profile = _language(inputs), _profile(inputs, code)
    path = inputs.folder / profile.path
    if profile.consent.withdrawn and profile.consent.withdrawn <= day:
        click.echo(desk.say("withdraw.already", language, code=code))
    else:
        document = next(found for found in inputs.documents if found.path == profile.path)
        text = withdrawal.marked(path.read_bytes().decode("utf-8-sig"), document, day)
        if not publish.is_withdrawn(profile.path, text, inputs.vocabulary, day):
            click.echo(desk.say("withdraw.by-hand", language, path=profile.path, on=day))
            sys.exit(1)
        swap.write(path, text)
        click.echo(desk.say("withdraw.marked", language, code=code, on=day))
    after = publish.situation(_sound_inputs(day), day)
    abandoned = withdrawal.abandoned(after.edition, after.rule) if after.edition else ()
    if not abandoned or not after.edition:
        click.echo(desk.say("withdraw.all-stand", language))
        return
    click.echo(desk.say("withdraw.nobody", language))
    for statement in abandoned:
        click.echo(f"  {desk.in_words(statement, language, inputs.vocabulary)}")
    click.echo(desk.say("withdraw.conclude", language))
    if now and inputs.settings:
        kept = withdrawal.without(after.edition, abandoned, after.rule)
        swap.write(inputs.folder / inputs.settings.experts / edition.NAME, edition.write(kept))
        click.echo(desk.say("withdraw.dropped", language, count=len(after.edition.crowd - kept.crowd)))


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
