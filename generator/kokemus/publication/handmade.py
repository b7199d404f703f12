"""What somebody has changed by hand in a built site, kept aside before the next build replaces it.

Every file of a finished site has one and the same time, in whole even seconds, which no later change has.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from kokemus import disk

_BUILT = "built.js"
_GRAIN = 2_000_000_000
"""The coarsest time that disks and archives keep, in nanoseconds."""
_KEPT = "desk/from-site"


def stamp(site: Path) -> None:
    """Give every file of a finished site the same time."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    latest = max((path.stat().st_mtime_ns for path in paths), default=0) // _GRAIN * _GRAIN
    for path in paths:
        os.utime(path, ns=(latest, latest))


def changed(site: Path, fresh: Path) -> Iterator[str]:
    """The files of a site that were changed or added by hand, and are not in the fresh one as they are."""
    built = site / _BUILT
    time = built.stat().st_mtime_ns if built.is_file() else -1
    if time % _GRAIN:
        return  # a copy, whose times tell nothing
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and path.stat().st_mtime_ns != time and not _is_same(path, fresh / name):
            yield name


def keep(folder: Path, site: Path, names: list[str]) -> dict[str, str]:
    """Copy files of a site into ``desk``, which git ignores. Returns where each now is, as messages call it."""
    disk.write_aside(folder, "desk/.gitignore", "*\n")
    free = (f"{_KEPT}-{number}" if number else _KEPT for number in count())
    taken = next(name for name in free if not (folder / name).exists())
    for name in names:
        (folder / taken / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, folder / taken / name)
    return {name: f"{taken}/{name}" for name in names}


def _is_same(path: Path, fresh: Path) -> bool:
    return fresh.is_file() and path.read_bytes() == fresh.read_bytes()
