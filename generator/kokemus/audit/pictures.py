"""The metadata of pictures: what cameras and programs write into them besides the pixels."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO

from kokemus.audit.parts import Budget, Part

KIND = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM....\x00\x00\x00\x00|\x00\x00\x01\x00|....ftypavi[fs]", re.DOTALL
)
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "ICO", "AVIF")
_WIDE = range(0x9C9B, 0x9CA0)
"""EXIF tags that Windows writes in UTF-16."""
_PROFILE = re.compile(r"\n\w+\n\s*\d+\n([0-9a-f\s]+)")


def opened(content: bytes, budget: Budget) -> Iterator[str | Part]:
    """The texts in a picture: comments, EXIF, IPTC, XMP. Bytes that may not be text come as a ``Part``.

    The pixels of a PNG are decoded too, since texts may follow them.
    """
    from PIL import Image, IptcImagePlugin
    from PIL.ExifTags import IFD

    with Image.open(BytesIO(content), formats=_FORMATS) as picture:
        exif = picture.getexif()
        wide = [value for tag, value in exif.items() if tag in _WIDE and isinstance(value, bytes)]
        yield from (value.decode("utf-16-le").rstrip("\0") for value in wide)
        metadata = (exif, *(exif.get_ifd(ifd) for ifd in IFD), IptcImagePlugin.getiptcinfo(picture))
        for value in (*metadata, getattr(picture, "text", None), picture.info):
            yield from _texts(value, budget)


def _texts(value: object, budget: Budget) -> Iterator[str | Part]:
    if isinstance(value, str):
        yield value
        with suppress(UnicodeError):
            yield value.encode("latin-1").decode()
        if profile := _PROFILE.fullmatch(value):
            yield Part(budget.spend(bytes.fromhex(profile[1])), due=False)
    elif isinstance(value, bytes):
        yield from (Part(budget.spend(part), due=False) for part in {value.rstrip(b"\0"), value[8:].rstrip(b"\0")})
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _texts(pair, budget)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, budget)
