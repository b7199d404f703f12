"""Reads a file only if it is a plain file of a reasonable size."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from stat import S_ISREG

from kokemus.documents.problems import Mark, Problem, problem

LARGEST = 64 * 1024
OF_PROGRAMS = (b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
"""How files of word processors and similar programs begin."""
_INSTEAD: ContextVar[Mapping[Path, bytes]] = ContextVar("instead")


@contextmanager
def instead(file: Path, content: bytes) -> Iterator[None]:
    """Makes a file read as if it had other content within this context. Nothing is written."""
    before = _INSTEAD.set({file: content})
    try:
        yield
    finally:
        _INSTEAD.reset(before)


def read(file: Path, path: str, largest: int = LARGEST) -> bytes | Problem:
    """The bytes of a file, or the problem: it is no plain file (such as a folder or a pipe), or it is too large.

    ``path`` is what messages call it. Reading never blocks, and nothing large is loaded into memory.
    """
    typed = _INSTEAD.get({}).get(file)
    try:
        found = file.stat()
        if S_ISREG(found.st_mode):
            if (len(typed) if typed is not None else found.st_size) > largest:
                return problem("file-too-large", path, (), Mark(1, 1), limit=largest // 1024)
            return typed if typed is not None else file.read_bytes()
    except OSError:
        pass
    return problem("no-plain-file", path)
