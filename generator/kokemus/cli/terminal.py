"""What all commands share: the date, the inputs, and how they print."""

import os
import re
import shlex
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import NoReturn

import click

from kokemus import dates, disk
from kokemus.cli.localized import CONFIGURATION, language, word
from kokemus.documents.document import Document
from kokemus.documents.problems import Format, Problem, errors, render
from kokemus.experts import unsigned
from kokemus.experts.profile import Profile
from kokemus.git import history
from kokemus.publication import crowd
from kokemus.publication.inputs import Inputs, gather
from kokemus.reports import messages
from kokemus.reports.paper import Page
from kokemus.text import shown

_MOST_OF_A_KIND = 5


def _day(_context: click.Context, option: click.Parameter, typed: str | None) -> date:
    if typed is None:
        day = today()
        _warn_if_behind(day)
        return day
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").date()
    except ValueError:
        day = date.max
    if day > dates.LAST:
        raise click.BadParameter(word("no-day"), param=option)
    return day


def _warn_if_behind(day: date) -> None:
    """Warns if the clock is behind the newest commit: on an earlier day, lapsed consents would still hold."""
    commit = history.newest(Path.cwd())
    if commit and "SOURCE_DATE_EPOCH" not in os.environ and (made := dates.of(commit)) > day:
        warn("clock-behind", on=day, commit=made)


def today() -> date:
    """Today's date in Finland; exits with code 2 if the environment names one that is not a date."""
    return dates.today() or refuse("no-day")


DAY = click.option("--on", metavar="DAY", callback=_day)


def _code(_context: click.Context, _option: click.Parameter, typed: str | None) -> str | None:
    file = re.fullmatch(r"(?:.*[/\\])?([^/\\]+)\.yml", typed or "")
    return file[1] if file else typed


CODE = click.argument("code", callback=_code)
"""The code of a profile. The path of its file means the same, except to ``erase``, which must not guess."""
ASSOCIATION = click.option("--association", metavar="ID")


def say(key: str, **values: object) -> None:
    """Prints a text in the coordinator's language."""
    click.echo(messages.say(key, language(), **values))


def warn(key: str, **values: object) -> None:
    """Prints a text in the coordinator's language to the error stream."""
    click.echo(messages.say(key, language(), **values), err=True)


def refuse(key: str, option: str | None = None, **values: object) -> NoReturn:
    """Exits with code 2: what was typed cannot be done."""
    text = messages.say(key, language(), **values)
    raise click.BadParameter(text, param_hint=option) if option else click.UsageError(text)


def refuse_in_ci() -> None:
    """Exits with code 2 in CI, where others than the coordinator can read the output."""
    if is_ci():
        refuse("private.ci")


def is_ci() -> bool:
    """Whether others than the coordinator can read the output."""
    return bool(os.environ.get("CI"))


def show(problems: Iterable[Problem], inputs: Inputs, format: Format = "text") -> None:
    """Prints problems in the coordinator's language."""
    click.echo(render(problems, inputs.marks, format, inputs.language), nl=False)


def show_some(problems: Iterable[Problem], inputs: Inputs) -> None:
    """Prints the first few problems of each kind, and how many more there are."""
    kinds = defaultdict[str, list[Problem]](list)
    for one in sorted({*problems}, key=lambda one: (one.code, one.path, one.message)):
        kinds[one.code].append(one)
    for code, found in kinds.items():
        show(found[:_MOST_OF_A_KIND], inputs)
        if (more := len(found) - _MOST_OF_A_KIND) > 0:
            say("audit.more", count=more, code=code)


def need_configuration() -> None:
    """Exits with code 2 if there is no ``mkdocs.yml`` here, saying where one is: under another name, above or below."""
    here = Path.cwd()
    if CONFIGURATION.is_file():
        return
    if named := next(here.glob("mkdocs.y*ml*"), None):
        refuse("no-configuration.named", name=shown(named.name))
    above = [folder for folder in here.parents if (folder / CONFIGURATION).is_file()]
    below = [file.parent for file in here.glob(f"*/{CONFIGURATION}")]
    if folder := above[0] if above else below[0] if len(below) == 1 else None:
        refuse("no-configuration.at", folder=shlex.quote(shown(os.path.relpath(folder))))
    refuse("no-configuration")


def inputs() -> Inputs:
    """Everything read from the folder of ``mkdocs.yml``, even if something in it is wrong."""
    need_configuration()
    return gather(CONFIGURATION)


def sound_inputs(on: date) -> Inputs:
    """The inputs; if they have errors, prints all of them and exits with code 1."""
    found = inputs()
    wrong = errors([*found.problems, *crowd.on_the_day(found, on).problems])
    if wrong:
        show(wrong, found)
        sys.exit(1)
    return found


def association(found: Inputs, typed: str | None) -> str | None:
    """The id of one of the associations that share the catalogue; None for all of them.

    Exits with code 2 if there is no such association.
    """
    known = found.vocabulary.associations
    if typed is None:
        return None
    return known.find(typed) or refuse(
        "no-such-association" if known else "no-associations", "--association", known=", ".join(known)
    )


def profile(found: Inputs, code: str) -> Profile:
    """The profile with this code; exits with code 2 if there is none, or if it waits for a signature."""
    waits = any(PurePosixPath(path).stem == code for path in unsigned.paths(found.problems))
    known = next((known for known in found.profiles if known.code == code), None)
    return known or (refuse("code-unsigned", "CODE", code=code) if waits else _no_such_code(found, code))


def document(found: Inputs, code: str) -> Document:
    """The file of one expert.

    If it cannot be read, prints its problems and exits with code 1; if there is none, exits with code 2.
    """
    known = next((one for one in found.documents if one.stem == code), None)
    if known:
        return known
    name = f"{found.experts}/{code}.yml"
    if (found.folder / name).is_file():
        show([problem for problem in found.problems if problem.path == name], found)
        sys.exit(1)
    return _no_such_code(found, code)


def _no_such_code(found: Inputs, code: str) -> NoReturn:
    """Exits with code 2. Only a code that differs in capitals alone is suggested: another would be another person."""
    meant = next((one.stem for one in found.documents if one.stem.casefold() == code.casefold()), None)
    refuse("no-such-code.near" if meant else "no-such-code", "CODE", near=meant)


def paper(inputs: Inputs, file: Path | None, name: str, page: Page) -> None:
    """Writes a page for the coordinator outside everything that is published; at a terminal, opens it.

    Without a ``file`` it goes to ``desk/``, which git ignores because of a file in it.
    """
    folder = inputs.folder
    public = {(folder / inputs.docs).resolve(), (folder / "site").resolve()}
    target = (file or folder / "desk" / name).resolve()
    if any(above in public or any(above.glob("catalogue-[0-9].json")) for above in target.parents):
        refuse("paper.public", "--html", path=file)
    if target.is_dir():
        raise click.BadParameter(word("no-file"), param_hint="--html")
    try:
        if file is None:
            disk.write_aside(folder, f"desk/{name}", page.html)
        else:
            disk.write(folder, target, page.html, disk.PRIVATE)
    except OSError:
        refuse("paper.unwritten", path=file or f"desk/{name}")
    say("paper.written", path=file or target.relative_to(folder.resolve()).as_posix())
    if sys.stdout.isatty():
        click.launch(str(target))


def gaps(*pages: Page) -> None:
    """Prints the facts that pages lack, and where each belongs."""
    for gap in dict.fromkeys(gap for page in pages for gap in page.gaps):
        say("paper.missing", file=gap.file, fact=gap.key)
