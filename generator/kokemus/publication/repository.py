"""What the repository around the profiles has that it must not have, or has in the wrong place."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kokemus.documents import source
from kokemus.documents.problems import Mark, Problem, problem
from kokemus.git import history, objects
from kokemus.git.history import Unreadable, UnreadableError

_WORKFLOWS = (".github/workflows/site.yml", ".forgejo/workflows/site.yml")
_PLACES = (*_WORKFLOWS, ".gitlab-ci.yml")
_INTO = re.compile(r"^ +SITE_REPOSITORY: *[\"']?(?P<address>[^\s\"'#]+)", re.MULTILINE)
_ADDRESS = re.compile(
    r"(?:\w+://)?(?:[^@/]*@)?(?:(?P<host>[^:/]+)(?::\d+/|[:/]))??(?P<path>[^:/]+/[^:/]+?)(?:\.git)?/?"
)
_SHEETS = (".csv", ".ods", ".xls", ".xlsx")


def problems(folder: Path, experts: str) -> Iterator[Problem]:
    """Everything that is wrong, as far as git can be asked."""
    yield from _sheets(folder, experts)
    for name in _WORKFLOWS:
        yield from _into_content(folder, name)
    yield from _elsewhere(folder)


def _sheets(folder: Path, experts: str) -> Iterator[Problem]:
    """Spreadsheets that git has, beside the configuration or the profiles: mostly lists of people to import."""
    listed = history.git(folder, "ls-files", "-z")
    for name in () if isinstance(listed, Unreadable) else history.words(listed):
        path = PurePosixPath(name)
        if path.suffix.casefold() in _SHEETS and str(path.parent) in {".", experts}:
            yield problem("sheet-recorded", name, file=shlex.quote(name))


def _into_content(folder: Path, name: str) -> Iterator[Problem]:
    """A workflow that would publish the site into the repository of the profiles."""
    content = source.read(folder / name, name) if (folder / name).is_file() else b""
    text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    if (found := _INTO.search(text)) and any(_is_one(found["address"], url) for url in _remotes(folder)):
        yield problem("site-into-content", name, (), Mark.after(text[: found.start("address")]))


def _remotes(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(url for remote in objects.remotes(folder) for url in remote.urls)
    except UnreadableError:
        return ()


def _is_one(address: str, other: str) -> bool:
    """Whether two addresses are of one repository, however each is written. The host may be left out."""
    one, two = _ADDRESS.fullmatch(address.casefold()), _ADDRESS.fullmatch(other.casefold())
    return bool(one and two and one["path"] == two["path"] and one["host"] in {None, two["host"]})


def _elsewhere(folder: Path) -> Iterator[Problem]:
    """Workflows of this program that are where no host looks for them, if none is in its place."""
    if any((folder / name).is_file() for name in (*_PLACES, ".gitea/workflows/site.yml")):
        return
    names = {PurePosixPath(place).name for place in _PLACES}
    for path in sorted(path for name in names for depth in ("", "*/", "*/*/") for path in folder.glob(depth + name)):
        name = path.relative_to(folder).as_posix()
        content = source.read(path, name)
        if isinstance(content, bytes) and b"kokemus" in content:
            fit = [place for place in _PLACES if place.endswith(path.name)]
            place = next((one for one in fit if one.partition("/")[0].encode() + b"/" in content), fit[0])
            home = str(PurePosixPath(place).parent)
            yield problem("workflow-elsewhere", name, file=shlex.quote(name), place=place, home=home)
