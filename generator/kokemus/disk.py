"""Put a finished site or file where the old one was, or leave the old one as it is, even when killed in between.

What is not finished lies in a folder that git passes over and nobody but its owner reads, since it may hold private
values. What a kill leaves there is removed by the next command.
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
    """Another build is at work on the same site."""


def is_site(folder: Path) -> bool:
    """Whether a folder may be replaced by a site: it is missing, empty, or holds a site that Kokemus built."""
    return (
        not folder.exists()
        or any(folder.glob("catalogue-[0-9].json"))
        or (folder.is_dir() and not any(folder.iterdir()))
    )


@contextmanager
def aside(site: Path) -> Iterator[Path]:
    """An empty folder near the site, on the same disk, for one build at a time; gone afterwards.

    What a killed build left behind goes first. Raises ``BusyError``, and ``OSError`` where nothing can be written.
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
    """Remove what lay aside of a folder that is in its place; a kill between the two leaves it there."""
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
    elif not _exchange(fresh, site):
        old = fresh.with_name(_OLD)
        site.rename(old)
        try:
            fresh.rename(site)
        except OSError:
            old.rename(site)
            raise


def write(folder: Path, name: str | PurePath, text: str, mode: int | None = None) -> None:
    """Put a file of the folder of ``mkdocs.yml`` in its place whole, or leave the old one as it is.

    Without a ``mode`` the old file's holds. Until the file is whole it lies in a hidden folder beside ``mkdocs.yml``;
    where none can be made there, or the file's own folder is on another disk, beside the file itself.
    """
    path, content = folder / name, text.encode()
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.is_file() else 0o644
    try:
        _put(folder, path, content, mode)
    except OSError:
        if path.parent == folder:
            raise
        _put(path.parent, path, content, mode)


def rewrite(folder: Path, name: str | PurePath, text: str) -> None:
    """Write a file anew, with the mark of its encoding where the one in place begins with it."""
    with (folder / name).open("rb") as old:
        mark = old.read(len(BOM_UTF8)).startswith(BOM_UTF8)
    write(folder, name, "\ufeff" * mark + text.removeprefix("\ufeff"))


def write_aside(folder: Path, name: str, text: str) -> None:
    """Write a file of the coordinator's own into ``desk/``, where git does not look and only its owner reads."""
    home = PurePosixPath(name).parent
    (folder / home).mkdir(exist_ok=True)
    write(folder, home / ".gitignore", "*\n")
    write(folder, name, text, PRIVATE)


def clean(folder: Path) -> None:
    """Remove what a command that was killed while it wrote has left, unless another is writing at this moment."""
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
    """An empty folder that git passes over and only its owner reads; gone afterwards."""
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
    """Remove all that is in a folder, last of all what keeps git from it."""
    for entry in sorted(home.iterdir(), key=lambda entry: entry.name == _IGNORE):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


@contextmanager
def _lock(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of a folder: whether it is held, and the folder still the same.

    The system lets go of it for a process that dies. Windows has no such lock, nor have some network disks.
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
    """Let two folders change places in one step; False where the system or the file system cannot."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None) if sys.platform == "linux" else None
    if exchange is None:
        return False
    return bool(exchange(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
