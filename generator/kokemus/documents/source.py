"""What a file holds, read only where it is a plain file of a size that one can bear."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from stat import S_ISREG

from kokemus.documents.problems import Mark, Problem, problem

LARGEST = 64 * 1024
OF_PROGRAMS = (b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
"""How documents of word processors and their like begin."""
_INSTEAD: ContextVar[Mapping[Path, bytes]] = ContextVar("instead")


@contextmanager
def instead(file: Path, content: bytes) -> Iterator[None]:
    """Let a file read as if it had other content, for as long as this lasts; nothing is written anywhere."""
    before = _INSTEAD.set({file: content})
    try:
        yield
    finally:
        _INSTEAD.reset(before)


def read(file: Path, path: str, largest: int = LARGEST) -> bytes | Problem:
    """The bytes of a file, or why they are not read: it is none, as a folder or a pipe, or it is too large.

    ``path`` is how messages call it. Nothing waits, and nothing large is taken into memory.
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
