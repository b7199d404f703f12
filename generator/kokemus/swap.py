"""Put a finished site where the old one was, or leave the old one as it is, even when killed in between."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BusyError(Exception):
    """Another build is at work on the same site."""


def is_site(folder: Path) -> bool:
    """Whether a folder may be replaced by a site: it is missing, empty, or holds a site that Kokemus built."""
    return (
        not folder.exists()
        or (folder / "catalogue-1.json").is_file()
        or (folder.is_dir() and not any(folder.iterdir()))
    )


@contextmanager
def aside(site: Path) -> Iterator[Path]:
    """An empty folder beside the site, on the same disk, for one build at a time; gone afterwards.

    What a killed build left behind goes first. Raises ``BusyError``, and ``OSError`` where nothing can be written.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with _alone(_beside(site, "lock")):
        fresh, old = _beside(site, "new"), _beside(site, "old")
        if old.exists() and not site.exists():
            old.rename(site)
        try:
            _remove(fresh, old)
            fresh.mkdir(0o700)
            yield fresh
        finally:
            _remove(fresh, old)


def same(fresh: Path, site: Path) -> bool:
    """Whether a site has the same files with the same bytes as a fresh one."""
    return site.is_dir() and all(one == other for one, other in zip_longest(files(fresh), files(site)))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a site, by its path from the site's root, one after the other in the order of the paths."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a site at once."""
    return dict(files(folder))


def swap_in(fresh: Path, site: Path) -> None:
    """Put the fresh folder in the site's place, readable by a web server whatever the umask.

    In one step where the system can exchange two folders (Linux), so that at every moment the old site or the new one
    is there, whole. Elsewhere in two, and what a kill between them leaves is mended by the next build.
    """
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if not site.exists():
        fresh.rename(site)
    elif _exchange(fresh, site):
        fresh.chmod(0o700)
    else:
        old = _beside(site, "old")
        site.rename(old)
        try:
            fresh.rename(site)
        except OSError:
            old.rename(site)
            raise


def write(path: Path, text: str, mode: int | None = None) -> None:
    """Put a file in its place whole, or leave the old one as it is; whatever fails, nothing of the new one stays.

    Without a ``mode`` the old file's holds. Until the file is whole, nobody but its owner can read it.
    """
    number, name = tempfile.mkstemp(dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as fresh:
            fresh.write(text)
        made.chmod(mode or (path.stat().st_mode & 0o777 if path.is_file() else 0o644))
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def _beside(site: Path, name: str) -> Path:
    return site.with_name(f".{site.name}.{name}")


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it for a process that dies. Windows has no such lock."""
    with path.open("w") as lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError from None
            if not path.exists() or path.stat().st_ino != os.fstat(lock.fileno()).st_ino:
                raise BusyError
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the file system cannot."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if exchange is None:
        return False
    return bool(exchange(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
