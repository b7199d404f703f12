"""Put a finished site or file in the place of the old one, or leave the old one unchanged, even if killed in between.

Unfinished files are in a folder that git ignores and only its owner can read, since they may hold private values. What
a kill leaves there is removed by the next command.
"""

import ctypes
import os
import shutil
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import ENOLCK, ENOTSUP
from itertools import zip_longest
from pathlib import Path, PurePath, PurePosixPath

if sys.platform != "win32":
    import fcntl

PRIVATE = 0o600
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_LOCKS = (ENOLCK, ENOTSUP)
_ASIDE, _NEW, _OLD, _IGNORE = ".kokemus", "new", "old", ".gitignore"


class BusyError(Exception):
    """Another build is running for the same site."""


def is_site(folder: Path) -> bool:
    """Whether a folder may be replaced by a site: it is missing, empty, or a site that Kokemus built."""
    return (
        not folder.exists()
        or any(folder.glob("catalogue-[0-9].json"))
        or (folder.is_dir() and not any(folder.iterdir()))
    )


@contextmanager
def aside(site: Path) -> Iterator[Path]:
    """An empty folder near the site, on the same disk, for one build at a time; deleted afterwards.

    First, anything that a killed build left is cleaned up. Raises ``BusyError``, or ``OSError`` if nothing can be
    written.
    """
    home = _aside(site)
    site.parent.mkdir(parents=True, exist_ok=True)
    _make(home)
    with _lock(home, wait=False) as held:
        if not held:
            raise BusyError
        if (home / _OLD).exists() and not site.exists():
            (home / _OLD).rename(site)
        with _hidden(home):
            (home / _NEW).mkdir()
            yield home / _NEW


def clear(site: Path) -> None:
    """Remove the temporary folder of a site that is already in place; a kill between the two leaves it there."""
    if _aside(site).exists():
        with suppress(OSError), _lock(_aside(site), wait=False) as held:
            if held:
                _remove(_aside(site))


def _aside(site: Path) -> Path:
    return site.with_name(f".{site.name}.new")


def same(fresh: Path, site: Path) -> bool:
    """Whether a site has the same files with the same bytes as a fresh one."""
    return site.is_dir() and all(one == other for one, other in zip_longest(files(fresh), files(site)))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a site with its path from the site's root, one at a time, in the order of the paths."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a site at once."""
    return dict(files(folder))


def swap_in(fresh: Path, site: Path) -> None:
    """Put the fresh folder in the site's place, readable by a web server whatever the umask.

    On Linux this is one step that exchanges the folders, so that at every moment either the old site or the new one is
    there. Elsewhere it takes two steps, and the next build repairs what a kill between them leaves.
    """
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if not site.exists():
        fresh.rename(site)
    elif not _exchange(fresh, site):
        old = fresh.with_name(_OLD)
        site.rename(old)
        try:
            fresh.rename(site)
        except OSError:
            old.rename(site)
            raise


def write(folder: Path, name: str | PurePath, text: str | bytes, mode: int | None = None) -> None:
    """Write a file in the folder of ``mkdocs.yml`` completely, or leave the old one unchanged.

    Without a ``mode``, the mode of the old file is kept. Until the file is complete, it is in a hidden folder beside
    ``mkdocs.yml``. If none can be made there, or the file's own folder is on another disk, it is beside the file
    itself.
    """
    path, content = folder / name, text if isinstance(text, bytes) else text.encode()
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.is_file() else 0o644
    try:
        _put(folder, path, content, mode)
    except OSError:
        if path.parent == folder:
            raise
        _put(path.parent, path, content, mode)


def rewrite(folder: Path, name: str | PurePath, text: str) -> None:
    """Write a file again, keeping its byte order mark if it has one."""
    with (folder / name).open("rb") as old:
        mark = old.read(len(BOM_UTF8)).startswith(BOM_UTF8)
    write(folder, name, "\ufeff" * mark + text.removeprefix("\ufeff"))


def write_aside(folder: Path, name: str, text: str) -> None:
    """Write a file of the coordinator's own into ``desk/``, which git ignores and where only its owner can read it."""
    home = PurePosixPath(name).parent
    (folder / home).mkdir(exist_ok=True)
    write(folder, home / ".gitignore", "*\n")
    write(folder, name, text, PRIVATE)


def clean(folder: Path) -> None:
    """Remove what a command that was killed while writing has left, unless another command is writing right now."""
    for home in (folder / _ASIDE, *folder.glob(f"*/{_ASIDE}")):
        if home.exists():
            with suppress(OSError), _lock(home.parent, wait=False) as held:
                if held:
                    _remove(home)


def _put(near: Path, path: Path, content: bytes, mode: int) -> None:
    with _lock(near, wait=True), _hidden(near / _ASIDE) as home:
        made = home / "copy"
        made.touch(0o600, exist_ok=False)
        with made.open("wb") as fresh:
            fresh.write(content)
            fresh.flush()
            os.fsync(fresh.fileno())
        made.chmod(mode)
        made.replace(path)


@contextmanager
def _hidden(home: Path) -> Iterator[Path]:
    """An empty folder that git ignores and only its owner can read; deleted afterwards."""
    _make(home)
    _empty(home)
    (home / _IGNORE).write_text("*\n")
    try:
        yield home
    finally:
        with suppress(OSError):
            _remove(home)


def _make(home: Path) -> None:
    if home.is_symlink():
        home.unlink()
    home.mkdir(0o700, exist_ok=True)
    home.chmod(0o700)


def _remove(home: Path) -> None:
    if home.is_symlink():
        home.unlink()
    else:
        _empty(home)
        home.rmdir()


def _empty(home: Path) -> None:
    """Remove everything in a folder, and last the file that makes git ignore it."""
    for entry in sorted(home.iterdir(), key=lambda entry: entry.name == _IGNORE):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@contextmanager
def _lock(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Try to lock a folder. Yields whether the lock is held and the folder is still the same.

    The system releases the lock of a process that dies. On Windows, and on network disks without locks, it always
    succeeds.
    """
    if sys.platform == "win32":
        yield True
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        held = True
        try:
            fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            held = False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        yield held and folder.exists() and os.path.samestat(os.fstat(number), folder.stat())
    finally:
        os.close(number)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False if the system or the file system cannot."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if exchange is None:
        return False
    return bool(exchange(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
