"""What is packed into a file: the members of archives and office documents, the text of PDF, what pictures say.

Nothing here fails open: a file of which something is encrypted, broken, too large or of an unknown kind is not
``readable``.
"""

import gzip
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from kokemus.audit import pdf, pictures
from kokemus.audit.parts import Part, Room

DEPTH = 3
_PACKED = (b"\x1f\x8b", b"%PDF-", b"PK\x03\x04")
_ZIP_ENDS, _ZIP_END = b"PK\x05\x06", 0x10016
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_NO_PLAIN_TEXT = (b"{\\rtf", b"%!PS")
_FONT = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PROPERTIES, _LARGEST_PROPERTIES = re.compile(r"docProps/.*\.xml$|meta\.xml$"), 1 << 20
_PASSED_OVER = re.compile(r"printerSettings\d*\.bin$|\.(?:odttf|fntdata|emf|wmf)$", re.IGNORECASE)
"""Members of office documents with settings, the shapes of letters, or drawings, in formats that nothing here reads."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file, or one inside it: its bytes as they stand, what is text in it for certain, and whether all was read."""

    content: bytes
    texts: tuple[str, ...]
    readable: bool


def leaves(content: bytes) -> tuple[Leaf, ...]:
    """A file and all files inside it, in whatever they are packed."""
    return _unpacked(content) if _is_packed(content) else (Leaf(content, (), _is_plain(content)),)


def is_readable(content: bytes) -> bool:
    """Whether everything in a file can be read as text, but for the pixels of pictures."""
    return all(leaf.readable for leaf in leaves(content))


def properties(content: bytes) -> bytes:
    """What an office document says of itself, such as its author; nothing where a file is no such document."""
    if not content.startswith(b"PK\x03\x04"):
        return b""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if _PROPERTIES.match(name)]
            return b"\n".join(_within(archive, name) for name in names)
    except Exception:  # it is told elsewhere that such a file was not read
        return b""


def _within(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        return packed.read(_LARGEST_PROPERTIES)


@lru_cache(32)
def _unpacked(content: bytes) -> tuple[Leaf, ...]:
    """Kept, since a check and the audit both ask, and a PDF takes long."""
    found: list[Leaf] = []
    waiting, room = [(Part(content), 0)], Room()
    while waiting:
        part, depth = waiting.pop()
        texts: list[str] = []
        readable = _is_packed(part.content) or _is_plain(part.content)
        try:
            for inside in _opened(part.content, room):
                if isinstance(inside, str):
                    texts.append(inside)
                elif depth == DEPTH:
                    readable = False
                else:
                    waiting.append((inside, depth + 1))
        except Exception:  # whatever is wrong with a file of no known maker, it was not read
            readable = False
        found.append(Leaf(part.content, tuple(texts), readable or not part.due))
    return tuple(found)


def _is_packed(content: bytes) -> bool:
    return content.startswith(_PACKED) or bool(pictures.KIND.match(content)) or _has_zip(content)


def _has_zip(content: bytes) -> bool:
    """Whether an archive ends a file, whatever that begins with."""
    return content.startswith(b"PK\x03\x04") or _ZIP_ENDS in content[-_ZIP_END:]


def _is_plain(content: bytes) -> bool:
    """Whether a file in which nothing is packed is text or a font."""
    if content.startswith(_NO_PLAIN_TEXT):
        return False
    if content.startswith((*_FONT, *_WIDE)):
        return True
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return not _CONTROL.search(content)


def _opened(content: bytes, room: Room) -> Iterator[str | Part]:
    """What is in a file, one after the other; raises whatever its reader does where something cannot be read."""
    if content.startswith(b"\x1f\x8b"):
        with gzip.open(BytesIO(content)) as packed:
            yield Part(room.taken(packed.read(room.left + 1)))
    if content.startswith(b"%PDF-"):
        yield from pdf.opened(content, room)
    if pictures.KIND.match(content):
        yield from pictures.opened(content, room)
    if _has_zip(content):
        yield from _zip(content, room)


def _zip(content: bytes, room: Room) -> Iterator[str | Part]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in archive.infolist():
            yield member.filename
            yield member.comment.decode("utf-8", "replace")
            if not member.is_dir():
                with archive.open(member) as packed:
                    yield Part(room.taken(packed.read(room.left + 1)), due=not _PASSED_OVER.search(member.filename))
