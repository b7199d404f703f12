"""The contents of packed files: members of archives and office documents, text of PDF, metadata of pictures.

A file is ``readable`` only if all of it was read: not if anything in it is encrypted, broken, too large or of an
unknown kind. The only exceptions are parts that are not ``due``, such as fonts and drawings in office documents.
"""

import gzip
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from kokemus.audit import pdf, pictures
from kokemus.audit.parts import Budget, Part

DEPTH = 3
_PACKED = (b"\x1f\x8b", b"%PDF-", b"PK\x03\x04")
_ZIP_ENDS, _ZIP_END = b"PK\x05\x06", 0x10016
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_NO_PLAIN_TEXT = (b"{\\rtf", b"%!PS")
_FONT = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PROPERTIES, _LARGEST_PROPERTIES = re.compile(r"docProps/.*\.xml$|meta\.xml$"), 1 << 20
_PASSED_OVER = re.compile(r"printerSettings\d*\.bin$|\.(?:odttf|fntdata)$", re.IGNORECASE)
_DRAWING = re.compile(rb"\xd7\xcd\xc6\x9a|\x01\x00\x09\x00|\x01\x00\x00\x00.{36} EMF", re.DOTALL)
"""Parts of office documents that need not be readable: printer settings and fonts by name, drawings (WMF, EMF) by their
first bytes. They are searched all the same."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file, or one inside it: its bytes, the texts certainly in it, and whether everything in it was read."""

    content: bytes
    texts: tuple[str, ...]
    readable: bool


def leaves(content: bytes) -> tuple[Leaf, ...]:
    """A file and all files inside it, however deeply they are packed, up to ``DEPTH``."""
    return _unpacked(content) if _is_packed(content) else (Leaf(content, (), _is_plain(content)),)


def is_readable(content: bytes) -> bool:
    """Whether every part of a file that is due can be read as text, except the pixels of pictures."""
    return all(leaf.readable for leaf in leaves(content))


def properties(content: bytes) -> bytes:
    """What an office document says about itself, such as its author; empty for any other file."""
    if not content.startswith(b"PK\x03\x04"):
        return b""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if _PROPERTIES.match(name)]
            return b"\n".join(_within(archive, name) for name in names)
    except Exception:  # ``is_readable`` reports such a file
        return b""


def _within(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as packed:
        return packed.read(_LARGEST_PROPERTIES)


@lru_cache(32)
def _unpacked(content: bytes) -> tuple[Leaf, ...]:
    """The file and the files inside it. Cached, since a check and the audit both ask, and a PDF takes long."""
    found: list[Leaf] = []
    waiting, budget = [(Part(content), 0)], Budget()
    while waiting:
        part, depth = waiting.pop()
        texts: list[str] = []
        readable = _is_packed(part.content) or _is_plain(part.content)
        try:
            for inside in _opened(part.content, budget):
                if isinstance(inside, str):
                    texts.append(inside)
                elif depth == DEPTH:
                    readable = False
                else:
                    waiting.append((inside, depth + 1))
        except Exception:  # readers of untrusted files may raise anything; the file was not read
            readable = False
        found.append(Leaf(part.content, tuple(texts), readable or not part.due))
    return tuple(found)


def _is_packed(content: bytes) -> bool:
    return content.startswith(_PACKED) or bool(pictures.KIND.match(content)) or _has_zip(content)


def _has_zip(content: bytes) -> bool:
    """Whether a file ends with a zip archive, whatever it begins with."""
    return content.startswith(b"PK\x03\x04") or _ZIP_ENDS in content[-_ZIP_END:]


def _is_plain(content: bytes) -> bool:
    """Whether a file with nothing packed in it is text or a font."""
    if content.startswith(_NO_PLAIN_TEXT):
        return False
    if content.startswith((*_FONT, *_WIDE)):
        return True
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return not _CONTROL.search(content)


def _opened(content: bytes, budget: Budget) -> Iterator[str | Part]:
    """The contents of a file, one after the other. Raises whatever its reader raises if something cannot be read."""
    if content.startswith(b"\x1f\x8b"):
        with gzip.open(BytesIO(content)) as packed:
            yield Part(budget.spend(packed.read(budget.left + 1)))
    if content.startswith(b"%PDF-"):
        yield from pdf.opened(content, budget)
    if pictures.KIND.match(content):
        yield from pictures.opened(content, budget)
    if _has_zip(content):
        yield from _zip(content, budget)


def _zip(content: bytes, budget: Budget) -> Iterator[str | Part]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        yield archive.comment.decode("utf-8", "replace")
        for member in archive.infolist():
            yield member.filename
            yield member.comment.decode("utf-8", "replace")
            if not member.is_dir():
                with archive.open(member) as packed:
                    inside = budget.spend(packed.read(budget.left + 1))
                yield Part(inside, due=not (_PASSED_OVER.search(member.filename) or _DRAWING.match(inside)))
