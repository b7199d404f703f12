"""The texts in a PDF: on its pages, in its metadata, in every object, and in its earlier versions."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from kokemus.audit.parts import Budget, Part

logging.getLogger("pypdf").addHandler(logging.NullHandler())
_END = re.compile(rb"%%EOF\s*")


class UnreadError(Exception):
    """A PDF cannot be read whole: it is encrypted, has no pages, or shows pictures or unmapped glyphs as text."""


def opened(content: bytes, budget: Budget) -> Iterator[str | Part]:
    """The text of every page, every text in any object, and the streams, also of earlier versions in the same file.

    A linearized file, made to be shown while it loads, has an extra end mark after its first page. That is no version.
    """
    ends = [found.end() for found in _END.finditer(content)][b"/Linearized" in content[:1024] : -1]
    for end in (*(end for end in ends if end < len(content)), len(content)):
        yield from _version(content[:end], budget)


def _version(content: bytes, budget: Budget) -> Iterator[str | Part]:
    from pypdf import PdfReader
    from pypdf.generic import StreamObject

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadError
    read = bool(reader.pages)
    for page in reader.pages:
        yield (text := page.extract_text())
        contents = page.get_contents()
        is_blank = contents is None or not contents.get_data().strip()
        read = read and (is_blank or bool(text.strip()))
    for thing in _objects(reader):
        if isinstance(thing, str):
            yield str(thing)
        elif isinstance(thing, bytes):
            yield thing.decode("latin-1")
        elif thing.get("/Type") == "/Font":
            read = read and _says_its_letters(thing)
        elif isinstance(thing, StreamObject):
            yield Part(budget.spend(thing.get_data()), due=thing.get("/Type") == "/EmbeddedFile")
    if not read:
        raise UnreadError


def _objects(reader: Any) -> Iterator[Any]:
    """Every text, dictionary and stream of a PDF, whether or not anything refers to it."""
    from pypdf.generic import IndirectObject, NameObject

    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    known = (IndirectObject(number, 0, reader).get_object() for number in sorted(numbers) if number)
    waiting = [reader.trailer, *known]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict | list):
            inside = thing.values() if isinstance(thing, dict) else thing
            waiting += [value for value in inside if not isinstance(value, IndirectObject)]
        if isinstance(thing, dict | str | bytes) and not isinstance(thing, NameObject):
            yield thing


def _says_its_letters(font: Any) -> bool:
    """Whether a font maps its glyphs to letters. The inner part of a composite font need not; the outer one does."""
    kind = font["/Subtype"]
    known = "/Encoding" in font or "/FontDescriptor" not in font
    return "/ToUnicode" in font or (known and kind in ("/Type1", "/TrueType")) or kind.startswith("/CIDFont")
