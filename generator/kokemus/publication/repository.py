"""What the repository around the profiles has that it must not have, or has in the wrong place."""

import shlex
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kokemus.documents.problems import Problem, problem
from kokemus.git import history
from kokemus.git.history import Unreadable

_SHEETS = (".csv", ".ods", ".xls", ".xlsx")


def problems(folder: Path, experts: str) -> Iterator[Problem]:
    """Everything that is wrong, as far as git can be asked."""
    yield from _sheets(folder, experts)


def _sheets(folder: Path, experts: str) -> Iterator[Problem]:
    """Spreadsheets that git has, beside the configuration or the profiles: mostly lists of people to import."""
    listed = history.git(folder, "ls-files", "-z")
    for name in () if isinstance(listed, Unreadable) else history.words(listed):
        path = PurePosixPath(name)
        if path.suffix.casefold() in _SHEETS and str(path.parent) in {".", experts}:
            yield problem("sheet-recorded", name, file=shlex.quote(name))
