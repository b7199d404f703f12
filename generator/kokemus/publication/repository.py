"""What the repository around the profiles has that it must not have, has in the wrong place, or has no longer."""

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
_IN_PLACE = (*_PLACES, ".gitea/workflows/site.yml")
_IGNORING = ".gitignore"
_SOURCES = {"site_src", "terms", ".ci", ".github", ".forgejo"}
_INTO = re.compile(r"^ +SITE_REPOSITORY: *[\"']?(?P<address>[^\s\"'#]+)", re.MULTILINE)
_ADDRESS = re.compile(
    r"(?:\w+://)?(?:[^@/]*@)?(?:(?P<host>[^:/]+)(?::\d+/|[:/]))??(?P<path>[^:/]+/[^:/]+?)(?:\.git)?/?"
)
_SHEETS = (".csv", ".ods", ".xls", ".xlsx")
_SIGNED = re.compile(
    r"(?:suostum|samtyck|consent|allekirjoit|sopimu)[^/]*(?:/.*)?\.(?:pdf|docx?|odt|jpe?g|png|tiff?|heic|webp)$",
    re.IGNORECASE,
)


def problems(folder: Path, experts: str) -> Iterator[Problem]:
    """Everything that is wrong, as far as git can be asked."""
    yield from _sheets(folder, experts)
    yield from _ignored(folder, experts)
    yield from _unseen(folder, experts)
    for name in _WORKFLOWS:
        yield from _into_content(folder, name)
    moved = [*_elsewhere(folder)]
    yield from moved or _gone(folder, "workflow-gone", *_IN_PLACE)
    yield from _gone(folder, "gitignore-gone", _IGNORING)


def without_history(folder: Path, experts: str) -> Iterator[Problem]:
    """That a folder in no repository was in one once, judging by what else is in it."""
    if (folder / experts / "edition.yml").is_file() and any(
        (folder / one).is_file() for one in (_IGNORING, *_IN_PLACE)
    ):
        yield problem("history-gone", experts)


def _sheets(folder: Path, experts: str) -> Iterator[Problem]:
    """Spreadsheets that git has beside the configuration or the profiles, mostly lists to import; and signed papers."""
    listed = history.git(folder, "ls-files", "-z")
    for name in () if isinstance(listed, Unreadable) else history.words(listed):
        if _is_sheet(name, experts):
            yield problem("sheet-recorded", name, file=shlex.quote(name))
        elif _SIGNED.search(name):
            yield problem("consent-recorded", name, file=shlex.quote(name))


def _is_sheet(name: str, experts: str) -> bool:
    path = PurePosixPath(name)
    return path.suffix.casefold() in _SHEETS and str(path.parent) in {".", experts}


def _ignored(folder: Path, experts: str) -> Iterator[Problem]:
    """What git has although ``.gitignore`` keeps it out, once for each folder: mostly the desk's private notes.

    What the site is made from is left out, as nobody shall be told to take it out of git.
    """
    listed = history.git(folder, "ls-files", "-z", "--cached", "--ignored", f"--exclude-per-directory={_IGNORING}")
    names = () if isinstance(listed, Unreadable) else history.words(listed)
    tops = {one.partition("/")[0] for one in names if not _is_sheet(one, experts)}
    for name in sorted(tops - _SOURCES - {experts.partition("/")[0]}):
        if not name.endswith(".yml"):
            yield problem("ignored-recorded", name, file=shlex.quote(name), ignoring=_IGNORING)


def _unseen(folder: Path, experts: str) -> Iterator[Problem]:
    """Profiles or an edition that git is told to leave out, so that whoever publishes from it lacks the next ones."""
    options = ("-z", "--cached", "--others", "--ignored", "--exclude-standard")
    listed = history.git(folder, "ls-files", *options, "--", experts)
    names = () if isinstance(listed, Unreadable) else map(PurePosixPath, history.words(listed))
    if any(one.suffix == ".yml" and one.parent == PurePosixPath(experts) and one.name[0] != "_" for one in names):
        yield problem("profiles-ignored", experts, folder=experts, ignoring=_IGNORING)


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
    if any((folder / name).is_file() for name in _IN_PLACE):
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


def _gone(folder: Path, code: str, *places: str) -> Iterator[Problem]:
    """A file of this program that git had in one of these places, if there is none in any of them now."""
    if any((folder / place).exists() for place in places):
        return
    asked = ("--relative", "--name-only", "--format=%h", "--diff-filter=AM", "-1", "--", *places)
    found = history.git(folder, *history.PLAINLY, *asked)
    commit, *names = [""] if isinstance(found, Unreadable) else found.decode().split() or [""]
    for name in (one for one in names if one in places):
        content = history.git(folder, "show", f"{commit}:./{name}")
        if isinstance(content, bytes) and b"kokemus" in content:
            yield problem(code, name, file=name, commit=commit)
